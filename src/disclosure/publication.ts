import { personsOf, type Actor } from '#access';
import { ok, type AccountId, type AuthorityId, type CalendarDay, type CaseId, type DocumentId, type Instant, type LeafIndex, type Result, type UnitId } from '#kernel';
import type { Bilingual } from '#law';
import { refuse } from './errors.ts';
import type { HiddenKind } from './redact.ts';

/** States of a publication (信息公开). */
export const PUBLICATION_STATES = {
  PREPARED: { zh: '待批准公开', en: 'waiting for approval' },
  PUBLISHED: { zh: '已公开', en: 'published' },
  WITHHELD: { zh: '不予公开', en: 'withheld' },
  WITHDRAWN: { zh: '已撤回', en: 'withdrawn' },
} as const;
export type PublicationState = keyof typeof PUBLICATION_STATES;

interface Provision {
  readonly instrument: string;
  readonly article: string;
}
/** What a decision says beside its facts, in its own words with personal data hidden (行政处罚法 第四十八条、第五十九条). */
export interface DecisionContent {
  /** Items of evidence with what each proves; none where a text was prepared without them. */
  readonly evidence?: readonly { readonly name: string; readonly proves: string }[];
  /** Reasons for the sum (裁量理由). */
  readonly discretion?: string;
  /** How and by when it is performed, and what follows where it is not. */
  readonly performance?: string;
  readonly broken: readonly Provision[];
  readonly penal: readonly Provision[];
  readonly orders: readonly string[];
  readonly remedies: { readonly reconsiderationBody: string; readonly reconsiderationTerm: string; readonly court: string; readonly suitTerm: string };
}

/** A decision prepared for the public: its text with names hidden, who prepared and who approved it. */
export interface Publication {
  readonly publicationId: string;
  readonly caseId: CaseId;
  readonly caseNo: string;
  readonly authorityId: AuthorityId;
  readonly authorityName: string;
  readonly unitId: UnitId;
  readonly unitName: string;
  readonly creditCode: string;
  readonly documentId: DocumentId | null;
  readonly documentNo: string;
  readonly documentSha: string | null;
  /** 案由. */
  readonly violation: string;
  readonly facts: string;
  /** Null where the decision is no penalty decision. */
  readonly content: DecisionContent | null;
  readonly outcome: string;
  /** Yuan. */
  readonly amount: number;
  readonly decidedOn: CalendarDay;
  /** How often something was hidden, by kind; never the hidden words. */
  readonly redactions: Readonly<Partial<Record<HiddenKind, number>>>;
  readonly state: PublicationState;
  readonly preparedBy: AccountId;
  /** For whom a deputy prepared it. */
  readonly preparedFor: AccountId | null;
  readonly publishedAt: Instant | null;
  readonly withdrawnAt: Instant | null;
  readonly withdrawNote: string | null;
  /** The published text as a file (SHA-256) and its leaf in the evidence log; null before publication. */
  readonly textSha: string | null;
  readonly textLeaf: LeafIndex | null;
  readonly changedAt: Instant;
}

export const PUBLICATION_ACTS = ['edit', 'publish', 'withhold', 'withdraw'] as const;
export type PublicationAct = (typeof PUBLICATION_ACTS)[number];

/** Acts as the course of a case tells them; the platform itself prepares the first text. */
export const ACT_TITLES: Readonly<Record<'prepare' | PublicationAct, Bilingual>> = {
  prepare: { zh: '拟定公开文本', en: 'public text prepared' },
  edit: { zh: '修改公开文本', en: 'public text edited' },
  publish: { zh: '批准公开', en: 'publication approved' },
  withhold: { zh: '决定不予公开', en: 'publication withheld' },
  withdraw: { zh: '撤回公开', en: 'publication withdrawn' },
};

/** Preparing and approving belong to different people. */
export const actionOf = (act: PublicationAct) => (act === 'edit' ? 'disclosure.prepare' : 'disclosure.approve');

/** Published text is never edited in place: it is withdrawn, with an explanation, and stays readable as withdrawn. */
const STEPS: Readonly<Record<PublicationState, Partial<Record<PublicationAct, PublicationState>>>> = {
  PREPARED: { edit: 'PREPARED', publish: 'PUBLISHED', withhold: 'WITHHELD' },
  PUBLISHED: { withdraw: 'WITHDRAWN' },
  WITHHELD: { edit: 'PREPARED' },
  WITHDRAWN: {},
};

/** Where an act leads. What a person prepared another approves, deputies and those they act for counting as one; withholding and withdrawing need words. */
export function decidePublication(publication: Pick<Publication, 'state' | 'preparedBy' | 'preparedFor'>, act: PublicationAct, by: Pick<Actor, 'accountId' | 'behalf'>, note: string): Result<PublicationState> {
  const next = STEPS[publication.state][act];
  if (next === undefined) return refuse('DISC-002');
  if (act === 'publish' && personsOf(by).some((one) => one === publication.preparedBy || one === publication.preparedFor)) return refuse('DISC-003');
  if ((act === 'withhold' || act === 'withdraw') && note.trim().length < 5) return refuse('DISC-004', { field: 'note' });
  return ok(next);
}

const SOME_WORDS = '说明理由如下';
/** The acts a person could carry out now, given the words they want: none is offered to whoever may not. */
export const actsOpenTo = (publication: Pick<Publication, 'state' | 'preparedBy' | 'preparedFor'>, by: Pick<Actor, 'accountId' | 'behalf'>): readonly PublicationAct[] =>
  PUBLICATION_ACTS.filter((act) => decidePublication(publication, act, by, SOME_WORDS).ok);
