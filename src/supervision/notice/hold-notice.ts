import { dayOf, type AccountId } from '#kernel';
import type { ParameterKey } from '#law';
import type { Tx } from '#platform/db';
import { newId } from '#platform/ids';
import type { ClueEvent } from '../clue-event.ts';
import type { HoldReason, NoticeAnswer } from './decide-notice.ts';
import type { UnitFacts } from '../ports.ts';
import { endHeld, heldOfClue, insertHeld, updateHeld, type HeldState } from '../store/held.ts';
import type { Sheet } from '../store/sheets.ts';
import type { SupervisionDeps } from '../sheet/step-sheet.ts';

/** The parameter each reason rests on: its source and article are the basis shown. */
const PARAMETER: Readonly<Record<HoldReason, ParameterKey>> = {
  BELOW_TRIGGER: 'supervision.airTriggerHours', NOT_CONTACTED: 'supervision.partyContact', EVIDENCE_FIRST: 'supervision.evidenceFirst', NETWORK_OUTAGE: 'supervision.outage',
  QUIET_HOURS: 'supervision.quietHours', BATCH: 'supervision.batchMinutes', FLOOD: 'supervision.dailyNotices',
};

/** Keeps the clue with the reason it was held for. Held for the same reason already, it only knows more. */
export async function holdNotice(tx: Tx, deps: SupervisionDeps, unit: UnitFacts, event: ClueEvent, answer: Extract<NoticeAnswer, { kind: 'hold' }>): Promise<void> {
  const now = deps.clock.now();
  const known = await heldOfClue(tx, event.clueId);
  if (known !== undefined && known.reason === answer.reason && known.tier === answer.tier && known.until === answer.until) return updateHeld(tx, known.heldId, event);
  if (known !== undefined) await endHeld(tx, known.heldId, { state: 'SUPERSEDED', at: now, by: 'platform' });
  const { source, article } = deps.law.valueAt(PARAMETER[answer.reason], unit.region, dayOf(now));
  await insertHeld(tx, {
    heldId: newId('hld'), clueId: event.clueId, unitId: unit.unitId, authorityId: unit.authorityId, region: unit.region, outfall: event.outfall,
    tier: answer.tier, trigger: answer.trigger, reason: answer.reason, basis: `${source} ${article}`, sentenceZh: event.sentence.zh,
    sentenceEn: event.sentence.en, event, heldAt: now, until: answer.until, state: 'HELD', endedAt: null, endedBy: null, sheetId: null, documentId: null,
  });
}

/** What was held of this clue ends: it went out, joined a running sheet, was explained, or is with the panel. */
export async function endHold(tx: Tx, deps: SupervisionDeps, event: Pick<ClueEvent, 'clueId'>, state: HeldState, by: AccountId | undefined = undefined, sheet?: Sheet): Promise<void> {
  const known = await heldOfClue(tx, event.clueId);
  if (known !== undefined) await endHeld(tx, known.heldId, { state, at: deps.clock.now(), by: by ?? 'platform', sheetId: sheet?.sheetId });
}
