/** `npm run db:types`: migrates a throw-away PostgreSQL and writes the types of its tables. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '#platform/db';
import { startPostgres } from '#platform/engines';

const root = join(import.meta.dirname, '../../..');
const folder = mkdtempSync(join(tmpdir(), 'mingjian-types-'));
const postgres = await startPostgres({ dataDir: join(folder, 'postgres'), disposable: true });
try {
  await migrate(postgres.url);
  const args = ['--url', postgres.url, '--dialect', 'postgres', '--out-file', join(root, 'src/platform/db/tables.gen.ts')];
  const overrides = ['--numeric-parser', 'string', '--date-parser', 'string', '--type-mapping', '{"int8":"number"}'];
  const verify = process.argv.includes('--verify') ? ['--verify'] : [];
  const done = spawnSync(join(root, 'node_modules/.bin/kysely-codegen'), [...args, ...overrides, ...verify], { stdio: 'inherit', cwd: root });
  process.exitCode = done.status ?? 1;
} finally {
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}
