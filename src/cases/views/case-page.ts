import { accountsOf, type Actor } from '#access';
import { addDays, asId, dayOf, startOfDay, type AccountId, type CalendarDay, type CaseId, type Instant, type RegionKey } from '#kernel';
import { own, localBasis, type Bilingual } from '#law';
import { deadlinesOf } from '#platform/deadlines';
import type { Database } from '#platform/db';
import type { CaseEvent } from '../case-event.ts';
import { causeOf, chargedKeys, demandsOf, itemsOf, pointsOf, standingDecision } from '../charged-acts.ts';
import { foldCase } from '../fold.ts';
import { KIN } from '../kin/kin.ts';
import { siblingsOf, type Sibling } from '../kin/siblings.ts';
import { fitsParty, keyUnitOf, partyNameOf } from '../kin/liable-person.ts';
import { crimeProposal, proposeMeasures, type MeasureProposal } from '../measures/propose-measures.ts';
import { dutiesOf, type LegalDuty } from '../measures/duties.ts';
import { fileQuality, type QualityLine } from '../quality/file-quality.ts';
import { legalChecks, type LegalCheck } from '../quality/legal-checks.ts';
import { isOver, unanswered, type Suggestion } from '../measures/suggestions.ts';
import { amountStandings, goesOn, type AmountStanding } from '../evidence/amount-standing.ts';
import { draftOfPoint } from '../evidence/what-it-proves.ts';
import { foundFacts } from '../papers/found-facts.ts';
import { PAPER_KINDS } from '../papers/paper-kinds.ts';
import { lawView, type LawView } from './law-view.ts';
import type { NotFollowed, PenaltyCase } from '../penalty-case.ts';
import type { CaseDeps } from '../ports.ts';
import { contestablePapers } from '../remedies/contested-acts.ts';
import { surchargeOwed } from '../recovery/obligations.ts';
import { refundDue } from '../recovery/refund.ts';
import { stateOn, STATE_TITLES, TRACK_KEYS, TRACKS, type AnyState, type Track, type TrackStates } from '../states.ts';
import { hearingViews, type HearingView } from './hearing-view.ts';
import { caseHeads, mergeTargets } from '../store/case-list.ts';
import { eventsOf } from '../store/case-store.ts';
import { noticesOf, type CaseNotice } from '../store/notices.ts';
import { clockViews, nextClockOf, type ClockView } from './clock-views.ts';
import { lookUp, suspicionTold } from './look-up.ts';
import { storyOf, type CaseStory } from './story.ts';
import { suggestPartner } from './suggest-partner.ts';
import { transitionOf } from '../transitions/transitions.ts';
import { whatIsMissing, type NextStep } from './what-is-missing.ts';

