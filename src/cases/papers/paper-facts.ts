import { OBLIGATIONS, standing } from '../recovery/obligations.ts';
import { formatDay, groupThousands } from '#documents';
import { dayOf, type Instant } from '#kernel';
import { lawName, type LegalBasis } from '#law';
import type { StepEvent } from '../case-event.ts';
import { PERSON_ROLES } from '../kin/liable-person.ts';
import { causeOf as namedCause, chargedActs, chargedKeys } from '../charged-acts.ts';
import { basisOfAct } from '../discretion/choice-of-law.ts';
import { foundFacts, reviewOpinions, withoutLead } from './found-facts.ts';
import type { CommandKind, CommandOf } from '../commands/index.ts';
import { REMEDY_TERMS } from './decision-words.ts';
import { paperEntry, type PaperKind } from './paper-kinds.ts';
import { reviewerOf, type CaseActor, type EvidenceItem, type PaperRef, type PenaltyCase } from '../penalty-case.ts';
import type { AuthorityFacts, CaseDeps, PartyFacts, RecordedDelivery } from '../ports.ts';
import { fileTitle } from '../evidence/file-title.ts';
import { STATE_TITLES } from '../states.ts';

export { reviewOpinions };

/** Everything a paper may print: the case before and after the step, the step, the party, the authority. */
export interface PaperFacts {
  readonly before: PenaltyCase;
  readonly after: PenaltyCase;
  readonly event: StepEvent;
  readonly party: PartyFacts;
  readonly authority: AuthorityFacts;
  readonly outfallName: string;
  /** The delivery whose arrival the step records. */
  readonly delivered?: RecordedDelivery | undefined;
  /** The further party a step names. */
  readonly other?: PartyFacts;
  /** Papers of the same step made before this one; none in a draft. */
  readonly made?: readonly PaperRef[];
  readonly deps: Pick<CaseDeps, 'law'>;
}

/** The command that owes the paper; a paper asked of another command is a defect of the table. */
export function commandOf<K extends CommandKind>(facts: PaperFacts, kind: K): CommandOf<K> {
  const found = facts.event.command;
  if (found.kind !== kind) throw new Error(`cases: ${kind} expected, got ${found.kind}`);
  return found as CommandOf<K>;
}

export const partyBlock = ({ party }: PaperFacts) => ({
  name: party.name,
  creditCode: party.creditCode,
  address: party.address,
  legalRepresentative: party.legalRepresentative,
  permitNumber: party.permitNumber,
  ...(party.person === undefined ? {} : { idNumber: party.person.idNumber, post: `${party.person.employer.name}${party.person.post}` }),
});

export const person = (actor: CaseActor, at: Instant) => ({
  name: actor.name,
  certificate: actor.certificate ?? '',
  date: dayOf(at),
});

export const officers = ({ after, event }: PaperFacts) => after.officers.map((o) => person(o, event.at));

export const causeOf = ({ after, deps }: PaperFacts): string => namedCause(deps.law, chargedKeys(after)).zh || '涉嫌环境违法';

/** The provision of each violation: as weighed, before that as the report proposes it (`basisOfAct`). */
const basesOf = ({ after, event, deps }: PaperFacts): (LegalBasis | undefined)[] => chargedActs(after).map((act) => basisOfAct(after, deps.law, act, dayOf(event.at)));

/** That of the violation the case was filed for. */
export const basisOf = (facts: PaperFacts): LegalBasis | undefined => basesOf(facts)[0];

/** The provision that was broken, or what the officer named where the data of law give none. Left out where neither is known: nothing stands in for it. */
const broken = (basis: LegalBasis | undefined, { namedProvision }: PenaltyCase) => {
  const article = basis?.broken ?? namedProvision?.article;
  return basis === undefined || article === undefined ? [] : [{ instrument: lawName(basis), article, text: basis.brokenText ?? '' }];
};
const penal = (basis: LegalBasis | undefined) => (basis === undefined ? [] : [{ instrument: lawName(basis), article: basis.article, text: basis.articleText }]);

