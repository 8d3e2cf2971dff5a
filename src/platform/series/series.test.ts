import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrateSeries } from './client.ts';
import { ReadingRoom } from './read-columns.ts';
import { testSeries } from './testing/index.ts';

describe('the series store', () => {
  let t: Awaited<ReturnType<typeof testSeries>>;
  beforeAll(async () => void (t = await testSeries()));
  afterAll(() => t.drop());

  it('migrations run at every start and change nothing the second time: neither tables nor what was filled from them', async () => {
    const start = Date.UTC(2026, 2, 1);
    await t.series.insert('hour_value', [{ outfall: 'O1', start, known_at: start, factor: ['a21026'], avg: [30], min: [1], max: [40], cou: [1], zs: [31], flag: [1], verdict: [0], reason: ['OK'] }]);
    const told = async () => ({
      tables: await t.series.query(`SELECT name, create_table_query AS made FROM system.tables WHERE database = {name:String} ORDER BY name`, { name: t.series.database }),
      hours: await t.series.query('SELECT outfall, start, avg FROM hour_value'),
      peaks: await t.series.query('SELECT outfall, factor, max(zs) AS zs FROM hour_peak GROUP BY outfall, factor'),
    });
    const before = await told();
    expect([before.hours.length, before.peaks.length]).toEqual([1, 1]);
    await migrateSeries(t.url, t.series.database);
    expect(await told()).toEqual(before);
  });

  it('reads answers of several megabytes and blocks, one after the other, each for itself', async () => {
    const read = (from: number) => t.series.columns(
      `SELECT toFloat64(number + ${from}) AS v, [if(number % 5 = 0, NULL, toFloat64(number))] AS l, toLowCardinality(toString(number % 3 + ${from})) AS w FROM numbers(200000)`);
    const one = await read(0);
    const two = await read(7);
    const at = (table: typeof one, i: number) => {
      const { v, l, w } = table.columns;
      return [v?.values[i], l?.values[i], w?.kind === 'texts' ? w.words[w.values[i] as number] : undefined];
    };
    for (const i of [1, 99_999, 199_999]) {
      expect(at(one, i)).toEqual([i, i % 5 === 0 ? Number.NaN : i, `${i % 3}`]);
      expect(at(two, i)).toEqual([i + 7, i % 5 === 0 ? Number.NaN : i, `${(i % 3) + 7}`]);
    }
    expect([one.rows, one.columns['l']?.values[100_000]]).toEqual([200_000, Number.NaN]);
  });

  it('a room is read into again once it is cleared, and is shared between threads', async () => {
    const room = new ReadingRoom();
    const read = (from: number) => t.series.columns(`SELECT toFloat64(number + ${from}) AS v FROM numbers(1000)`, {}, undefined, room);
    const first = (await read(0)).columns['v']?.values;
    const second = (await read(5)).columns['v']?.values;
    expect(first?.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect([first?.[10], second?.[10]]).toEqual([10, 15]);
    room.clear();
    expect((await read(9)).columns['v']?.values[10]).toBe(19);
    expect(first?.[10]).toBe(19);
    room.close();
  });

  it('what the engine refuses reaches the caller in its words, and the next answer is read', async () => {
    await expect(t.series.columns('SELECT toFloat64(nothing) AS v FROM hour_value')).rejects.toThrow(/nothing/);
    expect((await t.series.columns('SELECT toFloat64(1) AS v')).columns['v']?.values[0]).toBe(1);
  });

  it('who cancels waits no longer, whether before or while it is read', async () => {
    const early = AbortSignal.abort(new Error('too late'));
    await expect(t.series.columns('SELECT toFloat64(1) AS v', {}, early)).rejects.toThrow('too late');
    const abort = new AbortController();
    const reading = t.series.columns('SELECT toFloat64(sum(cityHash64(number))) AS v FROM numbers(2000000000)', {}, abort.signal);
    abort.abort(new Error('enough'));
    await expect(reading).rejects.toThrow('enough');
  });
});
