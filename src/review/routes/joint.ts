import { z } from 'zod';
import { accountsOf, refusalFor, visibilityOf, type Actor } from '#access';
import { asId, instant, toRfc3339, type AccountId, type OutfallId, type Result, type UnitId } from '#kernel';
import { DEPARTMENT_KEYS, DEPARTMENTS, localBasis } from '#law';
import { refuse as answer, type App } from '#platform/http';
import type { FastifyReply } from 'fastify';
import { concludeJoint, conveneJoint, speakJoint } from '../joint/act-on-joint.ts';
import { JOINT_KINDS, JOINT_OUTCOMES, JOINT_SUBJECTS } from '../joint/decide-joint.ts';
import type { ReviewDeps } from '../ports.ts';
import { listMatters, type JointMatter } from '../store/joint.ts';

const tags = ['review'];
const texts = z.object({ zh: z.string(), en: z.string() });
const keys = <K extends string>(table: Readonly<Record<K, unknown>>) => Object.keys(table) as [K, ...K[]];
const time = z.iso.datetime({ offset: true });

const matterSchema = z.object({
  matterId: z.string(), kind: z.enum(keys(JOINT_KINDS)), kindText: texts, basis: z.string(), unitId: z.string(), subjectText: texts.nullable(), question: z.string(),
  convenedBy: z.string(), convenedAt: z.string(), mayConclude: z.boolean(),
  seats: z.array(z.object({
    accountId: z.string(), name: z.string(), department: texts, mine: z.boolean(), excusable: z.boolean(),
    word: z.object({ outcome: z.enum(keys(JOINT_OUTCOMES)), outcomeText: texts, text: z.string(), at: z.string() }).nullable(),
  })),
  conclusion: z.object({ text: z.string(), clueId: z.string().nullable(), at: z.string() }).nullable(),
});

const words = ({ zh, en }: { readonly zh: string; readonly en: string }) => ({ zh, en });

async function show(deps: ReviewDeps, actor: Actor, matters: readonly JointMatter[]): Promise<z.infer<typeof matterSchema>[]> {
  const people = await accountsOf(deps.db, [...new Set(matters.flatMap((one) => [one.convenedBy, ...one.seats.map((seat) => seat.accountId)]))]);
  const name = (id: AccountId) => people.find((one) => one.accountId === id)?.name ?? id;
  return matters.map((m) => {
    const leads = m.convenedBy === actor.accountId && !m.concluded && refusalFor(actor, 'joint.convene', m) === undefined;
    return {
      matterId: m.matterId, kind: m.kind, kindText: words(JOINT_KINDS[m.kind]), basis: localBasis(deps.law, JOINT_KINDS[m.kind].basis, actor.region), unitId: m.unitId,
      subjectText: m.subject === null ? null : words(JOINT_SUBJECTS[m.subject]), question: m.question, convenedBy: name(m.convenedBy), convenedAt: toRfc3339(m.convenedAt), mayConclude: leads,
      seats: m.seats.map(({ accountId, department }) => {
        const said = m.words.find((word) => word.accountId === accountId);
        const waits = said === undefined && !m.concluded;
        return {
          accountId, name: name(accountId), department: words(DEPARTMENTS[department]), mine: waits && accountId === actor.accountId, excusable: waits && leads,
          word: said === undefined ? null : { outcome: said.outcome, outcomeText: words(JOINT_OUTCOMES[said.outcome]), text: said.text, at: toRfc3339(said.at) },
        };
      }),
      conclusion: m.conclusion === null ? null : { text: m.conclusion.text, clueId: m.conclusion.clueId, at: toRfc3339(m.conclusion.at) },
    };
  });
}

/** Joint consultations and inspections of departments about a unit. */
export function jointRoutes(app: App, deps: ReviewDeps): void {
  const response = { 200: matterSchema };
  const params = z.object({ matterId: z.string() });
  const reply = async (to: FastifyReply, actor: Actor, result: Result<JointMatter>) => (result.ok ? to.send((await show(deps, actor, [result.value]))[0]) : answer(to, result));
  app.get('/api/joint-matters', { config: { action: 'joint.read' }, schema: { tags, querystring: z.object({ unit: z.string().optional(), cursor: z.string().max(120).optional(), limit: z.coerce.number().int().min(1).max(200).default(50) }), response: { 200: z.object({ items: z.array(matterSchema), nextCursor: z.string().nullable() }) } } },
    async ({ actor, query: { unit, ...page } }) => {
      const { items, nextCursor } = await listMatters(deps.db, visibilityOf(actor, 'joint.read'), { ...page, unitId: unit === undefined ? undefined : asId<UnitId>(unit) });
      return { items: await show(deps, actor, items), nextCursor };
    });
  app.get('/api/joint-matters/words', { config: { action: 'joint.read' }, schema: { tags, response: { 200: z.object({ kinds: z.record(z.string(), texts), subjects: z.record(z.string(), texts), departments: z.record(z.string(), texts) }) } } },
    async () => ({ kinds: JOINT_KINDS, subjects: JOINT_SUBJECTS, departments: DEPARTMENTS }));
  app.post('/api/joint-matters', { config: { action: 'joint.convene' }, schema: { tags, body: z.object({
    unitId: z.string(), kind: z.enum(keys(JOINT_KINDS)), subject: z.enum(keys(JOINT_SUBJECTS)).nullable().default(null), question: z.string().max(4000),
    seats: z.array(z.object({ accountId: z.string(), department: z.enum(DEPARTMENT_KEYS) })).max(20),
  }), response } }, async ({ actor, body }, to) => {
    const seats = body.seats.map((seat) => ({ ...seat, accountId: asId<AccountId>(seat.accountId) }));
    return reply(to, actor, await conveneJoint(deps, actor, asId<UnitId>(body.unitId), { ...body, seats }));
  });
  app.post('/api/joint-matters/:matterId/words', { config: { action: 'joint.speak' }, schema: { tags, params, body: z.object({ accountId: z.string(), outcome: z.enum(keys(JOINT_OUTCOMES)), text: z.string().max(4000) }), response } },
    async ({ actor, params: { matterId }, body }, to) => reply(to, actor, await speakJoint(deps, actor, matterId, { ...body, accountId: asId<AccountId>(body.accountId) })));
  app.post('/api/joint-matters/:matterId/conclusion', { config: { action: 'joint.convene' }, schema: { tags, params, body: z.object({
    text: z.string().max(4000), report: z.object({ outfall: z.string().nullable(), from: time, to: time, sentenceZh: z.string().max(1000) }).nullable().default(null),
  }), response } }, async ({ actor, params: { matterId }, body }, to) => {
    const report = body.report === null ? null
      : { ...body.report, outfall: body.report.outfall === null ? null : asId<OutfallId>(body.report.outfall), from: instant(Date.parse(body.report.from)), to: instant(Date.parse(body.report.to)) };
    return reply(to, actor, await concludeJoint(deps, actor, matterId, { text: body.text, report }));
  });
}
