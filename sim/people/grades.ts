import type { CasePage, DiscretionFactor } from './shapes.ts';

/** A grade somebody chooses, and why the file carries it. */
export interface ChosenGrade {
  readonly factor: string;
  readonly grade: string;
  readonly why: string;
}

const HOUR = 3_600_000;
type File = Pick<CasePage, 'state' | 'law' | 'factorNames'>;
type Choice = readonly [grade: string, why: string];

/** What was done about an order to correct, never before there is one. */
function attitudeOf({ state }: File): Choice {
  if (state.rectification === 'CORRECTED') return ['NORMAL', '已按责令改正的要求改正，经核查合格'];
  if (state.rectification === 'NOT_CORRECTED') return ['REFUSED', '责令改正后经核查仍未改正'];
  return ['OPEN', state.person === undefined ? '责令改正后尚无改正记录' : '对个人没有责令改正'];
}

/** Hours that the facts cover together, each counted once; from the first to the last where none is kept as data. */
function hoursObserved({ observed = [], actStart, actEnd }: CasePage['state']): number {
  const spans = observed.length === 0 ? [{ from: actStart, to: actEnd }] : observed;
  return new Set(spans.flatMap(({ from, to }) => { const first = Math.floor(from / HOUR); return Array.from({ length: Math.ceil(to / HOUR) - first }, (_, i) => first + i); })).size;
}

/** Of an exceedance only the hours the facts tell count; of another act how long it was observed. */
function durationOf({ grades: [lowest, ...others] }: DiscretionFactor, { state }: File): Choice {
  if (state.violation?.endsWith('_EXCEED') === true) return [lowest?.id ?? '', '查明的事实没有写明超过限值的小时数，按最低一档'];
  const hours = hoursObserved(state);
  const grade = [lowest, ...others].find((one) => one !== undefined && (one.upTo === undefined || hours <= Number(one.upTo)));
  return [grade?.id ?? '', `查明的行为共 ${hours} 小时`];
}

const CHOICES: Readonly<Record<string, (factor: DiscretionFactor, file: File) => Choice>> = {
  ATTITUDE: (_factor, file) => attitudeOf(file),
  DURATION: durationOf,
  CONSEQUENCE: (_factor, { state: { observed = [] } }) => (observed.some(({ figures }) => figures?.kind === 'HOURS_OVER' || figures?.kind === 'DAY_OVER') ? ['EXCEED', '查明同期超过限值'] : ['WITHIN', '案卷没有同期超标的证据']),
  FAULT: (_factor, { state: { acts = [], evidence } }) => ([...acts, ...evidence.flatMap(({ shows = [] }) => shows)].includes('TREATMENT_STOPPED') ? ['INTENT', '治理设施停运而继续生产，知道会超标'] : ['NEGLIGENT', '案卷没有故意的证据']),
  FACTOR_KIND: (_factor, { factorNames }) => (factorNames.some((name) => /铬|铅|汞|镉|砷|镍|氰|二噁英/.test(name)) ? ['TOXIC', '涉及有毒有害污染物'] : ['COMMON', '所涉因子为一般污染物']),
  REPAIR: () => ['NONE', '案卷没有修复或者赔偿的材料'],
};

/** The grade of each factor: what the platform worked out from the file and the other cases of the party, else what an honest officer finds in it. */
export function chooseGrades({ state, law, factorNames }: File): ChosenGrade[] {
  return (law?.table?.factors ?? []).map((factor) => {
    const computed = law?.computed.find((one) => one.factor === factor.id);
    if (computed !== undefined) return { factor: factor.id, grade: computed.grade, why: computed.zh };
    const [grade, why] = CHOICES[factor.id]?.(factor, { state, law, factorNames }) ?? ['', ''];
    const known = factor.grades.some(({ id }) => id === grade);
    return { factor: factor.id, grade: known ? grade : (factor.grades[0]?.id ?? ''), why: known ? why : '案卷没有更重的情节' };
  });
}

