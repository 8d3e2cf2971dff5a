import { z } from 'zod';
import { accountsOf, grantFor, refusalFor, type Account, type Actor } from '#access';
import { asId, instant, isRefusal, parseId, type AccountId, toRfc3339, type Clock, type OutfallId } from '#kernel';
import { NATIONAL, type Law } from '#law';
import type { Database } from '#platform/db';
import { refuse as answer, type App } from '#platform/http';
import { partyOf, readMarks, submitMark, type LiveRegistry, type StoredMark } from '#register';
import { refuse } from './errors.ts';
import { markEffect } from './marks/mark-effect.ts';
import { MARK_KINDS, markWords } from './marks/mark-words.ts';
import { ruleBook, type RuleBook } from './rules.ts';

/** What the routes of quality work with. */
export interface QualityDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly registry: LiveRegistry;
  readonly law: Law;
}

const moment = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));
const time = (at: number): string => toRfc3339(instant(at));
const texts = z.object({ zh: z.string(), en: z.string() });
const markItem = z.object({
  mark: z.string(), outfall: z.string(), kind: z.string(), kindText: texts, class: z.enum(['STOP', 'CONDITION', 'MONITORING', 'OTHER']), from: z.string(), to: z.string(),
  submittedAt: z.string(), deadline: z.string(), reason: z.string(), hours: z.number(), hoursInTime: z.number(),
  effect: texts,
  /** Who marked in the unit's name without being of the unit (受托运维人员). */
  agent: z.object({ name: z.string(), company: z.string() }).nullable(),
});
type Shown = Omit<StoredMark, 'attributes' | 'knownAt' | 'submittedBy'>;

function show(mark: Shown, rules: RuleBook, agent: Pick<Account, 'name' | 'company'> | undefined): z.infer<typeof markItem> {
  const effect = markEffect(mark, rules);
  return {
    mark: mark.mark, outfall: mark.outfall, kind: mark.kind, kindText: markWords(mark.kind), class: effect.class, from: time(mark.start), to: time(mark.end),
    submittedAt: time(mark.submittedAt), deadline: time(effect.deadline), reason: mark.reason, hours: effect.hours, hoursInTime: effect.hoursInTime,
    effect: { zh: effect.zh, en: effect.en }, agent: agent === undefined ? null : { name: agent.name, company: agent.company ?? '' },
  };
}

/** The agents behind marks that carry an authorisation, by account. */
async function agentsOf(db: Database, marks: readonly StoredMark[]): Promise<ReadonlyMap<string, Account>> {
  const ids = marks.filter((mark) => mark.attributes['agent_grant'] !== undefined).map((mark) => asId<AccountId>(mark.submittedBy));
  return new Map((await accountsOf(db, [...new Set(ids)])).map((account) => [account.accountId, account]));
}

async function scopeOf(deps: QualityDeps, text: string) {
  await deps.registry.refresh();
  const registry = deps.registry.current();
  const id = parseId<OutfallId>(text);
  const outfall = id === undefined ? undefined : registry.outfall(id);
  if (outfall === undefined) return undefined;
  const region = partyOf(registry, outfall.unit)?.region;
  return { outfall: outfall.outfall, unitId: outfall.unit, authorityId: registry.authorityOf(outfall.unit), rules: ruleBook(deps.law, region ?? NATIONAL) };
}

/** Marks of units on their own data: submitted, never altered; the effect is told with each (NMG-2.1b). */
export function registerQualityRoutes(app: App, deps: QualityDeps): void {
  const allowed = async (actor: Actor, action: 'mark.submit' | 'mark.read', outfall: string) => {
    const scope = await scopeOf(deps, outfall);
    return scope === undefined || refusalFor(actor, action, scope) !== undefined ? undefined : scope;
  };
  app.get(
    '/api/marks',
    {
      config: { action: 'mark.read' },
      schema: {
        tags: ['quality'], querystring: z.object({ outfall: z.string().max(64), from: moment.optional(), to: moment.optional() }),
        response: { 200: z.object({ items: z.array(markItem), kinds: z.array(texts.extend({ kind: z.string() })) }) },
      },
    },
    async (request, reply) => {
      const scope = await allowed(request.actor, 'mark.read', request.query.outfall);
      if (scope === undefined) return answer(reply, refuse('QUALITY-001')) as never;
      const { from = 0, to = 8.64e15 } = request.query;
      const marks = (await readMarks(deps.db, scope.outfall)).filter((mark) => mark.end >= from && mark.start < to);
      const agents = await agentsOf(deps.db, marks);
      return { items: marks.map((mark) => show(mark, scope.rules, agents.get(mark.submittedBy))).reverse(), kinds: MARK_KINDS.map((kind) => ({ kind, ...markWords(kind) })) };
    },
  );
  app.post(
    '/api/marks',
    {
      config: { action: 'mark.submit' },
      schema: {
        tags: ['quality'],
        body: z.object({ outfall: z.string().max(64), kind: z.enum(MARK_KINDS), from: moment, to: moment, reason: z.string().trim().min(1).max(500) }),
        response: { 201: markItem },
      },
    },
    async (request, reply) => {
      const { kind, from, to, reason } = request.body;
      const scope = await allowed(request.actor, 'mark.submit', request.body.outfall);
      if (scope === undefined) return answer(reply, refuse('QUALITY-001')) as never;
      const agency = grantFor(request.actor, 'mark.submit', scope);
      const command = { outfall: scope.outfall, kind, start: from, end: to, reason, by: request.actor.accountId, agency };
      const result = await submitMark(deps, command);
      if (isRefusal(result)) return answer(reply, result) as never;
      return reply.code(201).send(show({ ...command, ...result.value }, scope.rules, agency === undefined ? undefined : { name: request.actor.name, company: null }));
    },
  );
}
