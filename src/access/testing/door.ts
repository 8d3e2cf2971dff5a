import { afterAll, beforeAll } from 'vitest';
import type { Clock } from '#kernel';
import { appendLeaf } from '#evidence';
import { testDatabase, type TestDatabase } from '#platform/db/testing';
import { createHttp, type App } from '#platform/http';
import { silentLogger } from '#platform/log';
import { createDemoAccounts } from '../demo/create-demo-accounts.ts';
import { DEMO_PASSWORD } from '../demo/demo-cast.ts';
import { registerAccess } from '../routes.ts';
import { keepCast } from './keep-cast.ts';
import type { AccessDeps } from '../session-routes.ts';

/** The demonstration's people before a real door, each with a cookie jar of his own. */
export interface TestDoor {
  readonly db: TestDatabase['db'];
  readonly jars: Map<string, string>;
  call<B>(who: string, url: string, payload?: object): Promise<{ readonly status: number; readonly body: B }>;
  enter<B>(login: string): Promise<{ readonly status: number; readonly body: B }>;
}

/** Opens the door before the tests of a block and closes it after them. */
export function testDoor(clock: Clock, addRoutes: (app: App) => void, config?: AccessDeps['config']): TestDoor {
  let test: TestDatabase;
  let app: App;
  const jars = new Map<string, string>();
  beforeAll(async () => {
    test = await testDatabase();
    await createDemoAccounts({ db: test.db, clock }, []);
    if (config?.demo === false) await keepCast(test.db);
    app = await createHttp({ log: silentLogger() });
    registerAccess(app, { db: test.db, clock, seal: (tx, leaf) => appendLeaf(tx, clock, leaf), ...(config === undefined ? {} : { config }) });
    addRoutes(app);
  });
  afterAll(async () => {
    await app.close();
    await test.drop();
  });
  async function call<B>(who: string, url: string, payload?: object): Promise<{ readonly status: number; readonly body: B }> {
    const answer = await app.inject({ method: payload === undefined ? 'GET' : 'POST', url, cookies: { mingjian: jars.get(who) ?? '' }, ...(payload === undefined ? {} : { payload }) });
    const cookie = answer.cookies.find(({ name }) => name === 'mingjian');
    if (cookie !== undefined) jars.set(who, cookie.value);
    return { status: answer.statusCode, body: answer.json<B>() };
  }
  return {
    get db() {
      return test.db;
    },
    jars, call,
    enter: <B>(login: string) => call<B>(login, '/api/access/sign-in', { login, password: DEMO_PASSWORD }),
  };
}
