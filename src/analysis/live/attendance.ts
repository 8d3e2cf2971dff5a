import { DAY, HOUR } from '#kernel';
import type { Model, Outcome, Trigger } from '../contract.ts';
import { TICK_OFFSET } from '../moments.ts';

/** How often a model was asked within a day and what it said. */
export interface Attended {
  readonly trigger: Trigger;
  met: number;
  notMet: number;
  cannotTell: number;
  exception: number;
  /** Moments at which it was out of force or does not apply to the outfall: nobody expected it then. */
  excused: number;
}

/** One outfall's day, from one daily moment (02:00) to the next. */
export interface AttendanceDay {
  readonly day: number;
  /** Known time up to which the figures reach. */
  readonly until: number;
  /** Moments at which arriving hours were due to be judged. */
  readonly hourMoments: number;
  /** By `id@version`: two versions of a rule may take turns within a day. */
  readonly models: Readonly<Record<string, Attended>>;
}

type Asked = Pick<Model, 'id' | 'version' | 'trigger'>;

const FIELD = { MET: 'met', NOT_MET: 'notMet', CANNOT_TELL: 'cannotTell', EXCEPTION: 'exception' } as const satisfies Record<Outcome, keyof Attended>;

const ticksBefore = (at: number): number => Math.floor((at - TICK_OFFSET) / HOUR);

/**
 * Moments due between a day's beginning and `until`, reckoned from the calendar and from what arrived, not from what was
 * done: what was done is held against it.
 */
export function momentsDue(trigger: Trigger, { day, until, hourMoments }: Pick<AttendanceDay, 'day' | 'until' | 'hourMoments'>, activeSince: number): number {
  const from = Math.max(day, activeSince);
  switch (trigger) {
    case 'hour':
      return hourMoments;
    case 'tick':
      return Math.max(0, ticksBefore(until) - ticksBefore(from));
    case 'day':
      return until >= day && day > activeSince ? 1 : 0;
  }
}

const keys = new WeakMap<Asked, string>();
/** By content: rules that are read again are other objects. */
function keyOf(model: Asked): string {
  let key = keys.get(model);
  if (key === undefined) keys.set(model, (key = `${model.id}@${model.version}`));
  return key;
}

/** Counts what every model answered on one day. Begun anew at each daily moment, so that work repeated after a restart counts once. */
export class Attendance {
  /** NaN while no day is open: a fold that is taken up again leaves the day before it as it was written. */
  #day: number;
  #until: number;
  #hourMoments = 0;
  #models = new Map<string, Attended>();

  constructor(day: number) {
    this.#day = day;
    this.#until = day;
  }

  close(): void {
    this.begin(Number.NaN);
  }

  begin(day: number): void {
    this.#day = day;
    this.#until = day;
    this.#hourMoments = 0;
    this.#models = new Map();
  }

  get state() {
    return { day: this.#day, until: this.#until, hourMoments: this.#hourMoments, models: this.#models };
  }

  restore(state: Attendance['state']): void {
    this.#day = state.day;
    this.#until = state.until;
    this.#hourMoments = state.hourMoments;
    this.#models = state.models;
  }

  /** An hour arrived whose moment had not been noted. */
  expectHour(): void {
    this.#hourMoments += 1;
  }

  #of(model: Asked): Attended {
    const { trigger } = model;
    const key = keyOf(model);
    let found = this.#models.get(key);
    if (found === undefined) this.#models.set(key, (found = { trigger, met: 0, notMet: 0, cannotTell: 0, exception: 0, excused: 0 }));
    return found;
  }

  answered(model: Asked, outcome: Outcome): void {
    this.#of(model)[FIELD[outcome]] += 1;
  }

  excused(model: Asked): void {
    this.#of(model).excused += 1;
  }

  get until(): number {
    return this.#until;
  }

  reached(at: number): void {
    if (at > this.#until) this.#until = at;
  }

  /** The day as it stands; `pending` hours have arrived and are not due yet. */
  view(pending: number): AttendanceDay | undefined {
    if (Number.isNaN(this.#day)) return undefined;
    return {
      day: this.#day, until: Math.min(this.#until, this.#day + DAY - 1), hourMoments: this.#hourMoments - pending,
      models: Object.fromEntries([...this.#models].map(([id, attended]) => [id, { ...attended }])),
    };
  }
}
