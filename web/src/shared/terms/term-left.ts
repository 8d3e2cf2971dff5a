interface Text { readonly zh: string; readonly en: string }

const TEXT = {
  left: {
    days: { zh: '剩 {n} 天', en: '{n} days left' }, hours: { zh: '剩 {n} 小时', en: '{n} h left' }, working: { zh: '剩 {n} 个工作日', en: '{n} working days left' },
  },
  late: {
    days: { zh: '逾期 {n} 天', en: '{n} days overdue' }, hours: { zh: '逾期 {n} 小时', en: '{n} h overdue' }, working: { zh: '逾期 {n} 个工作日', en: '{n} working days overdue' },
  },
  today: { zh: '今天是最后一天', en: 'last day' },
} as const satisfies Record<string, Text | Record<string, Text>>;

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** A term as the server counts it: its end (epoch ms), and where it is known the unit it counts by and the working days left by the law's calendar. */
export interface Term {
  readonly dueAt: number;
  readonly dayKind?: string | undefined;
  readonly workingDaysLeft?: number | undefined;
}

/** What is left of a term or by how much it is over, told in the unit the term is counted by; hours where less than two days are meant. */
export function termLeft(t: (text: Text, args?: Readonly<Record<string, number>>) => string, { dueAt, dayKind, workingDaysLeft }: Term, now: number): string {
  const late = dueAt < now;
  const words = late ? TEXT.late : TEXT.left;
  const span = Math.abs(dueAt - now);
  if (workingDaysLeft === 0 && !late) return t(TEXT.today);
  if (workingDaysLeft !== undefined && workingDaysLeft !== 0) return t(words.working, { n: Math.abs(workingDaysLeft) });
  // A term in days that ended last night is a day over; one in hours is told by the hour.
  const byDay = late && dayKind !== undefined && dayKind !== 'HOUR' && dayKind !== 'WORKING_DAY';
  if (span < 2 * DAY && !byDay) return t(words.hours, { n: late ? Math.ceil(span / HOUR) : Math.floor(span / HOUR) });
  return t(words.days, { n: byDay ? Math.ceil(span / DAY) : Math.floor(span / DAY) });
}
