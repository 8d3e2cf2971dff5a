import { Decimal, ok, type Result } from '#kernel';
import type { DiscretionTable } from './discretion-table.ts';
import { refuse } from './errors.ts';
import type { LegalBasis } from './violation.ts';

/** Grade chosen per factor, and a ground below the statutory minimum when there is one. */
export interface DiscretionInput {
  /** factor id → grade id; every factor of the table must be answered. */
  readonly grades: Readonly<Record<string, string>>;
  /** Statutory mitigating ground (处罚法 第三十二条); without one the fine never falls below the minimum. */
  readonly mitigation?: { readonly ground: string; readonly percentOff: string };
}

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

/**
 * Runs a discretion table. F1: (X + Σ) × max; F2: (X + Σ × (1 − X)) × max; X = min ÷ max. Adjustment factors are capped,
 * the result is clamped to the statutory range and rounded down to the table's unit, in the party's favour.
 * LAW-001 no fine in the basis, LAW-002 factor not answered, LAW-003 unknown grade, LAW-004 mitigation beyond the table.
 */
export function computeDiscretion(table: DiscretionTable, basis: LegalBasis, input: DiscretionInput): Result<DiscretionTrace> {
  if (basis.fine === undefined) return refuse('LAW-001', { args: { basis: basis.id } });
  const chosen = chooseGrades(table, input);
  if (!chosen.ok) return chosen;
  if (input.mitigation !== undefined && new Decimal(input.mitigation.percentOff).gt(table.mitigationFloorPercent)) {
    return refuse('LAW-004', { args: { floor: table.mitigationFloorPercent }, field: 'mitigation' });
  }
  const min = new Decimal(basis.fine.min);
  const max = new Decimal(basis.fine.max);
  const x = min.div(max);
  const lines = chosen.value;
  const factorPercent = sum(lines.filter((l) => l.group !== 'ADJUST'));
  const uncapped = sum(lines.filter((l) => l.group === 'ADJUST'));
  const cap = new Decimal(table.adjustCapPercent);
  const adjust = Decimal.max(cap.neg(), Decimal.min(cap, uncapped));
  const sigma = factorPercent.plus(adjust).div(HUNDRED);
  const ratio = table.family === 'F1' ? x.plus(sigma) : x.plus(sigma.times(new Decimal(1).minus(x)));
  const computed = ratio.times(max);
  const clamped = Decimal.max(min, Decimal.min(max, computed));
  const floored = floorTo(clamped, table.roundToYuan);
  // Rounding may not undercut the statutory minimum.
  const within = Decimal.max(min, floored);
  const off = input.mitigation === undefined ? new Decimal(0) : min.times(input.mitigation.percentOff).div(HUNDRED);
  const amount = input.mitigation === undefined ? within : floorTo(min.minus(off), table.roundToYuan);
  const show = (value: Decimal) => value.toDecimalPlaces(4).toString();
  const steps = [
    `起点比例 X = ${min} ÷ ${max} = ${show(x.times(HUNDRED))}%`,
    ...lines.map((l) => `${l.zh}：${l.percent}%`),
    `裁量因子合计 ${show(factorPercent)}%，调整 ${show(adjust)}%${adjust.eq(uncapped) ? '' : `（原 ${show(uncapped)}%，以 ±${cap}% 为限）`}`,
    table.family === 'F1'
      ? `比例 = X + Σ = ${show(ratio.times(HUNDRED))}%`
      : `比例 = X + Σ × (1 − X) = ${show(ratio.times(HUNDRED))}%`,
    `金额 = ${show(ratio.times(HUNDRED))}% × ${max} = ${show(computed)} 元，限于 ${min}–${max} 元，得 ${show(clamped)} 元`,
    ...(input.mitigation === undefined
      ? []
      : [`减轻处罚（${input.mitigation.ground}）：法定最低额减 ${input.mitigation.percentOff}%`]),
    `取整至 ${table.roundToYuan} 元：${amount} 元`,
  ];
  return ok({
    tableId: table.id,
    tableVersion: table.version,
    tableVerified: table.verified,
    family: table.family,
    basisId: basis.id,
    min: min.toString(),
    max: max.toString(),
    startPercent: show(x.times(HUNDRED)),
    lines: lines.map(({ factor, grade, zh, percent }) => ({ factor, grade, zh, percent })),
    factorPercent: show(factorPercent),
    adjustPercent: show(adjust),
    ...(adjust.eq(uncapped) ? {} : { adjustUncapped: show(uncapped) }),
    ratioPercent: show(ratio.times(HUNDRED)),
    computed: show(computed),
    clamped: show(clamped),
    ...(input.mitigation === undefined ? {} : { mitigation: input.mitigation }),
    amount: amount.toNumber(),
    steps,
    sentence: `依据${table.title.zh}（${table.id}@${table.version}）：${lines.map((l) => l.zh).join('；')}；裁量比例 ${show(ratio.times(HUNDRED))}%，罚款 ${amount} 元。`,
  });
}

function chooseGrades(table: DiscretionTable, input: DiscretionInput) {
  const lines: (DiscretionLine & { group: string })[] = [];
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
