import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrateSeries } from './client.ts';
import { testSeries } from './testing/index.ts';

describe('migrations of the series store', () => {
  let t: Awaited<ReturnType<typeof testSeries>>;
  beforeAll(async () => void (t = await testSeries()));
  afterAll(() => t.drop());

  it('run at every start and change nothing the second time: neither tables nor what was filled from them', async () => {
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
});
