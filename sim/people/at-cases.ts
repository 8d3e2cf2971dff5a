import { CASE_ACTS, DEFENCE, missingEvidence, personFor, siteRecord, WAIVER, wantsSiteRecord } from './case-bodies.ts';
import { chanceOf, isTime, unitLoginOf, type Troupe } from './habits.ts';
import { recordReceipt, type Parcel } from './parcels.ts';
import type { CasePage, CaseRow, Page } from './shapes.ts';

/** Where the case with this ordinal is left standing, so that a stranger finds one at every step. */
const STANDS_AT: readonly string[] = [
  'ARCHIVED', 'PERFORMING', 'DEFENCE_WINDOW', 'INVESTIGATING', 'ARCHIVED', 'LEGAL_REVIEW', 'CASE_REVIEW', 'FILING_PROPOSED',
  'DELIBERATION', 'PRELIM_REVIEW', 'DECISION_READY', 'TO_CLOSE', 'NOTICE_PREPARED', 'DISCRETION',
];
/** A stop is for looking at. After it the case goes on, before a term would run out. */
const STOP_HOURS: Readonly<Record<string, number>> = { PRELIM_REVIEW: 120, FILING_PROPOSED: 60, DEFENCE_WINDOW: 24 * 40, PERFORMING: 24 * 13, TO_CLOSE: 24 * 40 };
const LONG = 24 * 60;

/** The ordinary next step of each state, and how many hours its person lets pass. */
const NEXT: Readonly<Record<string, { readonly step: string; readonly hours: readonly [number, number] }>> = {
  PRELIM_REVIEW: { step: 'PROPOSE_FILING', hours: [10, 44] },
  FILING_PROPOSED: { step: 'APPROVE_FILING', hours: [2, 10] },
  CASE_REVIEW: { step: 'PASS_CASE_REVIEW', hours: [8, 24] },
  DISCRETION: { step: 'SET_DISCRETION', hours: [2, 10] },
  DELIBERATION: { step: 'DELIBERATE', hours: [8, 24] },
  NOTICE_PREPARED: { step: 'SEND_NOTICE', hours: [3, 20] },
  DEFENCE_REVIEW: { step: 'REVIEW_DEFENCE', hours: [8, 24] },
  LEGAL_REVIEW: { step: 'PASS_LEGAL_REVIEW', hours: [8, 30] },
  COLLECTIVE_DISCUSSION: { step: 'RECORD_DISCUSSION', hours: [8, 30] },
  DECISION_READY: { step: 'DECIDE', hours: [3, 12] },
  DECIDED: { step: 'SEND_DECISION', hours: [1, 4] },
  TO_CLOSE: { step: 'PROPOSE_CLOSING', hours: [6, 20] },
  CLOSING_PROPOSED: { step: 'APPROVE_CLOSING', hours: [2, 10] },
};

export interface DeskRow extends CaseRow {
  readonly rectification: string;
  readonly changedAt: number;
}

const ordinalOf = (caseNo: string): number => Number(caseNo.slice(-4)) || 1;

/** Is this the step at which the case is shown, and has it been shown long enough? */
function isLeft(row: DeskRow, now: number): boolean {
  const stop = STANDS_AT[(ordinalOf(row.caseNo) - 1) % STANDS_AT.length];
  return row.mainState === stop && now - row.changedAt < (STOP_HOURS[stop] ?? LONG) * 3_600_000;
}

const actsUrl = (row: DeskRow): string => `/api/cases/${row.caseId}/acts`;

async function take(cast: Troupe, row: DeskRow, page: CasePage, step: string): Promise<boolean> {
  const act = CASE_ACTS[step];
  return act !== undefined && cast.act(personFor(act, row.unitId), actsUrl(row), { kind: step, ...act.body(page, cast.now()) });
}

/** Papers of the unit go up once; the officers fix each of them to its point. */
async function investigate(cast: Troupe, row: DeskRow, page: CasePage): Promise<void> {
  const missing = page.evidencePoints.filter((p) => p.required && p.items.length === 0);
  if (missing.some((p) => p.id !== 'INQUIRY') || wantsSiteRecord(page)) {
    const scan = await cast.as(unitLoginOf(row.unitId)).request<{ sha256: string }>('POST', '/api/unit/materials', { base64: Buffer.from(`${page.unitName} 档案扫描件`).toString('base64') });
    if (!scan.ok) return;
    // One fixing a turn, each on the newest state of the case.
    const [item] = [...missingEvidence(page, scan.body.sha256, cast.now()), ...siteRecord(page, scan.body.sha256, cast.now())];
    if (item !== undefined) await cast.act('officer', actsUrl(row), item);
    return;
  }
  await take(cast, row, page, missing.length > 0 ? 'RECORD_INQUIRY' : 'FINISH_INVESTIGATION');
}

