import { join } from 'node:path';
import { dataFolder, type Config } from '#platform/config';
import { migrate } from '#platform/db';
import { startPostgres, startSeriesEngine } from '#platform/engines';
import { migrateSeries } from '#platform/series';

export interface Engines {
  readonly databaseUrl: string;
  readonly clickhouseUrl: string;
  stop(): Promise<void>;
}

/** Starts what is not given by URL, and brings both stores to the newest schema. */
export async function startEngines(config: Config): Promise<Engines> {
  const folder = dataFolder(config, 'engines');
  const postgres = config.databaseUrl ? undefined : startPostgres({ dataDir: join(folder, 'postgres') });
  const series = config.clickhouseUrl ? undefined : startSeriesEngine(join(folder, 'series'));
  const started = await Promise.allSettled([postgres, series]);
  const stop = async () => {
    for (const engine of [...started].reverse()) if (engine.status === 'fulfilled') await engine.value?.stop();
  };
  const failed = started.find((engine) => engine.status === 'rejected');
  if (failed) {
    await stop();
    throw failed.reason;
  }
  const databaseUrl = config.databaseUrl ?? (await postgres)?.url ?? '';
  const clickhouseUrl = config.clickhouseUrl ?? (await series)?.url ?? '';
  await migrate(databaseUrl);
  await migrateSeries(clickhouseUrl);
  return { databaseUrl, clickhouseUrl, stop };
}
