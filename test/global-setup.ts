import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import pg from 'pg';
import { migrate } from '#platform/db';
import { startPostgres, startSeriesEngine } from '#platform/engines';

declare module 'vitest' {
  interface ProvidedContext {
    postgresUrl: string;
    seriesUrl: string;
    /** A folder that lives as long as the run. */
    runFolder: string;
  }
}

/** One real PostgreSQL and one real series engine for the whole run; each test file gets a database of its own. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'mingjian-test-'));
  const [postgres, series] = await Promise.all([
    startPostgres({ dataDir: join(folder, 'postgres'), disposable: true, settings: { max_connections: '300' } }),
    startSeriesEngine(join(folder, 'series')),
  ]);
  await migrate(await templateOf(postgres.url));
  project.provide('postgresUrl', postgres.url);
  project.provide('seriesUrl', series.url);
  project.provide('runFolder', folder);
  return async () => {
    await Promise.all([postgres.stop(), series.stop()]);
    rmSync(folder, { recursive: true, force: true });
  };
}

async function templateOf(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('CREATE DATABASE template_mingjian');
  await client.end();
  return url.replace(/\/[^/]*$/, '/template_mingjian');
}
