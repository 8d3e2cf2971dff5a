import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayOf, HOUR, instant, isRefusal, type Instant } from '#kernel';
import type { ClockId } from '#law';
import { COMMAND_KINDS, type CommandKind } from './commands/index.ts';
import type { PenaltyCase } from './penalty-case.ts';
import { stateOn, STATE_TITLES } from './states.ts';
import { PURE_CHECKLIST, act, DAY, must, received, start } from './testing/pure-case.ts';
import { sample } from './testing/index.ts';
import { OBLIGATIONS, standing, surchargeBy, surchargeOwed } from './recovery/obligations.ts';
import { refundDue } from './recovery/refund.ts';
import { consequenceOf, sweep } from './testing/sweep.ts';
import { openSteps, transitionOf } from './transitions/transitions.ts';

const RUNS = Number(process.env['MINGJIAN_CASE_WALKS'] ?? 60);
const TEN_YEARS = instant(start + 3653 * DAY);

interface Taken {
  readonly kind: CommandKind;
  readonly at: Instant;
}

/** Days and odd hours passed and a number that chooses: mostly among the steps of the state, at times any command at all. */
const stride = fc.record({ days: fc.nat({ max: 45 }), hours: fc.nat({ max: 23 }), pick: fc.nat({ max: 9_999 }), lawful: fc.integer({ min: 0, max: 9 }).map((n) => n < 8) });

const offered = (state: PenaltyCase): readonly CommandKind[] => openSteps(state).map((row) => row.command);

/** The way to the end; two strides of three follow it, so that walks get past the early exits. */
const STRAIGHT: readonly CommandKind[] = [
  'PROPOSE_FILING', 'APPROVE_FILING', 'RECEIVE_TEST_REPORT', 'TELL_TEST_RESULT', 'FINISH_INVESTIGATION', 'PASS_CASE_REVIEW', 'SET_DISCRETION', 'DELIBERATE', 'SEND_NOTICE', 'RECORD_NOTICE_DELIVERED',
  'CLOSE_WINDOW', 'GRANT_HEARING', 'RECORD_PAPER_DELIVERED', 'HOLD_HEARING', 'REVIEW_DEFENCE', 'PASS_LEGAL_REVIEW', 'RECORD_DISCUSSION', 'DECIDE', 'SEND_DECISION', 'RECORD_DECISION_DELIVERED',
  'ORDER_RECTIFICATION', 'RECORD_ORDER_DELIVERED', 'REPORT_RECTIFICATION', 'CHECK_RECTIFICATION', 'REGISTER_PAYMENT', 'WAIVE_SURCHARGE', 'PROPOSE_CLOSING', 'APPROVE_CLOSING', 'ARCHIVE',
];

/** What must have gone before a step, in this order, whatever happened between (行政处罚法 第四十四、五十七、五十八条). */
const BEFORE: Partial<Record<CommandKind, readonly CommandKind[]>> = {
  DECIDE: ['APPROVE_FILING', 'FINISH_INVESTIGATION', 'PASS_CASE_REVIEW', 'DELIBERATE', 'PASS_LEGAL_REVIEW'],
  SEND_NOTICE: ['APPROVE_FILING', 'FINISH_INVESTIGATION', 'PASS_CASE_REVIEW', 'DELIBERATE'],
  RECORD_DECISION_DELIVERED: ['DECIDE', 'SEND_DECISION'],
  HOLD_HEARING: ['REQUEST_HEARING', 'GRANT_HEARING'],
  APPLY_TO_COURT: ['DECIDE', 'ISSUE_DEMAND'],
  ARCHIVE: ['PROPOSE_CLOSING', 'APPROVE_CLOSING'],
};

function inOrder(taken: readonly Taken[], kinds: readonly CommandKind[]): boolean {
  let from = 0;
  return kinds.every((kind) => {
    const at = taken.findIndex((one, i) => i >= from && one.kind === kind);
    from = at + 1;
    return at >= 0;
  });
}

function checkStep(before: PenaltyCase, after: PenaltyCase, kind: CommandKind, taken: readonly Taken[]): void {
  const row = transitionOf(kind);
  const from = stateOn(before, row.track);
  expect(row.from).toContain(from);
  if (stateOn(after, row.track) !== from) expect(STATE_TITLES[from].final, `${kind} leaves the final state ${from}`).toBeUndefined();
  expect([...row.to, ...(row.stays ? [from] : [])]).toContain(stateOn(after, row.track));
  expect(after.version).toBe(before.version + 1);
  for (const clock of row.closes) if (before.running[clock] === undefined) expect(row.opens.some((o) => o.clock === clock) || after.running[clock] === undefined).toBe(true);
  expect(inOrder(taken, BEFORE[kind] ?? []), `${kind} after ${taken.map((one) => one.kind).join(' ')}`).toBe(true);
  if (after.main === 'CLOSED') expect(['CORRECTED', 'NOT_NEEDED', 'NO_ORDER']).toContain(after.rectification);
  if (after.main === 'ARCHIVED') expect(after.running.T8).toBeUndefined();
}

