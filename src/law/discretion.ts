import { Decimal, ok, type Result } from '#kernel';
import type { DiscretionFamily, DiscretionTable } from './discretion-table.ts';
import { refuse } from './errors.ts';
import type { LegalBasis } from './violation.ts';

/** Grade chosen per factor, and a ground below the statutory minimum when there is one. */
export interface DiscretionInput {
  /** factor id → grade id; every factor of the table must be answered. */
  readonly grades: Readonly<Record<string, string>>;
  /** Statutory mitigating ground (处罚法 第三十二条); without one the fine never falls below the minimum. */
  readonly mitigation?: { readonly ground: string; readonly percentOff: string };
}

/** One factor of a calculation with the grade chosen; percent as decimal text. */
export interface DiscretionLine {
  readonly factor: string;
  readonly grade: string;
  readonly zh: string;
  readonly percent: string;
}

/** A stored calculation: inputs, table version, each number, and the sentence printed in the decision. Texts, not floats. */
export interface DiscretionTrace {
  readonly tableId: string;
  readonly tableVersion: string;
  readonly tableVerified: boolean;
  readonly family: DiscretionTable['family'];
  readonly basisId: string;
  readonly min: string;
  readonly max: string;
  readonly startPercent: string;
  readonly lines: readonly DiscretionLine[];
  readonly factorPercent: string;
  readonly adjustPercent: string;
  /** The adjustment before the cap, when the cap bit. */
  readonly adjustUncapped?: string;
  readonly ratioPercent: string;
  readonly computed: string;
  readonly clamped: string;
  readonly mitigation?: { readonly ground: string; readonly percentOff: string };
  /** Whole yuan. */
  readonly amount: number;
  readonly steps: readonly string[];
  readonly sentence: string;
}

const HUNDRED = new Decimal(100);
const ONE = new Decimal(1);

/** Shares of the statutory maximum, as fractions of one; `adjust` after the cap. */
interface Shares {
  /** X = minimum ÷ maximum. */
  readonly x: Decimal;
  readonly base: Decimal;
  readonly individual: Decimal;
  readonly common: Decimal;
  readonly adjust: Decimal;
}

const sigma = (s: Shares): Decimal => s.individual.plus(s.common).plus(s.adjust);

/**
 * How each family turns grades into a share of the maximum (环执法〔2019〕42号 and the provinces' benchmarks). The exact function of F3 was not found in any
 * text; the overlay used here adds two dimensions without counting their common part twice.
 */
export const DISCRETION_FORMULAS: Readonly<
  Record<DiscretionFamily, { readonly zh: string; readonly formula: string; ratio(s: Shares): Decimal }>
> = {
  F1: { zh: '百分比累加', formula: 'X + Σ', ratio: (s) => s.x.plus(sigma(s)) },
  F2: { zh: '缩放百分比', formula: 'X + Σ × (1 − X)', ratio: (s) => s.x.plus(sigma(s).times(ONE.minus(s.x))) },
  F3: {
    zh: '二维叠加',
    formula: '[X + (1 − X) × (A + B − A × B)] × (1 + C)，A 个性、B 共性、C 修正',
    ratio: ({ x, individual: a, common: b, adjust: c }) =>
      x.plus(ONE.minus(x).times(a.plus(b).minus(a.times(b)))).times(ONE.plus(c)),
  },
  F4: { zh: '基准系数', formula: '基准 × (1 + Σ 系数)', ratio: (s) => s.base.times(ONE.plus(sigma(s))) },
};

/**
 * Runs a discretion table by the formula of its family. Adjustment factors are capped, the result is clamped to the
 * statutory range and rounded down to the table's unit, in the party's favour.
 * LAW-001 no fine in the basis, LAW-002 factor not answered, LAW-003 unknown grade, LAW-004 mitigation beyond the table.
 */
export function computeDiscretion(
  table: DiscretionTable,
  basis: LegalBasis,
  input: DiscretionInput,
): Result<DiscretionTrace> {
  if (basis.fine === undefined) return refuse('LAW-001', { args: { basis: basis.id } });
  const chosen = chooseGrades(table, input);
  if (!chosen.ok) return chosen;
  if (input.mitigation !== undefined && new Decimal(input.mitigation.percentOff).gt(table.mitigationFloorPercent)) {
    return refuse('LAW-004', { args: { floor: table.mitigationFloorPercent }, field: 'mitigation' });
  }
  const { min, max } = basis.fine;
  const numbers = calculate(table, new Decimal(min), new Decimal(max), chosen.value, input.mitigation?.percentOff);
  return ok(traceOf(table, basis, chosen.value, numbers, input.mitigation));
}

type Line = DiscretionLine & { readonly group: string };

interface Numbers {
  readonly min: Decimal;
  readonly max: Decimal;
  readonly shares: Shares;
  readonly factors: Decimal;
  readonly uncapped: Decimal;
  readonly adjust: Decimal;
  readonly ratio: Decimal;
  readonly computed: Decimal;
  readonly clamped: Decimal;
  readonly amount: Decimal;
}

