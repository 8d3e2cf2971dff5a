import type { CasePage, Words } from '../shapes.ts';

/** The lawful steps as the drawing shows them, each with the states it covers. */
export const STAGES: readonly (Words & { readonly states: readonly string[] })[] = [
  { zh: '立案', en: 'Filing', states: ['PRELIM_REVIEW', 'FILING_PROPOSED', 'NOT_FILED', 'TRANSFERRED_OUT'] },
  { zh: '调查取证', en: 'Investigation', states: ['INVESTIGATING', 'MERGED', 'SUSPENDED', 'TRANSFER_PROPOSED', 'TRANSFER_APPROVED', 'WITH_POLICE', 'POLICE_REFUSED', 'REFUSAL_REVIEW', 'CRIMINAL_CASE'] },
  { zh: '案件审查', en: 'Case review', states: ['CASE_REVIEW'] },
  { zh: '裁量', en: 'Discretion', states: ['DISCRETION'] },
  { zh: '案件审议', en: 'Deliberation', states: ['DELIBERATION'] },
  { zh: '告知', en: 'Prior notice', states: ['NOTICE_PREPARED', 'NOTICE_SENT'] },
  { zh: '陈述申辩/听证', en: 'Defence, hearing', states: ['DEFENCE_WINDOW', 'HEARING_REQUESTED', 'HEARING_NOTICED', 'HEARING_ADJOURNED', 'DEFENCE_REVIEW'] },
  { zh: '法制审核', en: 'Legal review', states: ['LEGAL_REVIEW', 'COLLECTIVE_DISCUSSION'] },
  { zh: '决定', en: 'Decision', states: ['DECISION_READY', 'DECIDED'] },
  { zh: '送达', en: 'Service', states: ['DECISION_SENT'] },
  { zh: '执行', en: 'Performance', states: ['PERFORMING', 'OVERDUE', 'DEMANDED', 'COURT_APPLIED'] },
  { zh: '结案', en: 'Closing', states: ['TO_CLOSE', 'CLOSING_PROPOSED', 'CLOSED'] },
  { zh: '归档', en: 'Archive', states: ['ARCHIVED'] },
];

export const stageOf = (state: string): number => Math.max(0, STAGES.findIndex((stage) => stage.states.includes(state)));
/** Ends that are not the archive: the path stops where it stands. */
export const STOPPED = new Set(['NOT_FILED', 'MERGED', 'TRANSFERRED_OUT']);

/** Where the case stands on a track, in words. */
export function standing({ tracks }: CasePage, track: string): Words {
  const found = tracks.find((one) => one.track === track);
  return { zh: found?.stateZh ?? '—', en: found?.stateEn ?? '—' };
}

/** The three tracks every case knows; all others are special measures with a place of their own on the page. */
export const isMeasure = (track: string): boolean => !['MAIN', 'RECTIFICATION', 'REMEDY', 'ACT_REMEDY'].includes(track);
