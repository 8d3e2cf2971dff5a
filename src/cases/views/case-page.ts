import { accountsOf, type Actor } from '#access';
import { addDays, asId, dayOf, type AccountId, type CalendarDay, type CaseId, type Instant, type RegionKey } from '#kernel';
import { CLOCK_IDS, localBasis, termLeft, type ClockId, type Law } from '#law';
import { deadlinesOf, type Deadline } from '#platform/deadlines';
import type { Database } from '#platform/db';
import type { CaseEvent } from '../case-event.ts';
import { pointsOf } from '../charged-acts.ts';
import { foldCase } from '../fold.ts';
import { KIN } from '../kin/kin.ts';
import { fitsParty, partyNameOf, partyOfCase } from '../kin/liable-person.ts';
import { proposeMeasures, type MeasureProposal } from '../measures/propose-measures.ts';
import { PAPER_KINDS } from '../papers/paper-kinds.ts';
import { lawView, type LawView } from './law-view.ts';
import type { PenaltyCase } from '../penalty-case.ts';
import type { CaseDeps } from '../ports.ts';
import { contestablePapers } from '../remedies/contested-acts.ts';
import { surchargeOwed } from '../recovery/obligations.ts';
import { refundDue } from '../recovery/refund.ts';
import { stateOn, STATE_TITLES, TRACK_KEYS, TRACKS, type AnyState, type Track, type TrackStates } from '../states.ts';
import { hearingViews, type HearingView } from './hearing-view.ts';
import { caseHeads, mergeTargets } from '../store/case-list.ts';
import { eventsOf } from '../store/case-store.ts';
import { noticesOf, type CaseNotice } from '../store/notices.ts';
import { suggestPartner } from './suggest-partner.ts';
import { transitionOf } from '../transitions/transitions.ts';
import { whatIsMissing, type NextStep } from './what-is-missing.ts';

/** A statutory clock of a case as people read it, with article and who holds it. */
export interface ClockView {
  readonly clockId: string;
  readonly title: string;
  readonly titleEn: string;
  readonly article: string;
  readonly holder: string;
  readonly state: string;
  readonly startedAt: number;
  readonly dueAt: number;
  /** Last day of the term, China time. */
  readonly dueDay: CalendarDay;
  readonly dayKind?: string;
  readonly workingDaysLeft?: number;
  readonly provisional: boolean;
  /** Only a broken duty is overdue; a right that lapsed is not. */
  readonly overdue: boolean;
  readonly effect: string;
  readonly verified: boolean;
}

/** Clocks with days left; the legal meaning of their end decides what may be shown in red. */
export function clockViews(law: Law, state: PenaltyCase, rows: readonly Deadline[], now: Instant): ClockView[] {
  return rows
    .filter((d) => isClock(d.clockId))
    .map((d) => {
      const rule = law.clock(d.clockId as ClockId, state.region, dayOf(d.startedAt as Instant));
      // The term is used up at 24:00: the last day is the one that instant closes.
      const dueDay = dayOf((d.dayKind === 'HOUR' ? d.dueAt : d.dueAt - 1) as Instant);
      const open = d.state === 'OPEN' || d.state === 'PAUSED';
      return {
        clockId: d.clockId,
        title: rule.title.zh,
        titleEn: rule.title.en,
        article: d.article,
        holder: d.holder,
        state: d.state,
        startedAt: d.startedAt,
        dueAt: d.dueAt,
        dueDay,
        ...(open ? termLeft(law.calendar, d, now) : {}),
        provisional: d.provisional,
        overdue: rule.effect === 'OVERDUE' && (d.overdue || (d.state === 'OPEN' && now > d.dueAt)),
        effect: rule.effect,
        verified: rule.verified,
      };
    });
}

const isClock = (id: string): id is ClockId => CLOCK_IDS.some((c) => c === id);

