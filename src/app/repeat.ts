import type { Logger } from '#platform/log';

/**
 * Does a piece of work again and again with a pause between; a failure is logged and the next round tries anew.
 *
 * @param first whether the first round begins at once or after a pause, for work that a start need not repeat
 */
export function repeat(pauseMs: number, log: Logger, what: string, work: () => Promise<unknown>, first: 'at once' | 'after a pause' = 'at once'): { stop(): Promise<void> } {
  let stopped = false;
  let wake: () => void = () => undefined;
  const pause = async (ms = pauseMs): Promise<void> => {
    if (stopped) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  };
  const loop = async () => {
    if (first === 'after a pause') await pause();
    while (!stopped) {
      try {
        // Work that found something to do may find more at once.
        const found = await work();
        if (typeof found !== 'number' || found === 0) await pause();
        else await pause(10);
      } catch (error) {
        log.error({ err: error, what }, 'a round failed; it is tried again');
        await pause(2_000);
      }
    }
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
