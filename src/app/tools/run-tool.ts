/** Runs a tool of the command line: its help, or its work; wrong use of an option is told in a line and ends with 2. */
export async function runTool(help: string | undefined, work: () => Promise<void>): Promise<void> {
  if (help !== undefined) return void process.stdout.write(help);
  await work().catch((error: unknown) => {
    if (!(error instanceof RangeError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
  });
}