/** Everything the page of a case shows to somebody who may see it. */
export interface CasePage {
  readonly state: PenaltyCase;
  /** What the party paid without owing it, in yuan. */
  readonly refund: number;
  /** Acts other than the penalty that may be contested now. */
  readonly contestable: readonly { readonly paperId: string; readonly title: string; readonly number: string }[];
  /** What lateness has added and is neither paid nor waived, in yuan. */
  readonly surcharge: { readonly FINE: number; readonly DAILY: number };
  /** Where each track stands, the main one first. */
  readonly tracks: readonly TrackView[];
  readonly unitName: string;
  readonly outfallName: string;
  /** What was measured there, in words. */
  readonly factorNames: readonly string[];
  readonly timeline: readonly TimelineEntry[];
  readonly clocks: readonly ClockView[];
  readonly next: readonly NextStep[];
  /** Hearings that were notified: on the penalty, and on a daily penalty beside it. */
  readonly hearings: readonly HearingView[];
  /** Measures the file points to, each with its grounds; a person decides. */
  readonly proposals: readonly MeasureProposal[];
  readonly evidencePoints: readonly EvidencePointView[];
  readonly law: LawView | null;
  /** The same for each further violation of the case. */
  readonly furtherLaw: readonly (LawView | null)[];
  /** Cases about the same matter, each with a file of its own. */
  readonly kin: readonly KinView[];
  /** What was learnt later about the data the case stands on, newest first. */
  readonly notices: readonly CaseNotice[];
  /** Earlier cases of the same party this one may be merged into. */
  readonly mergeTargets: readonly { readonly caseId: string; readonly caseNo: string }[];
  /** Whom the form of a filing proposes as second officer. */
  readonly partner: AccountId | null;
  /** Last day an order to correct proposes: the region's days from today (`cases.correctionDays`). */
  readonly correctBy: CalendarDay;
}

export interface KinView {
  readonly zh: string;
  readonly en: string;
  readonly caseId: string;
  readonly caseNo: string;
  readonly unitName: string;
  readonly stateZh: string;
  readonly stateEn: string;
  readonly amount: number | null;
}

export interface TrackView {
  readonly track: Track;
  readonly zh: string;
  readonly en: string;
  readonly state: string;
  readonly stateZh: string;
  readonly stateEn: string;
  /** Something was done on it. */
  readonly begun: boolean;
  /** Something still has to be done on it. */
  readonly open: boolean;
}

export const trackViews = (state: TrackStates): TrackView[] =>
  TRACK_KEYS.map((track) => {
    const { zh, en, initial } = TRACKS[track];
    const here = stateOn(state, track);
    const entry = STATE_TITLES[here];
    const begun = here !== initial;
    const open = (begun || track === 'MAIN') && entry.final !== true && entry.atRest !== true;
    return { track, zh, en, state: here, stateZh: entry.zh, stateEn: entry.en, begun, open };
  });

/** One event of a case as people read it; `at` in epoch ms. */
export interface TimelineEntry {
  readonly seq: number;
  readonly at: number;
  readonly step: string;
  readonly zh: string;
  readonly en: string;
  readonly actor: string;
  readonly article: string;
  readonly to: string;
  readonly toEn: string;
  readonly papers: readonly {
    readonly paperId: string;
    readonly documentId?: string;
    readonly title: string;
    readonly number: string;
  }[];
}

interface EvidencePointView {
  readonly id: string;
  readonly zh: string;
  readonly en: string;
  readonly required: boolean;
  readonly kinds: readonly string[];
  readonly items: readonly string[];
}

/** Loads a case for a page; undefined when there is none. Permission is the caller's. */
export async function loadCase(
  db: Database,
  caseId: CaseId,
): Promise<{ state: PenaltyCase; events: CaseEvent[] } | undefined> {
  const events = await eventsOf(db, caseId);
  return events.length === 0 ? undefined : { state: foldCase(events), events };
}

