import { platformActor } from '#access';
import { asId, ok, type DeliveryId, type Result } from '#kernel';
import type { Tx } from '#platform/db';
import { newId } from '#platform/ids';
import type { StepEvent } from '../case-event.ts';
import { otherParty } from '../kin/open-kin.ts';
import { partyOfCase } from '../kin/liable-person.ts';
import { paperEntry, type PaperKind } from './paper-kinds.ts';
import { paperData } from './paper-data.ts';
import type { PaperFacts } from './paper-facts.ts';
import { SEALED_LETTERS } from './procedure-papers.ts';
import type { CaseActor, PaperRef, PenaltyCase } from '../penalty-case.ts';
import type { CaseDeps, PaperOrder } from '../ports.ts';

export interface DrawnPaper {
  readonly ref: PaperRef;
  readonly data: object;
}

/** Draws up every paper the step owes. A document that cannot be made (a missing glyph, no seal) refuses the whole act. */
export async function drawUpPapers(
  tx: Tx,
  deps: CaseDeps,
  before: PenaltyCase,
  after: PenaltyCase,
  event: StepEvent,
): Promise<Result<DrawnPaper[]>> {
  const facts = await factsFor(tx, deps, before, after, event);
  const drawn: DrawnPaper[] = [];
  for (const kind of event.owes) {
    const data = paperData(kind, { ...facts, made: drawn.map(({ ref }) => ref) });
    const issued = await deps.papers.issue(tx, orderFor(kind, data, facts));
    if (!issued.ok) return issued;
    const { documentId, number, title, sha256, pages } = issued.value;
    const makers = makersOf(kind, facts).map(({ name }) => name).join('、');
    drawn.push({ ref: { kind, paperId: newId('ppr'), documentId, number, title, sha256, pages, ...(makers === '' ? {} : { madeBy: makers }) }, data });
  }
  return ok(drawn);
}

export interface DraftedPaper {
  readonly kind: PaperKind;
  readonly data: object;
  readonly authority: string;
}

/** Data of the papers the step would make. Nothing is numbered, sealed or kept. */
export async function draftPapers(tx: Tx, deps: CaseDeps, before: PenaltyCase, after: PenaltyCase, event: StepEvent): Promise<DraftedPaper[]> {
  const facts = await factsFor(tx, deps, before, after, event);
  return event.owes.map((kind) => ({ kind, data: paperData(kind, facts), authority: facts.authority.name }));
}

async function factsFor(
  tx: Tx,
  deps: CaseDeps,
  before: PenaltyCase,
  after: PenaltyCase,
  event: StepEvent,
): Promise<PaperFacts> {
  const unknown = { name: before.unitId, creditCode: '', address: '', legalRepresentative: '', permitNumber: '' };
  const party = partyOfCase(deps.directory, before) ?? {
    ...unknown,
    partyType: 'DISCHARGE_UNIT' as const,
    unitId: before.unitId,
    authorityId: before.authorityId,
    region: before.region,
  };
  const named = before.partyName === undefined ? party : { ...party, name: before.partyName };
  const authority = await deps.directory.authority(tx, before.authorityId);
  const outfallName = before.outfallId === undefined ? '' : deps.directory.outfallName(before.outfallId);
  const delivered = 'deliveryId' in event.command ? await deps.post.find(tx, asId<DeliveryId>(event.command.deliveryId)) : undefined;
  const other = otherParty(deps, before, event.command, before.unitId);
  return { before, after, event, party: named, authority, outfallName, delivered, deps, ...(other === undefined ? {} : { other }) };
}

/** The receipt of a paper that was brought is made by those who brought it, whoever records the step. */
const makersOf = (kind: PaperKind, { delivered }: PaperFacts): readonly CaseActor[] => (kind === 'DELIVERY_PROOF' ? (delivered?.servers ?? []) : []);

function orderFor(kind: PaperKind, data: object, facts: PaperFacts): PaperOrder {
  const { after, event, authority } = facts;
  // Who prepared it is never who approved it: on the spot the second officer stands for the first.
  const officer = after.officers.find((o) => o.accountId !== event.actor.accountId) ?? after.officers[0];
  const approval = approvalOf(kind, facts);
  const { outer, by } = paperEntry(kind);
  // Before officers are named the platform draws up the letter from what was handed over.
  const preparedBy = approval === undefined ? (makersOf(kind, facts)[0] ?? event.actor) : (officer ?? platformActor(after.region));
  return {
    kind,
    data,
    caseId: after.caseId,
    authority,
    unitId: outer === true || by === 'PARTY' ? after.unitId : null,
    preparedBy: { accountId: preparedBy.accountId, name: preparedBy.name },
    ...(approval === undefined ? {} : { approval }),
  };
}

/** The seal follows from the act of an approver; an officer of the case prepared the paper. */
function approvalOf(kind: PaperKind, { after, event }: PaperFacts): PaperOrder['approval'] {
  const approval = SEALED_LETTERS.includes(kind) ? 'THE_ACT' : paperEntry(kind).approval;
  if (approval === undefined) return undefined;
  const act = approval === 'THE_ACT' ? event : after.latest[approval];
  if (act === undefined) throw new Error(`cases: ${kind} without the approval it is sealed on`);
  const { accountId, name } = act.actor;
  return { accountId, name, approvedAt: act.at, ref: `${after.caseId}:${after.version}`, ofThisPaper: approval !== 'THE_ACT' };
}
