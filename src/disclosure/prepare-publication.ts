import { allAuthorities, platformActor } from '#access';
import { causeOf, chargedKeys, decisionSaid, loadCase } from '#cases';
import { findDocument } from '#documents';
import { asId, dayOf, instant, type AccountId, type AuthorityId, type CaseId, type Clock, type DocumentId, type RegionKey, type Result, type UnitId } from '#kernel';
import type { Law, ViolationKey } from '#law';
import type { Database, Tx } from '#platform/db';
import { newId } from '#platform/ids';
import type { BlobStore } from '#platform/blobs';
import type { Logger } from '#platform/log';
import { partyOf, type StoredRegistry } from '#register';
import { z } from 'zod';
import type { DecisionContent, Publication } from './publication.ts';
import { initial, redact, redactIn } from './redact.ts';
import { insertAct, insertPublication } from './store.ts';

/** What publication works with. */
export interface DisclosureDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly blobs: BlobStore;
  readonly law: Law;
  readonly registry: () => StoredRegistry;
  readonly papers: PublicationPapers;
}

/** What the form that approves or refuses a publication prints (公开审批表). */
export interface ApprovalFacts {
  readonly cause: string;
  readonly unit: string;
  readonly rows: readonly { readonly label: string; readonly text: string }[];
  readonly basis: readonly { readonly instrument: string; readonly article: string }[];
  readonly opinions: readonly { readonly role: string; readonly opinion: string; readonly name: string; readonly date: string }[];
}
/** Draws up the form; a form that cannot be made refuses the act. */
export interface PublicationPapers {
  approval(tx: Tx, publication: Publication, facts: ApprovalFacts, by: { readonly accountId: AccountId; readonly name: string }): Promise<Result<{ readonly number: string }>>;
}

/** `case.decided` of ⑥, as far as a publication relies on it. */
const decidedSchema = z.object({
  caseId: z.string(), caseNo: z.string(), unitId: z.string(), authorityId: z.string(), violation: z.string().nullable(), outcome: z.string().nullable(),
  amount: z.number().nullable(), decidedAt: z.number().nullable(), documentId: z.string().nullable(), documentNumber: z.string().nullable(), region: z.string(),
});

/** Natural persons the file of a case names: whoever speaks for the unit, the party itself where it is one, who was asked, and the officers. */
export async function peopleIn(deps: Pick<DisclosureDeps, 'db' | 'registry'>, { caseId, unitId }: Pick<Publication, 'caseId' | 'unitId'>): Promise<string[]> {
  const state = (await loadCase(deps.db, caseId))?.state;
  return [partyOf(deps.registry(), unitId)?.legalRepresentative ?? '', state?.person?.name ?? '', ...(state?.evidence ?? []).filter(({ point }) => point.endsWith('INQUIRY')).map(({ provider }) => provider), ...(state?.officers ?? []).map((officer) => officer.name)];
}

/** What the decision says of evidence, law, discretion, orders, performance and remedies, people hidden; null where its paper says none. */
async function contentOf(tx: Tx, documentId: string | null, people: readonly string[]): Promise<DecisionContent | null> {
  const said = documentId === null ? undefined : decisionSaid((await findDocument(tx, asId<DocumentId>(documentId)))?.data);
  if (said === undefined) return null;
  const named = (rows: typeof said.broken) => rows.map(({ instrument, article }) => ({ instrument, article }));
  const { discretion = '', payment = '', consequence = '' } = said;
  return hidePeople({
    evidence: said.evidence.map(({ name, proves }) => ({ name, proves })), broken: named(said.broken), penal: named(said.penal), discretion, orders: said.decisions, performance: `${payment}${consequence}`, remedies: said.remedies,
  }, people);
}

/** The content with these people hidden in all that is said about the case; laws and bodies are named as they are. */
export function hidePeople(content: DecisionContent, people: readonly string[]): DecisionContent {
  const hide = redactIn(people);
  const { evidence = [], discretion = '', performance = '' } = content;
  return { ...content, evidence: evidence.map(({ name, proves }) => ({ name: hide(name), proves: hide(proves) })), discretion: hide(discretion), orders: content.orders.map(hide), performance: hide(performance) };
}

/**
 * Prepares what the public will read as soon as a penalty is decided (行政处罚法 第四十八条); who is cleared or not punished is not named. It is taken from the file, personal data hidden. A person
 * looks at it and another approves; nothing is published by itself.
 */
export async function preparePublication(tx: Tx, deps: DisclosureDeps, payload: unknown): Promise<void> {
  const decided = decidedSchema.parse(payload);
  if (decided.decidedAt === null || decided.violation === null || decided.outcome !== 'PENALTY') return;
  const loaded = await loadCase(deps.db, asId<CaseId>(decided.caseId));
  const unitId = asId<UnitId>(decided.unitId);
  const unit = partyOf(deps.registry(), unitId);
  const authority = (await allAuthorities(tx)).find((a) => a.authorityId === decided.authorityId);
  const state = loaded?.state;
  const people = await peopleIn(deps, { caseId: asId<CaseId>(decided.caseId), unitId });
  const { text, hidden } = redact(state?.report?.facts ?? state?.facts ?? '', people);
  const charged = state === undefined ? [] : chargedKeys(state);
  const now = deps.clock.now();
  const by = platformActor(asId<RegionKey>(decided.region)).accountId;
  const publication: Publication = {
    publicationId: newId('pub'), caseId: asId<CaseId>(decided.caseId), caseNo: decided.caseNo, authorityId: asId<AuthorityId>(decided.authorityId),
    authorityName: authority?.nameZh ?? decided.authorityId, unitId, unitName: state?.person === undefined ? (unit?.name ?? decided.unitId) : initial(state.person.name), creditCode: unit?.creditCode ?? '',
    documentId: decided.documentId === null ? null : asId<DocumentId>(decided.documentId), documentNo: decided.documentNumber ?? decided.caseNo,
    documentSha: state?.papers.find((paper) => paper.documentId === decided.documentId)?.sha256 ?? null,
    violation: causeOf(deps.law, charged.length === 0 ? [decided.violation as ViolationKey] : charged).zh, facts: text, content: await contentOf(tx, decided.documentId, people),
    outcome: '行政处罚', amount: decided.amount ?? 0, decidedOn: dayOf(instant(decided.decidedAt)), redactions: hidden,
    state: 'PREPARED', preparedBy: by, preparedFor: null, publishedAt: null, withdrawnAt: null, withdrawNote: null, textSha: null, textLeaf: null, changedAt: now,
  };
  if (!(await insertPublication(tx, publication))) return;
  await insertAct(tx, { eventId: newId('pev'), publicationId: publication.publicationId, at: now, act: 'prepare', to: 'PREPARED', actorId: by, note: '' });
}
