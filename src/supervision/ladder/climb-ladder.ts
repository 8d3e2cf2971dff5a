import { z } from 'zod';
import { platformActor } from '#access';
import { addMonths, asId, dayOf, toRfc3339, type UnitId } from '#kernel';
import type { Tx } from '#platform/db';
import { newId } from '#platform/ids';
import { ladderBody } from './level.ts';
import { tellBoth } from '../notice/announce.ts';
import { LAPSE_KINDS, LAPSE_MEASURES, measureFor } from '../sheet/decide-sheet.ts';
import type { UnitFacts } from '../ports.ts';
import { findSheet } from '../store/sheets.ts';
import { insertLetter, insertTalk, insertTalkEvent, lapseEntries, openTalkOf, updateTalk, type LapseEntry } from '../store/talks.ts';
import type { SupervisionDeps } from '../sheet/step-sheet.ts';
import { paperBasis } from '../value-basis.ts';

export const lapsed = z.object({ lapseId: z.string(), unit: z.string().transform((id) => asId<UnitId>(id)) });

export const partyOfUnit = ({ name, creditCode, address, legalRepresentative, permitNumber }: UnitFacts) => ({ name, creditCode, address, legalRepresentative, permitNumber });

export const CONTACT = { name: '监控值班', phone: '12369' } as const;

const dayOfLapse = (lapse: LapseEntry): string => toRfc3339(lapse.at).slice(0, 10);
export const lapseLine = (lapse: LapseEntry): string => `${dayOfLapse(lapse)} ${LAPSE_KINDS[lapse.kind].zh}`;

const ladderOf = (deps: SupervisionDeps, unit: UnitFacts) => deps.law.valueAt('supervision.feedbackLadder', unit.region, dayOf(deps.clock.now()));

/** A rung that is no talk: a letter to the unit that says what was missing, which time it was and what comes next. */
async function writeLetter(tx: Tx, deps: SupervisionDeps, unit: UnitFacts, lapse: LapseEntry): Promise<void> {
  const actor = platformActor(unit.region);
  const today = dayOf(deps.clock.now());
  const ladder = ladderOf(deps, unit);
  const months = deps.law.valueAt('supervision.lapseMonths', unit.region, today).value;
  const sheet = await findSheet(tx, lapse.sheetId);
  const body = await ladderBody(tx, deps, unit);
  const { zh: measure, demand } = LAPSE_MEASURES[lapse.measure];
  const made = await deps.papers.make(tx, {
    kind: 'FEEDBACK_LETTER', unitId: unit.unitId, authorityId: body.authorityId, preparedBy: actor, subject: { kind: 'sheet', id: lapse.sheetId },
    data: {
      party: partyOfUnit(unit), measure, sheetNumber: sheet?.documentNo ?? '', failure: LAPSE_KINDS[lapse.kind].zh,
      ordinal: `第${lapse.ordinal}次`, countedSince: addMonths(today, -months), next: lapse.measure === 'ENFORCE' ? measure : LAPSE_MEASURES[measureFor(lapse.ordinal, ladder.value)].zh,
      demand, basis: paperBasis(lapse.measure === 'ENFORCE' ? deps.law.valueAt('supervision.afterTalk', unit.region, today) : ladder, unit.region), contact: body.contact,
    },
  });
  if (!made.ok) throw new Error(`lapse ${lapse.lapseId}: ${made.code} ${made.en}`);
  const sent = await deps.papers.send(tx, {
    paper: made.value, unitId: unit.unitId, authorityId: unit.authorityId, region: unit.region, confirm: false, subject: { kind: 'sheet', id: lapse.sheetId },
    title: `督办反馈${measure}函`, by: actor.accountId,
    about: { zh: `${sheet?.documentNo ?? ''}${LAPSE_KINDS[lapse.kind].zh}`, en: `${sheet?.documentNo ?? ''} ${LAPSE_KINDS[lapse.kind].en}`.trim() },
  });
  if (!sent.ok) throw new Error(`lapse ${lapse.lapseId}: ${sent.code} ${sent.en}`);
  await insertLetter(tx, { lapseId: lapse.lapseId, documentId: made.value.documentId, documentNo: made.value.number, deliveryId: sent.value.deliveryId, at: deps.clock.now() });
  await tellBoth(tx, deps, unit, { kind: 'lapse', ids: [lapse.lapseId] }, `${unit.name}：电子督办${LAPSE_KINDS[lapse.kind].zh}（第${lapse.ordinal}次），已发${measure}函${made.value.number}。`);
}

/** Third rung: a talk is due. While one is open, further failures join it: nobody is called twice at once. */
async function callToTalk(tx: Tx, deps: SupervisionDeps, unit: UnitFacts, lapse: LapseEntry): Promise<void> {
  const now = deps.clock.now();
  const open = await openTalkOf(tx, unit.unitId);
  const { accountId } = platformActor(unit.region);
  const act = open === undefined ? 'open' : 'join';
  const talk = open === undefined
    ? { talkId: newId('tlk'), unitId: unit.unitId, authorityId: unit.authorityId, region: unit.region, state: 'DUE' as const, lapseIds: [lapse.lapseId], meetAt: null, place: null, noticeId: null, noticeNo: null, recordId: null, recordNo: null, createdAt: now, changedAt: now }
    : { ...open, lapseIds: [...new Set([...open.lapseIds, lapse.lapseId])], changedAt: now };
  await (open === undefined ? insertTalk(tx, talk) : updateTalk(tx, talk));
  await insertTalkEvent(tx, { eventId: newId('tev'), talkId: talk.talkId, at: now, act, state: talk.state, actorId: accountId, documentId: null, detail: { lapseId: lapse.lapseId, ordinal: lapse.ordinal } });
}

/** `unit.lapsed`: the rung the failure reached is taken, by rule (首次提醒、二次警示、三次约谈；约谈以后按地区规定). */
export async function climbLadder(tx: Tx, deps: SupervisionDeps, payload: unknown): Promise<void> {
  const { lapseId, unit: unitId } = lapsed.parse(payload);
  const unit = deps.directory.unit(unitId);
  const lapse = (await lapseEntries(tx, unitId)).find((entry) => entry.lapseId === lapseId);
  if (unit === undefined || lapse === undefined || lapse.documentId !== null) return;
  await (lapse.measure === 'TALK' ? callToTalk(tx, deps, unit, lapse) : writeLetter(tx, deps, unit, lapse));
}
