import { Worker } from 'node:worker_threads';
import { asId, DAY, HOUR, type OutfallId } from '#kernel';
import { testDatabase, type TestDatabase } from '#platform/db/testing';
import { transact } from '#platform/db';
import { buildRegistry, EMPTY_REGISTER, type Registry } from '#register';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { choosePeers } from './choose-peers.ts';
import { dailySummary } from './daily-summary.ts';
import { at, DUST, NOX, SO2, World } from '../models/testing/world.ts';
import { meetings } from './peer-exchange.ts';
import { MemoryBoard, PEER_DAYS, type DailySummary } from './peers.ts';
import { readPeerSummaries, savePeerSummaries } from '../store/peer-summaries.ts';
import { summaryOf } from '../testing/summary.ts';

const id = (text: string): OutfallId => asId<OutfallId>(text);

describe('同行看板 the board of daily summaries', () => {
  it('shows what was laid down up to a moment, replaces a repeated day, and forgets', () => {
    const board = new MemoryBoard();
    for (let day = 1; day <= PEER_DAYS + 20; day++) board.publish(summaryOf(id('O1'), day * DAY, day));
    board.publish(summaryOf(id('O1'), 80 * DAY, -1));
    const days = board.daysOf(id('O1'), 81 * DAY).map((day) => day.runShare);
    expect(days.slice(-2)).toEqual([-1, 81]);
    expect(board.daysOf(id('O1'), 90 * DAY)).toHaveLength(PEER_DAYS);
    expect(board.daysOf(id('O2'), 90 * DAY)).toEqual([]);
  });

  it('a summary says what the outfall did on the day before, from facts alone', () => {
    const w = new World('gas', 12, 3).mark('maintenance', at(9, 3), at(9, 9), at(9, 10)).door(at(8, 10), 'P7').edit(NOX, at(8, 11), at(12), (v) => v / 2);
    const s = dailySummary(w.contextAt(at(10, 2)));
    const nox = s.factors.find((f) => f.factor === NOX);
    expect(s.factors.map((f) => f.factor)).toEqual(expect.arrayContaining([SO2, NOX, DUST]));
    expect(nox?.level).toBeGreaterThan(0.2);
    expect(nox?.level).toBeLessThan(0.4);
    expect(nox?.hours).toHaveLength(24);
    expect(nox?.lag1).toBeGreaterThan(0.5);
    expect(s).toMatchObject({ at: at(10, 2), runShare: 1, complete: 1, markShare: 0.25 });
    expect(s.visits).toHaveLength(1);
    expect(s.visits[0]).toMatchObject({ person: 'P7', from: at(8, 10) });
    expect(s.visits[0]?.shift).toBeLessThan(-0.4);
    expect(s.treatmentShare).toBeGreaterThan(0.1);
    expect(dailySummary(w.contextAt(at(10, 2)))).toEqual(s);
  });
});

describe('对标对象 choice of peers', () => {
  const registry = (order: readonly number[]): Registry => {
    const data = buildRegistry(EMPTY_REGISTER).data;
    const unit = (i: number) => ({ unit: asId(`E${i}`), name: `${i}`, industry: i % 2 ? 'boiler' : 'cement', industryZh: '', county: '', lat: undefined, lon: undefined, operator: i < 4 ? 'X' : '', keyPolluter: false, attributes: {} });
    const outfall = (i: number) => ({ outfall: id(`O${String(i).padStart(3, '0')}`), unit: asId(`E${Math.floor(i / 2)}`), type: 'gas' as const, mn: undefined, doorMn: undefined, powerMn: undefined, o2Ref: 6, analysisCycleHours: undefined, designFlow: undefined, minuteStep: 10, stackAreaM2: undefined, velocityCoefficient: undefined, attributes: {} });
    return buildRegistry({ ...data, units: Array.from({ length: 100 }, (_, i) => unit(i)), outfalls: order.map(outfall) } as unknown as Registry['data']);
  };
  it('takes the unit, the operator and at most twenty of the trade, whatever the order of the rows', () => {
    const rows = Array.from({ length: 200 }, (_, i) => i);
    const peers = choosePeers(registry(rows), id('O002'));
    expect(peers.find((peer) => peer.outfall === 'O003')?.relations).toEqual(['enterprise', 'operator', 'industry']);
    expect(peers.filter((peer) => peer.relations.includes('operator')).map((peer) => peer.enterprise)).toEqual(['E0', 'E0', 'E1', 'E2', 'E2', 'E3', 'E3']);
    expect(peers.filter((peer) => peer.relations.includes('industry'))).toHaveLength(20);
    expect(choosePeers(registry([...rows].reverse()), id('O002'))).toEqual(peers);
  });
});

describe('线程间交换 exchange between threads', () => {
  it('every thread sees the same days of everybody, a day late, also after a reading was begun again', async () => {
    const outfalls = [[id('A1'), id('A2')], [id('B1')], [id('C1')]];
    const run = async (shares: readonly (readonly OutfallId[])[]): Promise<string[]> => {
      const seen = await Promise.all(meetings(shares.length).map((meeting) => new Promise<string[]>((resolve, reject) => {
        const workerData = { meeting, days: 6, outfalls: shares };
        const transferList = meeting.ports.filter((port) => port !== undefined);
        const worker = new Worker(new URL('../testing/exchange-worker.ts', import.meta.url), { workerData, transferList });
        worker.on('message', resolve).on('error', reject);
      })));
      return seen.flat().sort();
    };
    const apart = await run(outfalls);
    expect(apart).toEqual(await run([outfalls.flat()]));
    expect(apart).toContain('A1 3: 2001,2002 | 2001,2002 | 2001,2002 | 2001,2002');
  }, 60_000);
});

describe('留存 the stored board', () => {
  let test: TestDatabase;
  beforeAll(async () => void (test = await testDatabase()));
  afterAll(() => test.drop());
  it('gives back the very same summaries and drops what nobody may read any more', async () => {
    const factor = { factor: SO2, level: 0.5, median: 17.5, cv: Number.NaN, lag1: 0.8, tail: 0.3, jump: 0.05, hours: [1, Number.NaN, 3] };
    const summaries = [1, 2, 100].map((day) => summaryOf(id('O1'), day * DAY + 2 * HOUR, 0.5, { factors: [factor] }));
    await transact(test.db, (tx) => savePeerSummaries(tx, summaries.slice(0, 2)));
    const all = async (): Promise<DailySummary[]> => {
      const found: DailySummary[] = [];
      for await (const part of readPeerSummaries(test.db)) found.push(...part);
      return found;
    };
    expect(await all()).toEqual(summaries.slice(0, 2));
    await transact(test.db, (tx) => savePeerSummaries(tx, summaries.slice(2)));
    expect(await all()).toEqual(summaries.slice(2));
  });
});
