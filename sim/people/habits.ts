import { createHash } from 'node:crypto';
import { openAgenda, type Agenda } from './agenda.ts';
import type { Happened } from './on-site.ts';
import type { Answer, Session } from './session.ts';

const HOUR = 3_600_000;

/** What everybody of the cast works with. State lives on the server; here is only what may be forgotten. */
export interface Troupe {
  readonly now: () => number;
  as(login: string): Session;
  /** Reads; undefined where the platform said no. */
  look<T>(login: string, path: string): Promise<T | undefined>;
  /** Acts; true when it was done. A refusal goes into the diary, and the same act is not tried again for half a day. */
  act(login: string, path: string, body?: unknown): Promise<boolean>;
  /** What an inspector finds at a place comes from what went on there; unknown in a province nobody simulates. */
  readonly happened?: Happened | undefined;
  readonly diary: Diary;
  /** When officers asked people, were at a place, or took papers. */
  readonly agenda: Agenda;
}

export interface Diary {
  done: number;
  readonly refused: { readonly at: number; readonly who: string; readonly what: string; readonly why: string }[];
}

const RETRY = 12 * HOUR;
const MAX_DIARY = 500;

export function openTroupe(options: Pick<Troupe, 'now' | 'as' | 'happened'>): Troupe {
  const lately = new Map<string, number>();
  const diary: Diary = { done: 0, refused: [] };
  const note = (who: string, what: string, answer: Extract<Answer<unknown>, { ok: false }>): void => {
    const { status, code, detail, body } = answer.problem;
    const { missing = [] } = (body ?? {}) as { missing?: readonly string[] };
    if (diary.refused.length < MAX_DIARY) diary.refused.push({ at: options.now(), who, what, why: [`${status} ${code} ${detail}`, ...missing].join(' · ') });
  };
  return {
    ...options,
    diary,
    agenda: openAgenda(options.now),
    look: async <T>(login: string, path: string): Promise<T | undefined> => {
      const answer = await options.as(login).request<T>('GET', path);
      if (answer.ok) return answer.body;
      note(login, `GET ${path}`, answer);
      return undefined;
    },
    act: async (login, path, body = {}) => {
      const kind = (body as { kind?: string }).kind ?? '';
      const key = `${login} ${path} ${kind}`;
      const refusedAt = lately.get(key);
      if (refusedAt !== undefined && options.now() - refusedAt < RETRY) return false;
      const answer = await options.as(login).request('POST', path, body);
      if (answer.ok) diary.done++;
      else {
        note(login, `${path} ${kind}`, answer);
        lately.set(key, options.now());
      }
      return answer.ok;
    },
  };
}

/** 0 … 99, the same for the same matter and purpose on every start: people keep their character over restarts. */
export const chanceOf = (...parts: readonly (string | number)[]): number =>
  createHash('sha256').update(parts.join('|')).digest().readUInt32BE(0) % 100;

/** Has this person let it lie long enough? Between `least` and `most` hours since the matter last moved. */
export function isTime(now: number, since: string | number, least: number, most: number, ...parts: readonly (string | number)[]): boolean {
  const from = typeof since === 'number' ? since : Date.parse(since);
  return now - from >= (least + ((most - least) * chanceOf(...parts, 'delay')) / 100) * HOUR;
}

/** Offices work from Monday to Friday, half past eight to six, China time. */
export function isOfficeHour(now: number): boolean {
  const local = new Date(now + 8 * HOUR);
  const hour = local.getUTCHours() + local.getUTCMinutes() / 60;
  return local.getUTCDay() % 6 !== 0 && hour >= 8.5 && hour < 18;
}

export const unitLoginOf = (unitId: string): string => `unit-${unitId.toLowerCase()}`;
