import { z } from 'zod';
import type { PlatformDeps } from '#platform';
import { refuse, type App } from '#platform/http';
import { demoOffset, moveDemoClock } from './demo-clock.ts';

const ClockView = z.object({ now: z.number(), offsetMs: z.number() });
const DAY_MS = 86_400_000;

/** Running the clock of a demonstration. The routes do not exist on a platform that was not started with `--demo`. */
export function demoRoutes(app: App, { db, clock, config }: PlatformDeps): void {
  if (!config.demo) {
    app.get('/api/demo/clock', { config: { action: 'public' }, schema: { response: { 200: ClockView } } }, async (_request, reply) =>
      refuse(reply, { ok: false, code: 'DEMO-001', zh: '不是演示环境', en: 'not a demonstration', status: 404 }) as never);
    return;
  }
  const view = async () => ({ now: clock.now(), offsetMs: await demoOffset(db) });
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
