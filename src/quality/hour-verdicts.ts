import { HOUR, type FactorCode } from '#kernel';
import type { Columns, ColumnTable } from './columns.ts';
import { markCoversHour } from './marks/marks.ts';
import { checkResultFor, outOfControlSpans, touched, type CheckResult, type Medium, type OutOfControl, type QcCheck } from './checks/quality-control.ts';
import type { JudgingRules, RuleBook } from './rules.ts';
import type { Mark } from './series.ts';
import { CHECK_KEY, sameFact } from './told-facts.ts';
import { hourReason, REASONS, usable, VERDICT_OF, type Verdict, type VerdictReason } from './verdict.ts';

/** What made a verdict: the hour's own frame, its steps, a mark, or a check of the device. */
export type VerdictCause = 'FRAME' | 'STEPS' | 'MARK' | 'CHECK';

/** A verdict that was changed by something learnt later, with what it had been. */
export interface VerdictChange {
  readonly factor: FactorCode;
  readonly start: number;
  readonly verdict: Verdict;
  readonly reason: VerdictReason;
  readonly before: VerdictReason;
  readonly cause: VerdictCause;
  /** Which mark or check; empty for frames and steps. */
  readonly ref: string;
}

export interface VerdictProfile {
  readonly type: Medium;
  readonly stepMs: number;
  readonly spans: ReadonlyMap<FactorCode, number>;
  readonly rules?: RuleBook | undefined;
}

/** What was said of an hour last. Mostly nothing yet: to look that up in the list, at -1, costs more than all else a verdict takes. */
function reasonAt({ said }: Columns, row: number): VerdictReason | undefined {
  const place = said[row] ?? 0;
  return place === 0 ? undefined : REASONS[place - 1];
}

const keyOf = (check: QcCheck): string => [check.start, check.end, check.what, check.factors.join('|'), check.zeroDrift, check.spanDrift, check.passed, ...(check.pairs ?? []).map(({ automatic, reference }) => `${String(automatic)}:${String(reference)}`)].join(' ');
const NO_RULES = { checks: [], comparisons: [] };
const markKey = (mark: Mark): string => [mark.id, mark.submittedAt, mark.start, mark.end, mark.kind].join(' ');

/**
 * What quality says of every hour as known now. A late frame, step, mark or check judges again exactly the hours that
 * it can touch; what changed is told in `changes` until the next arrival.
 */
export class HourVerdicts {
  readonly #hours: ColumnTable;
  readonly #profile: () => VerdictProfile;
  readonly #onUse: (factor: FactorCode, columns: Columns, row: number) => void;
  #stepsSeen = new Set<FactorCode>();
  marks: Mark[] = [];
  #checks: QcCheck[] = [];
  readonly #spans = new Map<FactorCode, readonly OutOfControl[]>();
  changes: VerdictChange[] = [];

  /** `onUse` is told of every hour that may now be used, or may be no longer. */
  constructor(hours: ColumnTable, profile: () => VerdictProfile, onUse: (factor: FactorCode, columns: Columns, row: number) => void = () => undefined) {
    this.#hours = hours;
    this.#profile = profile;
    this.#onUse = onUse;
  }

