import { fork, type ChildProcess } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OpenPlatform } from '../open-platform.ts';
import { say } from '../terminal.ts';

export interface IngestOptions {
  readonly connections: number;
  readonly seconds: number;
  readonly rate: number;
}

const POLL_MS = 200;

/** One outfall a device, so that every frame is a registered one and has a lane of the judge behind it. */
function writeRegister(dir: string, mns: readonly string[]): void {
  mkdirSync(dir, { recursive: true });
  const file = (name: string, header: string, rows: readonly string[]) => writeFileSync(join(dir, name), `${[header, ...rows].join('\n')}\n`);
  file('enterprises.csv', 'enterprise,name,industry', mns.map((_, i) => `B${i},bench ${i},coal_power`));
  file('outfalls.csv', 'outfall,enterprise,type,mn,o2_ref', mns.map((mn, i) => `B${i}-1,B${i},gas,${mn},6`));
  file('factors.csv', 'outfall,factor,unit', mns.map((_, i) => `B${i}-1,a21026,mg/m3`));
  file('limits.csv', 'outfall,factor,limit,unit,period,basis', mns.map((_, i) => `B${i}-1,a21026,35,mg/m3,hour,zs`));
}

async function startWorker({ databaseUrl, clickhouseUrl }: OpenPlatform['config']): Promise<ChildProcess> {
  const env = { ...process.env, DATABASE_URL: databaseUrl, CLICKHOUSE_URL: clickhouseUrl };
  const worker = fork(join(import.meta.dirname, '../worker.ts'), [], { env, stdio: ['ignore', 'ignore', 'inherit', 'ipc'], detached: true });
  await new Promise<void>((ready, failed) => {
    worker.once('message', () => ready());
    worker.once('exit', (code) => failed(new Error(`the worker ended with ${code}`)));
  });
  return worker;
}

/** Seconds until the worker has judged all that is in the journal. */
async function judgedAfter(platform: OpenPlatform): Promise<number> {
  const [{ readProgress }, { lastSeq }] = await Promise.all([import('#analysis'), import('#ingest')]);
  const began = performance.now();
  const last = await lastSeq(platform.db);
  while ((await readProgress(platform.db)).seq < last) await new Promise((done) => setTimeout(done, POLL_MS));
  return (performance.now() - began) / 1000;
}

/**
 * Devices, gateway, and the whole worker (every model, outbox, deadlines, checkpoints) in processes apart. Leaf and journal
 * row are committed before the acknowledgement; how far judging is behind when the devices stop is part of the report.
 */
export async function ingestBench({ connections, seconds, rate }: IngestOptions): Promise<void> {
  const { withPlatform } = await import('../with-platform.ts');
  const { benchIngest, benchMn, directoryOfRegister } = await import('#ingest');
  const { followRegistry, importRegister } = await import('#register');
  const { DEMO_CITY, DEMO_REGION } = await import('#access');
  await withPlatform(async (platform) => {
    const { dataDir } = platform.config;
    const mns = Array.from({ length: connections }, (_, i) => benchMn(i));
    const register = join(dataDir, 'register');
    writeRegister(register, mns);
    const outcome = await importRegister(platform, { dir: register, by: 'bench', home: { authority: DEMO_CITY, region: DEMO_REGION } });
    if (!outcome.imported) throw new Error(`the register of the bench was refused: ${JSON.stringify(outcome.problems[0])}`);
    const registry = await followRegistry(platform.db);
    const directory = directoryOfRegister(() => registry.current());
    const worker = await startWorker(platform.config);
    try {
      const report = await benchIngest({ ...platform, directory, connections, seconds, rate, dataDir });
      say(`\ningest · ${report.what} · ${connections} connections · ${seconds} s · worker with all models on`);
      say(`  ${report.framesPerSecond.toFixed(0)} frames/s · p50 ${report.p50.toFixed(1)} ms · p99 ${report.p99.toFixed(1)} ms · max ${report.max.toFixed(0)} ms`);
      say(`  sent ${report.sent} · answered ${report.answered} · gateway ${report.gatewayMicros.toFixed(1)} µs/frame`);
      say(`  memory after each fifth, MB: resident ${report.memory.map((m) => m.residentMb).join(' · ')}, live ${report.memory.map((m) => m.liveMb).join(' · ')}`);
      say(`  judged ${(await judgedAfter(platform)).toFixed(1)} s after the last answer`);
    } finally {
      worker.kill('SIGTERM');
      await new Promise((done) => worker.once('exit', done));
    }
  });
}
