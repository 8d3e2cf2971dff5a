import type { Account, Actor } from '#access';
import { formatDay, type DocumentRow } from '#documents';
import { asId, dayOf, instant, type AccountId, type CalendarDay, type Instant, type UnitId } from '#kernel';
import { aboutMedium, applicableLaw, isOwnTerm, lawName, localProvisions, OWN_TERM, VIOLATION_KEYS } from '#law';
import { CONFIRM_PAPERS, ruleInWords, windowOf, type UnitFacts } from '#supervision';
import type { CheckItem, CheckOutcome, Group, Property } from '../facts/precheck.ts';
import { BASES } from '../clue/bases.ts';
import { analysisOf, BODIES, filingClockOf, GATE_PAPERS, opinionKind } from '../clue/decide-route.ts';
import { handoverBasis } from '../handover/handover-basis.ts';
import { CHANGES, type ListChange, type ListEntry } from '../panel/decide-list.ts';
import type { ReviewDeps } from '../ports.ts';
import type { PoolClue } from '../store/clues.ts';
import type { Notice, Statement } from '../store/notices.ts';
import type { Review, StoredSignature } from '../store/reviews.ts';

const OUTCOME_ZH: Readonly<Record<CheckOutcome, string>> = { PASS: '符合', FAIL: '不符合', CANNOT_TELL: '不能判断', NOT_CONCERNED: '不涉及' };

const period = (clue: PoolClue): string => windowOf(clue.periodFrom, clue.periodTo);
const factorNames = (deps: ReviewDeps, clue: PoolClue): string =>
  clue.factors.length === 0 ? '不涉及特定因子' : clue.factors.map((f) => (clue.outfall === null ? f : deps.directory.factorName(clue.outfall, f))).join('、');
const unitName = (deps: ReviewDeps, clue: PoolClue): string => deps.directory.unit(clue.unitId)?.name ?? clue.unitId;
const outfallName = (deps: ReviewDeps, clue: PoolClue): string => (clue.outfall === null ? '—' : deps.directory.outfallName(clue.outfall));

export const personOf = (account: Pick<Account, 'name' | 'certificate'> | undefined, day: CalendarDay) => ({
  name: account?.name ?? '—', certificate: account?.certificate?.number ?? '', date: day,
});

export const partyOf = (unit: UnitFacts) => ({
  name: unit.name, creditCode: unit.creditCode, address: unit.address, legalRepresentative: unit.legalRepresentative, permitNumber: unit.permitNumber,
});

type ModelWords = Parameters<typeof ruleInWords>[1];

/** What a clue is about, by the names of the models that raised it. */
const matterOf = ({ rule }: PoolClue, words: ModelWords): string => ruleInWords(rule, words).names || '巡查发现';

/** D2 涉嫌违法问题线索清单. */
export function listPaper(deps: ReviewDeps, clues: readonly PoolClue[], words: ModelWords, frozen: { version: number; actor: Actor; day: CalendarDay; changes: readonly ListChange[]; entries: ReadonlyMap<string, ListEntry> }) {
  const told = ({ unit, sentence }: ListEntry): string => `${deps.directory.unit(asId<UnitId>(unit))?.name ?? unit}：${sentence}`;
  const first = Math.min(...clues.map((clue) => clue.periodFrom)) as Instant;
  const last = Math.max(...clues.map((clue) => clue.periodTo ?? clue.changedAt)) as Instant;
  const data = {
    listVersion: `第 ${frozen.version} 版`, panel: BODIES[analysisOf(clues[0]?.body ?? 'REVIEW')].zh, period: windowOf(first, last),
    clues: clues.map((clue) => ({ clue, rule: ruleInWords(clue.rule, words) })).map(({ clue, rule }) => ({
      clueNo: clue.clueId, unit: unitName(deps, clue), outfall: outfallName(deps, clue), factor: factorNames(deps, clue), period: period(clue),
      rule: matterOf(clue, words), ruleVersion: rule.versions === '' ? '—' : rule.versions, analysis: clue.sentenceZh,
    })),
    changes: frozen.changes.map(({ clueId, change, why }) => ({ clueNo: clueId, clueMatter: told(frozen.entries.get(clueId) ?? { clueId, unit: '', sentence: '' }), change: CHANGES[change].zh, why: why === '' ? '—' : why })),
    analysts: [personOf({ name: frozen.actor.name, certificate: null }, frozen.day)],
  };
  return { kind: 'SUSPECTED_VIOLATION_LIST', data } as const;
}

/** An item's outcome and what it rests on; where a person found otherwise than the program, both. An advisory item that the program left open only informs. */
function resultOf({ outcome, program, force, detailZh }: CheckItem, withDetail = true): string {
  if (program !== undefined) return detailZh;
  const result = force === 'ADVISORY' && outcome === 'CANNOT_TELL' ? '提示' : OUTCOME_ZH[outcome];
  return withDetail ? `${result}（${detailZh}）` : result;
}

