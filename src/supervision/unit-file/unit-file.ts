import { addMonths, dayOf, startOfDay, type DocumentId, type Instant, type SheetId } from '#kernel';
import type { Provenance } from '#law';
import { HOLD_REASONS } from '../notice/decide-notice.ts';
import { CAUSES, LAPSE_KINDS, LAPSE_MEASURES, type Cause } from '../sheet/decide-sheet.ts';
import { enterpriseCode, type CodeCounts, type CodeRule, type EnterpriseCode } from './enterprise-code.ts';
import type { UnitFacts } from '../ports.ts';
import { periodText, QUOTA_STATES, shareText, type QuotaWarning } from '../quantity/quota.ts';
import { ACTS, OPEN_STATES, type SheetAct } from '../sheet/sheet-machine.ts';
import { listHeld, type Held } from '../store/held.ts';
import { listQuotas } from '../store/quotas.ts';
import { listSheets, type Sheet, type StoredFeedback } from '../store/sheets.ts';
import { lapseEntries, talkEventsOf, type LapseEntry, type TalkEvent } from '../store/talks.ts';
import { eventsOfUnit, feedbackOfUnit, type UnitEvent } from '../store/unit-events.ts';
import { TALK_ACTS } from '../ladder/talk.ts';
import type { SupervisionDeps } from '../sheet/step-sheet.ts';

type Words = { readonly zh: string; readonly en: string };

export const FILE_KINDS = {
  NOTICE: { zh: '提醒、警告、督办单', en: 'notices' },
  ANSWER: { zh: '反馈', en: 'answers' },
  SILENCE: { zh: '逾期、不规范、不实', en: 'failures to answer' },
  FINDING: { zh: '复核结论', en: 'findings' },
  TALK: { zh: '约谈', en: 'talks' },
  QUOTA: { zh: '许可排放量', en: 'permitted quantities' },
  HELD: { zh: '暂缓未发', en: 'held back' },
} as const;
export type FileKind = keyof typeof FILE_KINDS;

export interface FileEntry {
  readonly at: Instant;
  readonly kind: FileKind;
  readonly title: Words;
  readonly detail: Words | null;
  readonly sheetId: SheetId | null;
  readonly documentId: DocumentId | null;
  readonly documentNo: string | null;
}

export interface UnitFile {
  readonly code: EnterpriseCode;
  readonly rule: CodeRule & Pick<Provenance, 'source' | 'article' | 'verified'>;
  readonly counts: CodeCounts;
  readonly entries: readonly FileEntry[];
}

/** What each act on a sheet is in the file; acts that are not listed (growth, joining) stay in the sheet. */
const KIND_OF: Partial<Record<SheetAct, FileKind>> = {
  remind: 'NOTICE', warn: 'NOTICE', order: 'NOTICE', arrive: 'NOTICE', explain: 'FINDING', accept: 'FINDING', 'send-back': 'FINDING', refer: 'FINDING', establish: 'FINDING', escalate: 'FINDING',
};

const both = (zh: string, en: string): Words => ({ zh, en });
const isAct = (act: string): act is SheetAct => Object.hasOwn(ACTS, act);

const ofEvent = (nameOf: (outfall: string) => string) => (e: UnitEvent): FileEntry[] => {
  const kind = isAct(e.act) ? KIND_OF[e.act] : undefined;
  if (kind === undefined || !isAct(e.act)) return [];
  const { zh, en } = ACTS[e.act];
  const name = nameOf(e.outfall);
  return [{ at: e.at, kind, title: both(`${name} ${zh}`, `${name}: ${en}`), detail: both(e.sentenceZh, e.sentenceEn), sheetId: e.sheetId, documentId: e.documentId, documentNo: e.documentId === null ? null : e.documentNo }];
};

const ofAnswer = (f: StoredFeedback): FileEntry => {
  const cause = CAUSES[f.cause as Cause];
  const late = f.late ? both('（逾期反馈）', ' (late)') : both('', '');
  return { at: f.at, kind: 'ANSWER', title: both(`企业反馈：${cause.zh}${late.zh}`, `Answer: ${cause.en}${late.en}`), detail: both(f.explanation, f.explanation), sheetId: f.sheetId, documentId: null, documentNo: null };
};

const ofLapse = (l: LapseEntry): FileEntry => ({
  at: l.at, kind: 'SILENCE', sheetId: l.sheetId, documentId: l.documentId, documentNo: l.documentNo,
  title: both(`第${l.ordinal}次${LAPSE_KINDS[l.kind].zh} → ${LAPSE_MEASURES[l.measure].zh}`, `Failure no. ${l.ordinal}, ${LAPSE_KINDS[l.kind].en} → ${LAPSE_MEASURES[l.measure].en}`), detail: null,
});

