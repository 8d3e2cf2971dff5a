import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { DAY, defineRefusals, type Clock } from '#kernel';
import { sql, type Database } from '#platform/db';
import { refuse as answer, type App } from './http.ts';
import { takesKey } from './keyed-routes.ts';

const HEADER = 'idempotency-key';
const KEPT = DAY;
/** Answers that say "later": nothing was done, and the same request may be tried again under its key. */
const LATER = new Set([429, 503]);

const refuse = defineRefusals({
  'HTTP-KEY-1': { zh: '请求头 Idempotency-Key 应为 1–255 个可见字符', en: 'the header Idempotency-Key should be 1 to 255 visible characters', status: 400 },
  'HTTP-KEY-2': { zh: '请求头 Idempotency-Key 已用于另一请求', en: 'the key in the header Idempotency-Key was used for another request', status: 422 },
  'HTTP-KEY-3': { zh: '同一请求正在办理，请稍候', en: 'the same request is still running: wait for it', status: 409 },
  'HTTP-KEY-4': { zh: '同一请求已经受理，但结果未能记录：请先查看是否已办成，再决定是否重新办理', en: 'the same request was begun and its answer is not known: look whether it was done before you do it anew', status: 409 },
});
const refuseKey = (code: keyof typeof refuse.catalogue) => refuse(code, { field: `headers.${HEADER}` });

interface Asked {
  readonly account: string;
  readonly key: string;
  readonly act: string;
  readonly body: string;
}

interface Row {
  readonly act: string;
  readonly body_sha256: string;
  readonly status: number | null;
  readonly content_type: string | null;
  readonly answer: Buffer | null;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** The key this request took up; its answer is kept under it. */
    keyed: Asked | undefined;
  }
}

/** The draft words it as a quoted string; bare ones are common. Undefined for what is no key. */
const readKey = (given: string | string[]): string | undefined => /^"?([\x21\x23-\x7e]{1,255})"?$/.exec(String(given))?.[1];

function digestOf(body: unknown): string {
  const bytes = body instanceof Uint8Array ? body : (JSON.stringify(body) ?? '');
  return createHash('sha256').update(bytes).digest('hex');
}

/** Takes up a key; undefined when it was free or older than a day, else what it was used for. The row stands before the act begins. */
async function takeUp(db: Database, asked: Asked, now: number): Promise<Row | undefined> {
  const { account, key, act, body } = asked;
  const { rows: mine } = await sql`INSERT INTO idempotency_key AS k (account, key, act, body_sha256, at) VALUES (${account}, ${key}, ${act}, ${body}, ${now})
    ON CONFLICT (account, key) DO UPDATE SET act = excluded.act, body_sha256 = excluded.body_sha256, at = excluded.at, status = NULL, content_type = NULL, answer = NULL
    WHERE k.at <= ${now - KEPT} RETURNING key`.execute(db);
  if (mine.length > 0) return undefined;
  const { rows } = await sql<Row>`SELECT act, body_sha256, status, content_type, answer FROM idempotency_key WHERE account = ${account} AND key = ${key}`.execute(db);
  // Swept or given back between the two looks.
  return rows[0] ?? takeUp(db, asked, now);
}

async function keep(db: Database, { account, key }: Asked, status: number, contentType: unknown, payload: string | Uint8Array): Promise<void> {
  await sql`UPDATE idempotency_key SET status = ${status}, content_type = ${typeof contentType === 'string' ? contentType : null}, answer = ${Buffer.from(payload as string)}
    WHERE account = ${account} AND key = ${key}`.execute(db);
}

async function giveBack(db: Database, { account, key }: Asked): Promise<void> {
  await sql`DELETE FROM idempotency_key WHERE account = ${account} AND key = ${key}`.execute(db);
}

/** Forgets the keys that are a day old by the platform's clock. */
export async function sweepKeys({ db, clock }: { db: Database; clock: Clock }): Promise<void> {
  await sql`DELETE FROM idempotency_key WHERE at <= ${clock.now() - KEPT}`.execute(db);
}

/**
 * `Idempotency-Key` on every act (draft-ietf-httpapi-idempotency-key-header): the key is taken up before the act and its answer kept
 * after the act's transaction and before the answer leaves. What was done and could not be answered for, because the process died in
 * between or the handler failed, is never done again under the same key: the asker is told to look (HTTP-KEY-4).
 *
 * @param deps.who whose keys these are; asked only on routes that demand a signed-in person, after the gate has let him in
 */
export function keepAnswers(app: App, deps: { readonly db: Database; readonly clock: Clock; who(request: FastifyRequest): string }): void {
  const { db, clock, who } = deps;
  /** Taken up by this process and not yet answered. */
  const running = new Set<string>();
  const nameOf = ({ account, key }: Asked) => `${account} ${key}`;
  app.decorateRequest('keyed');
  app.addHook('preHandler', async (request, reply) => {
    const given = request.headers[HEADER];
    if (given === undefined || !takesKey(request.method, request.routeOptions.config)) return undefined;
    const key = readKey(given);
    if (key === undefined) return answer(reply, refuseKey('HTTP-KEY-1'));
    const asked: Asked = { account: who(request), key, act: `${request.method} ${request.url}`, body: digestOf(request.body) };
    const name = nameOf(asked);
    const first = await takeUp(db, asked, clock.now());
    // While this one looked, the first may have begun or been answered: looked at once more before anybody is told to look himself.
    const before = first?.status === null && !running.has(name) ? await takeUp(db, asked, clock.now()) : first;
    if (before === undefined) {
      running.add(name);
      request.keyed = asked;
      return undefined;
    }
    if (before.act !== asked.act || before.body_sha256 !== asked.body) return answer(reply, refuseKey('HTTP-KEY-2'));
    if (before.status === null && running.has(name)) return answer(reply.header('retry-after', '1'), refuseKey('HTTP-KEY-3'));
    if (before.status === null) return answer(reply, refuseKey('HTTP-KEY-4'));
    if (before.content_type !== null) reply.header('content-type', before.content_type);
    return reply.code(before.status).header('idempotency-replayed', 'true').send(before.answer);
  });
  app.addHook('onSend', async (request, reply, payload) => {
    const { keyed } = request;
    if (keyed === undefined) return;
    // Should keeping fail, the answer becomes an error that is not the act's.
    request.keyed = undefined;
    try {
      const { statusCode } = reply;
      const secret = request.routeOptions.config.keys === 'no-answer' && statusCode < 400;
      const whole = payload === undefined || payload === null ? '' : payload;
      if (LATER.has(statusCode)) await giveBack(db, keyed);
      else if (statusCode < 500 && !secret && (typeof whole === 'string' || whole instanceof Uint8Array)) await keep(db, keyed, statusCode, reply.getHeader('content-type'), whole);
    } finally {
      running.delete(nameOf(keyed));
    }
  });
}
