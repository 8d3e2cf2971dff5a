import type { DiscretionFactor, Words } from '../../shapes.ts';

/** What the server says of the law of a case, of like cases and of a replay; the description leaves these open. */
export interface LawView {
  readonly violation: string;
  readonly title: Words;
  readonly candidates: readonly { readonly id: string; readonly instrument: string; readonly article: string; readonly min: number | null; readonly max: number | null; readonly verified: boolean; readonly brokenKnown: boolean }[];
  readonly correspondences: readonly { readonly old: string; readonly next: string; readonly oldRange: string; readonly nextRange: string; readonly change: 'LIGHTER' | 'HEAVIER' | 'SAME' | 'CANNOT_TELL' }[];
  readonly choiceRequired: boolean;
  readonly reason: string;
  readonly lighter: string | null;
  readonly proposed: string | null;
  readonly reported: string | null;
  readonly chosen: { readonly id: string; readonly name: string; readonly reason: string; readonly by: string; readonly at: number } | null;
  readonly exemptions: readonly Exemption[];
  readonly criminalPreCheck: boolean;
  readonly computed: readonly (Words & { readonly factor: string; readonly grade: string; readonly refused: readonly string[] })[];
  readonly table: { readonly id: string; readonly title: Words; readonly version: string; readonly verified: boolean; readonly factors: readonly DiscretionFactor[] } | null;
}
export interface Exemption extends Words {
  readonly id: string;
  readonly force: string;
  readonly article: string;
  readonly verified: boolean;
  readonly conditions: readonly string[];
  readonly fits: 'PROPOSED' | 'OPEN' | 'EXCLUDED';
  readonly applied: boolean;
  readonly notFollowed: NotFollowed | null;
  readonly checks: readonly (Words & { readonly outcome: 'MET' | 'NOT_MET' | 'CANNOT_TELL' })[];
}
/** Why a suggestion was not followed, and what was found of its conditions. */
export interface NotFollowed {
  readonly reason: string;
  readonly answers: readonly { readonly ground: string; readonly holds: boolean }[];
  readonly by: string;
  readonly at: number;
}
/** A time that does not count towards the term of the decision. */
export interface ExcludedPeriod {
  readonly ground: string;
  readonly reason: string;
  readonly article: string;
  readonly from: number;
  readonly to?: number;
}
/** One of the checks of the file review and what the file says to it. */
export interface QualityLine {
  readonly no: number;
  readonly zh: string;
  readonly en: string;
  readonly article: string;
  readonly paper: string;
  readonly outcome: 'SOUND' | 'PROBLEM' | 'NOT_YET' | 'BY_HAND';
  readonly found: string;
}
export interface Spread {
  readonly n: number;
  readonly min: number;
  readonly q1: number;
  readonly median: number;
  readonly q3: number;
  readonly max: number;
}
export interface LikeCases {
  readonly spread: Spread | null;
  readonly alike: Spread | null;
  readonly asked: number;
  readonly cases: readonly { readonly caseId: string; readonly caseNo: string; readonly decidedOn: string; readonly amount: number; readonly sameGrades: number }[];
}
/** A discretion table as the server keeps it; what the replay page changes is sent back whole. */
export interface DiscretionTable {
  readonly id: string;
  readonly version: string;
  readonly region: string;
  readonly title: Words;
  readonly family: string;
  readonly violations: readonly string[];
  readonly factors: readonly DiscretionFactor[];
  readonly adjustCapPercent: string;
  readonly verified: boolean;
}
export interface Replay {
  readonly rows: readonly { readonly caseId: string; readonly caseNo: string; readonly decidedOn: string; readonly before: number; readonly after: number | null; readonly why: Words | null }[];
  readonly before: Spread | null;
  readonly after: Spread | null;
  readonly changed: number;
  readonly impossible: number;
}
