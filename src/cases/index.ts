/** ⑥ Cases: filing → investigation → notice → decision → performance → closing, by one table. */
export { actInside, actOnCase, type Stepped } from './act-on-case.ts';
export type { CaseEvent, StepEvent } from './case-event.ts';
export { casePage, loadCase, timelineOf, type CasePage, type ClockView, type TimelineEntry } from './case-page.ts';
export { COMMAND_KINDS, commandSchema, type CaseCommand, type CommandKind } from './commands/index.ts';
export { connectCases, parseDataRef } from './connect.ts';
export { eventJson } from './event-digest.ts';
export { decideCase } from './decide-case.ts';
export { foldCase } from './fold.ts';
export { casesHandlers } from './on-events.ts';
export { DOSSIER_SECTIONS, PAPER_KINDS, paperEntry, type DossierSection, type PaperKind } from './paper-kinds.ts';
export type { EvidenceItem, PaperRef, PenaltyCase } from './penalty-case.ts';
export type { AuthorityFacts, CaseDeps, CaseDirectory, DataReviews, Papers, PartyFacts, Post } from './ports.ts';
export { receiveHandover, type Handover } from './receive-handover.ts';
export { caseRoutes } from './routes.ts';
export {
  INITIAL,
  MAIN_STATES,
  RECTIFICATION_STATES,
  REMEDY_STATES,
  STATE_TITLES,
  TRACKS,
  type AnyState,
  type MainState,
  type Track,
} from './states.ts';
export { caseIdByNo, caseOfClue, countByState, listCases, type CaseRow } from './store/case-list.ts';
export { discretionRunsOf, papersOf, type StoredPaper } from './store/case-file.ts';
export { eventsOf, leavesOf } from './store/case-store.ts';
export type { Transition } from './transition.ts';
export { TRANSITIONS, transitionOf } from './transitions.ts';
export { unitCasePage } from './unit-page.ts';
export { whatIsMissing, type NextStep } from './what-is-missing.ts';