function calculate(table: DiscretionTable, min: Decimal, max: Decimal, lines: readonly Line[], off?: string): Numbers {
  const of = (group: string) => sum(lines.filter((l) => l.group === group));
  const uncapped = of('ADJUST');
  // Leniency and aggravation are bounded by the benchmark; the cap is symmetrical.
  const cap = new Decimal(table.adjustCapPercent);
  const adjust = Decimal.max(cap.neg(), Decimal.min(cap, uncapped));
  const [base, individual, common] = [of('BASE'), of('INDIVIDUAL'), of('COMMON')];
  const shares: Shares = {
    x: (min.isZero() ? Decimal.min(table.startWithoutMinimum, max) : min).div(max),
    base: base.div(HUNDRED),
    individual: individual.div(HUNDRED),
    common: common.div(HUNDRED),
    adjust: adjust.div(HUNDRED),
  };
  const ratio = DISCRETION_FORMULAS[table.family].ratio(shares);
  const computed = ratio.times(max);
  const clamped = Decimal.max(min, Decimal.min(max, computed));
  // Rounding is in the party's favour, yet may not undercut the statutory minimum; only mitigation goes below it.
  const within = Decimal.max(min, floorTo(clamped, table.roundToYuan));
  const amount = off === undefined ? within : floorTo(min.minus(min.times(off).div(HUNDRED)), table.roundToYuan);
  return { min, max, shares, factors: individual.plus(common), uncapped, adjust, ratio, computed, clamped, amount };
}

const show = (value: Decimal): string => value.toDecimalPlaces(4).toString();
const percentOf = (value: Decimal): string => show(value.times(HUNDRED));

/** Every number in the order it arose, as it is printed on the sheet. */
function stepsOf(
  table: DiscretionTable,
  lines: readonly Line[],
  n: Numbers,
  mitigation: DiscretionInput['mitigation'],
): string[] {
  const capped = n.adjust.eq(n.uncapped) ? '' : `（原 ${show(n.uncapped)}%，以 ±${table.adjustCapPercent}% 为限）`;
  const { formula } = DISCRETION_FORMULAS[table.family];
  const start =
    table.family === 'F4'
      ? `基准 = ${percentOf(n.shares.base)}% × ${n.max}`
      : `起点比例 X = ${n.min.isZero() ? `${table.startWithoutMinimum}（无法定下限，取简易程序上限）` : n.min} ÷ ${n.max} = ${percentOf(n.shares.x)}%`;
  return [
    start,
    ...lines.map((l) => `${l.zh}：${l.percent}%`),
    `裁量因子合计 ${show(n.factors)}%，调整 ${show(n.adjust)}%${capped}`,
    `比例 = ${formula} = ${percentOf(n.ratio)}%`,
    `金额 = ${percentOf(n.ratio)}% × ${n.max} = ${show(n.computed)} 元，限于 ${n.min}–${n.max} 元，得 ${show(n.clamped)} 元`,
    ...(mitigation === undefined ? [] : [`减轻处罚（${mitigation.ground}）：法定最低额减 ${mitigation.percentOff}%`]),
    `取整至 ${table.roundToYuan} 元：${n.amount} 元`,
  ];
}

function traceOf(
  table: DiscretionTable,
  basis: LegalBasis,
  lines: readonly Line[],
  n: Numbers,
  mitigation: DiscretionInput['mitigation'],
): DiscretionTrace {
  return {
    tableId: table.id,
    tableVersion: table.version,
    tableVerified: table.verified,
    family: table.family,
    basisId: basis.id,
    min: n.min.toString(),
    max: n.max.toString(),
    startPercent: percentOf(table.family === 'F4' ? n.shares.base : n.shares.x),
    lines: lines.map(({ factor, grade, zh, percent }) => ({ factor, grade, zh, percent })),
    factorPercent: show(n.factors),
    adjustPercent: show(n.adjust),
    ...(n.adjust.eq(n.uncapped) ? {} : { adjustUncapped: show(n.uncapped) }),
    ratioPercent: percentOf(n.ratio),
    computed: show(n.computed),
    clamped: show(n.clamped),
    ...(mitigation === undefined ? {} : { mitigation }),
    amount: n.amount.toNumber(),
    steps: stepsOf(table, lines, n, mitigation),
    sentence: `依据《${table.title.zh}》${table.version} 版：${lines.map((l) => l.zh).join('；')}；裁量比例 ${percentOf(n.ratio)}%，罚款 ${n.amount} 元。`,
  };
}

function chooseGrades(table: DiscretionTable, input: DiscretionInput) {
  const lines: Line[] = [];
  for (const factor of table.factors) {
    const id = input.grades[factor.id];
    if (id === undefined) return refuse('LAW-002', { args: { factor: factor.title.zh }, field: `grades.${factor.id}` });
    const grade = factor.grades.find((g) => g.id === id);
    if (grade === undefined) return refuse('LAW-003', { args: { grade: id }, field: `grades.${factor.id}` });
    const zh = `${factor.title.zh}：${grade.title.zh}`;
    lines.push({ factor: factor.id, grade: grade.id, zh, percent: grade.percent, group: factor.group });
  }
  return ok(lines);
}

const sum = (lines: readonly { percent: string }[]) => lines.reduce((s, l) => s.plus(l.percent), new Decimal(0));
const floorTo = (value: Decimal, unit: number) => value.div(unit).floor().times(unit);
