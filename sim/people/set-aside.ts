import type { ClueRow } from './shapes.ts';

/** How a clue that is not put on the list ends, with words that its own finding bears out. */
export interface Aside {
  readonly decision: 'dismiss' | 'downgrade';
  readonly reason: string;
  readonly note: string;
}

const MINOR_EXCEEDANCE: Aside = { decision: 'downgrade', reason: 'minor', note: '超标不足0.1倍，时间短并已恢复达标，转为提醒，由监控部门跟踪。' };
const MILD: Aside = { decision: 'downgrade', reason: 'minor', note: '没有达到工单程度，转为提醒，由监控部门跟踪。' };
const BREAK: Aside = { decision: 'dismiss', reason: 'transport-fault', note: '系数据传输中断，传输已经恢复，没有其他来源显示设备或者治理设施停运，暂不列入清单。' };
const STATISTICAL: readonly [Aside, ...Aside[]] = [
  { decision: 'dismiss', reason: 'too-weak', note: '仅有统计特征，无其他来源印证，暂不列入清单。' },
  { decision: 'dismiss', reason: 'model-error', note: '人工复核曲线，未见异常，属模型误报，已反馈模型编写人。' },
  { decision: 'dismiss', reason: 'process-change', note: '同时段生产负荷有变化，与数值的变化相符，可以由工况解释。' },
];
/** Of a clue that came back: what was asked for did not turn up. */
export const NOT_SUPPLIED: Aside = { decision: 'dismiss', reason: 'too-weak', note: '审核要求补充的材料没有取得，证据不足以列入清单。' };

/** What each family of models saw, for the list; of family B by the model. */
const SEEN: readonly (readonly [models: RegExp, seen: string])[] = [
  [/\bB0[1-4]@/u, '监测值超过限值或者接近限值'], [/\bB05@/u, '累计排放量达到许可排放量'], [/\bB08@/u, '炉膛温度低于规定'], [/\bA/u, '数据有缺失或者改写'],
  [/\bE/u, '用电记录显示生产与治理设施运行不符'], [/\bF/u, '门禁、标记或者校准记录与数据不符'], [/\b[CD]/u, '数值的统计特征异常'], [/\bG/u, '几类来源或者手工监测结果指向同一问题'],
];
/** Why a clue is put on the list. */
export function listedFor({ rule }: Pick<ClueRow, 'rule'>): string {
  const seen = SEEN.filter(([models]) => models.test(rule)).map(([, words]) => words);
  return `${seen.length === 0 ? '巡查发现的情况' : seen.join('，')}，有待审核查明，建议列入清单。`;
}

/** How far above its limit a sentence says that values went, in times of the limit; the largest of them, -1 where none is told. */
function ratioIn(zh: string): number {
  const told = [...zh.matchAll(/超标 ([\d.]+) 倍/gu)].map(([, ratio]) => Number(ratio));
  const means = [...zh.matchAll(/日均值 ([\d.]+) [^，]*，限值 ([\d.]+)/gu)].map(([, mean, limit]) => Number(mean) / Number(limit) - 1);
  return Math.max(-1, ...told, ...means);
}

/**
 * What may truly be said of a clue that is not pursued; undefined where nothing may, and it goes on the list. By the families of models that found it:
 * values over a limit are slight below a tenth, a gap is a break of transmission, curves alone are statistics. What came of power, doors or marks, or of
 * several sources together, is never talked away once it reached the tier of a work order.
 *
 * @param luck 0 … 99, chooses among words that fit alike
 */
export function setAside({ rule, tier, sentence }: Pick<ClueRow, 'rule' | 'tier' | 'sentence'>, luck: number): Aside | undefined {
  const families = new Set(rule.split(' ').map((model) => model.charAt(0)));
  const only = (...allowed: readonly string[]): boolean => [...families].every((family) => allowed.includes(family));
  const grave = tier === 'WORK_ORDER';
  if (families.has('B')) {
    const ratio = ratioIn(sentence.zh);
    if (only('B', 'C', 'D') && ratio >= 0 && ratio < 0.1) return MINOR_EXCEEDANCE;
  } else if (only('A')) return BREAK;
  else if (only('C', 'D')) return STATISTICAL[luck % STATISTICAL.length] ?? STATISTICAL[0];
  return grave ? undefined : MILD;
}