/** What time alone must have brought about once the terms have been swept. */
function checkTerms(state: PenaltyCase, now: Instant): void {
  const pending = state.remedy === 'RECONSIDERATION' || state.remedy === 'LITIGATION';
  for (const [clock, term] of Object.entries(state.running)) {
    const drawn = consequenceOf(state, clock as ClockId);
    if (drawn !== undefined && term.pausedAt === undefined) expect(now < term.dueAt, `${clock} ran out without ${drawn.command}`).toBe(true);
  }
  if (state.main === 'OVERDUE') {
    expect(state.decision?.payBy !== undefined && dayOf(now) > state.decision.payBy, 'overdue before its day').toBe(true);
    expect(state.paid).toBeLessThan(state.decision?.amount ?? 0);
    // Where no remedy is pending the fine grows, and the thirty days towards enforcement run.
    if (!pending) expect([state.running.T11 !== undefined, state.running.T16 !== undefined]).toEqual([true, true]);
  }
  for (const key of ['FINE', 'DAILY'] as const) {
    const owed = surchargeOwed(state, key, dayOf(now));
    expect(owed >= 0 && owed <= standing(state, key).sum, `${key} surcharge ${owed}`).toBe(true);
    const grown = surchargeBy(state, key, dayOf(now));
    expect(grown >= 0 && grown <= standing(state, key).sum, `${key}: ${grown}`).toBe(true);
  }
  // What is at its end leaves no term of payment, surcharge, demand or court behind, no money that is the party's, no decision term.
  if (state.main === 'CLOSED' || state.main === 'ARCHIVED') {
    expect(Object.values(OBLIGATIONS.FINE.terms).filter((clock) => state.running[clock] !== undefined)).toEqual([]);
    // A decision that fell after the archive leaves a refund beside the file.
    if (state.main === 'CLOSED' || state.remedy === 'NO_REMEDY') expect(refundDue(state)).toBe(0);
    if (state.main === 'CLOSED') expect([surchargeOwed(state, 'FINE', dayOf(now)), surchargeOwed(state, 'DAILY', dayOf(now))]).toEqual([0, 0]);
  }
  if (STATE_TITLES[state.main].final) expect([state.running.T8, state.running.TM]).toEqual([undefined, undefined]);
}

describe('任意的合法与不合法的办理顺序，走过十年', () => {
  it(`[JS-20.2] ${RUNS} 次漫游：每一步都在表内，拒绝不改变案件，时钟不重开不遗失，终结后不再前行；时间自己走，届满的期限必有后果且只有一次`, () => {
    let accepted = 0;
    let refused = 0;
    const reached = new Set<string>();
    const consequences = new Set<CommandKind>();
    fc.assert(
      fc.property(fc.array(stride, { minLength: 40, maxLength: 120 }), (strides) => {
        let state = received();
        let now: Instant = start;
        const taken: Taken[] = [];
        for (const { days, hours, pick, lawful } of strides) {
          now = instant(Math.min(now + days * DAY + hours * HOUR, TEN_YEARS));
          const swept = sweep(state, now);
          state = swept.state;
          for (const kind of swept.taken) {
            consequences.add(kind);
            taken.push({ kind, at: now });
          }
          checkTerms(state, now);
          const open = offered(state);
          const ahead = STRAIGHT.filter((kind) => open.includes(kind));
          const kinds = !lawful ? COMMAND_KINDS : pick % 3 > 0 && ahead.length > 0 ? ahead : open;
          const kind = kinds[Math.floor(pick / 3) % Math.max(1, kinds.length)];
          if (kind === undefined || (lawful && STATE_TITLES[state.main].final)) {
            // The matter is at its end; the next one is received on the same day of the calendar.
            state = received();
            taken.length = 0;
            now = start;
            continue;
          }
          if (kind === 'FINISH_INVESTIGATION') for (const command of PURE_CHECKLIST) if (!isRefusal(act(state, command, now))) state = must(state, command, now);
          const command = sample(kind, now, state);
          const frozen = JSON.stringify(state);
          const result = act(state, command, now);
          expect(JSON.stringify(state)).toBe(frozen);
          if (isRefusal(result)) {
            refused++;
            expect(result.code).toMatch(/^CASE-\d{3}$/);
            expect(result.zh.length).toBeGreaterThan(3);
            continue;
          }
          const before = state;
          state = must(state, command, now);
          accepted++;
          checkStep(before, state, kind, taken);
          checkTerms(state, now);
          taken.push({ kind, at: now });
          reached.add(state.main);
          const running = new Set(Object.keys(before.running));
          for (const clock of result.value.closed) expect(running.has(clock)).toBe(true);
          for (const clock of result.value.cancelled) expect(running.has(clock)).toBe(true);
          expect(result.value.closed.filter((clock) => result.value.cancelled.includes(clock))).toEqual([]);
          for (const { clock, dueAt, startedAt } of result.value.opened) expect(dueAt, clock).toBeGreaterThan(startedAt - 1);
        }
      }),
      { numRuns: RUNS, seed: 20261129 },
    );
    // The walk is worth something only when it gets somewhere and is stopped often.
    expect(accepted).toBeGreaterThan(RUNS * 10);
    expect(refused).toBeGreaterThan(RUNS * 5);
    expect(reached.size).toBeGreaterThan(20);
    expect([...consequences]).toContain('RECORD_OVERDUE');
  }, 120_000);
});