/** Everything the case page shows: where it stands, what the law wants next, by when, what is still missing. */
export async function casePage(deps: CaseDeps, actor: Actor, caseId: CaseId): Promise<CasePage | undefined> {
  const loaded = await loadCase(deps.db, caseId);
  if (loaded === undefined) return undefined;
  const { state, events } = loaded;
  const now = deps.clock.now();
  return {
    state,
    refund: refundDue(state),
    surcharge: { FINE: surchargeOwed(state, 'FINE', dayOf(now)), DAILY: surchargeOwed(state, 'DAILY', dayOf(now)) },
    contestable: contestablePapers(state).map(({ paperId, title, number }) => ({ paperId, title, number })),
    tracks: trackViews(state),
    unitName: partyNameOf(deps.directory, state),
    outfallName: state.outfallId === undefined ? '' : deps.directory.outfallName(state.outfallId),
    factorNames: state.factors.map((factor) => (state.outfallId === undefined ? factor : deps.directory.factorName(state.outfallId, factor))),
    timeline: await timelineOf(deps, state.region, events),
    clocks: clockViews(deps.law, state, await deadlinesOf(deps.db, 'case', caseId), now),
    next: whatIsMissing(state, actor, deps.law, now, { told: await deps.reviews.told(deps.db, state.clueId) }),
    hearings: hearingViews(state),
    proposals: proposeMeasures({ state, keyUnit: partyOfCase(deps.directory, state)?.keyPolluter, law: deps.law, now }).filter(({ command }) => fitsParty(state, transitionOf(command))),
    evidencePoints: evidencePoints(state, deps.law),
    kin: await kinViews(deps, state),
    notices: await noticesOf(deps.db, caseId),
    mergeTargets:
      state.main !== 'INVESTIGATING' || state.filedAt === undefined
        ? []
        : (await mergeTargets(deps.db, { ...state, filedAt: state.filedAt })).map(({ caseId: id, caseNo }) => ({ caseId: id, caseNo })),
    partner: (await suggestPartner(deps, state, actor, now)) ?? null,
    correctBy: addDays(dayOf(now), deps.law.valueAt('cases.correctionDays', state.region, dayOf(now)).value),
    law: await lawView(deps, state, events, now),
    furtherLaw: await Promise.all(state.further.map((act) => lawView(deps, state, events, now, act))),
  };
}

async function kinViews({ db, directory }: Pick<CaseDeps, 'db' | 'directory'>, state: PenaltyCase): Promise<KinView[]> {
  const heads = new Map((await caseHeads(db, state.kin.map((one) => one.caseId))).map((head) => [head.caseId, head]));
  return state.kin.flatMap((one) => {
    const head = heads.get(one.caseId);
    if (head === undefined) return [];
    const { zh, en } = KIN[one.relation];
    const at = STATE_TITLES[head.mainState as AnyState];
    const unitName = head.partyName ?? directory.unit(one.unitId)?.name ?? one.unitId;
    return [{ zh, en, caseId: head.caseId, caseNo: head.caseNo, unitName, stateZh: at.zh, stateEn: at.en, amount: head.amount }];
  });
}

/** The events of a case in the words of people: deputies under their own name with whom they acted for. */
export async function timelineOf({ db, law }: Pick<CaseDeps, 'db' | 'law'>, region: RegionKey, events: readonly CaseEvent[]): Promise<TimelineEntry[]> {
  const ids = [...new Set(events.map((e) => e.actor.accountId))];
  const names = new Map((await accountsOf(db, ids as AccountId[])).map((a) => [a.accountId, a.name]));
  return events.map((event, i) => ({
    seq: i + 1,
    at: event.at,
    // A deputy stands under the name he acted with, 代 whom he acted for.
    actor: event.actor.behalf === undefined ? (names.get(asId<AccountId>(event.actor.accountId)) ?? event.actor.name) : event.actor.name,
    papers: event.papers.map((p) => ({
      paperId: p.paperId,
      title: p.title || PAPER_KINDS[p.kind].zh,
      number: p.number,
      ...(p.documentId === undefined ? {} : { documentId: p.documentId }),
    })),
    ...(event.kind === 'STEP'
      ? {
          step: event.command.kind,
          zh: transitionOf(event.command.kind).zh,
          en: transitionOf(event.command.kind).en,
          article: event.article,
          to: STATE_TITLES[event.to].zh,
          toEn: STATE_TITLES[event.to].en,
        }
      : {
          step: 'RECEIVED',
          zh: '收到移送',
          en: 'clue received',
          article: localBasis(law, '江苏办法 第十三条、第十四条；生态环境行政处罚办法 第十八条', region),
          to: STATE_TITLES.PRELIM_REVIEW.zh,
          toEn: STATE_TITLES.PRELIM_REVIEW.en,
        }),
  }));
}

function evidencePoints(state: PenaltyCase, law: Law): EvidencePointView[] {
  return pointsOf(state, law).map((p) => ({
    id: p.id,
    zh: p.title.zh,
    en: p.title.en,
    required: p.required,
    kinds: p.kinds,
    items: state.evidence.filter((e) => e.point === p.id).map((e) => e.itemId),
  }));
}
