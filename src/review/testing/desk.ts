import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { areaUnder, createDemoAccounts, DEMO_AUTHORITIES, DEMO_CITY, demoAccountId, type Actor, type Role } from '#access';
import { asId, HOUR, instant, manualClock, type AccountId, type AuthorityId, type ClueId, type ManualClock, type OutfallId, type RegionKey, type Result, type ReviewId, type UnitId } from '#kernel';
import { loadLaw } from '#law';
import { openBlobs } from '#platform/blobs';
import { testDatabase, type TestDatabase } from '#platform/db/testing';
import { silentLogger } from '#platform/log';
import { drainOutbox, emit } from '#platform/outbox';
import { supervisionHandlers } from '#supervision';
import { noHoldings, rememberedPapers, testDirectory, testUnit, type RememberedPapers } from '#supervision/testing';
import { seatDemoPeople } from '../members/keep-members.ts';
import { reviewHandlers } from '../on-events.ts';
import type { ReviewDeps } from '../ports.ts';
import type { PrecheckInput } from '../facts/precheck.ts';
import { signTrack } from '../finding/sign-review.ts';
import { soundFacts } from './sound-facts.ts';

/** A review desk for tests: real database and law, people of one city, one unit in every region (`U-<region>`). */
export interface Desk {
  readonly db: TestDatabase['db'];
  readonly clock: ManualClock;
  readonly deps: ReviewDeps;
  readonly papers: RememberedPapers;
  official(login: string, roles: Role | readonly Role[], authority?: AuthorityId): Actor;
  /** Tells what ③ found on an outfall of its own and lets ④ and ⑤ hear it. */
  raise(region: string, models: readonly string[], more?: Record<string, unknown>): Promise<ClueId>;
  emit(type: string, subject: string, payload: object): Promise<void>;
  outfallOf(clueId: ClueId): OutfallId;
  /** Spoils the facts of reviews taken from now on. */
  spoil(more: Partial<PrecheckInput>): void;
  close(): Promise<void>;
}

export const REGIONS = ['jiangsu', 'ningxia', 'inner-mongolia', 'shanghai'] as const;

export async function openDesk(name: string, start: string): Promise<Desk> {
  const clock = manualClock(instant(Date.parse(start)));
  const folder = mkdtempSync(join(tmpdir(), `${name}-`));
  const test = await testDatabase();
  await createDemoAccounts({ db: test.db, clock }, []);
  await seatDemoPeople({ db: test.db, clock }, DEMO_CITY);
  const papers = rememberedPapers(clock);
  let spoiled: Partial<PrecheckInput> = {};
  const directory = testDirectory(REGIONS.map((region) => testUnit(`U-${region}`, { region: asId<RegionKey>(region) })));
  const deps: ReviewDeps = {
    db: test.db, clock, log: silentLogger(), blobs: openBlobs(folder), law: loadLaw(), directory, holdings: noHoldings, papers, facts: soundFacts(() => spoiled), draw: () => 1,
  };
  let serial = 0;
  const hear = async (): Promise<void> => {
    while ((await drainOutbox(deps, supervisionHandlers)) + (await drainOutbox(deps, reviewHandlers)) > 0);
  };
  const emitEvent = async (type: string, subject: string, payload: object): Promise<void> => {
    await test.db.transaction().execute((tx) => emit(tx, clock, { type, subject, payload: payload as never }));
    await hear();
  };
  return {
    db: test.db, clock, deps, papers,
    official: (login, roles, authority = DEMO_CITY) => ({
      accountId: demoAccountId(login), name: login, roles: [roles].flat(), region: asId<RegionKey>('jiangsu'), authorityId: authority, area: areaUnder(DEMO_AUTHORITIES, authority),
    }),
    raise: async (region, models, more = {}) => {
      const clueId = asId<ClueId>(`${name}-${++serial}`);
      await emitEvent('clue.raised', clueId, {
        clueId, outfall: `O-${name}-${serial}`, unit: `U-${region}`, tier: 'WORK_ORDER', sentence: { zh: '氮氧化物折算浓度连续六小时超过限值', en: 'NOx over the limit for 6 h' },
        factors: ['a21002'], period: { from: clock.now() - 10 * HOUR, to: clock.now() - 4 * HOUR }, models: models.map((model) => ({ model, version: '1.0.0', hours: 6 })), ...more,
      });
      return clueId;
    },
    emit: emitEvent,
    outfallOf: (clueId) => asId<OutfallId>(`O-${clueId}`),
    spoil: (more) => void (spoiled = more),
    close: async () => {
      await test.drop();
      rmSync(folder, { recursive: true });
    },
  };
}

/** The value, or the refusal thrown with its number. */
export async function must<T>(result: Promise<Result<T>>): Promise<T> {
  const settled = await result;
  if (!settled.ok) throw new Error(`${settled.code} ${settled.en} ${settled.missing?.join('; ') ?? ''}`);
  return settled.value;
}

/** Both tracks in favour, each by its person. */
export async function signBoth(deps: ReviewDeps, technical: Actor, legal: Actor, reviewId: ReviewId): Promise<void> {
  await must(signTrack(deps, technical, reviewId, { track: 'TECHNICAL', conclusion: 'PASS', reason: '' }));
  await must(signTrack(deps, legal, reviewId, { track: 'LEGAL', conclusion: 'PASS', reason: '' }));
}

export const person = (id: string): AccountId => asId<AccountId>(id);
export const unitOf = (region: string): UnitId => asId<UnitId>(`U-${region}`);
