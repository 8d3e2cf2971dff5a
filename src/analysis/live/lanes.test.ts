import { describe, expect, it } from 'vitest';
import { HOUR } from '#kernel';
import type { Arrival } from '#quality';
import type { LaneRow } from '../store/lanes.ts';
import type { Lane } from './lane.ts';
import { Lanes } from './lanes.ts';

const SIZE = 5_000_000;
const rows: LaneRow[] = Array.from({ length: 300 }, (_, i) => ({ outfall: `O${i}`, activeSince: 0, seq: 10, storedAt: 0 }));
const frame = (knownAt: number, kind: 'hour' | 'step'): { ref: string; arrival: Arrival } => ({ ref: 'f1', arrival: { knownAt, order: '', facts: [{ kind, start: 0, values: [] }] } });

/** A lane as the budget sees it: it is due every hour. */
function rig(memoryBytes: number) {
  const stored: string[] = [];
  let most = 0;
  const lanes = new Lanes({
    memoryBytes,
    wake: async (row, waiting) => ({ ...row, position: row.storedAt, bytes: SIZE, nextWaiting: Number.POSITIVE_INFINITY, engine: { nextMoment: HOUR }, waiting }) as unknown as Lane,
    store: async (some) => void stored.push(...some.map((lane) => lane.outfall)),
  }, rows);
  const looked = async (until: number) => {
    const seen: Lane[] = [];
    for await (const lane of lanes.due(until)) {
      seen.push(lane);
      lane.position = until;
      most = Math.max(most, lanes.bytes);
    }
    return seen;
  };
  return { lanes, looked, stored, most: () => most };
}

describe('内存预算 any number of outfalls in bounded memory', () => {
  it('looks at every outfall that is due and holds no more of them than the budget allows', async () => {
    const { lanes, looked, stored, most } = rig(10 * SIZE);
    expect(new Set((await looked(HOUR)).map((lane) => lane.outfall)).size).toBe(300);
    expect(most()).toBeLessThanOrEqual(11 * SIZE);
    expect(lanes.bytes).toBeLessThanOrEqual(10 * SIZE);
    expect(stored.length + lanes.working.length).toBe(300);
  });

  it('leaves at rest what has nothing to do; an hour, a mark or a heap of frames wakes', async () => {
    const { lanes, looked } = rig(10 * SIZE);
    await looked(1);
    const idle = rows.map((row) => row.outfall as never).filter((id) => lanes.workingOn(id) === undefined);
    const [a, b, c, d] = idle as [never, never, never, never];
    expect((await looked(2)).map((lane) => lane.outfall)).toEqual(lanes.working.map((lane) => lane.outfall));
    lanes.offer(a, 11, frame(3, 'step'));
    lanes.offer(b, 11, frame(3, 'hour'));
    lanes.offer(c, 10, frame(3, 'hour'));
    lanes.stir(d);
    const woken = (await looked(4)).map((lane) => lane.outfall);
    expect(woken).toEqual(expect.arrayContaining([b, d]));
    // A step waits for the next moment; what the stored state holds already is no news.
    expect(woken).not.toContain(a);
    expect(woken).not.toContain(c);
    for (let i = 0; i < 5_000; i++) lanes.offer(a, 12, frame(5, 'step'));
    expect((await looked(6)).find((lane) => lane.outfall === a)).toMatchObject({ waiting: { length: 5_001 } });
  });
});
