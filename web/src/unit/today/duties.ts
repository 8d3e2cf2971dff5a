import { useQueries } from '@tanstack/react-query';
import type { Text } from '../../shared/i18n.tsx';
import { CLOCKS, TOLD } from '../parts/words.ts';
import { msOf, useNow } from '../../shared/moment.ts';
import { ANEW_MS, useCases, useDeviceMatters, useMay, useOpenSheets, useSuspicions, useTruthing, useUnconfirmed } from '../parts/queries.ts';
import { call } from '../../shared/api.ts';
import { ask, type Notice, type SheetRow } from '../shapes.ts';
import { useArticle } from '../../shared/terms/article.ts';
import { inShort } from '../../shared/told/in-short.ts';
import { byStake, factsInShort, place, type Stake } from './order.ts';

/** One thing the unit must or may do, wherever it comes from. */
export interface Duty {
  readonly key: string;
  readonly to: string;
  readonly title: Text;
  readonly about: Text;
  readonly act: Text;
  readonly kind: 'duty' | 'right';
  /** What is lost when it is missed: money or a right; else it is an answer that is owed, or a receipt to confirm. */
  readonly stake: Stake;
  /** A reminder or warning of some days ago whose receipt is still to be confirmed. */
  readonly old?: boolean;
  readonly dueAt: number | null;
  readonly day?: string;
  readonly dayKind?: string | undefined;
  readonly workingDaysLeft?: number | undefined;
  readonly article: string;
  readonly paused?: boolean;
}

/** Duties of one kind, and everything that had to be asked for them. */
interface Part {
  readonly duties: readonly Duty[];
  readonly queries: readonly { readonly isPending: boolean; readonly isError: boolean; readonly error: unknown; readonly data: unknown; refetch(): Promise<unknown> }[];
}

/** So long a reminder or warning stands among what waits; then it is folded. */
const OLD_MS = 3 * 86_400_000;
/** The longest term of a remedy, six months, and a month for what excludes time. */
const REMEDIES_MS = 214 * 86_400_000;
const ANSWERABLE = ['FEEDBACK_PENDING', 'FEEDBACK_OVERDUE'];
const same = (text: string): Text => ({ zh: text, en: text });
const numbered = (number: string, about: Text): Text => ({ zh: `${number} · ${about.zh}`, en: `${number} · ${about.en}` });
/** The number of a paper and what it was about; of a sheet where. The facts of a suspicion stand with the right to answer them, and once. */
const told = ({ documentNumber, about, subjectKind }: Notice): Text =>
  about === null || subjectKind === 'clue' ? same(documentNumber) : numbered(documentNumber, subjectKind === 'sheet' ? place(about) : about);

const ANSWERS = {
  REMIND: { zh: '提醒', en: 'a reminder' }, WARN: { zh: '警告', en: 'a warning' }, WORK_ORDER: { zh: '电子督办单', en: 'an e-supervision sheet' },
} as const satisfies Record<SheetRow['tier'], Text>;

/** Answers to reminders and warnings: the clock's article stands in the sheet itself. */
function useSheetDuties(): Part {
  const list = useOpenSheets();
  const pending = (list.data?.items ?? []).filter((sheet) => ANSWERABLE.includes(sheet.state));
  const pages = useQueries({ queries: pending.map(({ sheetId }) => ({ queryKey: ['sheet', sheetId], queryFn: () => ask('GET /api/unit/sheets/:sheetId', { params: { sheetId } }), refetchInterval: ANEW_MS })) });
  const duties = pending.map((sheet, i): Duty => ({
    key: sheet.sheetId, to: `/sheets/${sheet.sheetId}`, kind: 'duty', stake: 'ANSWER', about: inShort(sheet.sentence), dueAt: msOf(sheet.feedbackDue),
    title: { zh: `${ANSWERS[sheet.tier].zh}待反馈 · ${sheet.outfallName}`, en: `Answer ${ANSWERS[sheet.tier].en} · ${sheet.outfallName}` },
    act: { zh: '说明情况', en: 'Explain' }, article: pages[i]?.data?.deadlines.find((row) => row.state === 'OPEN')?.article ?? '',
  }));
  return { duties, queries: [list, ...pages] };
}

/** Data to be put right, for as long as an answer is owed by this person. */
function useTruthingDuties(): Part {
  const list = useTruthing();
  const duties = (list.data?.items ?? []).filter((task) => task.mayAnswer).map((task): Duty => ({
    key: task.taskId, to: '/truthing', kind: 'duty', stake: 'ANSWER', title: { zh: `数据归真 · ${task.outfallName}`, en: `Put data right · ${task.outfallName}` }, about: same(task.what),
    act: { zh: '办理并答复', en: 'Do and answer' }, dueAt: msOf(task.dueAt), day: task.dueDay, article: task.article,
  }));
  return { duties, queries: [list] };
}

