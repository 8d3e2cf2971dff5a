import { z } from 'zod';
import { asId, parseCalendarDay, type AccountId, type AuthorityId, type CalendarDay } from '#kernel';
import { DEPARTMENT_KEYS, DEPARTMENTS } from '#law';
import { refuse as answer, type App } from '#platform/http';
import { BODIES, type Body } from '../clue/decide-route.ts';
import { addMember, endMember } from '../members/keep-members.ts';
import type { ReviewDeps } from '../ports.ts';
import { showBodies } from '../members/show-members.ts';

const tags = ['review'];
const words = z.object({ zh: z.string(), en: z.string() });
const day = z.string().refine((text) => parseCalendarDay(text) !== undefined, 'not a calendar day').transform((text) => text as CalendarDay);
const bodyKeys = Object.keys(BODIES) as [Body, ...Body[]];

const memberView = z.object({
  memberId: z.string(), accountId: z.string(), name: z.string(), department: z.string(), departmentName: words, lead: z.boolean(),
  fromDay: z.string(), toDay: z.string().nullable(), sits: z.boolean(),
});
const bodyView = z.object({
  authorityId: z.string(), authority: words, body: z.enum(bodyKeys), zh: z.string(), en: z.string(), leadDepartment: z.string(), basis: z.string(), missing: z.array(words),
  hasLead: z.boolean(), members: z.array(memberView),
});
const reply = z.object({ items: z.array(bodyView), departments: z.array(words.extend({ key: z.string() })) });
const seat = z.object({
  authorityId: z.string(), body: z.enum(bodyKeys), accountId: z.string(), department: z.enum(DEPARTMENT_KEYS), lead: z.boolean().default(false), fromDay: day, toDay: day.nullable().default(null),
});

/** Panel and reviewing bodies: who sits in them, from when to when. */
export function memberRoutes(app: App, deps: ReviewDeps): void {
  const departments = DEPARTMENT_KEYS.map((key) => ({ key, zh: DEPARTMENTS[key].zh, en: DEPARTMENTS[key].en }));
  app.get('/api/review/groups', { config: { action: 'group.read' }, schema: { tags, response: { 200: reply } } }, async ({ actor }) => ({ items: await showBodies(deps, actor), departments }));
  app.post('/api/review/groups/members', { config: { action: 'group.keep' }, schema: { tags, body: seat } }, async (request, out) => {
    const { authorityId, accountId, ...rest } = request.body;
    const added = await addMember(deps, request.actor, { ...rest, authorityId: asId<AuthorityId>(authorityId), accountId: asId<AccountId>(accountId) });
    return added.ok ? out.send(added.value) : answer(out, added);
  });
  app.post(
    '/api/review/groups/members/:memberId/end',
    { config: { action: 'group.keep' }, schema: { tags, params: z.object({ memberId: z.string() }), body: z.object({ lastDay: day.optional().describe('today when left out') }) } },
    async (request, out) => {
      const ended = await endMember(deps, request.actor, request.params.memberId, request.body.lastDay);
      return ended.ok ? out.send(ended.value) : answer(out, ended);
    },
  );
}
