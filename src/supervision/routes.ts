import { z } from 'zod';
import { CHANNELS, messagesOf, unitChannelsOf } from '#delivery';
import { accountsOf, can, nameActed, refusalFor, visibilityOf, type Actor } from '#access';
import { asId, isRefusal, toRfc3339, type AccountId, type Instant, type Refusal, type SheetId, type UnitId } from '#kernel';
import { pressingClocks } from '#law';
import { deadlinesOf, urgencyCursor } from '#platform/deadlines';
import { refuse as answer, type App } from '#platform/http';
import { underItsName } from '#register';
import { answerSheet, confirmSheet } from './sheet/answer-sheet.ts';
import { TIERS } from './clue-event.ts';
import { COMPARED, COMPARISONS, noteIsPaper, outcomesOf, RECHECK_OUTCOMES, type Compared, type Comparison } from './sheet/decide-recheck.ts';
import { HOLD_REASONS } from './notice/decide-notice.ts';
import { CAUSES, LAPSE_MEASURES, type Cause, type LapseMeasure } from './sheet/decide-sheet.ts';
import { refuse } from './errors.ts';
import { clockRule } from './sheet/feedback-clock.ts';
import { controlRoutes } from './control-routes.ts';
import type { QuotaDeps } from './quantity/quota.ts';
import { fileRoutes } from './unit-file/file-routes.ts';
import { laddersIn } from './ladder/ladders.ts';
import { takeMaterials } from './material-route.ts';
import { hintRoutes } from './hint/hint-routes.ts';
import { heldRoutes } from './notice/held-routes.ts';
import { askedOf } from './sheet/asked-clues.ts';
import { suggestOutcome } from './sheet/compare-sources.ts';
import { comparisonsOf, recheckSheet } from './sheet/recheck-sheet.ts';
import { OPEN_STATES, SHEET_STATES, transitionOf, type SheetState } from './sheet/sheet-machine.ts';
import { cluesOfSheet, eventsOf, feedbackOf, findSheet, lapsesOfSheet, listSheets, rungsOf, type Sheet } from './store/sheets.ts';
import { heldOfSheet, reasonsHeld } from './store/held.ts';
import type { SupervisionDeps } from './sheet/step-sheet.ts';

const time = (at: Instant | null): string | null => (at === null ? null : toRfc3339(at));
const nullableTime = z.string().nullable();
const texts = z.object({ zh: z.string(), en: z.string() });

const sheetSchema = z.object({
  sheetId: z.string(), unitId: z.string(), unitName: z.string(), outfall: z.string(), outfallName: z.string(),
  tier: z.enum(TIERS), state: z.string(), stateZh: z.string(), stateEn: z.string(), open: z.boolean(), provisional: z.boolean(),
  sentence: z.object({ zh: z.string(), en: z.string() }), factors: z.array(z.string()), periodFrom: z.string(), periodTo: nullableTime,
  rule: z.string(), round: z.number(), documentId: z.string().nullable(), documentNo: z.string().nullable(), deliveryId: z.string().nullable(),
  sentAt: nullableTime, deliveredAt: nullableTime, confirmedAt: nullableTime, feedbackDue: nullableTime, createdAt: z.string(), changedAt: z.string(),
  /** From which moment the region counts the term, and by which text. */
  clockStart: z.enum(['SENT', 'ARRIVED']), clockArticle: z.string(), clockVerified: z.boolean(), clockHours: z.number(),
});

function show(deps: SupervisionDeps, s: Sheet): z.infer<typeof sheetSchema> {
  const state = SHEET_STATES[s.state];
  const rule = clockRule(deps, s);
  return {
    sheetId: s.sheetId, unitId: s.unitId, unitName: deps.directory.unit(s.unitId)?.name ?? s.unitId, outfall: s.outfall,
    outfallName: deps.directory.outfallName(s.outfall), tier: s.tier, state: s.state, stateZh: state.zh, stateEn: state.en, open: state.open,
    provisional: s.provisional, sentence: { zh: s.sentenceZh, en: s.sentenceEn }, factors: [...s.factors], periodFrom: toRfc3339(s.periodFrom),
    periodTo: time(s.periodTo), rule: s.rule, round: s.round, documentId: s.documentId, documentNo: s.documentNo, deliveryId: s.deliveryId,
    sentAt: time(s.sentAt), deliveredAt: time(s.deliveredAt), confirmedAt: time(s.confirmedAt), feedbackDue: time(s.feedbackDue), createdAt: toRfc3339(s.createdAt),
    changedAt: toRfc3339(s.changedAt), clockStart: rule.startEvent === 'sheet.sent' ? 'SENT' : 'ARRIVED', clockArticle: `${rule.source} ${rule.article}`,
    clockVerified: rule.verified, clockHours: rule.n,
  };
}

