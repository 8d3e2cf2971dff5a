import type { FactorCode } from '#kernel';
import type { Series } from '#platform/series';
import type { Arrival, OutfallFacts, VerdictChange } from '#quality';

interface HourRow {
  outfall: string;
  start: number;
  known_at: number;
  factor: string[];
  avg: (number | null)[];
  min: (number | null)[];
  max: (number | null)[];
  cou: (number | null)[];
  zs: (number | null)[];
  sampled: (number | null)[];
  flag: number[];
  verdict: number[];
  reason: string[];
  /** What brought this version: a frame, late steps, a mark or a check, and which. */
  cause: string;
  ref: string;
}
interface StepRow {
  outfall: string;
  start: number;
  known_at: number;
  factor: string[];
  avg: (number | null)[];
  flag: number[];
}
interface PowerRowOut {
  outfall: string;
  start: number;
  known_at: number;
  meter: string[];
  kw: number[];
}

const VERDICTS = ['INVALID', 'VALID', 'CANNOT_TELL'] as const;

function verdictsOf(facts: OutfallFacts, start: number, factors: readonly FactorCode[]): { verdict: number[]; reason: string[] } {
  const row = facts.hours.row(start);
  const said = factors.map((factor) => facts.verdictOf(factor, row));
  return { verdict: said.map((one) => VERDICTS.indexOf(one?.verdict ?? 'CANNOT_TELL')), reason: said.map((one) => one?.reason ?? 'NO_VALUE') };
}

type HourField = 'avg' | 'min' | 'max' | 'cou' | 'zsAvg' | 'sampleTime';

const known = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** Copies of values for charts and back-tests; bounded, and written before the progress mark so that none is lost. */
export class ValueCopies {
  readonly #series: Series;
  #hours: HourRow[] = [];
  #steps: StepRow[] = [];
  #power: PowerRowOut[] = [];

  constructor(series: Series) {
    this.#series = series;
  }

  get size(): number {
    return this.#hours.length + this.#steps.length + this.#power.length;
  }

  /** Notes what an arrival brought; validity is what quality says right after it was applied. */
  note(arrival: Arrival, facts: OutfallFacts): void {
    const { outfall } = facts.profile;
    const known_at = arrival.knownAt;
    for (const fact of arrival.facts) {
      if (fact.kind === 'step') {
        const { start, values } = fact;
        this.#steps.push({ outfall, start, known_at, factor: values.map((v) => v.factor), avg: values.map((v) => known(v.avg)), flag: values.map((v) => v.flag) });
      } else if (fact.kind === 'hour') {
        const { start, values } = fact;
        const of = (field: HourField) => values.map((value) => known(value[field]));
        this.#hours.push({
          outfall, start, known_at, factor: values.map((value) => value.factor), avg: of('avg'), min: of('min'), max: of('max'), cou: of('cou'),
          zs: of('zsAvg'), sampled: of('sampleTime'), flag: values.map((value) => value.flag), ...verdictsOf(facts, start, values.map((value) => value.factor)), cause: 'FRAME', ref: '',
        });
      } else if (fact.kind === 'power') {
        const step = facts.profile.powerStepMs;
        const start = Math.floor(fact.at / step) * step;
        this.#power.push({ outfall, start, known_at, meter: fact.readings.map((one) => one.meter), kw: fact.readings.map((one) => one.kw) });
      }
    }
    if (facts.rejudged.length > 0) this.#copyRejudged(known_at, facts);
  }

  /** Exactly the hours whose verdict was changed by what came are copied again, as a new version with its cause. */
  #copyRejudged(known_at: number, facts: OutfallFacts): void {
    const { outfall } = facts.profile;
    const groups = new Map<string, VerdictChange[]>();
    for (const change of facts.rejudged) {
      if (change.cause === 'FRAME') continue;
      const key = `${change.start} ${change.cause} ${change.ref}`;
      const group = groups.get(key);
      if (group) group.push(change);
      else groups.set(key, [change]);
    }
    for (const changes of groups.values()) {
      const { start, cause, ref } = changes[0] as VerdictChange;
      const row = facts.hours.row(start);
      const factor = changes.map((change) => change.factor);
      const of = (field: HourField) => factor.map((code) => known(facts.hours.columns(code)?.[field][row] ?? Number.NaN));
      this.#hours.push({
        outfall, start, known_at, factor, avg: of('avg'), min: of('min'), max: of('max'), cou: of('cou'), zs: of('zsAvg'), sampled: of('sampleTime'),
        flag: factor.map((code) => facts.hours.columns(code)?.flag[row] ?? 0),
        verdict: changes.map((change) => VERDICTS.indexOf(change.verdict)), reason: changes.map((change) => change.reason), cause, ref,
      });
    }
  }

  async flush(): Promise<void> {
    const [hours, steps, power] = [this.#hours, this.#steps, this.#power];
    this.#hours = [];
    this.#steps = [];
    this.#power = [];
    await this.#series.insert('hour_value', hours);
    await this.#series.insert('step_value', steps);
    await this.#series.insert('power_value', power);
  }
}
