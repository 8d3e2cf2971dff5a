import { readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AggregatorRegistry, type Registry } from 'prom-client';
import type { Logger } from '#platform/log';

const EVERY_MS = 5_000;
/** Figures of a process that stopped writing are no figures of now. */
const STALE_MS = 30_000;
const SUFFIX = '.metrics.json';

type Family = Awaited<ReturnType<Registry['getMetricsAsJSON']>>[number];

/**
 * Writes the metrics of a process that has no HTTP port of its own to `<folder>/<name>.metrics.json` every five seconds,
 * for `/metrics` of the server beside it. A write that fails is logged and tried again.
 */
export function shareMetrics(registry: Registry, folder: string, name: string, log: Logger): { stop(): Promise<void> } {
  const file = join(folder, `${name}${SUFFIX}`);
  let writing: Promise<void> = Promise.resolve();
  const write = async (): Promise<void> => {
    writeFileSync(`${file}.new`, JSON.stringify(await registry.getMetricsAsJSON()), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  };
  const turn = (): void => void (writing = writing.then(write).catch((error: unknown) => log.warn({ err: error }, 'metrics not shared')));
  const timer = setInterval(turn, EVERY_MS);
  turn();
  return {
    async stop() {
      clearInterval(timer);
      await writing;
    },
  };
}

/** Prometheus text of this process and of those that share theirs in `folder`. `now` is the machine's time, epoch ms. */
export async function allMetrics(own: Registry, folder: string, now: number): Promise<string> {
  const shared = readdirSync(folder)
    .filter((name) => name.endsWith(SUFFIX) && now - statSync(join(folder, name)).mtimeMs < STALE_MS)
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Family[]);
  // Each figure carries the label of its process: nothing is summed, and nothing may be left out for not being summable.
  const apart = [await own.getMetricsAsJSON(), ...shared].map((families) => families.map((family) => ({ ...family, aggregator: 'first' as const })));
  return AggregatorRegistry.aggregate(apart).metrics();
}
