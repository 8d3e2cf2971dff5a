import { randomUUID } from 'node:crypto';
import cookie from '@fastify/cookie';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import Fastify, { LogController, type FastifyBaseLogger, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import type { RawReplyDefaultExpression, RawRequestDefaultExpression, RawServerDefault } from 'fastify';
import { isRefusal, type Refusal } from '#kernel';
import type { Logger } from '#platform/log';
import { describeRoute } from './keyed-routes.ts';

/** The HTTP server with its checked input and output. */
export type App = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypeProvider
>;

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Row of the permission table that guards the route; `public` for none. Every route has one (a test proves it). */
    action?: string;
  }
  interface FastifyInstance {
    cite?: Citing;
  }
}

/** Which of the articles behind a refusal may be cited to whoever asks; left out, all of them. */
export type Citing = (basis: string, request: FastifyRequest) => string;

/** RFC 9457 problem of a refusal: the article, the field and what is missing travel with it. */
export function problemOf(refusal: Refusal, instance: string) {
  const { code, zh, en, basis, missing, missingEn, field, status = 409 } = refusal;
  return {
    type: `urn:mingjian:refusal:${code}`, title: zh, status, detail: en, instance, code,
    ...(basis === undefined ? {} : { basis }),
    ...(missing === undefined ? {} : { missing }),
    ...(missingEn === undefined ? {} : { missingEn }),
    ...(field === undefined ? {} : { field }),
  };
}

/** Answers with a refusal. */
export function refuse(reply: FastifyReply, refusal: Refusal): FastifyReply {
  const { cite } = reply.server;
  const { basis } = refusal;
  const shown = basis === undefined || cite === undefined ? refusal : { ...refusal, basis: cite(basis, reply.request) };
  return reply
    .code(refusal.status ?? 409)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .send(JSON.stringify(problemOf(shown, reply.request.url)));
}

interface Issue {
  readonly instancePath?: string;
  readonly message?: string;
  readonly params?: { readonly issue?: { readonly path?: readonly PropertyKey[]; readonly message?: string } };
}

function inputRefusal(error: { validation?: readonly Issue[]; validationContext?: string }): Refusal {
  const first = error.validation?.[0];
  const path = first?.params?.issue?.path?.map(String).join('.') || first?.instancePath?.slice(1).replaceAll('/', '.') || '';
  const where = error.validationContext ?? 'body';
  const reason = first?.params?.issue?.message ?? first?.message ?? '';
  const field = path === '' ? where : `${where}.${path}`;
  return { ok: false, code: 'HTTP-400', zh: `输入有误：${field} ${reason}`, en: `wrong input: ${field}: ${reason}`, field, status: 400 };
}

function onError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (isRefusal(error)) return refuse(reply, error);
  const known = error as { validation?: readonly Issue[]; validationContext?: string; statusCode?: number; code?: string; message?: string };
  if (known.validation !== undefined) return refuse(reply, inputRefusal(known));
  const status = known.statusCode ?? 500;
  if (status < 500) {
    const allowed = ([400, 401, 403, 404, 413, 429] as const).find((value) => value === status) ?? 400;
    return refuse(reply, { ok: false, code: known.code ?? `HTTP-${status}`, zh: '请求未被接受', en: known.message ?? 'request refused', status: allowed });
  }
  // A defect: the caller gets an id to quote, the log gets the rest (sec:X25).
  const id = randomUUID();
  request.log.error({ err: error, id }, 'unexpected error');
  return reply.code(500).header('content-type', 'application/problem+json; charset=utf-8').send(
    JSON.stringify({ type: 'urn:mingjian:defect', title: '系统内部错误', status: 500, detail: `internal error ${id}`, instance: request.url, id }),
  );
}

const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; script-src 'self'; worker-src 'self' blob:; connect-src 'self'; frame-ancestors 'none'; object-src 'none'; base-uri 'self'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'x-frame-options': 'DENY',
};

/**
 * The HTTP server with its conventions: zod in and out, problems as RFC 9457, OpenAPI 3.1 from the same schemas.
 *
 * @param options.trustedProxies addresses or subnets whose `X-Forwarded-*` say who asks; from anybody else they are ignored
 */
export async function createHttp(options: { log: Logger; version?: string; cite?: Citing; trustedProxies?: readonly string[] }): Promise<App> {
  const app = Fastify({
    loggerInstance: options.log as unknown as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: 8 * 1024 * 1024,
    requestTimeout: 60_000,
    genReqId: () => randomUUID(),
    trustProxy: [...(options.trustedProxies ?? [])],
  }).withTypeProvider<ZodTypeProvider>();
  if (options.cite !== undefined) app.decorate('cite', options.cite);
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler(onError);
  app.setNotFoundHandler((request, reply) =>
    refuse(reply, { ok: false, code: 'HTTP-404', zh: '没有这个地址', en: `no such address: ${request.url}`, status: 404 }),
  );
  app.addHook('onSend', async (_request, reply) => {
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) if (!reply.hasHeader(name)) reply.header(name, value);
  });
  await app.register(cookie);
  await app.register(swagger, {
    openapi: { openapi: '3.1.0', info: { title: '明鉴 Mingjian', version: options.version ?? '0.1.0' } },
    transform: describeRoute,
  });
  await app.register(swaggerUi, { routePrefix: '/api', staticCSP: false });
  return app;
}