const listQuery = z.object({
  state: z.enum(Object.keys(SHEET_STATES) as [SheetState, ...SheetState[]]).optional(),
  open: z.enum(['true', 'false']).optional(),
  order: z.enum(['newest', 'urgent']).default('newest').describe('urgent: the clock that is overdue or ends first comes first'),
  unit: z.string().optional(),
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
/** A sheet in a list: also which rung it reached, through what it was announced, and what held it back. */
const rowSchema = sheetSchema.extend({
  rung: z.enum(Object.keys(LAPSE_MEASURES) as [LapseMeasure, ...LapseMeasure[]]).nullable(), channels: z.array(z.object({ text: texts, state: z.enum(['QUEUED', 'SENT', 'RECORDED', 'FAILED', 'HELD']) })), heldFor: z.array(texts),
});
const listReply = z.object({ items: z.array(rowSchema), nextCursor: z.string().nullable() });
const params = z.object({ sheetId: z.string() });

async function list(deps: SupervisionDeps, actor: Actor, query: z.infer<typeof listQuery>) {
  const visibility = visibilityOf(actor, 'supervision.read', 'supervision.read-own');
  const unitId = query.unit === undefined ? undefined : asId<UnitId>(query.unit);
  const urgent = query.order === 'urgent';
  const filter = { state: query.state, openOnly: query.open === 'true', openStates: OPEN_STATES, unitId, limit: query.limit, ...(urgent ? { urgent: { pressing: pressingClocks(deps.law, actor.region, deps.clock.now()), after: urgencyCursor.read(query.cursor) } } : { before: query.cursor }) };
  const sheets = await listSheets(deps.db, visibility, filter);
  const ids = sheets.map((sheet) => sheet.sheetId);
  const [rungs, channels, held] = await Promise.all([rungsOf(deps.db, ids), unitChannelsOf(deps.db, ids), reasonsHeld(deps.db, ids)]);
  const official = can(actor, 'supervision.read');
  const items = sheets.map((sheet) => ({
    ...show(deps, sheet), rung: rungs.get(sheet.sheetId) ?? null,
    channels: channels.filter((one) => one.subjectId === sheet.sheetId).map(({ channel, state }) => ({ text: CHANNELS[channel], state })),
    heldFor: held.filter((one) => one.sheetId === sheet.sheetId && (official || HOLD_REASONS[one.reason].timed)).map(({ reason }) => ({ zh: HOLD_REASONS[reason].zh, en: HOLD_REASONS[reason].en })),
  }));
  const last = sheets.at(-1);
  return { items, nextCursor: sheets.length < query.limit || last === undefined ? null : urgent ? urgencyCursor.of({ due: last.due, changed: last.changedAt, id: last.sheetId }) : last.sheetId };
}

/** The whole sheet: acts, answers, clocks. Names of officials are not shown to the unit, their roles are. */
async function page(deps: SupervisionDeps, actor: Actor, sheetId: SheetId): Promise<Refusal | object> {
  const sheet = await findSheet(deps.db, sheetId);
  if (sheet === undefined) return refuse('SUPV-001');
  const official = refusalFor(actor, 'supervision.read', sheet) === undefined;
  const own = refusalFor(actor, 'supervision.read-own', sheet) === undefined;
  if (!official && !own) return refuse('SUPV-001');
  const [events, feedback, deadlines, clues, lapses, messages, held] = await Promise.all([
    eventsOf(deps.db, sheetId), feedbackOf(deps.db, sheetId), deadlinesOf(deps.db, 'sheet', sheetId), cluesOfSheet(deps.db, sheetId),
    lapsesOfSheet(deps.db, sheetId), messagesOf(deps.db, sheetId), heldOfSheet(deps.db, sheetId),
  ]);
  const open = official ? outcomesOf(deps.law, { ...sheet, lapses }, deps.clock.now()) : [];
  const compared = official && transitionOf(sheet.state, open.at(-1) ?? 'refer') !== undefined ? await comparisonsOf(deps, sheet, await askedOf(deps.db, sheet), feedback.at(-1)) : null;
  const people = await accountsOf(deps.db, [...new Set([...events.map((e) => e.actorId as AccountId), ...feedback.map((f) => f.accountId)])]);
  /** Who answered in the unit's name without being of the unit (受托运维人员). */
  const agentOf = (id: AccountId) => people.filter((p) => p.accountId === id && p.unitId !== sheet.unitId).map(({ name, company }) => ({ name, company: company ?? '' }))[0] ?? null;
  const nameOf = (id: AccountId) => people.find((p) => p.accountId === id)?.name ?? '信息平台';
  return {
    ...show(deps, sheet),
    clues: official ? clues : [],
    /** Failures to answer this sheet with the rung each reached on the unit's ladder. */
    lapses: lapses.map((lapse) => ({ ...lapse, at: toRfc3339(lapse.at) })),
    /** What went through the channels; the unit sees its own messages. */
    messages: messages.filter((m) => official || m.audience === 'UNIT').map((m) => ({
      messageId: m.messageId, audience: m.audience, channel: m.channel, channelText: CHANNELS[m.channel], recipient: m.recipient, state: m.state, reason: m.reason,
      body: m.body, attempts: m.attempts, at: toRfc3339(m.createdAt), settledAt: time(m.settledAt),
    })),
    /** Why this notice came later than the finding. Of a suspicion that was kept from it the unit learns nothing here. */
    held: held.filter((h) => official || HOLD_REASONS[h.reason].timed).map((h) => ({
      heldId: h.heldId, tier: h.tier, reasonText: { zh: HOLD_REASONS[h.reason].zh, en: HOLD_REASONS[h.reason].en }, basis: h.basis, heldAt: toRfc3339(h.heldAt), until: time(h.until), endedAt: time(h.endedAt),
    })),
    outcomes: open,
    /** What the platform's records show beside the answer, and the finding that follows; null where nothing waits to be found. */
    comparisons: compared,
    suggested: compared === null ? null : suggestOutcome(sheet, feedback.at(-1)?.cause as Cause | undefined, compared, open),
    compares: official && noteIsPaper(deps.law, sheet.region, deps.clock.now()),
    events: events.map((e) => ({ ...e, at: toRfc3339(e.at), actor: official ? nameActed(e, nameOf(e.actorId)) : null, actorId: undefined, ...(official ? {} : { detail: {} }) })),
    feedback: feedback.map((f) => ({ ...f, at: toRfc3339(f.at), agent: agentOf(f.accountId) })),
    deadlines: deadlines.map((d) => ({ ...d, startedAt: toRfc3339(d.startedAt as Instant), dueAt: toRfc3339(d.dueAt as Instant) })),
  };
}

function readRoutes(app: App, deps: SupervisionDeps): void {
  for (const [url, action] of [['/api/supervision/sheets', 'supervision.read'], ['/api/unit/sheets', 'supervision.read-own']] as const) {
    app.get(url, { config: { action }, schema: { tags: ['supervision'], querystring: listQuery, response: { 200: listReply } } }, (request) =>
      list(deps, request.actor, request.query),
    );
    app.get(`${url}/:sheetId`, { config: { action }, schema: { tags: ['supervision'], params } }, async (request, reply) => {
      const result = await page(deps, request.actor, asId<SheetId>(request.params.sheetId));
      return isRefusal(result) ? answer(reply, result) : reply.send(result);
    });
  }
  app.get('/api/supervision/sheets/:sheetId/materials/:sha256', { config: { action: 'supervision.read' }, schema: { tags: ['supervision'], params: params.extend({ sha256: z.string() }) } }, async ({ actor, params: { sheetId, sha256 } }, reply) => {
    const sheet = await findSheet(deps.db, asId<SheetId>(sheetId));
    if (sheet === undefined || refusalFor(actor, 'supervision.read', sheet) !== undefined) return answer(reply, refuse('SUPV-001'));
    const found = (await feedbackOf(deps.db, sheet.sheetId)).flatMap(({ materials }) => materials).find((one) => one.sha256 === sha256);
    if (found === undefined) return answer(reply, refuse('SUPV-027'));
    return reply.type('application/octet-stream').header('content-disposition', underItsName(found)).send(Buffer.from(await deps.blobs.get(sha256)));
  });
  const ladder = { basis: z.string(), verified: z.boolean() };
  const laddersReply = z.object({ severity: z.object({ rungs: z.array(texts.extend({ tier: z.enum(TIERS) })), ...ladder }), count: z.object({ rungs: z.array(z.enum(Object.keys(LAPSE_MEASURES) as [LapseMeasure, ...LapseMeasure[]])), ...ladder }) });
  app.get('/api/supervision/ladders', { config: { action: 'law.read' }, schema: { tags: ['supervision'], response: { 200: laddersReply } } }, async ({ actor }) => {
    const { severity, count } = laddersIn(deps.law, actor.region, deps.clock.now());
    return { severity: { ...severity, rungs: [...severity.rungs] }, count: { ...count, rungs: [...count.rungs] } };
  });
  app.get('/api/supervision/causes', { config: { action: 'public' }, schema: { tags: ['supervision'] } }, async () => CAUSES);
  app.get('/api/supervision/comparisons', { config: { action: 'supervision.read' }, schema: { tags: ['supervision'] } }, async () => ({ sources: COMPARED, results: COMPARISONS }));
}

const answerBody = z.object({
  cause: z.enum(Object.keys(CAUSES) as [keyof typeof CAUSES, ...(keyof typeof CAUSES)[]]),
  explanation: z.string().max(4000),
  measures: z.string().max(4000).default(''),
  materials: z.array(z.object({ name: z.string().min(1).max(200), sha256: z.string().regex(/^[0-9a-f]{64}$/) })).max(20).default([]),
  marks: z.array(z.string().max(64)).max(50).default([]),
});
const comparison = z.enum(Object.keys(COMPARISONS) as [Comparison, ...Comparison[]]).optional();
const recheckBody = z.object({
  outcome: z.enum(RECHECK_OUTCOMES), note: z.string().max(4000), falseAnswer: z.boolean().default(false),
  compared: z.object({ marks: comparison, maintenance: comparison, condition: comparison } satisfies Record<Compared, typeof comparison>).optional(),
  against: z.string().max(4000).optional(),
});

/** Sheets for officials and for the unit; the unit's acts live under /api/unit. */
export function supervisionRoutes(app: App, deps: QuotaDeps): void {
  readRoutes(app, deps);
  takeMaterials(app, deps.blobs, { path: '/api/unit/materials', action: 'supervision.hand-in', tags: ['supervision'] });
  heldRoutes(app, deps);
  controlRoutes(app, deps);
  fileRoutes(app, deps);
  hintRoutes(app, deps);
  app.post(
    '/api/unit/sheets/:sheetId/receipt',
    { config: { action: 'supervision.confirm-receipt' }, schema: { tags: ['supervision'], params, response: { 200: sheetSchema } } },
    async (request, reply) => {
      const result = await confirmSheet(deps, request.actor, asId<SheetId>(request.params.sheetId));
      return result.ok ? reply.send(show(deps, result.value)) : answer(reply, result);
    },
  );
  app.post(
    '/api/unit/sheets/:sheetId/feedback',
    { config: { action: 'supervision.feedback' }, schema: { tags: ['supervision'], params, body: answerBody, response: { 200: sheetSchema } } },
    async (request, reply) => {
      const result = await answerSheet(deps, request.actor, asId<SheetId>(request.params.sheetId), request.body);
      return result.ok ? reply.send(show(deps, result.value)) : answer(reply, result);
    },
  );
  app.post(
    '/api/supervision/sheets/:sheetId/recheck',
    { config: { action: 'supervision.recheck' }, schema: { tags: ['supervision'], params, body: recheckBody, response: { 200: sheetSchema } } },
    async (request, reply) => {
      const result = await recheckSheet(deps, request.actor, asId<SheetId>(request.params.sheetId), request.body);
      return result.ok ? reply.send(show(deps, result.value)) : answer(reply, result);
    },
  );
}
