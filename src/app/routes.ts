import { z } from 'zod';
import { DEMO_CAST, DEMO_PASSWORD, ROLES, unitLogin } from '#access';
import { toRfc3339 } from '#kernel';
import type { PlatformDeps } from '#platform';
import { refuse, type App } from '#platform/http';
import type { LiveRegistry } from '#register';
import { demoOffset, moveDemoClock } from './demo-clock.ts';

const ClockView = z.object({ now: z.string(), offsetMs: z.number() });
const words = z.object({ zh: z.string(), en: z.string() });
const AccountsView = z.object({
  password: z.string().nullable(),
  items: z.array(z.object({ login: z.string(), name: z.string(), side: z.enum(['official', 'unit']), roles: z.array(words) })),
});
const DAY_MS = 86_400_000;

interface DemoDeps extends PlatformDeps {
  readonly registry: LiveRegistry;
}

const UNIT_PERSON = { zh: '企业环保负责人', en: 'person in charge at the unit' };

/** Who plays in the demonstration, for its sign-in page; nobody where there is no demonstration. */
function accountRoute(app: App, { config, registry }: DemoDeps): void {
  app.get('/api/demo/accounts', { config: { action: 'public' }, schema: { response: { 200: AccountsView } } }, async () => {
    if (!config.demo) return { password: null, items: [] };
    const cast = DEMO_CAST.map(({ login, name, roles }) => ({ login, name, side: 'official' as const, roles: roles.map((role) => ({ zh: ROLES[role].zh, en: ROLES[role].en })) }));
    const units = registry.current().data.units.map(({ unit, name }) => ({ login: unitLogin(unit), name, side: 'unit' as const, roles: [UNIT_PERSON] }));
    return { password: DEMO_PASSWORD, items: [...cast, ...units] };
  });
}

/** Running the clock of a demonstration. The clock does not exist on a platform that was not started with `--demo`. */
export function demoRoutes(app: App, deps: DemoDeps): void {
  const { db, clock, config } = deps;
  accountRoute(app, deps);
  if (!config.demo) {
    app.get('/api/demo/clock', { config: { action: 'public' }, schema: { response: { 200: ClockView } } }, async (_request, reply) =>
      refuse(reply, { ok: false, code: 'DEMO-001', zh: '不是演示环境', en: 'not a demonstration', status: 404 }) as never);
    return;
  }
  const view = async () => ({ now: toRfc3339(clock.now()), offsetMs: await demoOffset(db) });
  app.get('/api/demo/clock', { config: { action: 'public' }, schema: { response: { 200: ClockView } } }, view);
  app.post(
    '/api/demo/clock',
    {
      config: { action: 'public' },
      schema: { body: z.object({ advanceMs: z.number().int().min(0).max(60 * DAY_MS) }), response: { 200: ClockView } },
    },
    async (request) => {
      await moveDemoClock(db, (await demoOffset(db)) + request.body.advanceMs);
      return view();
    },
  );
}
