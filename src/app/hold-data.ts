import { existsSync, linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataFolder, type Config } from '#platform/config';
import { UsageError } from './commands/command.ts';

/**
 * One process at a time may run engines on a data folder: a second would end those of the first. `engines/holder` says which,
 * as its number and the moment it began; a number that is gone, or that another program has by now, holds nothing.
 */
const fileOf = (config: Config): string => join(dataFolder(config, 'engines'), 'holder');

/** When a process began, in the kernel's own count; undefined when there is none. Where the system does not tell, the number alone counts. */
function beginOf(pid: number): string | undefined {
  if (!existsSync('/proc/self/stat')) {
    try {
      process.kill(pid, 0);
      return '';
    } catch (error) {
      return (error as NodeJS.ErrnoException).code === 'EPERM' ? '' : undefined;
    }
  }
  const text = read(`/proc/${pid}/stat`);
  // After the name, which may hold anything: field 3 is the state, field 22 the start (proc(5)). A zombie runs nothing.
  const fields = text?.slice(text.lastIndexOf(')') + 2).split(' ');
  return fields === undefined || fields[0] === 'Z' ? undefined : fields[19];
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function livingHolder(text: string): number | undefined {
  const [pid = '', begin = ''] = text.split(' ');
  return /^[1-9]\d*$/.test(pid) && beginOf(Number(pid)) === begin ? Number(pid) : undefined;
}

/** Which living process runs engines on this data folder, if one does. */
export function holderOf(config: Config): number | undefined {
  const text = read(fileOf(config));
  return text === undefined ? undefined : livingHolder(text);
}

/** Takes a stale file away; one that somebody else has put there meanwhile is put back. */
function takeAway(file: string, stale: string): void {
  const aside = `${file}.${process.pid}.old`;
  try {
    renameSync(file, aside);
    if (read(aside) !== stale) linkSync(aside, file);
  } catch { /* another was quicker: the next look tells */ }
  rmSync(aside, { force: true });
}

/**
 * Holds the data folder until the function it returns is called.
 *
 * @throws UsageError naming the living process that holds it
 */
export function holdData(config: Config): () => void {
  const file = fileOf(config);
  const own = `${file}.${process.pid}.new`;
  const mine = `${process.pid} ${beginOf(process.pid)}`;
  writeFileSync(own, mine, { mode: 0o600 });
  try {
    for (;;) {
      try {
        linkSync(own, file);
        return () => {
          if (read(file) === mine) rmSync(file, { force: true });
        };
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      const there = read(file);
      if (there === undefined) continue;
      const holder = livingHolder(there);
      if (holder !== undefined) throw new UsageError(`已在运行 already running (pid ${holder}): ${config.dataDir}`);
      takeAway(file, there);
    }
  } finally {
    rmSync(own, { force: true });
  }
}
