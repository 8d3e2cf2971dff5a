import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { areaUnder, createDemoAccounts, DEMO_AUTHORITIES, DEMO_CITY, DEMO_PROVINCE, type Actor, type Role } from '#access';
import { addDays, asId, dayOf, Decimal, HOUR, instant, manualClock, startOfDay, type AccountId, type AuthorityId, type ManualClock, type OutfallId, type RegionKey, type UnitId } from '#kernel';
import { messageHandlers, recordingChannels, type Channels } from '#delivery';
import { loadLaw } from '#law';
import { permitStanding, type PermitCap } from '#quality';
import { openBlobs } from '#platform/blobs';
import { sql } from '#platform/db';
import { testDatabase, type TestDatabase } from '#platform/db/testing';
import { silentLogger } from '#platform/log';
import { drainOutbox, emit } from '#platform/outbox';
import type { Clue } from '#analysis';
import type { ClueEvent } from '../clue-event.ts';
import { supervisionHandlers } from '../on-clue-events.ts';
import { releaseHeld } from '../notice/release-held.ts';
import { listHeld, type Held } from '../store/held.ts';
import { listSheets, type Sheet } from '../store/sheets.ts';
import { OPEN_STATES } from '../sheet/sheet-machine.ts';
import type { HeldRecords } from '../ports.ts';
import type { QuotaDeps } from '../quantity/quota.ts';
import { quotaHandlers } from '../quantity/warn-quota.ts';
import { noHoldings, rememberedPapers, testDirectory, testUnit, type RememberedPapers } from './index.ts';

type Told = Partial<Record<keyof ClueEvent, unknown>>;

/** A real database, law and outbox with remembered papers: what a walk through ④ needs, in any region. */
export interface Stage {
  readonly test: TestDatabase;
  readonly clock: ManualClock;
  readonly deps: QuotaDeps;
  /** The ways out; a test may take one away or let it fail. */
  readonly channels: { -readonly [K in keyof Channels]: Channels[K] };
  readonly papers: RememberedPapers;
  /** A unit of a region with an outfall of its own; ids that begin with `W` discharge water. */
  enter(region: string, outfall?: string, more?: { readonly trade?: string; readonly authorityId?: AuthorityId }): { readonly unit: UnitId; readonly outfall: OutfallId; readonly firm: Actor };
  /** What an outfall has emitted so far of a permitted amount, and how much of it only stands in for missing hours. */
  emitted(unit: UnitId, outfall: OutfallId, factor: string, cap: PermitCap, usedKg: number, standInKg?: number): void;
  /** What the platform holds of an outfall beside its values, whatever the stretch. */
  holds(outfall: OutfallId, held: Partial<HeldRecords>): void;
  tell(type: string, event: Told & { readonly clueId: string; readonly unit: string; readonly outfall: string }): Promise<void>;
  /** Lets ③ hold a clue as it stands: its own words, factors and time. */
  hold(clue: Pick<Clue, 'id' | 'outfall' | 'unit' | 'factors' | 'start' | 'end' | 'claim'>): Promise<void>;
  drain(): Promise<void>;
  /** Moves the clock hour by hour, letting go what was held as the worker would. */
  pass(hours: number): Promise<void>;
  /** Goes on to the next 09:00, outside quiet hours; nothing is swept on the way. */
  morning(): void;
  sheetsOf(unit: UnitId): Promise<Sheet[]>;
  heldOf(unit: UnitId): Promise<Held[]>;
  events<T>(type: string, subject: string): Promise<T[]>;
  official(role: Role, authorityId?: AuthorityId): Actor;
  close(): Promise<void>;
}

