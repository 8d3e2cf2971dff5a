import type { Deadline } from '#platform/deadlines';
import type { Handler } from '#platform/outbox';
import { asId, type Instant, type SheetId } from '#kernel';
import { offerHints } from './hint/offer-hint.ts';
import { announceSheets } from './notice/announce.ts';
import { climbLadder } from './ladder/climb-ladder.ts';
import { readClueEvent } from './clue-event.ts';
import { issueNotice, noteArrival } from './notice/issue-notice.ts';
import { takeClue } from './notice/open-sheet.ts';
import { lapseSheet } from './sheet/recheck-sheet.ts';
import type { SupervisionDeps } from './sheet/step-sheet.ts';

const onClue = (on: string): Handler<SupervisionDeps> => ({
  on,
  name: `supervision.${on}`,
  handle: (deps, tx, event) => takeClue(tx, deps, readClueEvent(event.payload)),
});

/** What ④ does when ③ speaks, a notice is due, or a clock runs out. */
export const supervisionHandlers: readonly Handler<SupervisionDeps>[] = [
  onClue('clue.raised'),
  onClue('clue.escalated'),
  onClue('clue.grown'),
  onClue('clue.joined'),
  onClue('clue.settled'),
  {
    on: 'clue.withdrawn',
    name: 'supervision.clue.withdrawn',
    handle: (deps, tx, event) => takeClue(tx, deps, { ...readClueEvent(event.payload), cleared: true }),
  },
  // The panel found a reminder enough: the event carries the clue as a reminder.
  onClue('clue.downgraded'),
  {
    on: 'sheet.issued',
    name: 'supervision.issue-notice',
    async handle(deps, tx, event) {
      const { sheetId, round } = event.payload as { sheetId: string; round: number };
      await issueNotice(tx, deps, asId<SheetId>(sheetId), round);
    },
  },
  {
    on: 'sheet.sent',
    name: 'supervision.announce',
    handle: (deps, tx, event) => announceSheets(tx, deps, (event.payload as { sheetId: string }).sheetId),
  },
  {
    on: 'clue.judged',
    name: 'supervision.offer-hints',
    handle: (deps, tx, event) => offerHints(tx, deps, event.payload),
  },
  {
    on: 'unit.lapsed',
    name: 'supervision.climb-ladder',
    handle: (deps, tx, event) => climbLadder(tx, deps, event.payload),
  },
  {
    on: 'delivery.delivered',
    name: 'supervision.note-arrival',
    async handle(deps, tx, event) {
      const e = event.payload as { subjectKind: string; subjectId: string; documentId: string; deliveryId: string; arrivedAt: number | null };
      if (e.subjectKind === 'sheet' && e.arrivedAt !== null) await noteArrival(tx, deps, asId<SheetId>(e.subjectId), { ...e, arrivedAt: e.arrivedAt as Instant });
    },
  },
  {
    on: 'deadline.overdue',
    name: 'supervision.lapse',
    async handle(deps, tx, event) {
      const deadline = event.payload as Deadline;
      if (deadline.subjectKind === 'sheet') await lapseSheet(tx, deps, asId<SheetId>(deadline.subjectId));
    },
  },
];