/** Everything the page of a case shows to somebody who may see it. */
export interface CasePage {
  readonly state: PenaltyCase;
  /** The rules of the file review, each with what it found. */
  readonly quality: readonly QualityLine[];
  /** What the party paid without owing it, in yuan. */
  readonly refund: number;
  /** Acts other than the penalty that may be contested now. */
  readonly contestable: readonly { readonly paperId: string; readonly title: string; readonly number: string }[];
  /** What lateness has added and is neither paid nor waived, in yuan. */
  readonly surcharge: { readonly FINE: number; readonly DAILY: number };
  /** Where each track stands, the main one first. */
  readonly tracks: readonly TrackView[];
  /** 案由 (`causeOf`); empty before the filing is proposed. */
  readonly cause: Bilingual;
  readonly unitName: string;
  readonly outfallName: string;
  /** What was measured there, in words. */
  readonly factorNames: readonly string[];
  readonly timeline: readonly TimelineEntry[];
  readonly clocks: readonly ClockView[];
  /** The clock of the headline (`nextClockOf`). */
  readonly nextClock: ClockView | null;
  readonly next: readonly NextStep[];
  /** Hearings that were notified: on the penalty, and on a daily penalty beside it. */
  readonly hearings: readonly HearingView[];
  /** Measures the file points to, each with its grounds; a person decides. */
  readonly proposals: readonly (MeasureProposal & { readonly notFollowed: NotFollowed | null; readonly over: boolean })[];
  /** The clue as handed over, what it grew by, and what became of that; null for a clue no model raised. */
  readonly story: CaseStory | null;
  /** What the file points to and is neither followed nor answered. */
  readonly unanswered: readonly Suggestion[];
  readonly evidencePoints: readonly EvidencePointView[];
  /** The facts as found so far, in Chinese: a draft for the report of the investigation. */
  readonly foundFacts: string;
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
  /** At its filing: cases of the same party that are open or close by; empty later. */
  readonly siblings: readonly Sibling[];
  /** What the applied provision demands beside the fine, and how it is met. */
  readonly duties: readonly LegalDuty[];
  /** The points of the legal review as the file answers them; empty at other steps. */
  readonly legalChecks: readonly LegalCheck[];
  /** The permitted amounts charged, from the reported correction to now; empty where none is to be checked. */
  readonly amounts: readonly (AmountStanding & { readonly goesOn: boolean })[];
  /** What it proposes to demand, by the kinds of violation. */
  readonly demands: readonly string[];
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
  /** What an item for it would prove and who makes it, as a draft. */
  readonly proves: string;
  readonly provider: string;
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
  const looked = await lookUp(deps.db, deps, state);
  const clocks = clockViews(deps.law, state, await deadlinesOf(deps.db, 'case', caseId), now);
  const outfallName = state.outfallId === undefined ? '' : deps.directory.outfallName(state.outfallId);
  const file = { state, law: deps.law, now, ...looked };
  const quality = fileQuality(file);
  return {
    state,
    quality,
    refund: refundDue(state),
    surcharge: { FINE: surchargeOwed(state, 'FINE', dayOf(now)), DAILY: surchargeOwed(state, 'DAILY', dayOf(now)) },
    contestable: contestablePapers(state).map(({ paperId, title, number }) => ({ paperId, title, number })),
    tracks: trackViews(state),
    cause: causeOf(deps.law, chargedKeys(state)),
    unitName: partyNameOf(deps.directory, state),
    outfallName,
    factorNames: state.factors.map((factor) => (state.outfallId === undefined ? factor : deps.directory.factorName(state.outfallId, factor))),
    timeline: await timelineOf(deps, state.region, events),
    clocks,
    nextClock: nextClockOf(clocks, state.unitId, now) ?? null,
    next: whatIsMissing(state, actor, deps.law, now, { ...looked, quality, told: await suspicionTold(deps.db, deps, state) }),
    hearings: hearingViews(state),
    proposals: proposalsOf(deps, state, now),
    story: await storyOf(deps, state, looked.clue, now),
    unanswered: (['DUTY', 'CRIME', 'MEASURE', 'EXEMPTION'] as const).flatMap((kind) => unanswered(state, looked.suggestions ?? [], kind)).filter((one) => !isOver(state, one)),
    evidencePoints: evidencePoints(state, deps),
    foundFacts: foundFacts(state, deps.law),
    kin: await kinViews(deps, state),
    notices: await noticesOf(deps.db, caseId),
    mergeTargets:
      state.main !== 'INVESTIGATING' || state.filedAt === undefined
        ? []
        : (await mergeTargets(deps.db, { ...state, filedAt: state.filedAt })).map(({ caseId: id, caseNo }) => ({ caseId: id, caseNo })),
    partner: (await suggestPartner(deps, state, actor, now)) ?? null,
    siblings: state.main === 'PRELIM_REVIEW' ? siblingsOf(state, looked.others ?? [], deps.law, now) : [],
    duties: dutiesOf(state, deps.law, now),
    legalChecks: state.main === 'LEGAL_REVIEW' ? legalChecks({ ...file, quality }) : [],
    correctBy: addDays(dayOf(now), deps.law.valueAt('cases.correctionDays', state.region, dayOf(now)).value),
    amounts: await amountsToCheck(deps, state, now),
    demands: demandsOf(state, deps.law, outfallName),
    law: await lawView(deps, state, events, now, looked),
    furtherLaw: await Promise.all(state.further.map((act) => lawView(deps, state, events, now, looked, act))),
  };
}

async function amountsToCheck(deps: CaseDeps, state: PenaltyCase, now: Instant): Promise<CasePage['amounts']> {
  const since = state.rectification === 'REPORTED' ? state.latest.REPORT_RECTIFICATION?.command.completedOn : undefined;
  return since === undefined ? [] : (await amountStandings(deps, state, startOfDay(since), now)).map((one) => ({ ...one, goesOn: goesOn(one) }));
}

/** Proposals of measures, each with what a person answered; the check for a crime stays to be read after the decision. */
function proposalsOf({ law, directory }: Pick<CaseDeps, 'law' | 'directory'>, state: PenaltyCase, now: Instant): CasePage['proposals'] {
  const known = { state, keyUnit: keyUnitOf(directory, state), law, now };
  const decided = standingDecision(state) !== undefined && state.notFollowed['PROPOSE_TRANSFER'] !== undefined ? crimeProposal(known) : undefined;
  const found = [...(decided === undefined ? [] : [decided]), ...proposeMeasures(known)].filter(({ command }) => fitsParty(state, transitionOf(command)));
  return found.map((one) => ({ ...one, notFollowed: state.notFollowed[one.command] ?? null, over: one === decided }));
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
          article: localBasis(law, `${own('handover')}；${own('filing')}；生态环境行政处罚办法 第十八条`, region),
          to: STATE_TITLES.PRELIM_REVIEW.zh,
          toEn: STATE_TITLES.PRELIM_REVIEW.en,
        }),
  }));
}

/** Points of proof with what shows them. What the review passed becomes evidence with the filing: before it nothing is missing yet. */
export function evidencePoints(state: PenaltyCase, { law, directory }: Pick<CaseDeps, 'law' | 'directory'>): EvidencePointView[] {
  if (state.main === 'PRELIM_REVIEW' || state.main === 'FILING_PROPOSED') return [];
  return pointsOf(state, law).map((p) => ({
    id: p.id,
    zh: p.title.zh,
    en: p.title.en,
    required: p.required,
    kinds: p.kinds,
    items: itemsOf(state, p.id).map((e) => e.itemId),
    ...draftOfPoint(law, directory, state, p.id),
  }));
}
