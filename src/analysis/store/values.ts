import type { Series } from '#platform/series';
import { FLAGS, type Arrival, type OutfallFacts } from '#quality';

interface HourRow {
  outfall: string;
  factor: string;
  start: number;
  known_at: number;
  avg: number | null;
  min: number | null;
  max: number | null;
  cou: number | null;
  zs: number | null;
  flag: string;
  valid: number;
}
interface StepRow {
  outfall: string;
  factor: string;
  start: number;
  known_at: number;
  avg: number | null;
  flag: string;
}
interface PowerRowOut {
  outfall: string;
  meter: string;
  start: number;
  known_at: number;
  kw: number;
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
    for (const fact of arrival.facts) {
      if (fact.kind === 'step') {
        for (const value of fact.values) {
          this.#steps.push({ outfall, factor: value.factor, start: fact.start, known_at: arrival.knownAt, avg: known(value.avg), flag: FLAGS[value.flag] ?? 'UNKNOWN' });
        }
      } else if (fact.kind === 'hour') {
        const row = facts.hours.row(fact.start);
        for (const value of fact.values) {
          const valid = facts.hours.columns(value.factor)?.valid[row] ?? 0;
          this.#hours.push({
            outfall, factor: value.factor, start: fact.start, known_at: arrival.knownAt, avg: known(value.avg), min: known(value.min),
            max: known(value.max), cou: known(value.cou), zs: known(value.zsAvg), flag: FLAGS[value.flag] ?? 'UNKNOWN', valid,
          });
        }
      } else if (fact.kind === 'power') {
        const step = facts.profile.powerStepMs;
        for (const { meter, kw } of fact.readings) this.#power.push({ outfall, meter, start: Math.floor(fact.at / step) * step, known_at: arrival.knownAt, kw });
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