/** @param start moment in China time at which the walk begins; 09:00 is outside quiet hours */
export async function supervisionStage(start = '2026-09-14T09:00:00+08:00', law = loadLaw()): Promise<Stage> {
  const test = await testDatabase();
  const folder = mkdtempSync(join(tmpdir(), 'supervision-'));
  const clock = manualClock(instant(Date.parse(start)));
  const papers = rememberedPapers(clock);
  const units: ReturnType<typeof testUnit>[] = [];
  const trades = new Map<UnitId, string>();
  const permitted: { outfall: OutfallId; unit: UnitId; factor: string }[] = [];
  const records = new Map<OutfallId, Partial<HeldRecords>>();
  const amounts = new Map<string, { region: RegionKey; cap: PermitCap; usedKg: number; standInKg: number }[]>();
  const deps: QuotaDeps = { db: test.db, clock, log: silentLogger(), blobs: openBlobs(folder), law, directory: testDirectory(units, trades), papers, holdings: { heldOn: async (outfall, ...span) => ({ ...(await noHoldings.heldOn(outfall, ...span)), ...records.get(outfall) }) }, quantities: {
    permits: () => [...permitted],
    standings: async (outfall, factor, asOf) => (amounts.get(`${outfall} ${factor}`) ?? []).map(({ region, cap, usedKg, standInKg }) => ({
      ...permitStanding(cap, usedKg, law.valueAt('supervision.quotaWarnRatios', region, dayOf(asOf)).value, asOf), months: [], usedBeforeKg: new Decimal(usedKg).minus(standInKg),
    })),
  } };
  await createDemoAccounts({ db: test.db, clock }, []);
  let serial = 0;
  const channels: { -readonly [K in keyof Channels]: Channels[K] } = { ...recordingChannels() };
  const messages = { db: test.db, clock, log: deps.log, channels };
  const drain = async () => {
    while ((await drainOutbox(deps, supervisionHandlers)) + (await drainOutbox(deps, quotaHandlers)) + (await drainOutbox(messages, messageHandlers)) > 0);
  };
  return {
    test, clock, deps, papers, channels, drain,
    emitted(unit, outfall, factor, cap, usedKg, standInKg = 0) {
      if (!permitted.some((one) => one.outfall === outfall && one.factor === factor)) permitted.push({ outfall, unit, factor });
      const { region } = units.find((one) => one.unitId === unit) ?? testUnit(unit);
      amounts.set(`${outfall} ${factor}`, [{ region, cap, usedKg, standInKg }]);
    },
    holds: (outfall, held) => void records.set(outfall, held),
    enter(region, prefix = 'O', { trade, authorityId = DEMO_CITY } = {}) {
      const unit = asId<UnitId>(`U${++serial}`);
      units.push(testUnit(unit, { region: asId<RegionKey>(region), authorityId }));
      if (trade !== undefined) trades.set(unit, trade);
      const firm: Actor = { accountId: asId<AccountId>(`p-${unit}`), name: '企业', roles: ['unit-user'], region: asId<RegionKey>(region), unitId: unit };
      return { unit, outfall: asId<OutfallId>(`${prefix}${serial}`), firm };
    },
    async tell(type, event) {
      const payload = { tier: 'REMIND', sentence: { zh: '氮氧化物数据异常', en: 'NOx anomaly' }, factors: ['a21002'], period: { from: clock.now() - 3 * HOUR, to: clock.now() }, ...event };
      await test.db.transaction().execute((tx) => emit(tx, clock, { type, subject: event.clueId, payload }));
      await drain();
    },
    async hold(clue) {
      const [factors, known] = [[...clue.factors], clock.now()];
      await sql`INSERT INTO analysis_clue_version (clue, version, known_at, body) VALUES (${clue.id}, 1, ${known}, ${JSON.stringify(clue)}::jsonb)`.execute(test.db);
      await sql`INSERT INTO analysis_clue (clue, version, known_at, outfall, unit_id, tier, raised_at, start_at, end_at, models, factors, provisional, cleared, score, body)
        VALUES (${clue.id}, 1, ${known}, ${clue.outfall}, ${clue.unit}, 'WORK_ORDER', ${known}, ${clue.start}, ${clue.end}, '{}', ${factors}::text[], false, false, 1, ${JSON.stringify(clue)}::jsonb)`.execute(test.db);
    },
    async pass(hours) {
      for (let i = 0; i < hours; i++) {
        clock.advance(HOUR);
        await releaseHeld(deps);
        await drain();
      }
    },
    morning: () => clock.advance(startOfDay(addDays(dayOf(clock.now()), 1)) + 9 * HOUR - clock.now()),
    sheetsOf: (unitId) => listSheets(test.db, { kind: 'all' }, { limit: 200, openStates: OPEN_STATES, unitId }),
    heldOf: async (unitId) => (await listHeld(test.db, { kind: 'all' }, { unitId, limit: 200 })).items,
    async events<T>(type: string, subject: string) {
      const { rows } = await sql<{ payload: T }>`SELECT payload FROM outbox WHERE type = ${type} AND subject = ${subject} ORDER BY seq`.execute(test.db);
      return rows.map((row) => row.payload);
    },
    official: (role, authorityId = DEMO_CITY) => ({
      accountId: asId<AccountId>(`${role}-${authorityId}`), name: role, roles: [role], region: asId<RegionKey>('jiangsu'), authorityId,
      area: areaUnder(DEMO_AUTHORITIES, authorityId === DEMO_PROVINCE ? DEMO_PROVINCE : authorityId),
    }),
    async close() {
      await test.drop();
      rmSync(folder, { recursive: true });
    },
  };
}
