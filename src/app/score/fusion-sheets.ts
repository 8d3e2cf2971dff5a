import { CONCLUDING, groupsOf, modelCatalogue, type PastFinding } from '#analysis';
import { DAY } from '#kernel';
import { matches, type Alarm, type Label } from './rule.ts';

/** Kinds of wrongdoing of evidence fusion that a kind of event stands for; natural exceedances and look-alikes stand for none. */
const TRUTH: Readonly<Record<string, readonly string[]>> = {
  const_hold: ['forged-data'], tiny_noise: ['forged-data'], smooth_fake: ['forged-data'], cap_clip: ['forged-data'], limit_reflect: ['forged-data'],
  scale_down: ['forged-data'], offset_down: ['forged-data'], replay: ['forged-data'], random_fill: ['forged-data'], o2_down: ['forged-data'],
  flow_coef: ['forged-data'], factor_clone: ['forged-data'], value_rewrite: ['forged-data'], species_order: ['forged-data'],
  door_tamper: ['forged-data', 'sampling'], clock_shift: ['forged-data', 'marks'], bypass_flow: ['forged-data', 'hidden-discharge'],
  air_dilution: ['sampling'], sample_swap: ['sampling'], sample_dodge: ['sampling'], strategic_gap: ['sampling'], night_batch: ['sampling', 'hidden-discharge'],
  treatment_off: ['treatment'], treatment_idle: ['treatment'], meter_fake: ['treatment', 'forged-data'],
  stop_mark_running: ['marks'], retro_mark: ['marks'], mark_abuse: ['marks'], emergency_ignore: ['orders'], off_hours: ['orders'], waste_gap: ['waste'],
};

/** Readings that were bent to hide idle treatment are forged as well. */
const BENT: readonly unknown[] = ['capped', 'scaled'];

const kindsOf = (label: Label): readonly string[] =>
  label.benign ? [] : [...(TRUTH[label.kind] ?? []), ...(BENT.includes(label.params?.['shown']) ? ['forged-data'] : [])];

/** A group of findings as evidence fusion saw it at one moment, with what was true. */
export interface Sheet {
  /** Sheets of one story are states of one group of findings; together they weigh one. */
  readonly story: string;
  readonly seed: string;
  readonly weight: number;
  readonly findings: readonly PastFinding[];
  /** Kinds of wrongdoing that had begun and that a finding of the group meets. */
  readonly truth: ReadonlySet<string>;
}

const FAMILY = new Map(modelCatalogue.map((model) => [model.id, model.family]));
const TIER = { 1: 'WORK_ORDER', 2: 'WARN', 3: 'REMIND' } as const;
const LOOK_BACK = 30 * DAY;

/** The finding as it stood at a moment; undefined before it was raised. Its end is known only as far as time has come. */
function standing(alarm: Alarm, at: number): PastFinding | undefined {
  const step = (alarm.evidence?.steps ?? [{ tier: alarm.tier, at: alarm.raised_at }]).findLast((one) => one.at <= at);
  const family = FAMILY.get(alarm.model as never);
  if (step === undefined || family === undefined || alarm.start <= at - LOOK_BACK) return undefined;
  return { model: alarm.model, family, tier: TIER[step.tier], start: alarm.start, end: Math.min(alarm.end, at), raisedAt: step.at };
}

/** Every state of every group of findings of a province: one sheet for each moment at which a finding was raised or rose. */
export function sheetsOf(seed: string, alarms: readonly Alarm[], labels: readonly Label[]): Sheet[] {
  const evidence = alarms.filter((alarm) => !CONCLUDING.has(alarm.model));
  const made = [...Map.groupBy(evidence, (alarm) => alarm.outfall)].flatMap(([outfall, own]) => {
    const events = labels.filter((label) => !label.benign && label.outfalls.includes(outfall));
    const moments = [...new Set(own.flatMap((alarm) => alarm.evidence?.steps.map((step) => step.at) ?? [alarm.raised_at]))].sort((a, b) => a - b);
    return moments.flatMap((at) => {
      const known = own.flatMap((alarm) => standing(alarm, at) ?? []);
      return groupsOf(known).filter((group) => group.some((finding) => finding.raisedAt === at)).map((findings) => ({
        seed, findings, story: `${seed} ${outfall} ${findings[0]?.start}`,
        truth: new Set(events.filter((event) => event.start <= at && findings.some((finding) => matches(finding, event))).flatMap(kindsOf)),
      }));
    });
  });
  const states = Map.groupBy(made, (sheet) => sheet.story);
  return made.map((sheet) => ({ ...sheet, weight: 1 / (states.get(sheet.story)?.length ?? 1) }));
}
