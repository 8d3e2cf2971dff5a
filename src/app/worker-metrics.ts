import { readProgress } from '#analysis';
import { lastSeq } from '#ingest';
import type { PlatformDeps } from '#platform';
import type { Metrics } from '#platform/metrics';
import { outboxState } from '#platform/outbox';
import { HANDLERS } from './hand-on.ts';

/** Counts the rounds of the worker's loops. */
export interface Rounds {
  note(loop: string, ok: boolean, seconds: number): void;
  /** The same work, counted. */
  counted<T>(loop: string, work: () => Promise<T>): () => Promise<T>;
}

/** How the worker is doing: rounds and failures of its loops, what waits for it, how far judging is behind. */
export function showWorker(metrics: Metrics, { db, clock }: Pick<PlatformDeps, 'db' | 'clock'>): Rounds {
  const rounds = metrics.counter('mingjian_worker_rounds_total', 'rounds of a loop, by how they ended', ['loop', 'outcome']);
  const spent = metrics.counter('mingjian_worker_round_seconds_total', 'seconds spent in the rounds of a loop', ['loop']);
  metrics.read('gauge', 'mingjian_worker_outbox', 'events: waiting for a handler, and failed ones that are tried again', () => outboxState(db, HANDLERS), 'state');
  metrics.read('gauge', 'mingjian_worker_unjudged_frames', 'journal rows not yet judged', async () => Math.max(0, (await lastSeq(db)) - (await readProgress(db)).seq));
  metrics.read('gauge', 'mingjian_worker_lag_seconds', 'how far behind the present judging is', async () => {
    const { until } = await readProgress(db);
    return until === 0 ? 0 : Math.max(0, clock.now() - until) / 1_000;
  });
  const note: Rounds['note'] = (loop, ok, seconds) => {
    rounds.inc({ loop, outcome: ok ? 'done' : 'failed' });
    spent.inc({ loop }, seconds);
  };
  return {
    note,
    counted: (loop, work) => async () => {
      const began = performance.now();
      let ok = false;
      try {
        const found = await work();
        ok = true;
        return found;
      } finally {
        note(loop, ok, (performance.now() - began) / 1_000);
      }
    },
  };
}
