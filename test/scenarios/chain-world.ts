import { createReadStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDemoAccounts, DEMO_PASSWORD, demoPlace } from '#access';
import { Judge } from '#analysis';
import { openLog } from '#evidence';
import { Gateway, importCapture } from '#ingest';
import { DAY, HOUR, instant, manualClock, MINUTE, type ManualClock } from '#kernel';
import { openBlobs } from '#platform/blobs';
import { readConfig } from '#platform/config';
import { testDatabase } from '#platform/db/testing';
import { sweepDeadlines } from '#platform/deadlines';
import type { App } from '#platform/http';
import { silentLogger } from '#platform/log';
import { testSeries } from '#platform/series/testing';
import { importRegister, openRegistry } from '#register';
import { seatDemoPeople } from '#review';
import { startLive, type LiveStats } from '#sim/live';
import { openScene, type Scene } from '#sim/people/scene';
import { simulate, type InjectRequest } from '#sim/simulate';
import { composeDomain, type Domain } from '../../src/app/compose-domain.ts';
import { composeServer } from '../../src/app/compose-server.ts';
import { handOn, seal } from '../../src/app/hand-on.ts';
import { recordCalibrations } from './record-calibrations.ts';

export const START = Date.parse('2026-02-07T00:00:00+08:00');
export const HISTORY_DAYS = 31;
/** From here on every frame comes over TCP. */
export const LIVE = START + HISTORY_DAYS * DAY;
/** A name nobody should be able to hurt us with: a formula, markup, and signs our typesetter gives a meaning to. */
export const HOSTILE_NAME = '=cmd|calc<img src=x onerror=alert(1)>#..[*$_@热电有限公司';

const PROVINCE = { seed: 'chain-5', outfalls: 2, industries: ['coal_power', 'municipal'], days: HISTORY_DAYS, start: START, stepMin: 10, inject: 'none', benign: false } as const;
const LIVE_STORY: readonly InjectRequest[] = [
  { kind: 'exceed_sustained', outfall: 'QY0001-DA001', at: LIVE + 5 * HOUR, hours: 9 },
  { kind: 'const_hold', outfall: 'QY0002-DW001', at: LIVE + 4 * HOUR, hours: 40 },
];

export interface World {
  readonly domain: Domain;
  readonly app: App;
  readonly base: string;
  readonly clock: ManualClock;
  readonly scene: Scene;
  /** Login role of the test database, for what only its owner may do. */
  readonly url: string;
  /** Lets the clock run, devices send what falls due, and judges, hands on and seals at the end. */
  live(hours: number): Promise<LiveStats>;
  /** Hands on until nothing waits: what follows from an act, without a look at new data. */
  relay(): Promise<void>;
  /** Judges what came in, hands on until nothing waits, watches the clocks, and signs a head. */
  settle(): Promise<void>;
  /** Goes on by so much without sending frames. */
  wait(ms: number): Promise<void>;
  drop(): Promise<void>;
}

function withHostileName(dir: string): void {
  const path = join(dir, 'enterprises.csv');
  const [head = '', first = '', ...rest] = readFileSync(path, 'utf8').split('\n');
  const [id = '', , ...cells] = first.trimEnd().split(',');
  writeFileSync(path, [head, [id, `"${HOSTILE_NAME}"`, ...cells].join(','), ...rest].join('\n'));
}

export interface WorldOptions {
  /** Whose law the city and its units live under. */
  readonly region?: string;
  /** What the units do while their devices report over TCP. */
  readonly story?: readonly InjectRequest[];
  /** Days of history that come through the import door first. */
  readonly history?: number;
  /** Whether the first unit bears a name that tries to hurt us. */
  readonly hostile?: boolean;
  /** What the register says otherwise than the simulator: changes its files in the folder given, before they are imported. */
  readonly amend?: (province: string) => void;
  /** The folder of built screens to serve, where a browser looks. */
  readonly screens?: string;
}

/** One platform in a test: real database, series engine, blobs, device port and web port; only the clock is ours. */
export async function openWorld(options: WorldOptions = {}): Promise<World> {
  const { region = 'jiangsu', story = LIVE_STORY, history = HISTORY_DAYS, hostile = true, amend, screens } = options;
  const plan = { ...PROVINCE, region, days: history, start: LIVE - history * DAY };
  const place = demoPlace(region);
  const folder = mkdtempSync(join(tmpdir(), 'chain-'));
  const province = join(folder, 'province');
  const [records, values] = await Promise.all([testDatabase(), testSeries(), simulate({ ...plan, outDir: province })]);
  if (hostile) withHostileName(province);
  recordCalibrations(province, plan.start, LIVE);
  amend?.(province);
  const clock = manualClock(instant(LIVE));
  const log = silentLogger();
  const { db } = records;
  const config = { ...readConfig({ MINGJIAN_DATA: folder, MINGJIAN_REGION: region }), demo: true };
  const home = { authority: place.city, region };
  const imported = await importRegister({ db, clock }, { dir: province, by: 'test', home });
  if (!imported.imported) throw new Error(JSON.stringify(imported.problems[0]));
  const register = await openRegistry(db);
  await createDemoAccounts({ db, clock }, register.data.units.map(({ unit, name }) => ({ unitId: unit, name })), region);
  await seatDemoPeople({ db, clock }, place.city);
  const composed = await composeDomain({ db, series: values.series, clock, log, blobs: openBlobs(join(folder, 'blobs')), config });
  // No review is drawn for a second opinion: the story must not turn on a lot.
  const domain: Domain = { ...composed, review: { ...composed.review, draw: () => 1 } };
  const opened = await openLog(domain.evidence, 'chain');
  if (!opened.ok) throw new Error(opened.en);
  const directory = domain.devices;
  await importCapture({ db, clock, directory }, createReadStream(join(province, 'capture.tsv')), { source: 'capture.tsv' });
  const app = await composeServer(domain, screens);
  const base = await app.listen({ host: '127.0.0.1', port: 0 });
  const gateway = new Gateway({ db, clock, log, directory }, { acceptUnsafeDatabase: true });
  const port = await gateway.listen(0, '127.0.0.1');
  const province2 = startLive({ ...plan, liveInject: story, liveDays: 5, host: '127.0.0.1', port, now: () => clock.now(), pollMs: 100_000, ackTimeoutMs: 60_000 });
  let judge: Judge | undefined;
  const relay = async (): Promise<void> => {
    while ((await handOn(domain)) > 0);
  };
  const settle = async (): Promise<void> => {
    judge ??= await Judge.open({ db, series: values.series, clock, log, registry: domain.registry });
    while ((await judge.step()).frames > 0);
    await sweepDeadlines({ db, clock });
    await relay();
    await seal(domain);
  };
  return {
    domain, app, base, clock, url: records.url, scene: openScene({ base, password: DEMO_PASSWORD }),
    settle, relay,
    live: async (hours) => {
      for (let sent = 0; sent < hours * HOUR; sent += 20 * MINUTE) {
        clock.advance(20 * MINUTE);
        if (!(await province2.settled(60_000))) throw new Error('the devices were not answered');
      }
      clock.advance(3_000);
      await settle();
      return province2.stats();
    },
    wait: async (ms) => {
      clock.advance(ms);
      await settle();
    },
    drop: async () => {
      province2.stop();
      await gateway.stop();
      await app.close();
      domain.close();
      await Promise.all([records.drop(), values.drop()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
