import { z } from 'zod';
import { refusalFor, visibilityOf, type Actor } from '#access';
import { modelWords } from '#analysis';
import { toRfc3339, type Result, type UnitId } from '#kernel';
import { pageQuery, pageReply, refuse as answer, type App } from '#platform/http';
import type { SupervisionDeps } from '../sheet/step-sheet.ts';
import { hintsSentTo, listHints } from '../store/hints.ts';
import { HINT_STATES, hintWords, type HintState, type RiskHint } from './hint.ts';
import { declineHint, sendHint } from './settle-hint.ts';

const tags = ['supervision'];
const texts = z.object({ zh: z.string(), en: z.string() });
const unit = z.object({ unitId: z.string(), name: z.string() });
const hintSchema = z.object({
  hintId: z.string(), model: z.string(), modelTitle: texts, trade: texts, authorityId: z.string(), clues: z.array(z.string()), found: z.array(unit), to: z.array(unit), days: z.number(),
  title: texts, text: texts, basis: z.string(), state: z.enum(Object.keys(HINT_STATES) as [HintState, ...HintState[]]), stateText: texts, offeredAt: z.string(),
  settledAt: z.string().nullable(), note: z.string().nullable(), maySettle: z.boolean(),
});
const told = z.object({ hintId: z.string(), title: texts, text: texts, about: texts, sentAt: z.string() });

const tradeIn = (deps: SupervisionDeps, hint: RiskHint) => deps.directory.tradeOf(hint.foundUnits[0] as UnitId) ?? { zh: hint.trade, en: hint.trade };
const both = ({ zh, en }: { zh: string; en: string }) => ({ zh, en });

async function show(deps: SupervisionDeps, actor: Actor, hints: readonly RiskHint[]): Promise<z.infer<typeof hintSchema>[]> {
  const words = await modelWords(deps.db);
  const named = (unitId: UnitId) => ({ unitId, name: deps.directory.unit(unitId)?.name ?? unitId });
  return hints.map((hint) => {
    const { title } = words(hint.model);
    const trade = tradeIn(deps, hint);
    return {
      ...hintWords(hint, title, trade), hintId: hint.hintId, model: hint.model, modelTitle: both(title), trade: both(trade), authorityId: hint.authorityId, clues: [...hint.clues],
      found: hint.foundUnits.map(named), to: hint.units.map(named), days: hint.days, basis: hint.basis, state: hint.state, stateText: HINT_STATES[hint.state], offeredAt: toRfc3339(hint.offeredAt),
      settledAt: hint.settledAt === null ? null : toRfc3339(hint.settledAt), note: hint.note, maySettle: hint.state === 'OFFERED' && refusalFor(actor, 'supervision.risk-hint', hint) === undefined,
    };
  });
}

/** Risks that recur in a trade: control staff see to whom they would point them out, and send or decline; units read what was sent to them. */
export function hintRoutes(app: App, deps: SupervisionDeps): void {
  const querystring = pageQuery.extend({ open: z.enum(['true', 'false']).optional() });
  app.get(
    '/api/supervision/risk-hints',
    { config: { action: 'supervision.read' }, schema: { tags, querystring, response: { 200: pageReply(hintSchema) } } },
    async ({ actor, query }) => {
      const { items, nextCursor } = await listHints(deps.db, visibilityOf(actor, 'supervision.read'), { ...query, open: query.open === 'true' });
      return { items: await show(deps, actor, items), nextCursor };
    },
  );
  const params = z.object({ hintId: z.string() });
  const config = { action: 'supervision.risk-hint' };
  const one = async (actor: Actor, result: Result<RiskHint>) => (result.ok ? { ok: true as const, value: (await show(deps, actor, [result.value]))[0] as z.infer<typeof hintSchema> } : result);
  app.post('/api/supervision/risk-hints/:hintId/sending', { config, schema: { tags, params, response: { 200: hintSchema } } }, async ({ actor, params: { hintId } }, reply) => {
    const result = await one(actor, await sendHint(deps, actor, hintId));
    return result.ok ? reply.send(result.value) : answer(reply, result);
  });
  app.post('/api/supervision/risk-hints/:hintId/declination', { config, schema: { tags, params, body: z.object({ reason: z.string().max(2000) }), response: { 200: hintSchema } } }, async ({ actor, params: { hintId }, body }, reply) => {
    const result = await one(actor, await declineHint(deps, actor, hintId, body.reason));
    return result.ok ? reply.send(result.value) : answer(reply, result);
  });
  app.get('/api/unit/risk-hints', { config: { action: 'supervision.read-own' }, schema: { tags, querystring: pageQuery, response: { 200: pageReply(told) } } }, async ({ actor, query }) => {
    const words = await modelWords(deps.db);
    const { items: hints, nextCursor } = actor.unitId === undefined ? { items: [], nextCursor: null } : await hintsSentTo(deps.db, actor.unitId, query);
    return {
      items: hints.map((hint) => {
        const { title, about } = words(hint.model);
        return { hintId: hint.hintId, ...hintWords(hint, title, tradeIn(deps, hint)), about: both(about), sentAt: toRfc3339(hint.settledAt ?? hint.offeredAt) };
      }),
      nextCursor,
    };
  });
}
