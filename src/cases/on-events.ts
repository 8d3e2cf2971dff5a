import { platformActor } from '#access';
import { appendLeaves } from '#evidence';
import { asId, calendarDay, type CaseId } from '#kernel';
import { closeDeadline } from '#platform/deadlines';
import type { Tx } from '#platform/db';
import type { Handler, StoredEvent } from '#platform/outbox';
import { z } from 'zod';
import { actInside } from './act-on-case.ts';
import type { CaseCommand } from './commands/index.ts';
import { foldCase } from './fold.ts';
import type { CaseDeps } from './ports.ts';
import { handoverSchema, receiveHandover } from './receive-handover.ts';
import * as store from './store/case-store.ts';

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
function stepOfArrival(state: ReturnType<typeof foldCase>, a: z.infer<typeof arrival>): CaseCommand | undefined {
  const paper = state.papers.find((p) => (p.documentId ?? p.paperId) === a.documentId);
  const newest = state.papers.findLast((p) => p.kind === paper?.kind);
  // An earlier notice that arrives late opens no window for the second one.
  if (paper === undefined || paper !== newest) return undefined;
  const { kind } = paper;
  const facts = {
    deliveryId: a.deliveryId,
    method: a.method,
    arrivedAt: a.arrivedAt,
    legalDay: calendarDay(a.legalDay),
  };
  if (kind === 'PRIOR_NOTICE' && state.main === 'NOTICE_SENT') return { kind: 'RECORD_NOTICE_DELIVERED', ...facts };
  if (kind.endsWith('_DECISION') && state.main === 'DECISION_SENT')
    return { kind: 'RECORD_DECISION_DELIVERED', ...facts };
  if (kind === 'RECTIFICATION_ORDER' && state.rectification === 'ORDER_SENT')
    return { kind: 'RECORD_ORDER_DELIVERED', ...facts };
  return undefined;
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
  const stepped = await actInside(tx, deps, platformActor(state.region), caseId, command);
  if (!stepped.ok) throw new Error(`cases: arrival could not be recorded: ${stepped.code} ${stepped.en}`);
  await appendLeaves(tx, deps.clock, stepped.value.leaves);
}

/** What ⑥ does when ⑤, delivery or disclosure speak. */
export const casesHandlers: readonly Handler<CaseDeps>[] = [
  {
    on: 'clue.handed_over',
    name: 'cases.receive',
    async handle(deps, tx, event) {
      await receiveHandover(tx, deps, handoverSchema.parse(event.payload));
    },
  },
  { on: 'delivery.delivered', name: 'cases.record-arrival', handle: onArrival },
  {
    on: 'decision.published',
    name: 'cases.close-publication-clock',
    async handle(deps, tx, event) {
      const { caseId } = z.object({ caseId: z.string() }).parse(event.payload);
      await closeDeadline(tx, { clockId: 'T18', subjectKind: 'case', subjectId: caseId, closedAt: deps.clock.now() });
    },
  },
];
