import { readFileSync, writeFileSync } from 'node:fs';
import { constants, setPriority } from 'node:os';

const { PRIORITY_BELOW_NORMAL } = constants.priority;

/**
 * Lets everything else run before this process where they share processors, whoever started them: an acknowledgement comes before a
 * judgement. Linux may weigh the groups of sessions first and the processes within them after (sched(7), autogroup); a process that leads
 * its own session lowers its group too, for a low priority would else count only against its own session, never against the database.
 */
export function yieldProcessor(): void {
  setPriority(PRIORITY_BELOW_NORMAL);
  try {
    const session = Number(readFileSync('/proc/self/stat', 'utf8').replace(/^.*\)/s, '').split(' ')[4]);
    if (session === process.pid) writeFileSync('/proc/self/autogroup', String(PRIORITY_BELOW_NORMAL));
  } catch {
    // No such groups on this system: the priority alone counts.
  }
}
