import { registerAccess } from '#access';
import type { Law } from '#law';
import type { PlatformDeps } from '#platform';
import { sql } from '#platform/db';
import { createHttp, type App } from '#platform/http';
import { createMetrics } from '#platform/metrics';
import { demoRoutes } from './routes.ts';
import { serveScreens } from './screens.ts';

export type ServerDeps = PlatformDeps & { readonly law: Law };

/** All routes of the platform behind one gate. Also used by tests, which call it without a port. */
export async function composeServer(deps: ServerDeps): Promise<App> {
  const app = await createHttp({ log: deps.log });
  registerAccess(app, deps);
  demoRoutes(app, deps);
  operate(app, deps);
  app.get('/api/openapi.json', { config: { action: 'public' }, schema: { hide: true } }, async () => app.swagger());
  serveScreens(app);
  await app.ready();
  return app;
}

/** Health, readiness, metrics: for the machine room, metrics for this machine only. */
function operate(app: App, deps: ServerDeps): void {
  const metrics = createMetrics('server');
  app.get('/healthz', { config: { action: 'public' }, schema: { hide: true } }, async () => ({ ok: true }));
  app.get('/readyz', { config: { action: 'public' }, schema: { hide: true } }, async (_request, reply) => {
    const [records, series] = await Promise.allSettled([sql`SELECT 1`.execute(deps.db), deps.series.query('SELECT 1')]);
    const state = { records: records.status === 'fulfilled', series: series.status === 'fulfilled' };
    return reply.code(state.records && state.series ? 200 : 503).send(state);
  });
  app.get('/metrics', { config: { action: 'public' }, schema: { hide: true } }, async (request, reply) => {
    if (request.ip !== '127.0.0.1' && request.ip !== '::1') return reply.callNotFound();
    return reply.header('content-type', metrics.registry.contentType).send(await metrics.registry.metrics());
  });
}