export function provisions(facts: PaperFacts) {
  const bases = basesOf(facts);
  return {
    broken: bases.flatMap((b) => broken(b, facts.after)),
    penal: bases.flatMap(penal),
  };
}

/** The facts as a paper tells them: those of the report; before it, once officers asked, saw or sampled, what they found as well, and what the act is; else as filed. */
export function factsOf({ after, deps }: PaperFacts): string {
  if (after.report !== undefined) return after.report.facts;
  if (after.course.length > 0 || after.samplings.length > 0) return withoutLead(foundFacts(after, deps.law), deps.law);
  return [after.filing?.facts ?? after.facts, ...after.further.map((a) => a.facts)].join('\n');
}

/** The same without how the matter came to light: whoever is told of a suspected crime is told of acts. */
export const actsOf = (facts: PaperFacts): string => withoutLead(factsOf(facts), facts.deps.law);

/** Files handed in, by what they are. */
export const filesOf = (files: readonly { readonly name: string; readonly sha256?: string | undefined }[]) => files.map((file) => ({ ...file, name: fileTitle(file.name) }));

export const evidenceList = ({ after }: PaperFacts) =>
  after.evidence.map((e: EvidenceItem) => ({
    name: e.title,
    provider: e.provider,
    obtained: formatDay(e.obtainedOn),
    proves: e.proves,
    sha256: 'sha256' in e.source ? (e.source.sha256 ?? '') : '',
  }));

/** The frozen file a decision names; left out where the step froze none (a draft of a letter, a decision on the spot). */
export function fileOf({ event }: PaperFacts) {
  const { frozen } = event.derived;
  if (frozen === undefined) return {};
  const { name, manifestSha256, leaf } = frozen;
  return { file: { name, sha256: manifestSha256, leaf } };
}

export const contactOf = (facts: PaperFacts) => ({
  name: facts.after.officers[0]?.name ?? facts.event.actor.name,
  phone: facts.authority.phone,
  address: facts.authority.address,
});

/** Whom to ask and until when; on the spot the reconsideration comes first, then fifteen days for the court (行政复议法 第二十三条; 行政诉讼法 第四十五条). */
export const remediesOf = ({ authority }: PaperFacts, reconsiderationFirst = false) => ({
  reconsiderationBody: authority.reconsiderationBody.zh,
  reconsiderationTerm: REMEDY_TERMS.reconsideration.zh,
  court: authority.court.zh,
  suitTerm: reconsiderationFirst ? '十五日内' : REMEDY_TERMS.suit.zh,
  reconsiderationFirst,
});

/** A sum of yuan as papers print it: 244,000 元. */
export const yuan = (sum: number | string): string => `${groupThousands(String(sum))} 元`;

/** The case was opened when, and who investigates it. */
export const investigated = ({ after }: PaperFacts): string => {
  const { person: liable } = after;
  const day = after.filedAt === undefined ? undefined : dayOf(after.filedAt);
  const since = day === undefined ? '' : `于${formatDay(day)}`;
  const people = after.officers.map((o) => `${o.name}${o.certificate === undefined ? '' : `（执法证号 ${o.certificate}）`}`).join('、');
  const as = liable === undefined ? '' : `你是${liable.employer.name}${PERSON_ROLES[liable.role].zh}（${liable.post}）。${after.openedFrom?.reason ?? ''}`;
  return `我局${since}对你单位涉嫌环境违法一案立案调查${people === '' ? '' : `，调查人员为${people}`}。${as}`;
};

export { formatDay as chineseDay };

