import { createDemoAccounts, gate, type Actor } from '#access';
import { createHttp, refuse as answer, type App } from '#platform/http';
import { silentLogger } from '#platform/log';
import type { TestDeps } from './deps.ts';

/** Routes behind the real gate, asked as whoever the header `x-as` names. */
export async function openDoor(deps: TestDeps, actors: Readonly<Record<string, Actor>>, routes: (app: App) => void): Promise<App> {
  await createDemoAccounts({ db: deps.db, clock: deps.clock }, []);
  const app = await createHttp({ log: silentLogger() });
  app.addHook('preHandler', async (request, reply) => {
    request.actor = actors[String(request.headers['x-as'])] as Actor;
    const no = gate(request.actor, request.routeOptions.config.action ?? '');
    return no === undefined ? undefined : answer(reply, no);
  });
  routes(app);
  await app.ready();
  return app;
}
