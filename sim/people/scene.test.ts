import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findInList, openScene, play, waitUntil, type Step } from './scene.ts';

let server: Server;
let base = '';
let signIns = 0;
const keys: string[] = [];
beforeAll(async () => {
  let valid = '';
  server = createServer((request, response) => {
    const answer = (status: number, body: unknown, cookie?: string): void => {
      response.writeHead(status, { 'content-type': 'application/json', ...(cookie === undefined ? {} : { 'set-cookie': cookie }) });
      response.end(JSON.stringify(body));
    };
    if (request.url === '/api/access/sign-in') {
      valid = `s=${++signIns}`;
      return answer(200, {}, `${valid}; Path=/; HttpOnly`);
    }
    if (request.headers.cookie !== valid) return answer(401, { code: 'ACCESS-002', detail: 'signed out' });
    if (request.url === '/expire') valid = 'gone';
    if (request.method === 'POST') keys.push(String(request.headers['idempotency-key']));
    if (request.url === '/no') return answer(409, { code: 'CASE-014', detail: '缺少文书' });
    if (request.url === '/list') return answer(200, { items: [1, 2], nextCursor: 'c' });
    if (request.url === '/list?cursor=c') return answer(200, { items: [3], nextCursor: null });
    return answer(200, { url: request.url });
  });
  await new Promise<void>((go) => server.listen(0, '127.0.0.1', go));
  base = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
});
afterAll(() => server.close());

describe('a scripted person', () => {
  it('signs in once, keeps the cookie, and signs in again when the session has ended', async () => {
    const me = openScene({ base, password: 'p' }).as('panel');
    expect(await me.get('/a')).toEqual({ url: '/a' });
    await me.get('/expire');
    expect(await me.get('/b')).toEqual({ url: '/b' });
    expect(signIns).toBe(2);
  });

  it('plays steps up to a named one, skips what does not apply, and names the step that was refused', async () => {
    const scene = openScene({ base, password: 'p' });
    const steps: Step[] = [
      { name: 'one', who: 'a', act: async (me, s) => s.remember('x', await me.post('/x')) },
      { name: 'never', who: 'a', when: (s) => !s.knows('x'), act: () => Promise.reject(new Error('should be skipped')) },
      { name: 'two', who: 'a', act: async (me) => void (await me.post('/no')) },
    ];
    await play(scene, steps, 'never');
    expect(scene.diary.map((d) => d.outcome)).toEqual(['done', 'skipped']);
    await expect(play(scene, steps)).rejects.toThrow(/step "two": a: POST \/no → 409 CASE-014 缺少文书/);
    await expect(play(scene, [], 'missing')).rejects.toThrow(/no step/);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('waits, and walks lists by cursor', async () => {
    const me = openScene({ base, password: 'p' }).as('b');
    expect(await findInList<number>(me, '/list', (n) => n === 3)).toBe(3);
    expect(await findInList<number>(me, '/list', (n) => n === 4)).toBeUndefined();
    let asked = 0;
    expect(await waitUntil('it', async () => (++asked > 2 ? asked : undefined), { everyMs: 5 })).toBe(3);
    await expect(waitUntil('nothing', async () => undefined, { timeoutMs: 20, everyMs: 5 })).rejects.toThrow(/nothing/);
  });
});
