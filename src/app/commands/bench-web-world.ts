import { createReadStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDemoAccounts, DEMO_CITY, DEMO_PASSWORD, DEMO_REGION } from '#access';
import { Judge } from '#analysis';
import { caseOfClue } from '#cases';
import { openLog } from '#evidence';
import { directoryOfRegister, importCapture } from '#ingest';
import { DAY, HOUR, instant, manualClock, type ManualClock } from '#kernel';
import { transact } from '#platform/db';
import { sweepDeadlines } from '#platform/deadlines';
import { emit } from '#platform/outbox';
import { importRegister, openRegistry } from '#register';
import { seatDemoPeople } from '#review';
import { playDemo } from '#sim/people/demo';
import { simulate } from '#sim/simulate';
import { composeDomain, type Domain } from '../compose-domain.ts';
import { composeServer } from '../compose-server.ts';
import { handOn } from '../hand-on.ts';
import type { OpenPlatform } from '../open-platform.ts';

/** A Tuesday of a year whose working days are published. */
const NOW = Date.parse('2026-03-10T00:00:00+08:00');
const MONTH = 31 * DAY;
const OUTFALL = 'QY0001-DA001';
const UNIT = 'QY0001';
/** Days on which people look at what waits for them, so that the case has pages to show. */
const OFFICE_DAYS = 8;

export interface WebWorld {
  readonly base: string;
  readonly outfall: string;
  readonly month: { readonly from: number; readonly to: number };
  readonly case: { readonly caseId: string; readonly mainState: string };
  readonly clues: number;
  close(): Promise<void>;
}

const raise = (domain: Domain, type: string, subject: string, payload: object): Promise<unknown> =>
  transact(domain.platform.db, (tx) => emit(tx, domain.platform.clock, { type, subject, payload: payload as never }));

const relay = async (domain: Domain): Promise<void> => {
  while ((await handOn(domain)) > 0);
};

const claim = { zh: '氮氧化物小时折算浓度连续 6 小时超过限值', en: 'NOx over the limit for 6 h' };

/** One case on the desk of the enforcement officers, taken on by them as far as its first days allow. */
async function walkCase(domain: Domain, base: string, clock: ManualClock): Promise<void> {
  const period = { from: NOW - 30 * HOUR, to: NOW - 24 * HOUR };
  await raise(domain, 'clue.handed_over', 'bench-case', {
    clueId: 'bench-case', reviewId: 'bench-review', unit: UNIT, outfall: OUTFALL, groupId: DEMO_CITY, region: DEMO_REGION, facts: claim, factors: ['a21002'], period,
    violations: ['AIR_EXCEED'], evidence: { frames: [], materials: [] }, handedOverAt: NOW, handedOverBy: 'demo-review-lead',
  });
  await relay(domain);
  const cast = await playDemo({ base, password: DEMO_PASSWORD, now: () => clock.now() });
  for (let day = 0; day < OFFICE_DAYS; day++) {
    for (const hour of [9, 14]) {
      clock.set(instant(NOW + day * DAY + hour * HOUR));
      await sweepDeadlines(domain.platform);
      await cast.act();
      await relay(domain);
    }
  }
}

async function fillPool(domain: Domain, clues: number): Promise<void> {
  for (let n = 0; n < clues; n++) {
    const to = NOW - n * HOUR;
    await raise(domain, 'clue.raised', `bench-${n}`, {
      clueId: `bench-${n}`, outfall: OUTFALL, unit: UNIT, tier: 'WORK_ORDER', factors: ['a21002'], sentence: claim, period: { from: to - 6 * HOUR, to }, models: [{ model: 'B01', version: '1.0.0' }],
    });
  }
  await relay(domain);
}

/** The platform as people meet it: a month of two outfalls, a pool of clues and a case that is being worked on, behind a port. */
export async function openWebWorld(platform: OpenPlatform, clues: number): Promise<WebWorld> {
  const clock = manualClock(instant(NOW));
  const folder = mkdtempSync(join(tmpdir(), 'mingjian-bench-web-'));
  try {
    const own = { ...platform, clock, config: { ...platform.config, demo: true } };
    const { db } = own;
    await simulate({ seed: 'bench-web', outfalls: 2, industries: ['coal_power', 'municipal'], days: 31, start: NOW - MONTH, stepMin: 10, inject: 'none', benign: false, outDir: folder });
    const imported = await importRegister({ db, clock }, { dir: folder, by: 'bench', home: { authority: DEMO_CITY, region: DEMO_REGION } });
    if (!imported.imported) throw new Error(`the register of the bench was refused: ${JSON.stringify(imported.problems[0])}`);
    const register = await openRegistry(db);
    await createDemoAccounts({ db, clock }, register.data.units.map(({ unit, name }) => ({ unitId: unit, name })));
    await seatDemoPeople({ db, clock }, DEMO_CITY);
    await importCapture({ db, clock, directory: directoryOfRegister(() => register) }, createReadStream(join(folder, 'capture.tsv')), { source: 'capture.tsv' });
    const domain = await composeDomain(own);
    const opened = await openLog(domain.evidence, 'bench');
    if (!opened.ok) throw new Error(opened.en);
    const judge = await Judge.open({ ...own, registry: domain.registry });
    while ((await judge.step()).frames > 0);
    const app = await composeServer(domain);
    const base = await app.listen({ host: '127.0.0.1', port: 0 });
    await walkCase(domain, base, clock);
    await fillPool(domain, clues);
    const found = await caseOfClue(db, 'bench-case');
    if (found === undefined) throw new Error('the clue of the bench became no case');
    return {
      base, outfall: OUTFALL, month: { from: NOW - MONTH, to: NOW }, case: found, clues,
      async close() {
        await app.close();
        domain.close();
      },
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
