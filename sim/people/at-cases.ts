import { authorisationFile, CASE_ACTS, correctionFile, defenceOf, handledIn, lacksAct, lacksOrder, mayWaive, personFor, waiverOf, type Body, type CaseAct } from './case-bodies.ts';
import { chargePerson, pointsToCrime, toCharge, TRANSFER_ACTS, transferAddressees, transferStep } from './crime.ts';
import { DUTY_ACTS, dutyStep } from './duties.ts';
import { emptyPoints, evidenceFile, evidenceOf } from './evidence-files.ts';
import { chanceOf, isTime, unitLoginOf, type Troupe } from './habits.ts';
import { bring, handIn } from './hand-in.ts';
import { recordReceipt, type Parcel } from './parcels.ts';
import { seenAt, siteVisit, TO_THE_PLACE, wantsSiteRecord, wasInspected } from './on-site.ts';
import { MANAGER, personOf } from './persons.ts';
import type { CasePage, CaseRow, Page } from './shapes.ts';

/** The ordinary next step of each state, and how many hours its person lets pass: long enough that something lies on every desk, never as long as its term. */
const NEXT: Readonly<Record<string, { readonly step: string; readonly hours: readonly [number, number] }>> = {
  PRELIM_REVIEW: { step: 'PROPOSE_FILING', hours: [16, 64] },
  FILING_PROPOSED: { step: 'APPROVE_FILING', hours: [6, 40] },
  CASE_REVIEW: { step: 'PASS_CASE_REVIEW', hours: [16, 72] },
  DISCRETION: { step: 'SET_DISCRETION', hours: [10, 60] },
  DELIBERATION: { step: 'DELIBERATE', hours: [16, 60] },
  NOTICE_PREPARED: { step: 'SEND_NOTICE', hours: [6, 40] },
  DEFENCE_REVIEW: { step: 'REVIEW_DEFENCE', hours: [16, 60] },
  LEGAL_REVIEW: { step: 'PASS_LEGAL_REVIEW', hours: [16, 72] },
  COLLECTIVE_DISCUSSION: { step: 'RECORD_DISCUSSION', hours: [16, 60] },
  DECISION_READY: { step: 'DECIDE', hours: [8, 44] },
  DECIDED: { step: 'SEND_DECISION', hours: [2, 30] },
  TO_CLOSE: { step: 'PROPOSE_CLOSING', hours: [24, 96] },
  CLOSING_PROPOSED: { step: 'APPROVE_CLOSING', hours: [6, 44] },
};
/** A case that has not moved is not looked at again before. */
const LOOK_AGAIN = 1_200_000;

export interface DeskRow extends CaseRow {
  readonly rectification: string;
  readonly changedAt: number;
}

const ordinalOf = (caseNo: string): number => Number(caseNo.slice(-4)) || 1;

/** Every fourth case meets nobody who lets it lie, so that some are closed while others are at their beginning. */
const isBrisk = ({ caseNo }: CaseRow): boolean => ordinalOf(caseNo) % 4 === 1;
const actsUrl = (row: DeskRow): string => `/api/cases/${row.caseId}/acts`;
const ACTS: Readonly<Record<string, CaseAct>> = { ...CASE_ACTS, ...TRANSFER_ACTS, ...DUTY_ACTS };

async function take(cast: Troupe, row: DeskRow, page: CasePage, step: string, more: Body = {}): Promise<boolean> {
  const act = ACTS[step];
  return act !== undefined && cast.act(personFor(act, row.unitId), actsUrl(row), { kind: step, ...act.body(page, cast.now()), ...more });
}

/** Minutes the officers of a case spend on an act of it, never two acts at once; undefined until they have them. */
const spend = (cast: Troupe, row: DeskRow, { state }: CasePage, minutes: number, ends?: 'NOW') => cast.agenda.spend(state.officers.map(({ name }) => name), row.changedAt, minutes, ends);

