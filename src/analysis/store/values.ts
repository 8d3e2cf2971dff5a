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
  flag: number[];
  valid: number[];
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
        const row = facts.hours.row(start);
        const of = (field: 'avg' | 'min' | 'max' | 'cou' | 'zsAvg') => values.map((value) => known(value[field]));
        this.#hours.push({
          outfall, start, known_at, factor: values.map((value) => value.factor), avg: of('avg'), min: of('min'), max: of('max'), cou: of('cou'),
          zs: of('zsAvg'), flag: values.map((value) => value.flag), valid: values.map((value) => facts.hours.columns(value.factor)?.valid[row] ?? 0),
        });
      } else if (fact.kind === 'power') {
        const step = facts.profile.powerStepMs;
        const start = Math.floor(fact.at / step) * step;
        this.#power.push({ outfall, start, known_at, meter: fact.readings.map((one) => one.meter), kw: fact.readings.map((one) => one.kw) });
      }
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
