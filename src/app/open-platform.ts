import type { PlatformDeps } from '#platform';
import { openBlobs } from '#platform/blobs';
import { dataFolder, readConfig, type Config } from '#platform/config';
import { openDatabase } from '#platform/db';
import { createLogger, type Logger } from '#platform/log';
import { openSeries } from '#platform/series';
import { isDemonstration, openClock } from './demo-clock.ts';

export interface OpenPlatform extends PlatformDeps {
  close(): Promise<void>;
}

function engineUrls(config: Config): { databaseUrl: string; clickhouseUrl: string } {
  const { databaseUrl, clickhouseUrl } = config;
  if (databaseUrl === undefined || clickhouseUrl === undefined) {
    throw new Error('DATABASE_URL and CLICKHOUSE_URL are not set: start with `mingjian serve`, which brings its own engines');
  }
  return { databaseUrl, clickhouseUrl };
}

/**
 * What one process of the platform needs, opened from its environment where no `config` is given.
 *
 * @param options.ofData the data say whether this is a demonstration, for commands: who types one beside a demonstration does not say `--demo`
 */
export async function openPlatform(name: string, options: { connections?: number; log?: Logger; config?: Config; ofData?: boolean } = {}): Promise<OpenPlatform> {
  const given = options.config ?? readConfig();
  const { databaseUrl, clickhouseUrl } = engineUrls(given);
  const log = options.log ?? createLogger(name, given.logLevel, dataFolder(given, 'logs'));
  const db = openDatabase(databaseUrl, { max: options.connections ?? 10, applicationName: `mingjian-${name}` });
  const series = openSeries(clickhouseUrl);
  const config = options.ofData === true && (await isDemonstration(db)) ? { ...given, demo: true } : given;
  const { clock, close } = await openClock(db, config.demo);
  return {
    db, series, clock, log, config,
    blobs: openBlobs(dataFolder(config, 'blobs')),
    async close() {
      close();
      await Promise.all([db.destroy(), series.close()]);
    },
  };
}
