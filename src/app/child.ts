/** What every child process of the supervisor does the same way: tell that it is ready, stop when told, never outlive its parent. */
export interface Child {
  stop(): Promise<void>;
}

const GIVE_UP_MS = 8_000;

/** Exit code of a child that must not be started again: what it found wants a person first. */
export const REFUSED = 78;

/** A child will not begin, and says to people why. */
export class StartRefused extends Error {}

export async function runChild(start: () => Promise<Child>): Promise<void> {
  let child: Child | undefined;
  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), GIVE_UP_MS).unref();
    await child?.stop().catch(() => undefined);
    process.exit(0);
  };
  process.on('SIGTERM', () => void stop());
  process.on('disconnect', () => void stop());
  try {
    child = await start();
    process.send?.({ ready: true });
  } catch (error) {
    const refused = error instanceof StartRefused;
    process.stderr.write(`${error instanceof Error ? ((refused ? undefined : error.stack) ?? error.message) : String(error)}\n`);
    process.exit(refused ? REFUSED : 1);
  }
}
