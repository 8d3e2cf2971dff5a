import { z } from 'zod';
import { visibilityOf } from '#access';
import { asId, toRfc3339, type Instant, type UnitId } from '#kernel';
import { pageQuery, pageReply, refuse as answer, type App } from '#platform/http';
import { TIERS } from '../clue-event.ts';
import { HOLD_REASONS, TRIGGERS, type HoldReason, type Trigger } from './decide-notice.ts';
import { sendHeld, tellEnforcement } from './release-held.ts';
import { listHeld, type Held } from '../store/held.ts';
import type { SupervisionDeps } from '../sheet/step-sheet.ts';

const time = (at: Instant | null): string | null => (at === null ? null : toRfc3339(at));
const nullableTime = z.string().nullable();
const texts = z.object({ zh: z.string(), en: z.string() });
const keys = <K extends string>(table: Readonly<Record<K, unknown>>) => Object.keys(table) as [K, ...K[]];

const heldSchema = z.object({
  heldId: z.string(), clueId: z.string(), unitId: z.string(), unitName: z.string(), outfall: z.string(), outfallName: z.string(), tier: z.enum(TIERS),
  trigger: z.enum(keys<Trigger>(TRIGGERS)), reason: z.enum(keys<HoldReason>(HOLD_REASONS)), reasonText: texts, basis: z.string(), sentence: texts,
  heldAt: z.string(), until: nullableTime, state: z.enum(['HELD', 'SENT', 'JOINED', 'CLEARED', 'PANEL', 'REPORTED', 'SUPERSEDED']), endedAt: nullableTime,
  sheetId: z.string().nullable(), documentId: z.string().nullable(), maySend: z.boolean(), mayTell: z.boolean(),
});

const show = (deps: SupervisionDeps, h: Held): z.infer<typeof heldSchema> => ({
  heldId: h.heldId, clueId: h.clueId, unitId: h.unitId, unitName: deps.directory.unit(h.unitId)?.name ?? h.unitId, outfall: h.outfall,
  outfallName: deps.directory.outfallName(h.outfall), tier: h.tier, trigger: h.trigger, reason: h.reason,
  reasonText: { zh: HOLD_REASONS[h.reason].zh, en: HOLD_REASONS[h.reason].en }, basis: h.basis, sentence: { zh: h.sentenceZh, en: h.sentenceEn },
  heldAt: toRfc3339(h.heldAt), until: time(h.until), state: h.state, endedAt: time(h.endedAt), sheetId: h.sheetId, documentId: h.documentId,
  maySend: h.state === 'HELD', mayTell: h.state === 'HELD' && h.reason === 'EVIDENCE_FIRST',
});

const params = z.object({ heldId: z.string() });

/** What was held back and why, for control staff: they may send it now or, on a suspicion of falsification, tell enforcement. */
export function heldRoutes(app: App, deps: SupervisionDeps): void {
  const querystring = pageQuery.extend({ open: z.enum(['true', 'false']).optional(), unit: z.string().optional() });
  app.get(
    '/api/supervision/held',
    { config: { action: 'supervision.read' }, schema: { tags: ['supervision'], querystring, response: { 200: pageReply(heldSchema) } } },
    async ({ actor, query }) => {
      const unitId = query.unit === undefined ? undefined : asId<UnitId>(query.unit);
      const { items, nextCursor } = await listHeld(deps.db, visibilityOf(actor, 'supervision.read'), { ...query, open: query.open === 'true', unitId });
      return { items: items.map((row) => show(deps, row)), nextCursor };
    },
  );
  app.post(
    '/api/supervision/held/:heldId/send',
    { config: { action: 'supervision.send-held' }, schema: { tags: ['supervision'], params, response: { 200: heldSchema } } },
    async (request, reply) => {
      const result = await sendHeld(deps, request.actor, request.params.heldId);
      return result.ok ? reply.send(show(deps, result.value)) : answer(reply, result);
    },
  );
  app.post(
    '/api/supervision/held/:heldId/tell-enforcement',
    { config: { action: 'supervision.tell-enforcement' }, schema: { tags: ['supervision'], params, body: z.object({ note: z.string().max(4000) }), response: { 200: heldSchema } } },
    async (request, reply) => {
      const result = await tellEnforcement(deps, request.actor, request.params.heldId, request.body.note);
      return result.ok ? reply.send(show(deps, result.value)) : answer(reply, result);
    },
  );
}
