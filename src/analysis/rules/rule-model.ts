import { DAY, Decimal, HOUR, type FactorCode } from '#kernel';
import { localMidnight } from '#quality';
import type { Context, Evaluation, Finding, Model, Params, Tier } from '../contract.ts';
import { factorInfo } from '../models/parts/factors.ts';
import { explain, suppress } from '../models/parts/explanations.ts';
import { cannotTell, conclude, notMet } from '../models/parts/outcomes.ts';
import { spanText } from '../models/parts/wording.ts';
import type { Checked } from './check-expression.ts';
import { evaluate, newRun } from './evaluate-expression.ts';
import { DEPARTMENTS, type Rule } from './rule.ts';
import { readRule, type ReadRule, type TextPart } from './read-rule.ts';
import type { Value } from './vocabulary.ts';

/** How far back a rule looks by itself for hours that came late; what came later still is judged again like any changed stretch. */
const LOOK_BACK_MS = 7 * DAY;

/** Factors whose hours the rule reads at this outfall: a change of one of them re-judges what it touches. */
function watched(rule: ReadRule, ctx: Context): readonly FactorCode[] {
  const named = [rule.applies, ...Object.values(rule.tiers)].flatMap((one) => one?.factors ?? []);
  const all = [...new Set([...rule.body.factors, ...named])] as FactorCode[];
  const present = all.filter((factor) => ctx.hour(factor) !== undefined);
  return present.length > 0 ? present : ctx.factors;
}

/** How long before a moment the one before it lies, after which an hour that arrived has not been seen yet. An arriving hour is itself the moment. */
const SINCE_LAST = { hour: 1, tick: HOUR, day: DAY } as const;

/**
 * Hours to judge at this moment: the newest one that is over, and with an hour that came or was revised since the last
 * moment every hour whose window it lies in; where a stretch is judged again, the hours of that stretch. A daily rule judges
 * the last hour of a day, so that `last(24)` is that day.
 */
function hoursToJudge(rule: ReadRule, ctx: Context): readonly number[] {
  const { trigger } = rule.body;
  const newest = (trigger === 'day' ? localMidnight(ctx.now) : Math.floor(ctx.now / HOUR) * HOUR) - HOUR;
  const hours = new Set<number>();
  const add = (from: number, to: number): void => {
    for (let hour = from; hour <= Math.min(newest, to); hour += HOUR) if (trigger !== 'day' || localMidnight(hour + HOUR) === hour + HOUR) hours.add(hour);
  };
  if (ctx.again !== undefined) {
    add(Math.floor(ctx.again.start / HOUR) * HOUR, ctx.again.end - 1);
    return [...hours];
  }
  hours.add(newest);
  for (const factor of watched(rule, ctx)) {
    const series = ctx.hour(factor);
    if (series === undefined) continue;
    for (let i = Math.max(0, series.length - LOOK_BACK_MS / HOUR); i < series.length; i++) {
      const changed = series.t0 + i * HOUR;
      if ((series.arrivedAt[i] as number) > ctx.now - SINCE_LAST[trigger]) add(changed, changed + rule.reach * HOUR);
    }
  }
  return [...hours].sort((a, b) => a - b);
}

const shown = (value: Value): { zh: string; en: string } => {
  if (value === undefined) return { zh: '未知', en: 'not known' };
  if (typeof value === 'boolean') return value ? { zh: '是', en: 'yes' } : { zh: '否', en: 'no' };
  if (typeof value !== 'string') {
    const text = value.toSignificantDigits(6).toString();
    return { zh: text, en: text };
  }
  const { zh, en } = factorInfo(value);
  return { zh, en };
};

interface Answer {
  readonly tier: Tier | undefined;
  readonly unknown: boolean;
  readonly missing: ReadonlySet<string>;
  readonly from: number;
}

const TIERS = [['WORK_ORDER', 'workOrder'], ['WARN', 'warn'], ['REMIND', 'remind']] as const;

/** One hour of one factor: the highest tier whose condition certainly holds, and whether anything stayed unknown. */
function judgeHour(rule: ReadRule, ctx: Context, start: number, factor: string | undefined, params: Params): Answer {
  const missing = new Set<string>();
  let unknown = false;
  const holds = (checked: Checked | undefined): { value: Value; from: number } => {
    if (checked === undefined) return { value: false, from: start };
    const run = newRun(ctx, start, factor, params);
    const value = evaluate(run, start, checked.node);
    if (value === undefined) {
      unknown = true;
      for (const one of run.missing) missing.add(one);
    }
    return { value, from: run.rowFrom };
  };
  const applies = rule.applies === undefined ? true : holds(rule.applies).value;
  if (applies !== true) return { tier: undefined, unknown: applies === undefined, missing, from: start };
  for (const [tier, field] of TIERS) {
    const { value, from } = holds(rule.tiers[field]);
    if (value === true) return { tier, unknown, missing, from };
  }
  return { tier: undefined, unknown, missing, from: start };
}

