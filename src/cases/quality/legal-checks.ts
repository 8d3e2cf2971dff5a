import { formatDay } from '#documents';
import { dayOf, unstopped, type CalendarDay } from '#kernel';
import type { Bilingual } from '#law';
import { causeOf, chargedActs, chargedKeys } from '../charged-acts.ts';
import { LEGAL_POINTS, type LegalPoint } from '../commands/notice-to-decision.ts';
import type { CommandOf } from '../commands/index.ts';
import { basisOfAct } from '../discretion/choice-of-law.ts';
import { dutiesOf, dutyText } from '../measures/duties.ts';
import { STATE_TITLES } from '../states.ts';
import { fileQuality, type QualityLine } from './file-quality.ts';
import type { PenaltyCase } from '../penalty-case.ts';
import type { QualityFile } from './quality-rule.ts';

/** One point of the legal review: what the file says to it, and whether it holds by that alone: nothing stands against it, and nothing is left to a person's own look. */
export interface LegalCheck extends Bilingual {
  readonly point: LegalPoint;
  readonly holds: boolean;
  /** From the file, in Chinese, for it goes into the opinion. */
  readonly remark: string;
}

/** A point as the opinion prints it. */
export interface ReviewedPoint extends LegalCheck {
  /** What the reviewer said himself; absent where he confirmed what the file says. */
  readonly opinion?: string;
}

type Said = (file: QualityFile) => string;

/** Found that no act can be shown. */
const cleared = ({ report }: PenaltyCase): boolean => report?.outcome === 'NOT_ESTABLISHED';

const people: Said = ({ state }) => (state.person === undefined ? '' : `当事人${state.person.name}，${state.person.employer.name}${state.person.post}`);
const facts: Said = ({ state, law }) => {
  const acts = chargedActs(state).map(({ actStart, actEnd }) => `${formatDay(actStart)}至${formatDay(actEnd)}`).join('、');
  return `${causeOf(law, chargedKeys(state)).zh}；行为时间${acts}；${cleared(state) ? '调查认定不成立' : `查明：${state.report?.facts ?? ''}`}`;
};
const evidence: Said = ({ state }) => `证据 ${state.evidence.length} 项：${[...new Set(state.evidence.map(({ title }) => title))].join('、')}`;
const procedure: Said = ({ state }) => [
  ...(state.filedAt === undefined ? [] : [`${formatDay(dayOf(state.filedAt))}立案`]), `执法人员${state.officers.map(({ name }) => name).join('、')}`,
  ...(state.notice?.delivery === undefined ? [] : [`事先告知书${formatDay(state.notice.delivery.legalDay)}送达`]),
].join('，');
const applied: Said = ({ state, law, now }) => cleared(state) ? '没有认定违法行为，不适用处罚依据' : chargedActs(state).map((act) => {
  const basis = basisOfAct(state, law, act, dayOf(now));
  return basis === undefined ? '没有处罚依据' : `违反${basis.broken ?? state.namedProvision?.article ?? '的条文未写明'}，依据${basis.instrument}${basis.article}`;
}).join('；');
const weighed: Said = ({ state }) => cleared(state) ? '没有认定违法行为，不涉及裁量' : [state.discretion, ...(state.discretion?.further ?? [])].flatMap((one) => (one === undefined ? [] : [one.trace.sentence])).join('');
const duties: Said = ({ state, law, now }) => {
  if (cleared(state)) return '没有认定违法行为，不涉及应当同时作出的处理';
  const found = dutiesOf(state, law, now);
  return [found.length === 0 ? '所适用的条文没有规定应当同时作出的处理' : found.map(dutyText).join('；'), `责令改正：${STATE_TITLES[state.rectification].zh}`].join('；');
};

/** Each point with the words of the file and the rules of the file review that answer for it. */
const POINTS: Readonly<Record<LegalPoint, Bilingual & { readonly said: Said; readonly rules: readonly number[] }>> = {
  PARTY: { zh: '执法主体和当事人', en: 'authority and party', said: people, rules: [1, 3, 4] },
  FACTS: { zh: '事实', en: 'facts', said: facts, rules: [26] },
  EVIDENCE: { zh: '证据', en: 'evidence', said: evidence, rules: [5, 6] },
  PROCEDURE: { zh: '程序', en: 'procedure', said: procedure, rules: [2, 14, 15, 16, 20, 21] },
  LAW: { zh: '法律适用', en: 'law applied', said: applied, rules: [8, 9] },
  DISCRETION: { zh: '裁量', en: 'discretion', said: weighed, rules: [11, 12, 28] },
  DUTIES: { zh: '条文规定的其他处理', en: 'what else the provision demands', said: duties, rules: [27, 30] },
};

/** A file with the report on its quality, where it has been made. */
type ReportedFile = QualityFile & { readonly quality?: readonly QualityLine[] };

/** The points of the legal review as the file, and the report on its quality, answer them; what no rule has come to yet is not said. */
export function legalChecks(file: ReportedFile): LegalCheck[] {
  const lines = file.quality ?? fileQuality(file);
  return LEGAL_POINTS.map((point) => {
    const { zh, en, said, rules } = POINTS[point];
    const own = lines.filter(({ no }) => rules.includes(no));
    const open = own.filter(({ outcome }) => outcome === 'PROBLEM' || outcome === 'BY_HAND');
    const words = [said(file), ...own.filter(({ outcome }) => outcome !== 'NOT_YET').map(({ outcome, found, zh: rule }) => (outcome === 'PROBLEM' ? `${rule}：${found}` : found))];
    return { point, zh, en, holds: open.length === 0, remark: [...new Set(words.map(unstopped).filter((text) => text !== ''))].join('；').replace(/\d{4}-\d{2}-\d{2}/g, (found) => formatDay(found as CalendarDay)).slice(0, 5_000) };
  });
}

/** The points with what the reviewer said to them. */
export const reviewedPoints = (file: ReportedFile, checks: CommandOf<'PASS_LEGAL_REVIEW'>['checks']): ReviewedPoint[] =>
  legalChecks(file).map((check) => {
    const own = checks.find(({ point }) => point === check.point);
    return own === undefined || own.remark.trim() === check.remark.trim() ? check : { ...check, holds: own.holds, opinion: own.remark };
  });