async function partyInWindow(cast: Troupe, row: DeskRow, page: CasePage): Promise<void> {
  const { state } = page;
  const mood = chanceOf(row.caseId, 'window');
  const me = unitLoginOf(row.unitId);
  if (cast.now() > (state.notice?.windowEnds ?? Number.POSITIVE_INFINITY)) await take(cast, row, page, 'CLOSE_WINDOW');
  else if (mood < 45 && state.defence.length === 0) await cast.act(me, actsUrl(row), DEFENCE);
  else if (mood >= 75 || ordinalOf(row.caseNo) === 1) await cast.act(me, actsUrl(row), WAIVER);
}

async function perform(cast: Troupe, row: DeskRow, page: CasePage): Promise<void> {
  const { state } = page;
  const served = state.decision?.delivery?.arrivedAt ?? cast.now();
  if (state.rectification === 'CORRECTING' && isTime(cast.now(), served, 20, 80, row.caseId, 'rect')) await take(cast, row, page, 'REPORT_RECTIFICATION');
  else if (state.rectification === 'REPORTED' && isTime(cast.now(), row.changedAt, 10, 40, row.caseId)) await take(cast, row, page, 'CHECK_RECTIFICATION');
  else if (row.mainState === 'PERFORMING' && isTime(cast.now(), served, 40, 170, row.caseId, 'pay')) await take(cast, row, page, 'REGISTER_PAYMENT');
}

/** A party that did not agree to electronic service gets its papers by hand; the receipt is recorded. */
async function recordReceipts(cast: Troupe, row: DeskRow): Promise<void> {
  const list = await cast.look<Page<Parcel>>('officer', `/api/deliveries?subjectId=${row.caseId}`);
  for (const parcel of (list?.items ?? []).filter((p) => p.arrivedAt === null && p.state === 'SENT')) await recordReceipt(cast, parcel, 'officer');
}

async function consentOnce(cast: Troupe, row: DeskRow, asked: Set<string>): Promise<void> {
  if (asked.has(row.unitId) || chanceOf(row.unitId, 'consent') < 15) return;
  const me = unitLoginOf(row.unitId);
  const answer = await cast.look<{ consent: { act: string } | null }>(me, '/api/unit/consent');
  if (answer?.consent?.act !== 'GIVEN') await cast.act(me, '/api/unit/consent', { signerName: '单位负责人', signerRole: '法定代表人', recipient: me });
  asked.add(row.unitId);
}

async function caseTurn(cast: Troupe, row: DeskRow, asked: Set<string>): Promise<void> {
  const now = cast.now();
  const next = NEXT[row.mainState];
  const [least, most] = next?.hours ?? [1, 3];
  if (isLeft(row, now) || !isTime(now, row.changedAt, least, most, row.caseId, row.mainState)) return;
  if (row.mainState === 'NOTICE_PREPARED') await consentOnce(cast, row, asked);
  if (row.mainState === 'NOTICE_SENT' || row.mainState === 'DECISION_SENT' || row.rectification === 'ORDER_SENT') return recordReceipts(cast, row);
  const page = await cast.look<CasePage>('enforcement', `/api/cases/${row.caseId}`);
  if (page === undefined) return;
  const open = ['CORRECTING', 'REPORTED'].includes(row.rectification);
  if (row.mainState === 'INVESTIGATING') return investigate(cast, row, page);
  if (row.mainState === 'DEFENCE_WINDOW') return partyInWindow(cast, row, page);
  if (row.mainState === 'PERFORMING' || (row.mainState === 'TO_CLOSE' && open)) return perform(cast, row, page);
  if (row.mainState === 'DECIDED' && row.rectification === 'NO_ORDER') return void (await take(cast, row, page, 'ORDER_RECTIFICATION'));
  if (next !== undefined) await take(cast, row, page, next.step);
}

/** The enforcement office: each open case one step at most in a turn; closed ones are filed, decisions published. */
export function openCaseDesk(cast: Troupe): (office: boolean) => Promise<void> {
  const asked = new Set<string>();
  let looked = 0;
  return async (office) => {
    if (!office) return;
    const open = await cast.look<Page<DeskRow>>('enforcement', '/api/cases?open=true&limit=100');
    for (const row of open?.items ?? []) await caseTurn(cast, row, asked);
    if (cast.now() - looked < 20 * 3_600_000) return;
    looked = cast.now();
    const closed = await cast.look<Page<DeskRow>>('archivist', '/api/cases?state=CLOSED&limit=50');
    for (const row of closed?.items ?? []) await cast.act('archivist', `/api/archive/${row.caseId}`);
    const papers = await cast.look<Page<{ id: string; caseId: string; state: string }>>('head', '/api/disclosure/publications');
    for (const { id, caseId, state } of papers?.items ?? []) {
      if (state !== 'PREPARED') continue;
      // What the party has not been served with is not published.
      const page = await cast.look<CasePage>('head', `/api/cases/${caseId}`);
      if (page?.state.decision?.delivery !== undefined) await cast.act('head', `/api/disclosure/publications/${id}`, { act: 'publish', note: '依法公开。' });
    }
  };
}