const lines = (items: readonly CheckItem[], pick: (item: CheckItem) => boolean): string => {
  const text = items.filter(pick).map((item) => `${item.zh}：${resultOf(item)}`).join('\n');
  return text === '' ? '不涉及。' : text;
};
const inGroup = (items: readonly CheckItem[], group: Group): string => lines(items, (item) => item.group === group);

function propertyText(items: readonly CheckItem[], property: Property): string {
  const own = items.filter((item) => item.property === property && item.force === 'MANDATORY' && item.outcome !== 'NOT_CONCERNED');
  if (own.length === 0) return '不涉及。';
  const failed = own.filter((item) => item.outcome !== 'PASS');
  return failed.length === 0 ? `符合：${own.map((item) => item.zh).join('、')}，${own.length} 项均符合。` : `不符合：${failed.map((item) => item.zh).join('、')}。`;
}

const detailOf = (items: readonly CheckItem[], key: string): string => items.find((item) => item.item === key)?.detailZh ?? '—';

export interface OpinionFacts {
  readonly review: Review;
  readonly items: readonly CheckItem[];
  readonly signatures: readonly StoredSignature[];
  readonly people: readonly Account[];
  readonly lead: Actor;
  readonly conclusion: string;
  readonly day: CalendarDay;
  readonly words: ModelWords;
}

const confirmedBy = ({ kind = 'CONTROL_RECHECK_NOTE', number }: NonNullable<PoolClue['confirmedPaper']>): string => `${CONFIRM_PAPERS[kind].zh}（${number}）`;

/** The note of control staff before this opinion, and that the opinion reaches as far as its own period, whatever the note knew when it was made. */
const recheckedBefore = ({ confirmedPaper }: PoolClue, { paper }: Review): { readonly recheckNote?: string } =>
  confirmedPaper === null || paper !== 'CONTROL_RECHECK_NOTE' ? {} : { recheckNote: `监控部门已确认：${confirmedBy(confirmedPaper)}。本意见审核上列时间内的全部数据，包括其后收到的数据。` };

/** D3 非现场数据审核意见, or the paper that stands for it in the region: object, time, place, factor, values, the five content groups and the four properties. */
export function opinionPaper(deps: ReviewDeps, clue: PoolClue, facts: OpinionFacts) {
  const { review, items, signatures, people, day } = facts;
  const input = review.precheck.input;
  const account = (id: AccountId) => people.find((person) => person.accountId === id);
  const bases = input.bases.map((basis) => ({ instrument: basis.instrument, article: basis.article }));
  const data = {
    reviewNo: review.reviewId, clueNo: clue.clueId, clueMatter: matterOf(clue, facts.words), unit: unitName(deps, clue), object: `${unitName(deps, clue)} ${outfallName(deps, clue)}`,
    time: windowOf(input.from, input.to), place: input.address === '' ? '—' : input.address, factor: factorNames(deps, clue), values: detailOf(items, 'data.values'),
    generation: ['data.generation', 'data.transport', 'data.storage'].map((key) => detailOf(items, key)).join('\n'), marks: detailOf(items, 'data.marks'),
    video: inGroup(items, 'VIDEO'), platformState: inGroup(items, 'PLATFORM'), legalBasis: bases.length > 0 ? bases : [{ instrument: '（无）', article: '—' }],
    relevance: propertyText(items, 'RELEVANCE'), authenticity: propertyText(items, 'AUTHENTICITY'), completeness: propertyText(items, 'COMPLETENESS'),
    legality: propertyText(items, 'LEGALITY'), otherMatters: inGroup(items, 'OTHER'), ...recheckedBefore(clue, review), conclusion: facts.conclusion,
    checks: items.map((item) => ({ name: item.zh, result: resultOf(item, false) })),
    reviewers: [
      ...signatures.map((s) => ({ role: s.track === 'TECHNICAL' ? '技术审核' : '合法性审核', ...personOf(account(s.accountId), day) })),
      { role: `${BODIES[review.body].zh}牵头人`, name: facts.lead.name, certificate: facts.lead.certificate ?? '', date: day },
    ],
  };
  return { kind: opinionKind(review.paper), data } as const;
}

type Term = ReturnType<ReviewDeps['law']['clock']>;
const lengthOf = ({ n, dayKind }: Term): string => `${n}${dayKind === 'WORKING_DAY' ? '个工作日' : '日'}`;
const sourceOf = ({ source, article }: Term): string => (isOwnTerm(source) ? OWN_TERM : `${source}${article}`);

/** D5 涉嫌违法问题线索移送单. */
export function handoverPaper(deps: ReviewDeps, words: ModelWords, clue: PoolClue, review: Review, sender: Actor, at: Instant, day: CalendarDay) {
  const term = deps.law.clock('T2', clue.region, day);
  const body = BODIES[review.body].zh;
  const data = {
    clueNo: clue.clueId, clueMatter: matterOf(clue, words), opinionNumber: review.opinionNo ?? review.reviewId, unit: unitName(deps, clue), facts: review.factsZh ?? clue.sentenceZh,
    basis: localProvisions(deps.law, handoverBasis(deps.law, clue.region, day, review.violations), clue.region),
    attachments: [
      { name: GATE_PAPERS[opinionKind(review.paper)].zh, ...(review.opinionSha === null ? {} : { sha256: review.opinionSha }) },
      ...(clue.confirmedPaper === null ? [] : [{ name: confirmedBy(clue.confirmedPaper), sha256: clue.confirmedPaper.sha256 }]),
    ],
    sender: body, sentAt: at, dueNote: `自认定之日起${lengthOf(term)}内移送（${sourceOf(term)}）`, receiver: '生态环境执法部门',
    senders: [{ name: sender.name, certificate: sender.certificate ?? '', date: day }],
  };
  return { kind: 'HANDOVER_SHEET', data } as const;
}