function fill(parts: readonly TextPart[], language: 'zh' | 'en', ctx: Context, start: number, factor: string | undefined, params: Params): string {
  return parts.map((part) => {
    if (part.kind === 'words') return part.words;
    const run = newRun(ctx, start, factor, params);
    return shown(evaluate(run, start, part.checked.node))[language];
  }).join('');
}

/** The figures a finding stands on: every value its text names. */
function statsOf(rule: ReadRule, ctx: Context, start: number, factor: string | undefined, params: Params): Record<string, number | string> {
  const stats: Record<string, number | string> = {};
  for (const part of rule.text.zh) {
    if (part.kind !== 'value' || part.checked.gives !== 'number') continue;
    const value = evaluate(newRun(ctx, start, factor, params), start, part.checked.node);
    const { node } = part.checked;
    const name = node.kind === 'call' || node.kind === 'name' ? node.name : node.kind === 'method' ? node.name : `v${Object.keys(stats).length + 1}`;
    if (Decimal.isDecimal(value)) stats[name] = (value as Decimal).toNumber();
  }
  return stats;
}

function findingOf(rule: ReadRule, ctx: Context, start: number, factor: string | undefined, params: Params, tier: Tier, rowFrom: number): Finding {
  const from = rule.body.trigger === 'day' ? start + HOUR - DAY : rowFrom;
  const span = { start: Math.min(from, rowFrom), end: start + HOUR };
  const factors = (factor === undefined ? [...new Set(Object.values(rule.tiers).flatMap((one) => one?.factors ?? []))] : [factor]) as FactorCode[];
  const when = spanText(span.start, span.end);
  const finding: Finding = {
    factors, ...span, tier, score: { REMIND: 1, WARN: 2, WORK_ORDER: 3 }[tier], stats: statsOf(rule, ctx, start, factor, params),
    text: {
      zh: `${when} ${fill(rule.text.zh, 'zh', ctx, start, factor, params)}`,
      en: `${when}: ${fill(rule.text.en, 'en', ctx, start, factor, params)}`,
    },
    clearedBy: [{ zh: rule.body.advice.zh, en: rule.body.advice.en }],
  };
  return suppress(finding, explain(ctx, span, factors, rule.body.excusedBy));
}

function scopeOf(rule: ReadRule, ctx: Context): readonly (string | undefined)[] {
  if (rule.body.factors.length === 0) return [undefined];
  return rule.body.factors.filter((factor) => ctx.hour(factor as FactorCode) !== undefined);
}

function judge(rule: ReadRule, ctx: Context, params: Params): Evaluation {
  const scope = scopeOf(rule, ctx);
  if (scope.length === 0) return cannotTell('none of the rule\'s factors is sent', rule.body.factors);
  const findings: Finding[] = [];
  const missing = new Set<string>();
  let unknown = false;
  for (const start of hoursToJudge(rule, ctx)) {
    for (const factor of scope) {
      const answer = judgeHour(rule, ctx, start, factor, params);
      unknown ||= answer.unknown;
      for (const one of answer.missing) missing.add(one);
      if (answer.tier !== undefined) findings.push(findingOf(rule, ctx, start, factor, params, answer.tier, answer.from));
    }
  }
  if (findings.length > 0) return conclude(findings);
  return unknown ? cannotTell('values are missing', [...missing].sort()) : notMet();
}

/** A model made of a rule. Its functions cannot cross to a thread; the rule can. */
export interface RuleModel extends Model {
  readonly rule: Rule;
}

/**
 * A department's rule as a model like the others: pure, three-valued, judged by the same engine, live and in replays.
 * Throws for a rule that does not read: only checked rules are stored.
 */
export function modelOfRule(rule: Rule): RuleModel {
  const { rule: read, problems } = readRule(rule.body);
  if (read === undefined) throw new Error(`rule ${rule.id} does not read: ${problems[0]?.field ?? ''} ${problems[0]?.en ?? ''}`);
  const { body } = rule;
  const department = DEPARTMENTS[body.department];
  const area = new Set<string>(rule.area);
  return {
    rule, id: rule.id, version: String(rule.version), title: body.title, family: body.family, trigger: body.trigger, media: body.media,
    standsAlone: body.standsAlone, windowHours: Math.max(1, read.reach + 1), params: body.params, legalHooks: body.legalHooks,
    about: { ...body.purpose, source: `${department.zh} ${department.en} · ${rule.owner} · ${rule.id}@${rule.version}` },
    judgesAgain: true, reachHours: () => LOOK_BACK_MS / HOUR, bearsOnHours: () => read.reach,
    minimum: { days: 0, needs: body.factors.length === 0 ? [] : ['hours'] },
    applies: ({ authority }) => area.size === 0 || authority === undefined || area.has(authority),
    evaluate: (ctx, params) => judge(read, ctx, params === body.params ? body.params : { ...body.params, ...params }),
  };
}
