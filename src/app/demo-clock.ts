import { DAY } from '#kernel';
import { demoClock, systemClock, type DemoClock } from '#platform/clock';
import type { Clock } from '#kernel';
import { readSetting, writeSetting } from '#platform/settings';
import { openDatabase, type Database } from '#platform/db';
import { UsageError } from './commands/command.ts';

const KEY = 'demo.clock.offset';
const FOLLOW_MS = 150;

/** The clock of a process: the machine's, or in a demonstration the one that all processes share. */
export async function openClock(db: Database, demo: boolean): Promise<{ clock: Clock; close(): void }> {
  if (!demo) return { clock: systemClock(), close: () => undefined };
  const clock = demoClock((await readSetting<number>(db, KEY)) ?? 0);
  const timer = setInterval(() => void follow(db, clock), FOLLOW_MS);
  timer.unref();
  return { clock, close: () => clearInterval(timer) };
}

/** A database that is away for a moment does not stop the clock: the next look finds it. */
const follow = (db: Database, clock: DemoClock): Promise<void> =>
  readSetting<number>(db, KEY).then((offset) => clock.setOffset(offset ?? 0), () => undefined);

/** Moves the demonstration's clock for all processes; returns when each of them has had time to look. */
export async function moveDemoClock(db: Database, offsetMs: number): Promise<void> {
  await writeSetting(db, KEY, offsetMs);
  await new Promise((resolve) => setTimeout(resolve, FOLLOW_MS * 2));
}

export const demoOffset = async (db: Database): Promise<number> => (await readSetting<number>(db, KEY)) ?? 0;

/** Whether these data are those of a demonstration: its clock was set once. */
export const isDemonstration = async (db: Database): Promise<boolean> => (await readSetting<number>(db, KEY)) !== undefined;

/** Days the demonstration lives through by itself before it reaches the present. */
export const LIVED_DAYS = 45;
const CHINA_MS = 8 * 3_600_000;

/** People or units in data that no demonstration has begun: they are real, or an authority's own trial. */
async function realDataIn(db: Database): Promise<string | undefined> {
  const [{ allAccounts }, { openRegistry }] = await Promise.all([import('#access'), import('#register')]);
  const accounts = (await allAccounts(db)).filter(({ demo }) => !demo).length;
  const units = (await openRegistry(db)).data.units.length;
  return accounts + units === 0 ? undefined : `${accounts} 个账号 accounts, ${units} 家单位 units`;
}

/**
 * Sets the clock of a demonstration that starts for the first time, before any process looks at it: a clock never runs
 * backward, so who has seen the present once could not live through the weeks before it. It begins at 00:00 China time.
 *
 * @throws UsageError where the data hold accounts or units and are not those of a demonstration: its accounts, whose password is published, are never added to them
 */
export async function beginDemoClock(databaseUrl: string): Promise<void> {
  const db = openDatabase(databaseUrl, { max: 2 });
  try {
    if ((await readSetting<number>(db, KEY)) !== undefined) return;
    const real = await realDataIn(db);
    if (real !== undefined) throw new UsageError(`数据目录中已有非演示数据（${real}）：请去掉 --demo，或以 MINGJIAN_DATA 另选空目录 · the data folder holds data that are no demonstration's (${real}): start without --demo, or choose an empty folder with MINGJIAN_DATA`);
    const now = systemClock().now();
    const then = now - LIVED_DAYS * DAY;
    await writeSetting(db, KEY, then - ((then + CHINA_MS) % DAY) - now);
  } finally {
    await db.destroy();
  }
}

/** Data of a demonstration, with its invented cases and published password, are never served as real ones. @throws UsageError */
export async function requireRealData(databaseUrl: string): Promise<void> {
  const db = openDatabase(databaseUrl, { max: 1 });
  try {
    if (await isDemonstration(db)) throw new UsageError('这是演示数据：请用 --demo 启动，或以 MINGJIAN_DATA 另选数据目录 · these are the data of a demonstration: start with --demo, or choose another folder with MINGJIAN_DATA');
  } finally {
    await db.destroy();
  }
}
