import { z } from 'zod';
import { unstopped } from '#kernel';
import { PENALTY_TITLES, type Bilingual } from '#law';
import type { Database } from '#platform/db';
import { decisionInBoth } from '../papers/decision-words.ts';
import type { PaperKind } from '../papers/paper-kinds.ts';
import type { PaperRef, PenaltyCase } from '../penalty-case.ts';
import type { AuthorityFacts, Papers } from '../ports.ts';

const provision = z.object({ instrument: z.string(), article: z.string(), text: z.string().default('') });
const provisions = z.array(provision);
const noticeData = z.object({
  broken: provisions, penal: provisions, benchmark: z.string(), proposal: z.string(), amount: z.string().optional(), statementTerm: z.string(),
  hearing: z.object({ term: z.string(), basis: provisions }).optional(),
});
const decisionData = z.object({
  broken: provisions, penal: provisions, decisions: z.array(z.string()), payment: z.string().optional(), consequence: z.string().optional(),
  discretion: z.string().optional(), evidence: z.array(z.object({ name: z.string(), proves: z.string() })).default([]),
  remedies: z.object({ reconsiderationBody: z.string(), reconsiderationTerm: z.string(), court: z.string(), suitTerm: z.string() }),
});

const texts = z.object({ zh: z.string(), en: z.string() });

/** What a prior notice proposes, in its own words: read from the paper that was served, not from the file, which may have gone on. */
export const servedProposalSchema = z.object({
  number: z.string(), penalties: z.array(texts), amount: z.number().nullable().describe('yuan; null where no fine is proposed'), broken: provisions, penal: provisions,
  benchmark: z.string(), statementTerm: z.string(), hearing: z.object({ term: z.string(), basis: provisions }).nullable(),
});
type ServedProposal = z.infer<typeof servedProposalSchema>;

/** What a decision says, how it is to be paid and who may be asked to look at it again. */
export const servedDecisionSchema = z.object({
  number: z.string(), decisions: z.array(texts), broken: provisions, penal: provisions, payment: z.string().nullable(), reconsideration: texts.extend({ term: z.string() }), court: texts.extend({ term: z.string() }),
});
type ServedDecision = z.infer<typeof servedDecisionSchema>;

const TITLES = Object.values(PENALTY_TITLES);
const SUM = /人民币 (\S+) 元/;
/** A kind of penalty with its sum in both languages; anything else stays as it was written. */
export function inBoth(text: string): Bilingual {
  const title = TITLES.find(({ zh }) => text.includes(zh));
  const sum = SUM.exec(text)?.[1];
  if (title !== undefined && !text.includes('；')) return { zh: text, en: sum === undefined ? title.en : `${title.en}: ${sum} yuan` };
  return { zh: text, en: text };
}

/** What a penalty decision was printed from, as far as it is told on pages; undefined for any other paper. */
export const decisionSaid = (data: unknown): z.infer<typeof decisionData> | undefined => decisionData.safeParse(data).data;

/** The newest paper of a kind that the party has. */
const served = (state: PenaltyCase, kinds: readonly PaperKind[]): PaperRef | undefined =>
  state.papers.findLast(({ kind, paperId, documentId }) => kinds.includes(kind) && documentId !== undefined && state.arrived[paperId] !== undefined);

async function dataOf<T extends z.ZodType>(db: Database, papers: Pick<Papers, 'dataOf'>, paper: PaperRef | undefined, schema: T): Promise<z.infer<T> | undefined> {
  if (paper?.documentId === undefined) return undefined;
  const parsed = schema.safeParse(await papers.dataOf(db, paper.documentId));
  return parsed.success ? parsed.data : undefined;
}

/** The proposal as it reached the party; undefined before. */
export async function servedProposal(db: Database, papers: Pick<Papers, 'dataOf'>, state: PenaltyCase): Promise<ServedProposal | undefined> {
  const paper = served(state, ['PRIOR_NOTICE']);
  const data = await dataOf(db, papers, paper, noticeData);
  if (paper === undefined || data === undefined) return undefined;
  const { proposal, amount, hearing, ...rest } = data;
  const penalties = (proposal.split('：').at(-1) ?? '').split('、').map(inBoth);
  return { number: paper.number, penalties, amount: amount === undefined ? null : Number(amount), hearing: hearing ?? null, ...rest };
}

/** The decision as it reached the party; undefined before. A body is named in English where the authority's own data name it. */
export async function servedDecision(db: Database, papers: Pick<Papers, 'dataOf'>, state: PenaltyCase, authority: Pick<AuthorityFacts, 'reconsiderationBody' | 'court' | 'payee'>): Promise<ServedDecision | undefined> {
  const paper = served(state, ['PENALTY_DECISION']);
  const data = await dataOf(db, papers, paper, decisionData);
  if (paper === undefined || data === undefined) return undefined;
  const named = decisionInBoth(authority);
  const { remedies, payment, decisions, broken, penal } = data;
  return {
    number: paper.number, broken, penal, payment: payment ?? null, decisions: decisions.map((one) => inBoth(unstopped(one))),
    reconsideration: { ...named(remedies.reconsiderationBody), term: remedies.reconsiderationTerm },
    court: { ...named(remedies.court), term: remedies.suitTerm },
  };
}
