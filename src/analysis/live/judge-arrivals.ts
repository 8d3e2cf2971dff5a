import { Judge, type JudgeDeps } from './judge.ts';
import { Watchdog } from './watchdog.ts';

const IDLE_MS = 150;
const RETRY_MS = 5_000;

/** A running judging worker. */
export interface Judging {
  stop(): Promise<void>;
}

/**
 * Judges for ever what the journal brings. After a failure the state in memory may be ahead of what was written:
 * it is thrown away and taken up again from the database. `onRound` hears how each round ended and how long it took.
 */
export function judgeArrivals(deps: JudgeDeps, onRound: (ok: boolean, seconds: number) => void = () => undefined): Judging {
  let stopped = false;
  let wake: () => void = () => undefined;
  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const loop = async () => {
    let judge: Judge | undefined;
    const watchdog = new Watchdog();
    while (!stopped) {
      const began = performance.now();
      try {
        judge ??= await Judge.open({ watchdog, ...deps });
        const step = await judge.step();
        onRound(true, (performance.now() - began) / 1_000);
        if (step.frames === 0) await pause(IDLE_MS);
      } catch (error) {
        onRound(false, (performance.now() - began) / 1_000);
        deps.log.error({ err: error }, 'judging was interrupted; it is taken up again from what was written');
        judge = undefined;
        if (!stopped) await pause(RETRY_MS);
      }
    }
    await judge?.rest().catch((error: unknown) => deps.log.warn({ err: error }, 'state was not stored at the end; as much is judged again at the next start'));
  };
  const done = loop();
  return {
    async stop() {
      stopped = true;
      wake();
      await done;
    },
  };
}