const ofTalk = (e: TalkEvent): FileEntry => {
  const said = e.detail['commitments'] ?? e.detail['reason'];
  const detail = typeof said === 'string' ? both(said, said) : null;
  return { at: e.at, kind: 'TALK', title: both(`约谈：${TALK_ACTS[e.act].zh}`, `Talk: ${TALK_ACTS[e.act].en}`), detail, sheetId: null, documentId: e.documentId, documentNo: null };
};

const ofQuota = (deps: SupervisionDeps) => (q: QuotaWarning): FileEntry => {
  const what = `${deps.directory.outfallName(q.outfall)} ${deps.directory.factorName(q.outfall, q.factor)}`;
  return {
    at: q.createdAt, kind: 'QUOTA', sheetId: null, documentId: q.documentId, documentNo: q.documentNo,
    title: both(`${what} ${periodText(q.period, q.periodStart)}已用许可排放量的${shareText(q.share)}`, `${what}: ${shareText(q.share)} of the permitted amount used`),
    detail: both(`${QUOTA_STATES[q.state].zh}${q.note === null ? '' : `：${q.note}`}`, `${QUOTA_STATES[q.state].en}${q.note === null ? '' : `: ${q.note}`}`),
  };
};

const ofHeld = (h: Held): FileEntry => ({
  at: h.heldAt, kind: 'HELD', title: both(`暂缓：${HOLD_REASONS[h.reason].zh}`, `Held: ${HOLD_REASONS[h.reason].en}`), detail: both(h.sentenceZh, h.sentenceEn), sheetId: h.sheetId, documentId: h.documentId, documentNo: null,
});

interface Found {
  readonly sheets: readonly Sheet[];
  readonly events: readonly UnitEvent[];
  readonly lapses: readonly LapseEntry[];
  readonly quotas: readonly QuotaWarning[];
}

/** The facts the code counts, from the file itself. Pure. */
export function countFacts({ sheets, events, lapses, quotas }: Found, since: Instant): CodeCounts {
  const recent = lapses.filter((lapse) => lapse.at >= since);
  const amounts = quotas.filter((quota) => quota.createdAt >= since);
  const acts = events.filter((event) => event.at >= since).map((event) => event.act);
  const times = (...wanted: readonly string[]) => acts.filter((act) => wanted.includes(act)).length;
  return {
    falseAnswers: recent.filter((lapse) => lapse.kind === 'FALSE').length, lapses: recent.length, talks: recent.filter((lapse) => lapse.measure === 'TALK').length,
    established: times('establish'), warnings: times('warn', 'order'), overdueNow: sheets.filter((sheet) => sheet.state === 'FEEDBACK_OVERDUE').length,
    overQuantity: amounts.filter((quota) => quota.state === 'CONFIRMED' || quota.state === 'REPORTED').length, quotaWarnings: amounts.length,
  };
}

/**
 * Everything ④ holds of one unit in time order, newest first, and the code computed from it. What was held back is for
 * officials: a unit must not learn of a suspicion whose evidence is not yet fixed.
 */
export async function unitFile(deps: SupervisionDeps, unit: UnitFacts, reader: 'official' | 'unit'): Promise<UnitFile> {
  const { unitId } = unit;
  const all = { kind: 'all' } as const;
  const [events, answers, lapses, talks, quotas, sheets, held] = await Promise.all([
    eventsOfUnit(deps.db, unitId), feedbackOfUnit(deps.db, unitId), lapseEntries(deps.db, unitId), talkEventsOf(deps.db, unitId), listQuotas(deps.db, all, { unitId, limit: 500 }).then(({ items }) => items),
    listSheets(deps.db, all, { unitId, openOnly: true, openStates: OPEN_STATES, limit: 500 }), reader === 'official' ? listHeld(deps.db, all, { unitId, limit: 500 }).then(({ items }) => items) : [],
  ]);
  const today = dayOf(deps.clock.now());
  const { value, source, article, verified } = deps.law.valueAt('supervision.enterpriseCode', unit.region, today);
  const counts = countFacts({ sheets, events, lapses, quotas }, startOfDay(addMonths(today, -value.months)));
  const entries = [
    ...events.flatMap(ofEvent((outfall) => deps.directory.outfallName(outfall as never))), ...answers.map(ofAnswer), ...lapses.map(ofLapse), ...talks.map(ofTalk), ...quotas.map(ofQuota(deps)), ...held.map(ofHeld),
  ];
  return { code: enterpriseCode(counts, value.rules), rule: { ...value, source, article, verified }, counts, entries: entries.sort((a, b) => b.at - a.at) };
}
