import { dayOf, type CalendarDay, type Instant, type RegionKey } from '#kernel';
import type { ClockId } from './clock-ids.ts';
import { dueAt, type ClockRule, type DueDate } from './clock.ts';
import type { CodeList } from './code-list.ts';
import type { DiscretionTable } from './discretion-table.ts';
import type { ExemptionRule } from './exemption.ts';
import type { StandardLimit } from './limit.ts';
import type { Narratives } from './narrative.ts';
import type { ParameterKey } from './parameters.ts';
import type { QualityLaw } from './quality-rules.ts';
import { holdsOn, type Bilingual } from './provenance.ts';
import { NATIONAL, toLawValue, type LawValue, type OnsiteGround, type RegionProfile } from './region.ts';
import type { ViolationKey, ViolationType } from './violation.ts';
import { workCalendar, type CalendarYear, type WorkCalendar } from './work-calendar.ts';

/** Everything under `law/`, read and checked. Plain data: a test can build its own. */
export interface LawData {
  /** SHA-256 over all files; travels with each act so that the text relied on can be named. */
  readonly digest: string;
  readonly calendar: readonly CalendarYear[];
  readonly clocks: readonly ClockRule[];
  readonly regions: readonly RegionProfile[];
  readonly violations: readonly ViolationType[];
  readonly discretion: readonly DiscretionTable[];
  readonly exemptions: readonly ExemptionRule[];
  readonly limits: readonly StandardLimit[];
  /** English names of the texts that bases name. */
  readonly instruments: readonly Bilingual[];
  /** The words of the facts of a violation; one file. */
  readonly narratives: readonly Narratives[];
  readonly codes: readonly CodeList[];
  readonly quality: QualityLaw;
}

/** Answers "which value, on which day, in which region, by which text". Immutable. */
export interface Law {
  readonly digest: string;
  readonly data: LawData;
  readonly calendar: WorkCalendar;
  /** The profile of a region, or undefined when nobody wrote one. */
  region(key: RegionKey): RegionProfile | undefined;
  /** A regional parameter; falls back on the national profile. Throws when even that has no value on the day. */
  valueAt<K extends ParameterKey>(key: K, region: RegionKey, day: CalendarDay): LawValue<K>;
  /** The rule of a clock on a day: the region's own, else the national one. */
  clock(id: ClockId, region: RegionKey, day: CalendarDay): ClockRule;
  /** The term of clock `id` that starts at `start`. */
  due(id: ClockId, region: RegionKey, start: Instant): DueDate;
  /** The words in which papers tell the facts of a violation. */
  narratives(): Narratives;
  violation(key: ViolationKey): ViolationType;
  discretionTable(violation: ViolationKey, region: RegionKey, day: CalendarDay): DiscretionTable | undefined;
  exemptionRules(violation: ViolationKey, region: RegionKey, day: CalendarDay): readonly ExemptionRule[];
  onsiteGrounds(region: RegionKey, day: CalendarDay): readonly OnsiteGround[];
  /** A code list by its key; throws when there is none. */
  codes(key: string): CodeList;
}

/**
 * The law over loaded data: answers which value held on which day in which region and by which text. A question nothing answers
 * throws, for data and code then disagree.
 */
export function makeLaw(data: LawData): Law {
  const calendar = workCalendar(data.calendar);
  const region = (key: RegionKey) => data.regions.find((r) => r.key === key);
  /** The region's own profile first, then the national one. */
  const profiles = (key: RegionKey) => [region(key), region(NATIONAL)].filter((r) => r !== undefined);
  const regionalFirst = <T extends { region: RegionKey }>(items: readonly T[], key: RegionKey) => [
    ...items.filter((i) => i.region === key),
    ...items.filter((i) => i.region === NATIONAL && key !== NATIONAL),
  ];

  const law: Law = {
    digest: data.digest,
    data,
    calendar,
    region,
    valueAt: (key, regionKey, day) => {
      for (const profile of profiles(regionKey)) {
        const entry = profile.parameters.find((p) => p.key === key && holdsOn(p, day));
        if (entry !== undefined) return toLawValue(key, entry, profile.key);
      }
      throw new Error(`law: no value of ${key} for ${regionKey} on ${day}`);
    },
    clock: (id, regionKey, day) => {
      const own = region(regionKey)?.clocks.find((c) => c.id === id && holdsOn(c, day));
      const rule = own ?? data.clocks.find((c) => c.id === id && holdsOn(c, day));
      if (rule === undefined) throw new Error(`law: no clock ${id} for ${regionKey} on ${day}`);
      return rule;
    },
    due: (id, regionKey, start) => dueAt(law.clock(id, regionKey, dayOf(start)), start, calendar),
    violation: (key) => {
      const found = data.violations.find((v) => v.key === key);
      if (found === undefined) throw new Error(`law: no violation type ${key}`);
      return found;
    },
    narratives: () => {
      const [found] = data.narratives;
      if (found === undefined) throw new Error('law: no words of the facts');
      return found;
    },
    discretionTable: (violation, regionKey, day) =>
      regionalFirst(data.discretion, regionKey).find((t) => t.violations.includes(violation) && holdsOn(t, day)),
    exemptionRules: (violation, regionKey, day) =>
      regionalFirst(data.exemptions, regionKey).filter((e) => appliesTo(e, violation) && holdsOn(e, day)),
    onsiteGrounds: (regionKey, day) => {
      const own = profiles(regionKey).find((p) => p.onsiteGrounds.length > 0);
      return (own?.onsiteGrounds ?? []).filter((g) => holdsOn(g, day));
    },
    codes: (key) => {
      const found = data.codes.find((c) => c.key === key);
      if (found === undefined) throw new Error(`law: no code list ${key}`);
      return found;
    },
  };
  return law;
}

const appliesTo = (rule: ExemptionRule, violation: ViolationKey) =>
  rule.violations === 'ALL' || rule.violations.includes(violation);