/** Every paper still wanted, each with a file of its own, taken in one sitting. False when none is. */
async function gather(cast: Troupe, row: DeskRow, page: CasePage): Promise<boolean> {
  const now = cast.now();
  const points = emptyPoints(page);
  const sitting = points.length === 0 ? undefined : spend(cast, row, page, 8 + (chanceOf(row.caseId, 'taken') % 18), 'NOW');
  for (const point of sitting === undefined ? [] : points) {
    const sha256 = await bring(cast, 'officer', evidenceFile(page, point, now), `/api/cases/${row.caseId}/files`);
    if (sha256 !== undefined) await cast.act('officer', actsUrl(row), { ...evidenceOf(page, point, sha256, now), startedAt: sitting?.from });
  }
  return points.length > 0;
}

/** What values alone cannot show is looked for at the place: the way there is approved first, and then the officers go. */
async function visit(cast: Troupe, row: DeskRow, page: CasePage): Promise<void> {
  if (page.state.mode === 'OFFSITE' && !wantsSiteRecord(page)) return void (await cast.act('officer', actsUrl(row), TO_THE_PLACE));
  const time = spend(cast, row, page, 45 + (chanceOf(row.caseId, 'visit') % 40));
  if (time !== undefined) await cast.act('officer', actsUrl(row), siteVisit(page, lacksAct(page) ? seenAt(cast.happened, page) : undefined, time));
}

/** Somebody is asked, when the officers have the time. */
async function ask(cast: Troupe, row: DeskRow, page: CasePage): Promise<void> {
  const time = spend(cast, row, page, 25 + (chanceOf(row.caseId, 'asked') % 25));
  if (time !== undefined) await take(cast, row, page, 'RECORD_INQUIRY', { startedAt: time.from, endedAt: time.to });
}

/** States in which something may be ordered to be put right; an order under way is looked at first. */
const MAY_ORDER = ['NO_ORDER', 'NOT_CORRECTED', 'CORRECTED'];

/** Papers first, then who has to answer for it; what is wrong is ordered to be put right before it is weighed. */
async function investigate(cast: Troupe, row: DeskRow, page: CasePage, asked: Set<string>): Promise<void> {
  const { state, evidencePoints, mergeTargets } = page;
  const joins = state.filing?.beside?.find(({ way, caseNo }) => way === 'JOIN' && mergeTargets.some((one) => one.caseNo === caseNo));
  const into = mergeTargets.find(({ caseNo }) => caseNo === joins?.caseNo);
  if (joins !== undefined && into !== undefined) return void (await take(cast, row, page, 'MERGE_CASE', { intoCaseId: into.caseId, reason: joins.reason.replaceAll('该案', into.caseNo).replaceAll('本案', state.caseNo) }));
  if ((lacksAct(page) || wantsSiteRecord(page)) && !wasInspected(page)) return visit(cast, row, page);
  if (await gather(cast, row, page)) return;
  if (evidencePoints.some((p) => p.id === 'INQUIRY' && p.required && p.items.length === 0)) return ask(cast, row, page);
  // Nothing was found: the case ends for want of proof.
  if (lacksAct(page)) return void (await take(cast, row, page, 'FINISH_INVESTIGATION'));
  const anew = lacksOrder(page);
  if (anew && !MAY_ORDER.includes(state.rectification)) return;
  if (state.person === undefined && (anew || state.rectification === 'NO_ORDER')) {
    await consentOnce(cast, row, asked);
    return void (await take(cast, row, page, 'ORDER_RECTIFICATION'));
  }
  // Another party to the act is told in its own case, by hand where it has no account.
  if (page.next.some(({ command }) => command === 'TELL_SUSPICION')) return void (await take(cast, row, page, 'TELL_SUSPICION'));
  if (state.person !== undefined) await recordReceipts(cast, row, page);
  if (pointsToCrime(page)) return void (await take(cast, row, page, 'PROPOSE_TRANSFER'));
  const charged = toCharge(page);
  if (charged !== undefined && (await chargePerson(cast, actsUrl(row), state, charged))) return;
  await take(cast, row, page, 'FINISH_INVESTIGATION');
}

/** A person has no account: the officer writes down what he says. */
const speakerLogin = ({ unitId }: DeskRow, { state }: CasePage): string => (state.person === undefined ? unitLoginOf(unitId) : 'officer');

