import { instant, type Instant, type RegionKey } from '#kernel';
import type { Law } from '#law';
import type { Observation } from './observations.ts';
import { isWholeRun, runOf } from './told-once.ts';
import { isFactOf } from './words-for.ts';

/** Findings that data were sent incompletely or not at all, or that the device stood at one end of its scale. */
const ON_THE_DEVICE = /^A/;
/** What contradicts an honest fault: power that does not fit, stops marked while the plant ran, doors and parameters. Overdue checks are a duty of their own. */
const AGAINST_A_FAULT = /^(?:E|F(?!05|11))/;

const overlaps = (one: Observation, other: Observation): boolean => one.from < other.to && other.from < one.to;
const touches = (one: Observation, other: Observation): boolean => one.from <= other.to && other.from <= one.to;

/** First and last moment of all that meets this one, whole runs only; of a run within a longer span its length from the beginning. */
function stretchOf(observed: Observation, outages: readonly Observation[]): { readonly from: Instant; readonly to: Instant } {
  const run = runOf(observed);
  if (run !== undefined && !isWholeRun(observed)) return { from: observed.from, to: instant(observed.from + run) };
  const whole = outages.filter((one) => runOf(one) === undefined || isWholeRun(one));
  const met = new Set([observed]);
  for (let before = 0; before < met.size; ) {
    before = met.size;
    for (const one of whole) if ([...met].some((other) => touches(one, other))) met.add(one);
  }
  return { from: instant(Math.min(...[...met].map(({ from }) => from))), to: instant(Math.max(...[...met].map(({ to }) => to))) };
}

/** Terms within which a fault is reported and mended (污染源自动监控设施现场监督检查办法 第八条), and whether the unit reported one of these hours in time. */
export interface FaultTerms {
  readonly law: Law;
  readonly region: RegionKey;
  /** Whether a fault or stop that touches the span was reported by the moment given. */
  reportedBy(from: Instant, to: Instant, by: Instant): Promise<boolean>;
}

/**
 * Silences and failures of a device, those that ended within the terms of a fault told apart (`outage: within`): shorter than the term of its report, or
 * reported in time and mended within the working days after that. Nothing but the silence being found, such an outage may have a lawful reason and is a lead;
 * what else was found at the same time against an honest fault (power, stops that were none, doors, parameters) lets it stand.
 */
export async function weighOutages(observations: readonly Observation[], { law, region, reportedBy }: FaultTerms): Promise<Observation[]> {
  const narratives = law.narratives();
  const outages = observations.filter((one) => ON_THE_DEVICE.test(one.model) && isFactOf(narratives, one, 'DEVICE_NOT_RUNNING'));
  return Promise.all(observations.map(async (observed) => {
    if (!outages.includes(observed) || observations.some((one) => AGAINST_A_FAULT.test(one.model) && overlaps(one, observed))) return observed;
    const { from, to } = stretchOf(observed, outages);
    const reportDue = law.due('T25', region, from).dueAt;
    const within = to <= reportDue || (to <= law.due('T25r', region, reportDue).dueAt && (await reportedBy(from, to, reportDue)));
    return within ? { ...observed, stats: { ...observed.stats, outage: 'within' } } : observed;
  }));
}
