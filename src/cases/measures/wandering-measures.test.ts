import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instant, isRefusal, type Instant } from '#kernel';
import type { ClockId } from '#law';
import { COMMAND_KINDS, type CaseCommand, type CommandKind } from '../commands/index.ts';
import type { PenaltyCase } from '../penalty-case.ts';
import { stateOn, STATE_TITLES, TRACK_KEYS, TRACKS, type Track } from '../states.ts';
import { sample } from '../testing/index.ts';
import { act, DAY, investigated, must, start, walk } from '../testing/pure-case.ts';
import { sweep } from '../testing/sweep.ts';
import { openSteps, TRANSITIONS, transitionOf } from '../transitions/transitions.ts';
import { measureSteps } from './measure-steps.ts';

const RUNS = Number(process.env['MINGJIAN_CASE_WALKS'] ?? 60);
const TEN_YEARS = instant(start + 3653 * DAY);
const MEASURES = TRACK_KEYS.filter((track) => !['MAIN', 'RECTIFICATION', 'REMEDY', 'ACT_REMEDY'].includes(track));

const stride = fc.record({ days: fc.nat({ max: 25 }), pick: fc.nat({ max: 9_999 }), lawful: fc.integer({ min: 0, max: 9 }).map((n) => n < 9), sour: fc.boolean() });

/** Where measures come up: under investigation, after a decision that fines and limits production, and once a daily penalty is noticed. */
function beginnings(): PenaltyCase[] {
  const reviewed = walk(investigated(), ['FINISH_INVESTIGATION', 'PASS_CASE_REVIEW', 'SET_DISCRETION'], start);
  const limited = must(reviewed, { ...sample('DELIBERATE', start), penalties: ['FINE', 'LIMIT_PRODUCTION'] } as CaseCommand, start);
  const performing = walk(limited, ['SEND_NOTICE', 'RECORD_NOTICE_DELIVERED', 'WAIVE_RIGHTS', 'PASS_LEGAL_REVIEW', 'RECORD_DISCUSSION', 'DECIDE', 'SEND_DECISION', 'RECORD_DECISION_DELIVERED'], start);
  const checked = instant(start + 25 * DAY);
  const refused = must(walk(performing, ['ORDER_RECTIFICATION', 'RECORD_ORDER_DELIVERED'], start), { ...sample('CHECK_RECTIFICATION', checked), corrected: false } as CaseCommand, checked);
  const toldOfDaily = walk(refused, ['PROPOSE_DAILY_PENALTY', 'SEND_DAILY_NOTICE', 'RECORD_DAILY_NOTICE_DELIVERED'], checked);
  return [investigated(), performing, { ...performing, violation: 'DATA_TAMPER_DISCHARGE' }, toldOfDaily];
}
const BEGINNINGS = beginnings();

/** The other answer of steps that have two: refuse, not fit, not obeyed. */
function command(kind: CommandKind, now: Instant, state: PenaltyCase, sour: boolean): CaseCommand {
  const given = sample(kind, now, state);
  const turned = Object.fromEntries(['fit', 'obeyed', 'corrected', 'agreed', 'passed', 'granted'].filter((f) => f in given).map((f) => [f, !sour]));
  return { ...given, ...turned } as CaseCommand;
}

const clocksOf = (track: Track): Set<ClockId> => new Set(TRANSITIONS.filter((row) => row.track === track).flatMap((row) => row.opens.map((o) => o.clock)));
const OWN_CLOCKS = new Map(MEASURES.map((track) => [track, clocksOf(track)]));