/** What stands against the notice, the decision or the closing is settled by the officers first, one point a turn. */
async function settleOpenPoints(cast: Troupe, row: DeskRow, page: CasePage): Promise<boolean> {
  if (!['NOTICE_PREPARED', 'LEGAL_REVIEW', 'DECISION_READY', 'TO_CLOSE'].includes(row.mainState)) return false;
  const step = ['SETTLE_LATER_FINDINGS', 'ANSWER_SUGGESTION'].find((one) => page.next.some(({ command }) => command === one));
  return step !== undefined && take(cast, row, page, step);
}

/** Whoever takes the clue up signs for its sheet first. */
async function signFor(cast: Troupe, { state }: CasePage): Promise<void> {
  const url = `/api/review/clues/${state.clueId}`;
  const clue = await cast.look<{ readonly state: string; readonly signedInAt: string | null }>('officer', url);
  if (clue?.state === 'HANDED_OVER' && clue.signedInAt === null) await cast.act('officer', `${url}/sign-in`);
}

async function waive(cast: Troupe, row: DeskRow, page: CasePage): Promise<void> {
  const me = unitLoginOf(row.unitId);
  const authorisation = await handIn(cast, me, authorisationFile(page, cast.now()), '/api/unit/materials');
  if (authorisation !== undefined) await cast.act(me, actsUrl(row), waiverOf(page, authorisation));
}

async function partyInWindow(cast: Troupe, row: DeskRow, page: CasePage): Promise<void> {
  const { state } = page;
  const mood = chanceOf(row.caseId, 'window');
  if (cast.now() > (state.notice?.windowEnds ?? Number.POSITIVE_INFINITY)) await take(cast, row, page, 'CLOSE_WINDOW');
  else if ((mood < 45 || state.person !== undefined) && state.defence.length === 0) await cast.act(speakerLogin(row, page), actsUrl(row), defenceOf(page));
  else if (state.person === undefined && (mood >= 75 || isBrisk(row)) && mayWaive(page)) await waive(cast, row, page);
}

/** An order that was served and not yet checked. */
const CORRECTING = ['CORRECTING', 'REPORTED'];

/** What was ordered is put right and looked at again, whatever the case has come to meanwhile. True while that is under way. */
async function correct(cast: Troupe, row: DeskRow, page: CasePage): Promise<boolean> {
  const { rectification } = page.state;
  if (rectification === 'CORRECTING' && isTime(cast.now(), row.changedAt, 20, 80, row.caseId, 'rect')) {
    const file = await handIn(cast, unitLoginOf(row.unitId), correctionFile(page, cast.now()), '/api/unit/materials');
    await take(cast, row, page, 'REPORT_RECTIFICATION', file === undefined ? {} : { proof: [file] });
  } else if (rectification === 'REPORTED' && isTime(cast.now(), row.changedAt, 10, 40, row.caseId)) await take(cast, row, page, 'CHECK_RECTIFICATION');
  return CORRECTING.includes(rectification);
}

/** A party that did not agree to electronic service gets its papers by hand; the receipt is recorded. */
async function recordReceipts(cast: Troupe, { caseId }: DeskRow, { state }: CasePage): Promise<void> {
  const list = await cast.look<Page<Parcel>>('officer', `/api/deliveries?subjectId=${caseId}`);
  for (const parcel of (list?.items ?? []).filter((p) => p.arrivedAt === null && p.state === 'SENT')) await recordReceipt(cast, parcel, 'officer', state.person?.name);
}

async function consentOnce(cast: Troupe, row: DeskRow, asked: Set<string>): Promise<void> {
  if (asked.has(row.unitId) || chanceOf(row.unitId, 'consent') < 15) return;
  const me = unitLoginOf(row.unitId);
  const answer = await cast.look<{ consent: { act: string } | null }>(me, '/api/unit/consent');
  if (answer?.consent?.act !== 'GIVEN') await cast.act(me, '/api/unit/consent', { signerName: personOf(row.unitId, MANAGER).name, signerRole: `经单位授权的${MANAGER}`, recipient: me });
  asked.add(row.unitId);
}