/** What was paid, enforced, given back: of the fine and of the daily penalty beside it. */
export function performanceText({ before }: PaperFacts): string {
  const fine = standing(before, 'FINE');
  const daily = standing(before, 'DAILY');
  const has = (kind: string): boolean => before.papers.some((p) => p.kind === kind);
  const waived = (before.waivedSurcharge.FINE ?? 0) + (before.waivedSurcharge.DAILY ?? 0);
  const parts = [
    ...(fine.sum > 0 || fine.paid > 0 ? [`罚款 ${yuan(fine.sum)}，已缴 ${yuan(fine.paid)}${before.surcharged > 0 ? `（其中加处罚款 ${yuan(before.surcharged)}）` : ''}`] : []),
    ...(before.decision?.schedule !== undefined && before.decision.schedule.length > 0 ? [`经同意分 ${before.decision.schedule.length} 期缴纳`] : []),
    ...(waived > 0 ? [`加处罚款减免 ${yuan(waived)}`] : []),
    ...(has('ENFORCEMENT_RECORD') ? ['经人民法院强制执行'] : []),
    ...(daily.sum > 0 ? [before.daily === 'DAILY_REVOKED' ? '按日连续处罚已撤销' : `按日连续处罚罚款 ${yuan(daily.sum)}，已缴 ${yuan(daily.paid)}`] : []),
    ...(has('REFUND_RECORD') ? ['多缴的款项已退还'] : []),
  ];
  return parts.length === 0 ? '无应缴款项。' : `${parts.join('；')}。`;
}

/** What is known of reconsideration and suit holds for the day it was written down. */
export const remediesBy = (at: Instant, course: string): string => (course.startsWith('截至') ? course : `截至${formatDay(dayOf(at))}：${course}`);

/** Number of the newest decision on the matter, also one taken on the spot. */
export const decisionNumber = ({ before }: PaperFacts): string => decisionPaper(before)?.number ?? '—';

const ON_THE_MATTER: readonly PaperKind[] = [...OBLIGATIONS.FINE.decisions, 'NO_PENALTY_DECISION', 'NOT_ESTABLISHED_DECISION'];
/** The newest decision on the matter itself; decisions on recusal, refund or substitute performance are none. */
export const decisionPaper = ({ papers }: Pick<PenaltyCase, 'papers'>): PaperRef | undefined => papers.findLast((p) => ON_THE_MATTER.includes(p.kind));

const CORRECTION: Readonly<Partial<Record<string, string>>> = { CORRECTED: '经核查已改正。', NOT_NEEDED: '已记明无须整改的理由。', NO_ORDER: '未责令改正。' };
/** Where the correction of the act stands. */
export const correctionText = ({ before }: PaperFacts): string => CORRECTION[before.rectification] ?? `${STATE_TITLES[before.rectification].zh}。`;

/** Where the case came from: the body that handed it over, the sheet it handed over with, and its opinion. */
export function sourceOf(state: PenaltyCase): string {
  const sheet = state.papers.find(({ kind }) => kind === 'HANDOVER_SHEET');
  const opinions = reviewOpinions(state);
  const by = [...(sheet === undefined ? [] : [`《${sheet.title}》${sheet.number}`]), formatDay(dayOf(state.handedOverAt))].join('，');
  return `${reviewerOf(state)}移送线索（${by}）${opinions === '' ? '' : `，审核意见：${opinions}`}`;
}

/** The newest decision on the matter by the title it bears and its number. */
export const namedDecision = ({ before }: PaperFacts): string => {
  const paper = decisionPaper(before);
  return paper === undefined ? '处罚决定' : `《${paper.title}》（${paper.number}）`;
};

/** The newest paper of a kind by the title it bears and its number. */
export function namedPaper({ before }: PaperFacts, kind: PaperKind): string {
  const paper = before.papers.findLast((one) => one.kind === kind);
  return paper === undefined ? `《${paperEntry(kind).zh}》` : `《${paper.title}》（${paper.number}）`;
}

/** Number of the newest paper of a kind, or a stroke where there is none. */
export const numberOf = ({ before }: PaperFacts, kind: string): string =>
  [...before.papers].reverse().find((p) => p.kind === kind)?.number ?? '—';