/** 移送线索接收单: who of enforcement took the sheet, when, and until when the region has it file; that term runs from the dispatch, whoever signs. */
export function receiptPaper(deps: ReviewDeps, words: ModelWords, clue: PoolClue, review: Review, sent: { readonly sheet: Pick<DocumentRow, 'number' | 'sha256'> | undefined; readonly at: Instant; readonly by: Account | undefined }, receiver: Actor, at: Instant) {
  const clock = filingClockOf(clue.route);
  const term = deps.law.clock(clock, clue.region, dayOf(sent.at));
  const { dueDay } = deps.law.due(clock, clue.region, sent.at);
  const data = {
    clueNo: clue.clueId, clueMatter: matterOf(clue, words), opinionNumber: review.opinionNo ?? review.reviewId, unit: unitName(deps, clue), facts: review.factsZh ?? clue.sentenceZh,
    basis: localProvisions(deps.law, BASES.signIn, clue.region),
    attachments: sent.sheet === undefined ? [] : [{ name: `涉嫌违法问题线索移送单 ${sent.sheet.number}`, sha256: sent.sheet.sha256 }],
    sender: BODIES[review.body].zh, sentAt: sent.at, receiver: '生态环境执法部门', receivedAt: at,
    dueNote: `自移送之日起${lengthOf(term)}内决定是否立案，至${formatDay(dueDay)}，签收早晚不影响（${sourceOf(term)}）`,
    senders: [personOf(sent.by, dayOf(sent.at))], receivers: [{ name: receiver.name, certificate: receiver.certificate ?? '', date: dayOf(at) }],
  };
  return { kind: 'HANDOVER_RECEIPT', data } as const;
}

/** What the acts that the review confirmed break, by the law of their time: one provision for each violation of which the data of law give it. */
function brokenBy({ law, directory }: Pick<ReviewDeps, 'law' | 'directory'>, { outfall }: PoolClue, { violations, precheck: { input } }: Review, day: CalendarDay) {
  return VIOLATION_KEYS.filter((key) => violations.includes(key)).flatMap((key) => {
    const violation = outfall === null ? law.violation(key) : aboutMedium(law.violation(key), directory.medium(outfall));
    const basis = applicableLaw(violation, dayOf(input.from), dayOf(instant(input.to - 1)), day).proposed;
    return basis?.broken === undefined ? [] : [{ instrument: lawName(basis), article: basis.broken }];
  });
}

/** D4 涉嫌违法事实告知书: facts, what they break, where the unit sees the data, how and until when to state; nothing limits that right. */
export function noticePaper(deps: Pick<ReviewDeps, 'law' | 'directory'>, clue: PoolClue, unit: UnitFacts, review: Review, day: CalendarDay, stateUntil: CalendarDay) {
  const portal = deps.law.valueAt('delivery.portalName', clue.region, day).value;
  const issuer = deps.law.valueAt('review.noticeIssuer', clue.region, day).value;
  const data = {
    party: partyOf(unit), facts: review.factsZh ?? clue.sentenceZh,
    grounds: brokenBy(deps, clue, review, day), opinionNumber: review.opinionNo ?? review.reviewId,
    dataAccess: `企业端（${portal}）“告知与回执”中可查询涉及时段的监测数据、标记、模型说明和存证证明。`,
    statementWay: '可通过企业端提交，也可以书面或者口头方式提出；逾期提出的同样予以听取。', statementUntil: stateUntil,
    contact: { name: issuer === 'ENFORCEMENT' ? '生态环境执法机构' : BODIES[review.body].zh, phone: '12369' },
  };
  return { kind: 'SUSPICION_NOTICE', data } as const;
}

const SAID = { QUERY: '查询', STATEMENT: '陈述', DEFENCE: '申辩' } as const satisfies Record<Statement['kind'], string>;

/** What the unit said to the notice, as a paper in its own words (P22). */
export function statementPaper(clue: PoolClue, unit: UnitFacts, notice: Notice, { kind, text, materials, at }: Statement, submitter: string) {
  const data = {
    cause: clue.sentenceZh, party: partyOf(unit), matter: `对涉嫌违法事实告知的${SAID[kind]}`, submitter, identity: '企业端账号登录', submittedAt: at,
    about: notice.documentNo ?? '', statements: [{ label: SAID[kind], text }], attachments: materials.map(({ name, sha256 }) => ({ name, sha256 })),
  };
  return { kind: 'SUSPICION_STATEMENT', data } as const;
}