function check(state: PenaltyCase, now: Instant): void {
  for (const track of MEASURES) {
    const here = stateOn(state, track);
    const over = here === TRACKS[track].initial || STATE_TITLES[here].atRest === true || STATE_TITLES[here].final === true;
    const running = [...(OWN_CLOCKS.get(track) ?? [])].filter((clock) => state.running[clock] !== undefined);
    // T5, T6, T7 and T9 belong to the main procedure as well; after a follow-up is due the limit's own clocks are closed.
    const own = running.filter((clock) => !['T5', 'T6', 'T7', 'T9'].includes(clock));
    if (over) expect(own, `${track} ${here}`).toEqual([]);
  }
  if (['SEALED', 'SEALED_LONGER', 'SEALED_URGENTLY', 'SEALING_APPROVED'].includes(state.sealing)) {
    const term = state.running.T21 ?? state.running.T21x;
    // While an appraisal goes on the term stands still, and only then.
    expect(term !== undefined && (now < term.dueAt || term.pausedAt !== undefined), `${state.sealing} beyond its term`).toBe(true);
    expect(term?.pausedAt !== undefined, state.sealing).toBe(state.running.T21p !== undefined);
  }
  if (['PRESERVED', 'PRESERVED_URGENTLY', 'PRESERVATION_APPROVED'].includes(state.preservation)) expect(state.running.T4 !== undefined && now < state.running.T4.dueAt).toBe(true);
  if (state.daily !== 'NO_DAILY') expect(state.decision?.outcome).toBe('PENALTY');
  if (state.detention !== 'NO_DETENTION') expect(state.violation).toBe('DATA_TAMPER_DISCHARGE');
  if (state.production !== 'NO_LIMIT') expect(state.proposal?.penalties).toContain('LIMIT_PRODUCTION');
}

describe('专项措施：任意的合法与不合法的顺序，走过十年', () => {
  it(`[JS-20.2] ${RUNS} 次漫游：逾期必有后果且只有一次，了结的措施不留时钟，计罚的日子不重复`, () => {
    let accepted = 0;
    let refused = 0;
    const taken = new Set<CommandKind>();
    fc.assert(
      fc.property(fc.nat({ max: BEGINNINGS.length - 1 }), fc.array(stride, { minLength: 60, maxLength: 120 }), (from, strides) => {
        let state = BEGINNINGS[from] as PenaltyCase;
        let now: Instant = start;
        const fined: string[] = [];
        for (const { days, pick, lawful, sour } of strides) {
          now = instant(Math.min(now + days * DAY, TEN_YEARS));
          state = sweep(state, now).state;
          check(state, now);
          // What may be dropped at any stage is dropped seldom, or nothing gets far.
          const open = openSteps(state).filter((row) => row.onExpiry === undefined && (row.command !== 'DROP_DAILY_PENALTY' || pick % 8 === 0) && (row.track !== 'MAIN' || measureSteps.includes(row) || row.command === 'RECORD_PAPER_DELIVERED'));
          const kinds = lawful ? open.map((row) => row.command) : COMMAND_KINDS.filter((kind) => transitionOf(kind).track !== 'MAIN' && transitionOf(kind).onExpiry === undefined);
          const kind = kinds[pick % Math.max(1, kinds.length)];
          if (kind === undefined) continue;
          const given = command(kind, now, state, sour);
          const frozen = JSON.stringify(state);
          const result = act(state, given, now);
          expect(JSON.stringify(state)).toBe(frozen);
          if (isRefusal(result)) {
            refused++;
            continue;
          }
          const before = state;
          state = must(state, given, now);
          accepted++;
          taken.add(kind);
          expect([...transitionOf(kind).to, stateOn(before, transitionOf(kind).track)]).toContain(stateOn(state, transitionOf(kind).track));
          if (kind === 'DECIDE_DAILY_PENALTY') fined.push(...(state.latest.PROPOSE_DAILY_PENALTY?.derived.daily?.spans ?? []).map((span) => `${span.from}..${span.to}`));
          check(state, now);
        }
        expect(new Set(fined).size).toBe(fined.length);
      }),
      { numRuns: RUNS, seed: 20261129 },
    );
    expect(accepted).toBeGreaterThan(RUNS * 20);
    expect(refused).toBeGreaterThan(RUNS * 5);
    // Most steps of the measures were taken somewhere, or the walk proves little.
    const never = measureSteps.map((row) => row.command).filter((kind) => !taken.has(kind) && transitionOf(kind).onExpiry === undefined);
    expect(never.length).toBeLessThan(measureSteps.length / 4);
  }, 240_000);
});