const OUT_FOR_SERVICE = ['NOTICE_SENT', 'DECISION_SENT'];

/** How long nobody need look at the case, by its state; less where acts beside the main procedure wait. */
function restOf(row: DeskRow, bound: boolean): readonly [number, number] {
  if (row.rectification === 'ORDER_SENT' || OUT_FOR_SERVICE.includes(row.mainState)) return [3, 40];
  const next = NEXT[row.mainState];
  if (bound) return [4, 30];
  if (row.mainState === 'PERFORMING') return chanceOf(row.caseId, 'late') < 6 && !isBrisk(row) ? [400, 500] : [40, 240];
  return next === undefined || isBrisk(row) ? [1, 6] : next.hours;
}

/** Whom the desk asked for consent, and which cases have something to do that their provision demands. */
interface Notebook {
  readonly asked: Set<string>;
  readonly bound: Set<string>;
}

async function caseTurn(cast: Troupe, row: DeskRow, { asked, bound }: Notebook): Promise<void> {
  const now = cast.now();
  const rested = isTime(now, row.changedAt, ...restOf(row, bound.has(row.caseId)), row.caseId, row.mainState);
  if (!rested && !CORRECTING.includes(row.rectification)) return;
  const page = await cast.look<CasePage>('enforcement', `/api/cases/${row.caseId}`);
  if (page === undefined) return;
  const correcting = await correct(cast, row, page);
  if (!rested) return;
  const duty = dutyStep(page);
  if (duty === undefined) bound.delete(row.caseId);
  else {
    bound.add(row.caseId);
    return void (await take(cast, row, page, duty, await transferAddressees(cast, page, duty)));
  }
  if (page.state.production === 'LIMIT_SENT') return recordReceipts(cast, row, page);
  if (row.rectification === 'ORDER_SENT' || OUT_FOR_SERVICE.includes(row.mainState)) return recordReceipts(cast, row, page);
  const moved = transferStep(page);
  if (moved !== undefined) {
    if (isTime(now, row.changedAt, ...moved.hours, row.caseId, moved.step)) await take(cast, row, page, moved.step, await transferAddressees(cast, page, moved.step));
    return;
  }
  // What the party did about the order is one of the things to weigh, and the file is not closed before it is known.
  if (correcting && (row.mainState === 'DISCRETION' || row.mainState === 'TO_CLOSE')) return;
  // What was not put right stays open: an amount that is used up may be for the rest of its year.
  if (row.rectification === 'NOT_CORRECTED' && row.mainState === 'TO_CLOSE') return;
  if (row.mainState === 'INVESTIGATING') return investigate(cast, row, page, asked);
  if (row.mainState === 'DEFENCE_WINDOW') return partyInWindow(cast, row, page);
  if (await settleOpenPoints(cast, row, page)) return;
  const handled = row.mainState === 'PRELIM_REVIEW' && handledIn(page) !== undefined;
  const step = handled ? 'REFUSE_FILING' : row.mainState === 'PERFORMING' ? 'REGISTER_PAYMENT' : NEXT[row.mainState]?.step;
  if (row.mainState === 'PRELIM_REVIEW') await signFor(cast, page);
  if (step !== undefined) await take(cast, row, page, step);
}

/** The enforcement office: each open case one step at most in a turn; closed ones are filed, decisions published. */
export function openCaseDesk(cast: Troupe): (office: boolean) => Promise<void> {
  const notebook: Notebook = { asked: new Set<string>(), bound: new Set<string>() };
  const seen = new Map<string, { readonly changedAt: number; readonly at: number }>();
  let looked = 0;
  return async (office) => {
    if (!office) return;
    const open = await cast.look<Page<DeskRow>>('enforcement', '/api/cases?open=true&limit=100');
    for (const row of open?.items ?? []) {
      const last = seen.get(row.caseId);
      if (last?.changedAt === row.changedAt && cast.now() - last.at < LOOK_AGAIN) continue;
      seen.set(row.caseId, { changedAt: row.changedAt, at: cast.now() });
      await caseTurn(cast, row, notebook);
    }
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
