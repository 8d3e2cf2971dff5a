import type { Deadline } from '#platform/deadlines';
import { asId, type ClueId, type Instant } from '#kernel';
import type { Tx } from '#platform/db';
import { newId } from '#platform/ids';
import type { Handler } from '#platform/outbox';
import { CONFIRMED, readClueEvent, readConfirmed } from '#supervision';
import type { ReviewDeps } from './ports.ts';
import { clueOfCase, findClue, noteCase, stepsOf } from './store/clues.ts';
import { insertGap, type Gap } from './store/notices.ts';
import { noteNoticeArrival } from './handover/notify-unit.ts';
import { closeExplained, noteValidity, takeConfirmed, takeReferred, takeUpClue } from './clue/take-up-clue.ts';

const onClue = (on: string): Handler<ReviewDeps> => ({
  on,
  name: `review.${on}`,
  handle: (deps, tx, event) => takeUpClue(tx, deps, readClueEvent(event.payload)),
});

/** Clocks whose running out is one of the omissions of 江苏办法 第二十五条（一）. */
const GAP_OF: Readonly<Record<string, Gap['kind']>> = {
  panel: 'NOT_SENT_TO_REVIEW', review: 'NOT_REVIEWED', T2: 'NOT_HANDED_OVER', T2n: 'NOT_NOTIFIED', T2d: 'NOT_NOTIFIED', T2s: 'NOT_REVIEWED', T3a: 'NOT_INVESTIGATED',
  T3b: 'NOT_INVESTIGATED',
};

/** The clue a clock hangs on, directly or through the case it became. */
async function clueOf(tx: Tx, { subjectKind, subjectId }: Deadline): Promise<ClueId | undefined> {
  if (subjectKind === 'clue') return asId<ClueId>(subjectId);
  return subjectKind === 'case' ? clueOfCase(tx, subjectId) : undefined;
}

/** Records the gap and the people who acted last on the clue. Who is to blame is for people to say. */
async function recordGap(tx: Tx, deps: ReviewDeps, deadline: Deadline): Promise<void> {
  const kind = GAP_OF[deadline.clockId];
  const clueId = await clueOf(tx, deadline);
  if (kind === undefined || clueId === undefined || (await findClue(tx, clueId)) === undefined) return;
  const steps = await stepsOf(tx, clueId);
  const onDuty = [...new Set(steps.filter((step) => step.actorId !== 'platform').slice(-3).map((step) => step.actorId as string))];
  await insertGap(tx, {
    gapId: newId('gap'), clueId, kind, deadlineId: deadline.deadlineId, holder: deadline.holder, onDuty, dueAt: deadline.dueAt as Instant, foundAt: deps.clock.now(),
  });
}

/** What ⑤ does when ③ or ④ speak or a clock runs out. */
export const reviewHandlers: readonly Handler<ReviewDeps>[] = [
  onClue('clue.raised'),
  onClue('clue.escalated'),
  onClue('clue.settled'),
  { on: 'clue.joined', name: 'review.clue.joined', handle: (deps, tx, event) => takeUpClue(tx, deps, readClueEvent(event.payload), true) },
  {
    on: 'clue.withdrawn',
    name: 'review.clue.withdrawn',
    handle: (deps, tx, event) => takeUpClue(tx, deps, { ...readClueEvent(event.payload), cleared: true }),
  },
  { on: 'clue.validity_changed', name: 'review.note-validity', handle: (deps, tx, event) => noteValidity(tx, deps, readClueEvent(event.payload)) },
  {
    on: 'sheet.referred',
    name: 'review.take-referred',
    async handle(deps, tx, event) {
      const { clueId, why } = event.payload as { clueId: string; why: string };
      await takeReferred(tx, deps, asId<ClueId>(clueId), why);
    },
  },
  {
    on: CONFIRMED,
    name: 'review.take-confirmed',
    handle: (deps, tx, event) => takeConfirmed(tx, deps, readConfirmed(event.payload)),
  },
  {
    on: 'sheet.rechecked',
    name: 'review.close-explained',
    async handle(deps, tx, event) {
      const { sheetId, outcome, clues } = event.payload as { sheetId: string; outcome: string; clues: string[] };
      if (outcome !== 'explain' && outcome !== 'accept') return;
      for (const clueId of [...clues].sort()) await closeExplained(tx, deps, asId<ClueId>(clueId), sheetId, outcome);
    },
  },
  {
    on: 'delivery.delivered',
    name: 'review.note-arrival',
    async handle(deps, tx, event) {
      const e = event.payload as { subjectKind: string; subjectId: string; documentId: string; deliveryId: string; arrivedAt: number | null };
      if (e.subjectKind === 'clue' && e.arrivedAt !== null) await noteNoticeArrival(tx, deps, asId<ClueId>(e.subjectId), { ...e, arrivedAt: e.arrivedAt as Instant });
    },
  },
  {
    on: 'case.received',
    name: 'review.note-case',
    async handle(_deps, tx, event) {
      const { clueId, caseId } = event.payload as { clueId: string; caseId: string };
      await noteCase(tx, asId<ClueId>(clueId), caseId);
    },
  },
  {
    on: 'deadline.overdue',
    name: 'review.record-gap',
    handle: (deps, tx, event) => recordGap(tx, deps, event.payload as Deadline),
  },
];
