import type { CheckItem, CheckOutcome, Force, PrecheckInput } from '../facts/precheck.ts';

/** What 行政处罚法 第四十一条 asks before electronic data may be evidence, point by point. */
export const GATES = {
  G1: { zh: '采集事实的法律、行政法规依据', en: 'law or regulation allows gathering facts' },
  G2: { zh: '设备法制和技术审核', en: 'legal and technical review of the device' },
  G3: { zh: '设备符合标准', en: 'device meets standards' },
  G4: { zh: '设置合理', en: 'siting is reasonable' },
  G5: { zh: '标志明显', en: 'clearly marked' },
  G6: { zh: '设置地点向社会公布', en: 'place made public' },
  G7: { zh: '记录真实、清晰、完整、准确', en: 'record true, clear, complete, exact' },
} as const;
export type Gate = keyof typeof GATES;

/** How one of these points came out, and whether it binds here. */
export interface GateResult {
  readonly gate: Gate;
  readonly outcome: CheckOutcome;
  readonly force: Force;
}

const known = (value: boolean | null): CheckOutcome => (value === null ? 'CANNOT_TELL' : value ? 'PASS' : 'FAIL');
const both = (a: CheckOutcome, b: CheckOutcome): CheckOutcome =>
  a === 'FAIL' || b === 'FAIL' ? 'FAIL' : a === 'CANNOT_TELL' || b === 'CANNOT_TELL' ? 'CANNOT_TELL' : 'PASS';

/** Data of the authority's own station count only after its place was made public (行政处罚法 第四十一条; 江苏办法 第二十二条). */
function publicity(input: PrecheckInput): CheckOutcome {
  const { publishedAt } = input.device;
  return publishedAt === null ? 'CANNOT_TELL' : publishedAt <= input.from ? 'PASS' : 'FAIL';
}

/**
 * Gates G1–G7 of 行政处罚法 第四十一条 at the review (gate:G8 is its result, G9 and G10 come before the decision).
 * For devices of the unit itself G2–G6 advise, for the authority's devices they are demanded.
 *
 * @param items the pre-check with the reviewers' findings laid over it
 */
export function gatesOf(input: PrecheckInput, items: readonly CheckItem[]): readonly GateResult[] {
  const { device } = input;
  const own: Force = device.owner === 'AUTHORITY' ? 'MANDATORY' : 'ADVISORY';
  const of = (keys: readonly string[]) =>
    items.filter((item) => keys.includes(item.item)).reduce<CheckOutcome>((all, item) => both(all, item.outcome), 'PASS');
  const record = items.filter((item) => item.group !== 'BASIS' && item.force === 'MANDATORY').reduce<CheckOutcome>((all, item) => both(all, item.outcome), 'PASS');
  return [
    { gate: 'G1', outcome: of(['basis.level']), force: 'MANDATORY' },
    { gate: 'G2', outcome: both(known(device.legalReview), known(device.technicalReview)), force: own },
    { gate: 'G3', outcome: known(device.accepted), force: own },
    { gate: 'G4', outcome: known(device.sitingRecord), force: own },
    { gate: 'G5', outcome: known(device.signPhoto), force: own },
    { gate: 'G6', outcome: publicity(input), force: own },
    { gate: 'G7', outcome: record, force: 'MANDATORY' },
  ];
}
