import { inject } from 'vitest';
import { newId } from '#platform/ids';
import { migrateSeries, openSeries, type Series } from '../client.ts';

/** A fresh series database on the real engine. Call in `beforeAll`, drop in `afterAll`. */
export async function testSeries(): Promise<{ series: Series; url: string; drop(): Promise<void> }> {
  const name = newId('t');
  const url = inject('seriesUrl');
  await migrateSeries(url, name);
  const series = openSeries(url, name);
  return {
    series,
    url,
    async drop() {
      await series.command(`DROP DATABASE ${name}`);
      await series.close();
    },
  };
}
