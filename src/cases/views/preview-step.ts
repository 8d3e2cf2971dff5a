import type { Actor } from '#access';
import type { RedlineField } from '#documents';
import { ok, type CaseId, type Result } from '#kernel';
import { transact, type Tx } from '#platform/db';
import type { CaseCommand } from '../commands/index.ts';
import { draftPapers, type DraftedPaper } from '../papers/draw-up-papers.ts';
import { refuse } from '../errors.ts';
import { applyEvent, foldCase } from '../fold.ts';
import { foreseeStep } from './foresee-step.ts';
import type { PaperKind } from '../papers/paper-kinds.ts';
import type { PenaltyCase } from '../penalty-case.ts';
import type { CaseDeps, PaperDraft } from '../ports.ts';
import { paperOf } from '../store/case-list.ts';
import * as store from '../store/case-store.ts';

export interface PaperPreview extends PaperDraft {
  readonly kind: PaperKind;
  /** What this draft is compared with: `DRAFT` for the draft given along, the number of an issued paper, null for nothing. */
  readonly against: string | null;
  readonly changes: readonly RedlineField[];
}

/**
 * The papers a step would make, typeset with the values now in its form: no number, no seal, 草稿 across each page, and
 * nothing is kept. Compared with the draft given along, else with the newest issued paper of the same kind in the case.
 *
 * @param before the same form as it was before
 * @returns what the step itself would be refused for (CASE-…, ACCESS-…), and DOC-001…004
 */
export async function previewStep(
  deps: CaseDeps,
  actor: Actor,
  caseId: CaseId,
  now: CaseCommand,
  before?: CaseCommand,
): Promise<Result<PaperPreview[]>> {
  return transact<Result<PaperPreview[]>>(deps.db, async (tx) => {
    const events = await store.eventsOf(tx, caseId);
    if (events.length === 0) return refuse('CASE-001');
    const state = foldCase(events);
    const drafts = await draftsOf(tx, deps, state, actor, now);
    if (!drafts.ok) return drafts;
    const earlier = before === undefined ? undefined : await draftsOf(tx, deps, state, actor, before);
    if (earlier?.ok === false) return earlier;
    const previews: PaperPreview[] = [];
    for (const { kind, data, authority } of drafts.value) {
      const drawn = deps.papers.draft(kind, data, authority);
      if (!drawn.ok) return drawn;
      const other = earlier === undefined ? await issuedOf(deps, state, kind) : { against: 'DRAFT', data: earlier.value.find((d) => d.kind === kind)?.data };
      const changes = other === undefined ? [] : deps.papers.redline(kind, other.data, data);
      previews.push({ ...drawn.value, kind, against: other?.against ?? null, changes });
    }
    return ok(previews);
  });
}

async function draftsOf(tx: Tx, deps: CaseDeps, state: PenaltyCase, actor: Actor, command: CaseCommand): Promise<Result<DraftedPaper[]>> {
  const event = await foreseeStep(tx, deps, state, actor, command);
  return event.ok ? ok(await draftPapers(tx, deps, state, applyEvent(state, event.value), event.value)) : event;
}

async function issuedOf(deps: CaseDeps, state: PenaltyCase, kind: PaperKind) {
  const paper = state.papers.findLast((p) => p.kind === kind && p.documentId !== undefined);
  const kept = paper === undefined ? undefined : await paperOf(deps.db, state.caseId, paper.paperId);
  return paper === undefined || kept === undefined ? undefined : { against: paper.number, data: kept.data };
}

/** A paper against the one before it: the same kind issued earlier, or the paper a correction corrects, as it then reads. */
export interface PaperChanges {
  readonly title: string;
  readonly from: string;
  readonly to: string;
  readonly changes: readonly RedlineField[];
}

/** @returns CASE-001 when there is no such paper; CASE-011 when nothing stands before it */
export async function paperChanges(deps: CaseDeps, state: PenaltyCase, paperId: string): Promise<Result<PaperChanges>> {
  const at = state.papers.findIndex((p) => p.paperId === paperId);
  const paper = state.papers[at];
  const kept = paper === undefined ? undefined : await paperOf(deps.db, state.caseId, paperId);
  if (paper === undefined || kept === undefined) return refuse('CASE-001');
  const correction = paper.kind === 'CORRECTION_NOTICE' ? await correctionBehind(deps, state, paperId) : undefined;
  const before = correction === undefined
    ? state.papers.slice(0, at).findLast((p) => p.kind === paper.kind && p.documentId !== undefined)
    : state.papers.find((p) => p.paperId === correction.paperId);
  const old = before === undefined ? undefined : await paperOf(deps.db, state.caseId, before.paperId);
  if (before === undefined || old === undefined) return refuse('CASE-011');
  const changes = correction === undefined
    ? deps.papers.redline(before.kind, old.data, kept.data)
    : deps.papers.correction(before.kind, old.data, correction.wrong, correction.right);
  return ok({ title: before.title, from: before.number, to: paper.number, changes });
}

async function correctionBehind(deps: CaseDeps, state: PenaltyCase, paperId: string) {
  const events = await store.eventsOf(deps.db, state.caseId);
  const event = events.find((e) => e.papers.some((p) => p.paperId === paperId));
  return event?.kind === 'STEP' && event.command.kind === 'CORRECT_PAPER' ? event.command : undefined;
}
