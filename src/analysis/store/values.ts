import { HOUR, type FactorCode } from '#kernel';
import type { Series } from '#platform/series';
import type { Arrival, OutfallFacts } from '#quality';

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
          zs: of('zsAvg'), sampled: of('sampleTime'), flag: values.map((value) => value.flag), ...verdictsOf(facts, start, values.map((value) => value.factor)),
        });
      } else if (fact.kind === 'mark') this.#judgeAgain(fact, known_at, facts);
      else if (fact.kind === 'power') {
        const step = facts.profile.powerStepMs;
        const start = Math.floor(fact.at / step) * step;
        this.#power.push({ outfall, start, known_at, meter: fact.readings.map((one) => one.meter), kw: fact.readings.map((one) => one.kw) });
      }
    }
  }

  /** A mark changes what quality says of the hours it covers: exactly these are copied again as a new version (R11). */
  #judgeAgain(mark: { readonly start: number; readonly end: number }, known_at: number, facts: OutfallFacts): void {
    const { outfall } = facts.profile;
    for (let start = Math.floor(mark.start / HOUR) * HOUR; start < mark.end; start += HOUR) {
      const row = facts.hours.row(start);
      const factor = row < 0 ? [] : facts.hours.factors.filter((code) => facts.verdictOf(code, row) !== undefined);
      if (factor.length === 0) continue;
      const of = (field: HourField) => factor.map((code) => known(facts.hours.columns(code)?.[field][row] ?? Number.NaN));
      this.#hours.push({
        outfall, start, known_at, factor, avg: of('avg'), min: of('min'), max: of('max'), cou: of('cou'), zs: of('zsAvg'), sampled: of('sampleTime'),
        flag: factor.map((code) => facts.hours.columns(code)?.flag[row] ?? 0), ...verdictsOf(facts, start, factor),
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
