import { spawn } from 'node:child_process';
import { statfsSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '#kernel';
import { type Database, sql } from '#platform/db';
import { silentLogger } from '#platform/log';
import { collector } from '#platform/measure';
import type { DeviceDirectory } from './devices/device-directory.ts';
import { Gateway } from './gateway/index.ts';

/** Order for that scenario. */
export interface IngestBenchOptions {
  readonly db: Database;
  readonly clock: Clock;
  /** Knows the devices `benchMn(0)` … `benchMn(connections − 1)`. */
  readonly directory: DeviceDirectory;
  readonly connections: number;
  readonly seconds: number;
  /** Frames per second over all connections; 0 = as fast as they are answered. */
  readonly rate: number;
  readonly factors?: number;
  /** Folder of the database; the bench refuses to start when it would fill it. */
  readonly dataDir?: string;
  readonly acceptUnsafeDatabase?: boolean;
}

/** Figures of the published scenario of taking frames in over TCP. */
export interface IngestBench {
  /** What was sent, in words, for the report. */
  readonly what: string;
  readonly connections: number;
  readonly frameBytes: number;
  readonly sent: number;
  readonly answered: number;
  readonly framesPerSecond: number;
  /** Milliseconds from write to acknowledgement as the device sees it. */
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
  /** Memory of the gateway process after each fifth of the time. */
  readonly memory: readonly MemorySample[];
  /** Processor time of the gateway process per frame, µs; the database's own comes on top. */
  readonly gatewayMicros: number;
}

export interface MemorySample {
  /** Resident set, MB: what is live, garbage not yet collected, and what the allocator keeps. */
  readonly residentMb: number;
  /** Live objects and buffers after a full collection, MB: frames in flight at full speed, and what never ends. */
  readonly liveMb: number;
}

/** Journal row, leaf and indexes of one frame, measured; used for the disk check. */
const BYTES_PER_FRAME = 3_000;

interface DeviceReport {
  sent: number;
  answered: number;
  elapsedMs: number;
  frameBytes: number;
  p50: number;
  p99: number;
  max: number;
}

/**
 * The ingest bench: devices in a process of their own, the gateway in this one; every frame is in the journal with its
 * leaf, committed, before it is acknowledged. Throws when the disk is too small or the devices fail.
 */
export async function benchIngest(options: IngestBenchOptions): Promise<IngestBench> {
  const { connections, seconds, rate, factors = 12 } = options;
  checkDisk(options.dataDir, (rate || 30_000) * seconds);
  const gateway = new Gateway(
    { db: options.db, clock: options.clock, log: silentLogger(), directory: options.directory },
    { acceptUnsafeDatabase: options.acceptUnsafeDatabase ?? false, limits: { maxPerPeer: connections + 10 } },
  );
  const port = await gateway.listen(0, '127.0.0.1');
  const memory: MemorySample[] = [];
  const collect = collector();
  const sample = setInterval(() => memory.push(sampleMemory(collect)), (seconds * 1000) / 5 - 50);
  const cpu = process.cpuUsage();
  try {
    const report = await runDevices([port, connections, rate, seconds, factors]);
    const used = process.cpuUsage(cpu);
    return {
      what: `CN 2011, wall-clock QN and DataTime, ${factors} factors, answer wanted, ${rate === 0 ? 'full speed' : `${rate}/s`}`,
      connections,
      frameBytes: report.frameBytes,
      sent: report.sent,
      answered: report.answered,
      framesPerSecond: (report.answered / report.elapsedMs) * 1000,
      p50: report.p50,
      p99: report.p99,
      max: report.max,
      memory: [...memory],
      gatewayMicros: (used.user + used.system) / Math.max(report.answered, 1),
    };
  } finally {
    clearInterval(sample);
    await gateway.stop();
  }
}

function sampleMemory(collect: () => void): MemorySample {
  const residentMb = Math.round(process.memoryUsage.rss() / 1e6);
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return { residentMb, liveMb: Math.round((heapUsed + external) / 1e6) };
}

async function runDevices(args: readonly number[]): Promise<DeviceReport> {
  const script = join(import.meta.dirname, 'gateway/bench-devices.ts');
  const child = spawn(process.execPath, [script, ...args.map(String)], { stdio: ['ignore', 'pipe', 'inherit'] });
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => void (out += chunk.toString()));
  const code = await new Promise<number | null>((done) => child.on('close', done));
  if (code !== 0) throw new Error(`device process ended with ${code}`);
  return JSON.parse(out) as DeviceReport;
}

function checkDisk(folder: string | undefined, frames: number): void {
  if (folder === undefined) return;
  const { bavail, bsize } = statfsSync(folder);
  const need = frames * BYTES_PER_FRAME;
  if (bavail * bsize < need * 1.5) throw new Error(`the bench needs ${Math.ceil(need / 1e9)} GB of disk in ${folder}`);
}

/** Size of a journal row with its indexes, bytes, as the database has it now. */
export async function bytesPerRow(db: Database): Promise<number> {
  const { rows } = await sql<{ bytes: number }>`
    SELECT pg_total_relation_size('frame_journal') / greatest((SELECT count(*) FROM frame_journal), 1) AS bytes`.execute(
    db,
  );
  return rows[0]?.bytes ?? 0;
}