function useReceiptDuties(): Part {
  const list = useUnconfirmed();
  const now = useNow();
  const article = useArticle();
  const duties = (list.data?.items ?? []).map((notice): Duty => ({
    key: notice.deliveryId, to: notice.subjectKind === 'clue' ? `/suspicions/${notice.subjectId}` : notice.subjectKind === 'sheet' ? `/sheets/${notice.subjectId}` : `/notices/${notice.deliveryId}`,
    kind: 'duty', stake: 'RECEIPT', old: notice.subjectKind === 'sheet' && now - Date.parse(notice.sentAt) > OLD_MS, title: { zh: `确认收到：${notice.documentTitle}`, en: `Confirm receipt: ${article(notice.documentTitle)}` }, about: told(notice),
    act: { zh: '打开并确认', en: 'Open and confirm' }, dueAt: null, article: TOLD,
  }));
  return { duties, queries: [list] };
}

function useSuspicionDuties(): Part {
  const list = useSuspicions();
  const duties = (list.data?.items ?? []).filter((row) => !row.late && row.stateUntil !== null).map((row): Duty => ({
    key: `say-${row.clueId}`, to: `/suspicions/${row.clueId}`, kind: 'right', stake: 'LOSS', title: { zh: '可以对涉嫌违法事实提出陈述、申辩', en: 'You may state your side on a suspicion' },
    about: numbered(row.documentNo ?? '', factsInShort(row.facts)), act: { zh: '查看数据并陈述', en: 'See the data and state' }, article: TOLD,
    dueAt: Date.parse(`${row.stateUntil}T24:00:00+08:00`), day: row.stateUntil ?? '',
  }));
  return { duties, queries: [list] };
}

function useCaseDuties(): Part {
  const list = useCases();
  const now = useNow();
  // A case that ended leaves rights behind: reconsideration and suit run from the service of its decision (行政复议法 第二十条; 行政诉讼法 第四十六条).
  const open = (list.data?.items ?? []).filter((row) => row.closedAt === null || now - row.closedAt < REMEDIES_MS);
  const pages = useQueries({ queries: open.map(({ caseId }) => ({ queryKey: ['case', caseId], queryFn: () => call('GET /api/unit/cases/:id', { params: { id: caseId } }), refetchInterval: ANEW_MS })) });
  const duties = pages.flatMap(({ data }) => (data === undefined ? [] : data.clocks.filter((clock) => clock.state === 'OPEN' || clock.state === 'PAUSED').map((clock): Duty => {
    const words = CLOCKS[clock.clockId];
    return {
      key: `${data.caseId}-${clock.clockId}`, to: `/cases/${data.caseId}`, kind: words?.kind ?? 'right', stake: 'LOSS', title: { zh: clock.title, en: words?.en ?? clock.title },
      about: { zh: `案件 ${data.caseNo}`, en: `Case ${data.caseNo}` }, act: { zh: '前往案件', en: 'Open the case' }, dueAt: clock.dueAt, day: clock.dueDay,
      dayKind: clock.dayKind, workingDaysLeft: clock.workingDaysLeft, article: clock.article, paused: clock.state === 'PAUSED',
    };
  })));
  return { duties, queries: [list, ...pages] };
}

/** A faulty device is to be repaired in time; whatever else runs there is the authority's term. */
function useDeviceDuties(): Part {
  const list = useDeviceMatters();
  const duties = (list.data?.items ?? []).filter((row) => row.state === 'OPEN' && row.ends.includes('REPAIRED')).map((row): Duty => ({
    key: row.matterId, to: '/devices', kind: 'duty', stake: 'ANSWER', title: { zh: `设备故障待修复：${row.device}`, en: `Repair: ${row.device}` }, about: same(row.reason),
    act: { zh: '前往办理', en: 'Open' }, dueAt: msOf(row.dueAt), article: row.article ?? '',
  }));
  return { duties, queries: [list] };
}

/** Everything that waits for the unit, what costs money or a right first and of that the nearest; rights whose time has passed are not shown as work. */
export function useDuties() {
  const now = useNow();
  const all = [useSheetDuties(), useTruthingDuties(), useReceiptDuties(), useSuspicionDuties(), useCaseDuties(), useDeviceDuties()];
  const may = [useMay('supervision.read-own'), useMay('truthing.read'), useMay('delivery.read-own'), useMay('review.notice-read'), useMay('case.read-own'), useMay('register.report-device')];
  const parts = all.filter((_, i) => may[i]);
  const duties = parts.flatMap((part) => part.duties).filter((one) => one.kind === 'duty' || one.dueAt === null || one.dueAt > now);
  const queries = parts.flatMap((part) => part.queries);
  const failed = queries.find((query) => query.isError);
  return {
    // Of what is not yet known nobody may be told that nothing waits.
    data: queries.every((query) => query.data !== undefined) ? duties.sort(byStake) : undefined,
    isPending: queries.some((query) => query.isPending), isError: failed !== undefined, error: failed?.error,
    refetch: () => Promise.all(queries.filter((query) => query.isError).map((query) => query.refetch())),
  };
}
