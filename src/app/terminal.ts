/** What the command says on the terminal. Logs go elsewhere; this is for the person who started it. */
export const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** A step with its time, so that nobody waits without knowing for what. */
export async function sayStep<T>(title: string, work: () => Promise<T>): Promise<T> {
  const began = process.hrtime.bigint();
  process.stdout.write(`${title} … `);
  const value = await work();
  process.stdout.write(`✓ ${(Number(process.hrtime.bigint() - began) / 1e9).toFixed(1)} s\n`);
  return value;
}

/** A bar that redraws itself on a terminal and stays silent elsewhere. */
export function progressBar(title: string): (done: number, total: number) => void {
  if (!process.stderr.isTTY) return () => undefined;
  let last = -1;
  return (done, total) => {
    const percent = total > 0 ? Math.floor((done / total) * 100) : 0;
    if (percent === last) return;
    last = percent;
    const filled = Math.floor(percent / 4);
    process.stderr.write(`\r${title} [${'█'.repeat(filled)}${'·'.repeat(25 - filled)}] ${percent} %${percent === 100 ? '\n' : ''}`);
  };
}
