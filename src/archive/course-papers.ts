import type { DossierSection, PenaltyCase } from '#cases';
import { documentsOf, type DocumentRow } from '#documents';
import { asId, type ClueId, type Instant } from '#kernel';
import type { Database, Tx } from '#platform/db';
import { sheetOfClue } from '#supervision';

/** A paper of the course the matter took before it became a case, and where in the dossier it lies. */
export interface CoursePaper {
  readonly section: DossierSection;
  readonly document: DocumentRow;
}

/**
 * Papers from before the case that no step of it made: the supervision sheet with the unit's answers, letters and notes of its
 * rechecks, the receipt of the handover, the notice of the suspicion with what the unit said to it. Oldest first; papers addressed to another party are not of this file.
 *
 * @param until epoch ms; what was issued later is no part of a file frozen or filed by then
 */
export async function coursePapersOf(db: Database | Tx, state: PenaltyCase, until: Instant): Promise<CoursePaper[]> {
  const sheet = await sheetOfClue(db, asId<ClueId>(state.clueId));
  const ofSheet = sheet === undefined ? [] : await documentsOf(db, 'sheet', sheet.sheetId);
  const ofClue = await documentsOf(db, 'clue', state.clueId);
  const told = ofClue.filter(({ unitId }) => unitId === state.unitId);
  const received = ofClue.filter(({ kind }) => kind === 'HANDOVER_RECEIPT');
  const own = new Set(state.papers.map(({ documentId }) => documentId));
  return [...[...ofSheet, ...received].map((document): CoursePaper => ({ section: 'SOURCE', document })), ...told.map((document): CoursePaper => ({ section: 'NOTICE', document }))]
    .filter(({ document }) => !own.has(document.documentId) && document.issuedAt <= until)
    .toSorted((a, b) => a.document.issuedAt - b.document.issuedAt);
}
