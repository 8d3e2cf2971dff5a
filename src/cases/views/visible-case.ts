import { refusalFor, type Actor } from '#access';
import { parseId, type CaseId } from '#kernel';
import { loadCase } from './case-page.ts';
import { refuse } from '../errors.ts';
import type { CaseDeps } from '../ports.ts';
import { isShownToUnit } from './unit-page.ts';

/** The case when the actor may see it; a foreign one answers like one that does not exist. */
export async function visibleCase(deps: CaseDeps, actor: Actor, action: 'case.read' | 'case.read-own', id: string) {
  const caseId = parseId<CaseId>(id);
  const loaded = caseId === undefined ? undefined : await loadCase(deps.db, caseId);
  if (loaded === undefined) return refuse('CASE-001');
  const { unitId, authorityId } = loaded.state;
  if (action === 'case.read-own' && !isShownToUnit(loaded.state)) return refuse('CASE-001');
  return refusalFor(actor, action, { unitId, authorityId }) === undefined ? loaded : refuse('CASE-001');
}
