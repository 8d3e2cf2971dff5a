import { readPower } from '#analysis';
import { HOUR, type OutfallId } from '#kernel';
import { NATIONAL, type Law } from '#law';
import type { Database } from '#platform/db';
import type { Series } from '#platform/series';
import { markEffect, markWords, ruleBook, workWords } from '#quality';
import { partyOf, readMarks, type Meter, type StoredRegistry } from '#register';
import type { Holdings, Power } from './ports.ts';

interface Needs {
  readonly db: Database;
  readonly series: Series;
  readonly law: Law;
}

/** Below this share of what it is rated at, or of its most where that is not registered, a facility stands. */
const STANDING = 0.1;

/** Readings of all meters of a role, added up interval by interval. */
function powerOf(meters: readonly Meter[], rows: Awaited<ReturnType<typeof readPower>>): Power | undefined {
  const sums = new Map<number, number>();
  for (const { start, kw } of rows.filter((row) => meters.some(({ meter }) => meter === row.meter))) sums.set(start, (sums.get(start) ?? 0) + kw);
  const starts = [...sums.keys()].sort((a, b) => a - b);
  if (starts.length === 0) return undefined;
  const step = Math.min(HOUR, ...starts.slice(1).map((start, i) => start - (starts[i] ?? start))) / HOUR;
  const kws = [...sums.values()];
  const most = Math.max(...kws);
  const standing = STANDING * (meters.reduce((sum, { ratedKw = 0 }) => sum + ratedKw, 0) || most);
  return { hours: starts.length * step, off: kws.filter((kw) => kw < standing).length * step, swing: most <= 0 ? 0 : (most - Math.min(...kws)) / most };
}

/** Marks, ledger and meters of the register and the series; a mark counts in time as the region's policy says (`marks.*`). */
export const holdingsOf = ({ db, series, law }: Needs, registry: () => StoredRegistry): Holdings => ({
  async heldOn(outfall: OutfallId, from: number, to: number) {
    const register = registry();
    const unit = register.outfall(outfall)?.unit;
    const rules = ruleBook(law, (unit === undefined ? undefined : partyOf(register, unit)?.region) ?? NATIONAL);
    const within = (span: { readonly start: number; readonly end: number }) => span.start < to && span.end > from;
    const [marks, power] = await Promise.all([readMarks(db, outfall), readPower(series, { outfall, from, to })]);
    const meters = register.metersOf(outfall);
    const role = (name: Meter['role'], rows = power) => powerOf(meters.filter((meter) => meter.role === name), rows);
    return {
      marks: marks.filter(within).map((mark) => {
        const [start, end] = [Math.max(from, mark.start), Math.min(to, mark.end)];
        const { class: kind, hours, hoursInTime } = markEffect({ ...mark, start, end }, rules);
        const load = role('production', power.filter((row) => row.start >= start && row.start < end));
        return { ...markWords(mark.kind), class: kind, hours, hoursInTime, ...(load === undefined ? {} : { ran: load.hours - load.off }) };
      }),
      works: register.data.maintenance.filter((entry) => entry.outfall === outfall && within(entry)).map(({ what }) => workWords(what)),
      production: role('production'), treatment: role('treatment'),
    };
  },
});