  get state() {
    return { stepsSeen: new Set(this.#stepsSeen), marks: this.marks, checks: this.#checks };
  }

  restore({ stepsSeen, marks, checks }: HourVerdicts['state']): void {
    this.#stepsSeen = stepsSeen;
    this.marks = marks;
    this.#checks = checks;
    this.#spans.clear();
  }

  #said(factor: FactorCode, columns: Columns, row: number): VerdictReason {
    const { type, stepMs, spans, rules } = this.#profile();
    const start = this.#hours.base + row * HOUR;
    const policy = rules?.(start);
    const marked = this.marks.length > 0 && this.#marked(start, policy);
    const outOfControl = this.#checks.length > 0 && this.spansOf(factor).some((span) => span.start < start + HOUR && span.end > start);
    const normalMs = (columns.okSteps[row] as number) * stepMs;
    return hourReason(columns.avg[row] as number, columns.flag[row] as number, marked, outOfControl, spans.get(factor), type, this.#stepsSeen.has(factor), normalMs, policy?.minMinutesPerHour);
  }

  /** Undefined where nothing came for the hour. */
  of(factor: FactorCode, row: number): { readonly verdict: Verdict; readonly reason: VerdictReason } | undefined {
    const columns = this.#hours.columns(factor);
    const reason = columns && reasonAt(columns, row);
    return reason === undefined ? undefined : { verdict: VERDICT_OF[reason], reason };
  }

  judge(factor: FactorCode, columns: Columns, row: number, cause: VerdictCause, ref = ''): void {
    const reason = this.#said(factor, columns, row);
    const verdict = VERDICT_OF[reason];
    const before = reasonAt(columns, row);
    if (before === reason) return;
    this.#hours.touch(row);
    columns.said[row] = REASONS.indexOf(reason) + 1;
    const valid = usable(verdict, reason) ? 1 : 0;
    if (columns.valid[row] !== valid) {
      columns.valid[row] = valid;
      this.#onUse(factor, columns, row);
    }
    if (before !== undefined) this.changes.push({ factor, start: this.#hours.base + row * HOUR, verdict, reason, before, cause, ref });
  }

  #judgeSpan(factors: readonly FactorCode[], span: { readonly start: number; readonly end: number }, cause: VerdictCause, ref: string): void {
    const first = Math.max(0, this.#hours.row(span.start));
    for (const factor of factors) {
      const columns = this.#hours.columns(factor) as Columns;
      const last = Math.min(columns.avg.length - 1, Number.isFinite(span.end) ? this.#hours.row(span.end - 1) : columns.avg.length - 1);
      for (let row = first; row <= last; row++) if (columns.said[row] !== 0) this.judge(factor, columns, row, cause, ref);
    }
  }

  /** The first step of a factor shows that its minutes can be counted: all its hours are judged again. */
  stepSeen(factor: FactorCode): void {
    if (this.#stepsSeen.has(factor)) return;
    this.#stepsSeen.add(factor);
    if (this.#hours.columns(factor) !== undefined) this.#judgeSpan([factor], { start: this.#hours.base, end: Number.POSITIVE_INFINITY }, 'STEPS', '');
  }

  #marked(hourStart: number, policy: JudgingRules | undefined): boolean {
    return this.marks.some((mark) => mark.class === 'MONITORING' && markCoversHour(mark, hourStart, policy));
  }

  /** A mark is never altered: each submission stays, in the order of submission whatever the order of arrival. */
  takeMark(mark: Mark): void {
    const key = markKey(mark);
    if (this.marks.some((other) => markKey(other) === key)) return;
    this.marks = [...this.marks, mark].sort((a, b) => a.submittedAt - b.submittedAt || (markKey(a) < markKey(b) ? -1 : 1));
    if (mark.class === 'MONITORING') this.#judgeSpan(this.#hours.factors, mark, 'MARK', mark.id);
  }

  /** When a factor was out of control as known now. */
  spansOf(factor: FactorCode): readonly OutOfControl[] {
    if (this.#checks.length === 0) return [];
    let spans = this.#spans.get(factor);
    if (spans === undefined) this.#spans.set(factor, (spans = this.#compute(factor)));
    return spans;
  }

  #resultOf(check: QcCheck, factor: FactorCode): CheckResult {
    const { type, rules } = this.#profile();
    return checkResultFor(check, type, factor, rules?.(check.start) ?? NO_RULES);
  }

  #compute(factor: FactorCode): OutOfControl[] {
    const { type, rules } = this.#profile();
    const own = this.#checks.filter((check) => check.factors.length === 0 || check.factors.includes(factor));
    const told = own.map((check) => ({ start: check.start, end: check.end, result: this.#resultOf(check, factor) }));
    const last = own.at(-1);
    return outOfControlSpans(told, type === 'water' || last === undefined ? 'LAST_PASS' : (rules?.(last.start).outOfControlStart ?? 'LAST_PASS'));
  }

  takeCheck(check: QcCheck): void {
    const key = keyOf(check);
    if (this.#checks.some((other) => keyOf(other) === key)) return;
    const factors = check.factors.length === 0 ? this.#hours.factors : this.#hours.factors.filter((factor) => check.factors.includes(factor));
    const before = new Map(factors.map((factor) => [factor, this.spansOf(factor)]));
    const others = this.#checks.filter((other) => !sameFact(other, check, CHECK_KEY));
    this.#checks = [...others, check].sort((a, b) => a.start - b.start || (keyOf(a) < keyOf(b) ? -1 : 1));
    this.#spans.clear();
    const ref = `${check.what} ${check.start}`;
    for (const factor of factors) for (const span of touched(before.get(factor) ?? [], this.spansOf(factor))) this.#judgeSpan([factor], span, 'CHECK', ref);
  }

  /** Forgets marks before the window, and of older checks all but the last passed one and what failed after it. */
  trim(start: number): void {
    this.marks = this.marks.filter((mark) => mark.end >= start);
    const lastPass = new Map<string, number>();
    const silent = new Set<QcCheck>();
    for (const check of this.#checks) {
      if (check.end >= start) continue;
      const results = (check.factors.length === 0 ? this.#hours.factors : check.factors).map((factor) => this.#resultOf(check, factor));
      if (results.every((result) => result === 'CANNOT_TELL')) silent.add(check);
      else if (results.every((result) => result === 'PASS' || result === 'ADJUST')) lastPass.set(check.factors.join('|'), check.start);
    }
    const superseded = (check: QcCheck) => check.start < (lastPass.get(check.factors.join('|')) ?? Number.NEGATIVE_INFINITY);
    this.#checks = this.#checks.filter((check) => !silent.has(check) && !superseded(check));
    this.#spans.clear();
  }
}
