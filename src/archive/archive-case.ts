import { refusalFor, type Actor } from '#access';
import { actInside, eventsOf, foldCase, partyNameOf, type CaseDeps, type CaseEvent, type PenaltyCase } from '#cases';
import { appendLeaves, digestOf, type Json, type LeafInput } from '#evidence';
import { addMonths, dayOf, ok, yearOf, type CaseId, type Result } from '#kernel';
import { transact, type Database, type Tx } from '#platform/db';
import { coursePapersOf } from './course-papers.ts';
import { assembleDossier, type Dossier } from './dossier.ts';
import { refuse } from './errors.ts';
import { insertDossier, nextArchiveNo } from './store/dossiers.ts';

/** The dossier as it stands today: before closing it shows what is still missing. Undefined when there is no such case. */
export async function currentDossier(
  deps: CaseDeps,
  caseId: CaseId,
): Promise<{ state: PenaltyCase; dossier: Dossier } | undefined> {
  const events = await eventsOf(deps.db, caseId);
  return events.length === 0 ? undefined : dossierOf(deps.db, deps, events);
}

/** What comes after the filing, e.g. that the case is handled anew, is no part of the volume: nothing is added to it after filing (归档). */
function untilArchived(events: readonly CaseEvent[]): readonly CaseEvent[] {
  const at = events.findIndex((event) => event.kind === 'STEP' && event.command.kind === 'ARCHIVE');
  return at < 0 ? events : events.slice(0, at + 1);
}

async function dossierOf(db: Database | Tx, deps: CaseDeps, all: readonly CaseEvent[]) {
  const events = untilArchived(all);
  const state = foldCase(events);
  const cause = state.violation === undefined ? '环境违法' : deps.law.violation(state.violation).title.zh;
  const party = partyNameOf(deps.directory, state);
  const archived = events.at(-1);
  const until = state.main === 'ARCHIVED' && archived !== undefined ? archived.at : deps.clock.now();
  return { state, dossier: assembleDossier(state, events, await coursePapersOf(db, state, until), `${party}${cause}案`, party) };
}

/**
 * Files a closed case: the catalogue becomes a paper of its own, the dossier is frozen, and the case is read-only.
 * ARCH-001 no such case, ARCH-002 not closed, ARCH-003 papers missing (named), ARCH-004 already filed.
 */
export async function archiveCase(
  deps: CaseDeps,
  actor: Actor,
  caseId: CaseId,
): Promise<Result<{ archiveNo: string; pages: number }>> {
  return transact<Result<{ archiveNo: string; pages: number }>>(deps.db, async (tx) => {
    const events = await eventsOf(tx, caseId);
    if (events.length === 0) return refuse('ARCH-001');
    const { state, dossier } = await dossierOf(tx, deps, events);
    const denied = refusalFor(actor, 'archive.write', { unitId: state.unitId, authorityId: state.authorityId });
    if (denied !== undefined) return denied;
    if (state.main === 'ARCHIVED') return refuse('ARCH-004');
    if (state.main !== 'CLOSED') return refuse('ARCH-002');
    if (dossier.missing.length > 0)
      return refuse('ARCH-003', { args: { list: dossier.missing.join('；') }, missing: dossier.missing });
    const now = deps.clock.now();
    const years = deps.law.valueAt('archive.retentionYears', state.region, dayOf(now)).value;
    const no = await nextArchiveNo(tx, state.authorityId, yearOf(dayOf(now)));
    const archiveNo = `${state.authorityId}-档-${yearOf(dayOf(now))}-${String(no).padStart(4, '0')}`;
    const stepped = await actInside(tx, deps, actor, caseId, {
      kind: 'ARCHIVE',
      archiveNo,
      catalogue: catalogueData(state, dossier, actor, years, dayOf(now)),
    });
    if (!stepped.ok) return stepped;
    const catalogueSha256 = digestOf(JSON.parse(JSON.stringify(dossier)) as Json);
    const { authorityId, unitId } = state;
    await insertDossier(tx, {
      caseId,
      archiveNo,
      authorityId,
      unitId,
      dossier,
      catalogueSha256,
      retentionYears: years,
      retainUntil: addMonths(dayOf(now), 12 * years),
      archivedBy: actor.accountId,
      archivedAt: now,
    });
    const filed: LeafInput = {
      t: 'doc',
      ref: caseId,
      act: 'archived',
      pages: dossier.pages,
      catalogue: catalogueSha256,
    };
    await appendLeaves(tx, deps.clock, [...stepped.value.leaves, filed]);
    return ok({ archiveNo, pages: dossier.pages });
  });
}

/** Data of 卷内文件目录; both volumes in one catalogue, the side volume after the main one. */
function catalogueData(
  state: PenaltyCase,
  dossier: Dossier,
  actor: Actor,
  years: number,
  today: string,
): Record<string, unknown> {
  const person = { name: actor.name, date: today };
  const closing = state.latest.PROPOSE_CLOSING;
  return {
    caseTitle: dossier.title,
    caseNumber: state.caseNo,
    retention: `${years} 年`,
    volume: '正卷、副卷',
    items: dossier.volumes.flatMap((v) =>
      v.items.map((i) => ({
        title: i.title,
        number: i.number,
        responsible: i.responsible,
        date: i.day,
        pages: i.pageFrom === i.pageTo ? `${i.pageFrom}` : `${i.pageFrom}–${i.pageTo}`,
        sha256: i.sha256,
        remark: v.zh,
      })),
    ),
    remarks: `本卷共 ${dossier.pages} 页，电子文件齐全，校验值核对无误。`,
    // Who handled the case puts its file together at the closing; the archivist checks it.
    filedBy: closing === undefined ? person : { name: closing.actor.name, date: dayOf(closing.at) },
    checkedBy: person,
  };
}
