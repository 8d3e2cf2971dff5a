import { addMonths, dayOf, startOfDay } from '#kernel';
import type { Tx } from '#platform/db';
import { newId } from '#platform/ids';
import { emit } from '#platform/outbox';
import { measureFor, type LapseKind, type LapseMeasure } from '../sheet/decide-sheet.ts';
import { lockUnit } from '../store/lock.ts';
import { talkHeldSince } from '../store/talks.ts';
import { insertLapse, lapsesOfUnit, type Sheet } from '../store/sheets.ts';
import type { SupervisionDeps } from '../sheet/step-sheet.ts';

/**
 * A late, poor or false answer counts on the unit's own ladder (首次提醒、二次警示、三次约谈), whatever sheet it was on and
 * apart from the ladder by severity; once a talk was held the unit is not talked to again, the matter goes on. Failures older than the region's counting period no longer count.
 */
export async function addLapse(tx: Tx, deps: SupervisionDeps, sheet: Sheet, kind: LapseKind): Promise<LapseMeasure> {
  const now = deps.clock.now();
  const today = dayOf(now);
  const months = deps.law.valueAt('supervision.lapseMonths', sheet.region, today).value;
  await lockUnit(tx, sheet.unitId);
  const since = startOfDay(addMonths(today, -months));
  const earlier = await lapsesOfUnit(tx, sheet.unitId, since);
  const afterTalk = (await talkHeldSince(tx, sheet.unitId, since)) ? deps.law.valueAt('supervision.afterTalk', sheet.region, today).value : undefined;
  const measure = measureFor(earlier, deps.law.valueAt('supervision.feedbackLadder', sheet.region, today).value, afterTalk);
  const lapse = { lapseId: newId('lps'), unitId: sheet.unitId, sheetId: sheet.sheetId, kind, ordinal: earlier + 1, measure, at: now };
  await insertLapse(tx, lapse);
  await emit(tx, deps.clock, { type: 'unit.lapsed', subject: sheet.unitId, payload: { lapseId: lapse.lapseId, unit: sheet.unitId, sheetId: sheet.sheetId, kind, ordinal: lapse.ordinal, measure } });
  return measure;
}
