import { appendFileSync, copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { createDemoAccounts, DEMO_PASSWORD, demoPlace, unitLogin } from '#access';
import { readProgress } from '#analysis';
import { directoryOfRegister, importCapture, openCapture, readStatus } from '#ingest';
import { DAY, HOUR, instant, type Instant } from '#kernel';
import { dataFolder } from '#platform/config';
import { outboxState } from '#platform/outbox';
import { readSetting, writeSetting } from '#platform/settings';
import { importRegister, openRegistry } from '#register';
import { demoLive, demoProvince, demoStory } from '#sim/demo-province';
import { startLive, type LiveProvince, type LiveRecords } from '#sim/live';
import { playDemo, type Cast } from '#sim/people/demo';
import { laterStory } from '#sim/demo-story';
import { seatDemoPeople } from '#review';
import { simulate } from '#sim/simulate';
import { systemClock } from '#platform/clock';
import { runChild } from './child.ts';
import { demoOffset, LIVED_DAYS, moveDemoClock } from './demo-clock.ts';
import { HANDLERS } from './hand-on.ts';
import { openPlatform, type OpenPlatform } from './open-platform.ts';
import { say, sayStep } from './terminal.ts';

/**
 * The demonstration: a province whose history comes through the import door, whose devices then go on over TCP, and whose
 * people act over HTTP. Its clock begins some weeks ago and is run to the present, so that a stranger sees cases at every
 * step with their statutory days really lived through.
 */
const STARTED = 'demo.started';
const IMPORTED = 'demo.imported';
const SENT = 'demo.sent-until';
/** One turn of the fast clock. The people look round between two turns. */
const TURN = 3 * HOUR;
/** The worker is waited for, so that what it raises and hands on bears the time at which it could be known; but not for ever. */
const HISTORY_PATIENCE_MS = 240_000;
const TURN_PATIENCE_MS = 30_000;
/** The gateway notes whom it heard every second. */
const HEARD_PATIENCE_MS = 3_000;
const LOOK_MS = 150;
/** More devices than a demonstration has. */
const MANY = 1000;
/** Between two looks round once the clock has reached the present. */
const LIVE_PAUSE_MS = 10_000;

async function firstStart(platform: OpenPlatform): Promise<Instant> {
  const known = await readSetting<number>(platform.db, STARTED);
  if (known !== undefined) return instant(known);
  const now = instant(systemClock().now() - LIVED_DAYS * DAY);
  await writeSetting(platform.db, STARTED, now);
  return now;
}

async function takeInHistory(platform: OpenPlatform, began: Instant): Promise<void> {
  if ((await readSetting<boolean>(platform.db, IMPORTED)) === true) return;
  const { db, clock } = platform;
  const { city, region } = demoPlace(platform.config.regionKey);
  const province = demoProvince(began);
  const folder = dataFolder(platform.config, 'demo');
  await sayStep('演示：生成模拟省份 simulating a province', () => simulate({ ...province, region, outDir: folder, powerFrames: true, compression: 'zst' }));
  await sayStep('演示：导入登记表 importing its register', async () => {
    const outcome = await importRegister({ db, clock }, { dir: folder, by: 'demo', home: { authority: city, region } });
    if (!outcome.imported) throw new Error(`the demonstration's register was refused: ${JSON.stringify(outcome.problems[0])}`);
  });
  const registry = await openRegistry(db);
  await createDemoAccounts({ db, clock }, registry.data.units.map(({ unit, name }) => ({ unitId: unit, name })), region);
  const report = await sayStep('演示：导入 62 天历史报文 importing 62 days of frames', () =>
    importCapture({ db, clock, directory: directoryOfRegister(() => registry) }, openCapture(join(folder, 'capture.tsv.zst')), { source: 'capture.tsv.zst' }));
  if (report.accepted === 0) throw new Error(`no frame of the demonstration's history was accepted (${report.damagedLines.length} damaged lines)`);
  await writeSetting(db, IMPORTED, true);
}

/** The officials can sign in before the province's history is in. */
async function introduceOfficials({ db, clock, config }: OpenPlatform): Promise<void> {
  await createDemoAccounts({ db, clock }, [], config.regionKey);
  await seatDemoPeople({ db, clock }, demoPlace(config.regionKey).city);
  say('');
  say(`  演示账号 accounts (密码 password: ${DEMO_PASSWORD})`);
  say('    panel, panel-lead 研判 · review-tech, review-legal, review-lead 审核 · officer, officer2 执法 · enforcement 执法负责人');
  say('    case-reviewer 案审 · legal 法制 · head 负责人 · archivist 归档 · admin 管理员');
  say('');
}

async function introduceUnit({ db }: OpenPlatform): Promise<void> {
  const unit = (await openRegistry(db)).data.units[0];
  if (unit !== undefined) say(`  企业端 unit portal  /unit  ${unitLogin(unit.unit)}（${unit.name}）`);
}

/** Waits for something, but not longer than `patienceMs`. */
async function waitFor(isDone: () => Promise<boolean>, patienceMs: number): Promise<void> {
  for (const end = performance.now() + patienceMs; performance.now() < end && !(await isDone()); ) await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
}

/** Waits until the worker has judged everything up to a moment of the demonstration's clock and handed on what came of it, save what failed. */
const workedUpTo = ({ db }: OpenPlatform, at: number, patienceMs: number): Promise<void> =>
  waitFor(async () => {
    if ((await readProgress(db)).until < at) return false;
    const { waiting, failed } = await outboxState(db, HANDLERS);
    return waiting <= failed;
  }, patienceMs);

/** Waits until the gateway has noted whom it heard since then: it notes that now and then, and a review prints which devices are silent. */
const heardSince = ({ db }: OpenPlatform, at: number): Promise<void> =>
  waitFor(async () => (await readStatus(db, '', MANY)).some(({ lastAt }) => lastAt >= at), HEARD_PATIENCE_MS);

const CALIBRATIONS = 'calibrations.csv';
/** With the files its rows refer to. */
const WITH_CALIBRATIONS = [CALIBRATIONS, 'enterprises.csv', 'outfalls.csv', 'factors.csv'];

/**
 * Calibrations and checks with standards, without which every device would be overdue within days: added to the ledger of the history, which is imported
 * again as a whole, so that its rows keep their lines.
 */
async function tellCalibrations({ db, clock, config }: OpenPlatform, records: readonly LiveRecords[]): Promise<void> {
  const rows = records.flatMap(({ outfall, calibrations }) => calibrations.map(({ start, end, kind, factors }) => `${outfall},${Math.round(start)},${Math.round(end)},${kind},${factors.join('|')}\n`));
  if (rows.length === 0) return;
  const dir = dataFolder(config, 'demo-told');
  for (const file of WITH_CALIBRATIONS) if (!existsSync(join(dir, file))) copyFileSync(join(dataFolder(config, 'demo'), file), join(dir, file));
  appendFileSync(join(dir, CALIBRATIONS), rows.join(''));
  const { city, region } = demoPlace(config.regionKey);
  const { problems } = await importRegister({ db, clock }, { dir, by: 'demo', home: { authority: city, region } });
  if (problems.length > 0) throw new Error(`the demonstration's calibrations were refused: ${JSON.stringify(problems[0])}`);
}

/** One round of everybody: what was to be reported since the last, then what waits on each desk. */
async function turn(platform: OpenPlatform, live: LiveProvince, cast: Cast): Promise<void> {
  const { db, log } = platform;
  const before = await readSetting<number>(db, SENT);
  const { sentUntil } = live.stats();
  if (before !== undefined && before < sentUntil) {
    const records = live.records(before, sentUntil);
    await cast.tell(records);
    await tellCalibrations(platform, records);
  }
  await writeSetting(db, SENT, sentUntil);
  await cast.act();
  for (const refused of cast.diary.refused.splice(0)) log.info(refused, 'an act of the demonstration was refused');
}

/** Runs the clock to the present in turns; devices send what is due in each, and the people act. */
async function liveUpToNow(platform: OpenPlatform, live: LiveProvince, cast: Cast, stopped: () => boolean): Promise<void> {
  while (!stopped()) {
    const offset = await demoOffset(platform.db);
    if (offset >= 0) break;
    await moveDemoClock(platform.db, Math.min(0, offset + TURN));
    await live.settled(10_000);
    await heardSince(platform, platform.clock.now() - HOUR);
    await workedUpTo(platform, platform.clock.now() - HOUR, TURN_PATIENCE_MS);
    await turn(platform, live, cast);
  }
}

await runChild(async () => {
  const platform = await openPlatform('demo', { connections: 4 });
  let stopping = false;
  let live: LiveProvince | undefined;
  const story = async () => {
    const began = await firstStart(platform);
    await introduceOfficials(platform);
    await takeInHistory(platform, began);
    await introduceUnit(platform);
    const { config, clock, db } = platform;
    const from = await readSetting<number>(db, SENT);
    if (from === undefined) await sayStep('演示：研判历史数据 judging the history', () => workedUpTo(platform, clock.now(), HISTORY_PATIENCE_MS));
    const province = demoProvince(began);
    live = startLive({
      ...demoLive(began, { host: '127.0.0.1', port: config.hj212Port, now: () => clock.now(), ...(from === undefined ? {} : { from }) }),
      liveDays: LIVED_DAYS + 60,
      liveInject: [...demoStory(province), ...laterStory(province.start + province.days * DAY)],
    });
    const cast = await playDemo({ base: `http://127.0.0.1:${config.httpPort}`, password: DEMO_PASSWORD, now: () => clock.now(), happened: live.happened });
    await liveUpToNow(platform, live, cast, () => stopping);
    while (!stopping) {
      await turn(platform, live, cast);
      await new Promise((resolve) => setTimeout(resolve, LIVE_PAUSE_MS));
    }
  };
  const told = story().catch((error: unknown) => {
    if (stopping) return;
    platform.log.error({ err: error }, 'the demonstration stopped');
    say(`演示中断 the demonstration stopped: ${error instanceof Error ? error.message : String(error)}`);
  });
  return {
    async stop() {
      stopping = true;
      live?.stop();
      await Promise.race([told, new Promise((resolve) => setTimeout(resolve, 3_000))]);
      await platform.close();
    },
  };
});
