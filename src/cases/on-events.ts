import { platformActor } from '#access';
import { appendLeaves } from '#evidence';
import { asId, calendarDay, type CaseId } from '#kernel';
import { closeDeadline } from '#platform/deadlines';
import type { Tx } from '#platform/db';
import type { Handler, StoredEvent } from '#platform/outbox';
import { z } from 'zod';
import { actInside } from './act-on-case.ts';
import type { ClockId } from '#law';
import { commandSchema, type CaseCommand } from './commands/index.ts';
import { foldCase } from './fold.ts';
import { noteValidity } from './evidence/note-validity.ts';
import type { PenaltyCase } from './penalty-case.ts';
import type { CaseDeps } from './ports.ts';
import { handoverSchema, receiveHandover } from './receive-handover.ts';
import * as store from './store/case-store.ts';
import { openSteps, TRANSITIONS } from './transitions/transitions.ts';

const arrival = z.object({
  deliveryId: z.string(),
  documentId: z.string(),
  subjectKind: z.string(),
  subjectId: z.string(),
  method: z.string(),
  arrivedAt: z.number(),
  legalDay: z.string(),
});

/** The step an arrival means, by where the case stands and which paper it was. */
function stepOfArrival(state: PenaltyCase, a: z.infer<typeof arrival>): CaseCommand | undefined {
  const paper = state.papers.find((p) => (p.documentId ?? p.paperId) === a.documentId);
  const newest = state.papers.findLast((p) => p.kind === paper?.kind);
  const posted = TRANSITIONS.find((row) => paper !== undefined && row.posts?.papers.includes(paper.kind))?.posts;
  // An earlier notice that arrives late opens no window for the second one.
  // What arrived at once was recorded in the act that sent it.
  if (paper !== undefined && state.arrived[paper.paperId] !== undefined) return undefined;
  if (paper === undefined || posted === undefined || (paper !== newest && posted.each !== true)) return undefined;
  const facts = {
    deliveryId: a.deliveryId,
    method: a.method,
    arrivedAt: a.arrivedAt,
    legalDay: calendarDay(a.legalDay),
    paperId: paper.paperId,
  };
  const waits = openSteps(state).some((row) => row.command === posted.onArrival);
  return waits ? { kind: posted.onArrival, ...facts } : undefined;
}

const overdue = z.object({ clockId: z.string(), subjectKind: z.string(), subjectId: z.string(), dueAt: z.number() });

/** A term has run out: where the law itself draws the consequence, the platform records it. */
async function onOverdue(deps: CaseDeps, tx: Tx, event: StoredEvent): Promise<void> {
  const read = overdue.safeParse(event.payload);
  if (!read.success || read.data.subjectKind !== 'case') return;
  const caseId = asId<CaseId>(read.data.subjectId);
  const events = await store.eventsOf(tx, caseId);
  if (events.length === 0) return;
  const state = foldCase(events);
  const row = openSteps(state).find((step) => step.onExpiry?.some((clock) => clock === read.data.clockId));
  if (row === undefined || state.running[read.data.clockId as ClockId] === undefined) return;
  const command = commandSchema.parse({ kind: row.command, expiredAt: read.data.dueAt });
  await takeAsPlatform(deps, tx, state, command);
}

async function takeAsPlatform(deps: CaseDeps, tx: Tx, state: PenaltyCase, command: CaseCommand): Promise<void> {
  const stepped = await actInside(tx, deps, platformActor(state.region), state.caseId, command);
  if (!stepped.ok) throw new Error(`cases: ${command.kind} could not be recorded: ${stepped.code} ${stepped.en}`);
  await appendLeaves(tx, deps.clock, stepped.value.leaves);
}

/** A paper that went by hand or by post has arrived; what arrived at once was recorded in the act itself. */
async function onArrival(deps: CaseDeps, tx: Tx, event: StoredEvent): Promise<void> {
  const read = arrival.safeParse(event.payload);
  if (!read.success || read.data.subjectKind !== 'case') return;
  const caseId = asId<CaseId>(read.data.subjectId);
  const events = await store.eventsOf(tx, caseId);
  if (events.length === 0) return;
  const state = foldCase(events);
  const command = stepOfArrival(state, read.data);
  if (command === undefined) return;
  await takeAsPlatform(deps, tx, state, command);
}

/** What ⑥ does when ③, ⑤, delivery or disclosure speak. */
export const casesHandlers: readonly Handler<CaseDeps>[] = [
  {
    on: 'clue.handed_over',
    name: 'cases.receive',
    async handle(deps, tx, event) {
      await receiveHandover(tx, deps, handoverSchema.parse(event.payload));
    },
  },
  { on: 'clue.validity_changed', name: 'cases.note-validity', handle: (deps, tx, event) => noteValidity(deps, tx, event.payload) },
  { on: 'delivery.delivered', name: 'cases.record-arrival', handle: onArrival },
  { on: 'deadline.overdue', name: 'cases.draw-consequence', handle: onOverdue },
  {
    on: 'decision.published',
    name: 'cases.close-publication-clock',
    async handle(deps, tx, event) {
      const { caseId } = z.object({ caseId: z.string() }).parse(event.payload);
      await closeDeadline(tx, { clockId: 'T18', subjectKind: 'case', subjectId: caseId, closedAt: deps.clock.now() });
    },
  },
];