type Candidate = NonNullable<CasePage['law']>['candidates'][number];

/** Why this one of several laws: made after the act and lighter, or that of the act (从旧兼从轻); within one time a statute stands above regulations (立法法 第九十九条). */
function whyThis(first: Candidate, others: readonly Candidate[], eras: boolean): string {
  const heavier = others.every(({ min, max }) => (max ?? 0) >= (first.max ?? 0) && (min ?? 0) >= (first.min ?? 0));
  const lighter = others.some(({ min, max }) => (max ?? 0) > (first.max ?? 0) || (min ?? 0) > (first.min ?? 0));
  if (eras) return heavier && lighter ? '处罚较轻，按从旧兼从轻适用' : '是行为时的规定，行为后的规定处罚并不较轻，按从旧兼从轻适用';
  return `${first.instrument.endsWith('条例') ? '' : '属于法律，效力高于行政法规'}${heavier ? '，罚款幅度不高于其他各项' : ''}`.replace(/^，/u, '') || '是行为时与本案行为对应的规定';
}

/** Which of the laws that may apply: the one the report proposed by the rules of law, with the words why. */
export function chooseBasis({ law }: Pick<CasePage, 'law'>): { readonly basisId: string; readonly basisReason: string } {
  const candidates = law?.candidates ?? [];
  const first = candidates.find(({ id }) => id === (law?.reported ?? law?.proposed)) ?? candidates[0];
  if (first === undefined) return { basisId: '', basisReason: '' };
  if (law?.choiceRequired !== true) return { basisId: first.id, basisReason: '' };
  const range = ({ instrument, article, min, max }: (typeof candidates)[number]): string => `${instrument}${article}（${min ?? 0}—${max ?? 0} 元）`;
  return { basisId: first.id, basisReason: `可以适用的有${candidates.map(range).join('、')}；所选${first.instrument}${first.article}${whyThis(first, candidates.filter((one) => one !== first), law.reason.includes('从旧兼从轻'))}。` };
}

/** Whether a ground for not punishing is followed, each one (or the one that is asked about) with its reason: the grades that weighed in this very case. */
export function weighExemptions({ state, law }: File, asked?: string): { readonly followed: string | undefined; readonly why: string } {
  const shown = (law?.exemptions ?? []).filter(({ fits }) => fits !== 'EXCLUDED');
  const graded = (factor: string): string | undefined => state.discretion?.trace.lines.find((line) => line.factor === factor)?.grade;
  const measured = state.observed?.some(({ figures }) => figures?.kind === 'AMOUNT_OVER') !== true;
  const minor = measured && graded('EXCEED_RATIO') === 'LT_01' && graded('DURATION') === 'H_24' && graded('FACTOR_KIND') === 'COMMON';
  // What was proposed stands; the file is not weighed a second time.
  const followed = state.proposal === undefined ? (minor ? shown.find(({ fits }) => fits === 'PROPOSED') : undefined) : shown.find(({ id }) => id === state.proposal?.exemptionId);
  const weighing = (state.discretion?.trace.lines ?? []).filter(({ percent }) => Number(percent) > 0).map(({ zh }) => zh);
  const heavy = !measured ? '超过许可排放量没有浓度倍数和时间可以认定轻微，最低一档不等于违法行为轻微' : weighing.length === 0 ? '案卷不能证明所列各项条件同时具备' : `裁量情节中${weighing.join('、')}，不属于轻微`;
  const refused = (id: string): string => (id.includes('NO-FAULT') ? '当事人没有提出足以证明没有主观过错的证据' : followed !== undefined ? '已适用另一项' : heavy);
  return {
    followed: followed?.id,
    why: shown.filter(({ id }) => asked === undefined || id === asked).map(({ id, zh, article }) => `“${zh}”（${article}）：${id === followed?.id ? '各项条件均符合，予以适用' : `不适用，${refused(id)}`}`).join('；'),
  };
}
