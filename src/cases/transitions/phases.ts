import type { MainState } from '../states.ts';

/** From filing to the decision: while the term of ninety days runs. */
export const UNDECIDED: readonly MainState[] = [
  'INVESTIGATING',
  'CASE_REVIEW',
  'DISCRETION',
  'DELIBERATION',
  'NOTICE_PREPARED',
  'NOTICE_SENT',
  'DEFENCE_WINDOW',
  'HEARING_REQUESTED',
  'HEARING_NOTICED',
  'HEARING_ADJOURNED',
  'DEFENCE_REVIEW',
  'LEGAL_REVIEW',
  'COLLECTIVE_DISCUSSION',
  'DECISION_READY',
];

/** From the decision to the closing. */
export const DECIDED: readonly MainState[] = [
  'DECIDED',
  'DECISION_SENT',
  'PERFORMING',
  'OVERDUE',
  'DEMANDED',
  'COURT_APPLIED',
  'TO_CLOSE',
  'CLOSING_PROPOSED',
  'CLOSED',
];
