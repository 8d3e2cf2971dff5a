import { z } from 'zod';
import { asId, type AccountId } from '#kernel';
import { transact } from '#platform/db';
import { refuse as answer, type App } from '#platform/http';
import { newId } from '#platform/ids';
import { refuse } from './errors.ts';
import { beginTotp, confirmTotp, renewRecoveryCodes } from './factors/enrol-totp.ts';
import { needsFactor } from './factors/decide-factor.ts';
import { enrolledOf, requiredRoles } from './factors/factor-state.ts';
import { askPasskey, beginPasskey, registerPasskey, type Assertion, type Attestation } from './factors/passkey.ts';
import { proveFactor, type Proof } from './factors/prove-factor.ts';
import { resetFactors, takeOffPasskey, takeOffTotp } from './factors/remove-factors.ts';
import { ALL_ROLES, type Role } from './roles.ts';
import { cookieFor, cookieName } from './session.ts';
import { sessionNow } from './session-deps.ts';
import { actorSchema, admitted, describeActor, type DoorDeps } from './session-routes.ts';
import { siteOf } from './site.ts';
import { stepUp } from './sign-in.ts';
import { insertFactorRule, recoveryCodesLeft } from './store/factors.ts';
import { endSessionsWithoutFactor } from './store/sessions.ts';
import { factorHolders, passkeysOf } from './store/passkeys.ts';

const tags = ['access'];
const codes = z.object({ recoveryCodes: z.array(z.string()) });
const own = { action: 'access.factor', keys: 'none' } as const;

/** What `credential.toJSON()` of a browser gives; the library judges the rest. */
const credential = <S extends z.ZodRawShape>(response: S) =>
  z.object({ id: z.string().max(2048), rawId: z.string().max(2048), type: z.literal('public-key'), clientExtensionResults: z.record(z.string(), z.unknown()), response: z.object(response) });
const bytes = z.string().max(65_536);
const attestation = credential({ clientDataJSON: bytes, attestationObject: bytes, transports: z.array(z.string().max(32)).max(8).optional() });
const assertion = credential({ clientDataJSON: bytes, authenticatorData: bytes, signature: bytes });
const code = z.object({ code: z.string().trim().min(6).max(32) });
const proof = z.union([code, z.object({ assertion })]);
const asProof = (body: z.infer<typeof proof>): Proof => ('code' in body ? body : { assertion: body.assertion as Assertion });
/** Options for the browser, passed on as the library words them. */
const options = z.record(z.string(), z.unknown());

/** The second half of a sign-in. */
function askRoutes(app: App, deps: DoorDeps): void {
  const tls = deps.tls ?? false;
  app.post('/api/access/second-factor', { config: { action: 'public' }, schema: { tags, body: proof, response: { 200: actorSchema } } }, async (request, reply) => {
    const token = request.cookies[cookieName(tls)];
    const { waiting } = request;
    if (token === undefined || waiting === undefined || waiting.stage !== 'second-factor') return answer(reply, refuse('ACCESS-006'));
    const proved = await proveFactor(deps, waiting.actor.accountId, asProof(request.body), siteOf(deps.origin, request.host));
    if (!proved.ok) return answer(reply, proved);
    const opened = await stepUp(deps, token, waiting.actor.accountId, request.ip);
    if (!opened.ok) return answer(reply, opened);
    request.actor = admitted(opened.value);
    return reply.setCookie(...cookieFor(tls, opened.value.token)).send(describeActor(request.actor));
  });
  // Asked while signing in as well as before an act that wants a fresh proof.
  app.post('/api/access/second-factor/challenge', { config: { action: 'public' }, schema: { tags, response: { 200: options } } }, async (request, reply) => {
    const who = request.waiting?.actor ?? request.actor;
    const asked = await askPasskey(deps, who.accountId, siteOf(deps.origin, request.host));
    return asked.ok ? { ...asked.value } : (answer(reply, asked) as never);
  });
}

const passkey = z.object({ passkeyId: z.string(), name: z.string(), createdAt: z.number(), usedAt: z.number().nullable() });
const state = z.object({ totp: z.boolean(), passkeys: z.array(passkey), recoveryCodesLeft: z.number(), required: z.boolean() });

/** A person's own factors. */
function ownRoutes(app: App, deps: DoorDeps): void {
  app.get('/api/access/factors', { config: own, schema: { tags, response: { 200: state } } }, async ({ actor: { accountId, roles } }) => ({
    totp: (await enrolledOf(deps.db, accountId)).totp,
    passkeys: (await passkeysOf(deps.db, accountId)).map(({ passkeyId, name, createdAt, usedAt }) => ({ passkeyId, name, createdAt, usedAt })),
    recoveryCodesLeft: await recoveryCodesLeft(deps.db, accountId), required: needsFactor(roles, await requiredRoles(deps)),
  }));
  app.post('/api/access/factors/totp', { config: own, schema: { tags, response: { 200: z.object({ secret: z.string(), uri: z.string() }) } } }, async ({ actor }, reply) => {
    const begun = await beginTotp(deps, actor.accountId);
    return begun.ok ? begun.value : answer(reply, begun) as never;
  });
  app.post('/api/access/factors/passkey', { config: own, schema: { tags, response: { 200: options } } }, async ({ actor, host }, reply) => {
    const begun = await beginPasskey(deps, actor.accountId, siteOf(deps.origin, host));
    return begun.ok ? { ...begun.value } : (answer(reply, begun) as never);
  });
  enrolmentRoutes(app, deps);
  app.post('/api/access/factors/recovery-codes', { config: own, schema: { tags, body: proof, response: { 200: codes } } }, async ({ actor, body, host }, reply) => {
    const renewed = await renewRecoveryCodes(deps, actor.accountId, asProof(body), siteOf(deps.origin, host));
    return renewed.ok ? renewed.value : (answer(reply, renewed) as never);
  });
  app.post('/api/access/factors/totp/removal', { config: own, schema: { tags, body: proof, response: { 200: z.null() } } }, async ({ actor, body, host }, reply) => {
    const removed = await takeOffTotp(deps, actor.accountId, asProof(body), siteOf(deps.origin, host));
    return removed.ok ? null : (answer(reply, removed) as never);
  });
  const params = z.object({ passkeyId: z.string().max(64) });
  app.post('/api/access/factors/passkey/:passkeyId/removal', { config: own, schema: { tags, params, body: proof, response: { 200: z.null() } } }, async ({ actor, body, host, params: { passkeyId } }, reply) => {
    const removed = await takeOffPasskey(deps, actor.accountId, passkeyId, asProof(body), siteOf(deps.origin, host));
    return removed.ok ? null : (answer(reply, removed) as never);
  });
}

/** Confirming a new factor: where the role demanded it, the session that waited is full from then on. */
function enrolmentRoutes(app: App, deps: DoorDeps): void {
  const tls = deps.tls ?? false;
  app.post('/api/access/factors/totp/confirmation', { config: own, schema: { tags, body: code, response: { 200: codes } } }, async (request, reply) => {
    const { actor, waiting, cookies, ip } = request;
    const confirmed = await confirmTotp(deps, actor.accountId, request.body.code);
    const opened = confirmed.ok && waiting !== undefined ? await stepUp(deps, cookies[cookieName(tls)] ?? '', actor.accountId, ip) : undefined;
    if (opened?.ok === true) reply.setCookie(...cookieFor(tls, opened.value.token));
    return confirmed.ok ? confirmed.value : (answer(reply, confirmed) as never);
  });
  const body = z.object({ name: z.string().trim().min(1).max(40), credential: attestation });
  app.post('/api/access/factors/passkey/confirmation', { config: own, schema: { tags, body, response: { 200: codes } } }, async (request, reply) => {
    const { actor, waiting, cookies, ip, host, body: { name, credential: made } } = request;
    const registered = await registerPasskey(deps, actor.accountId, name, made as Attestation, siteOf(deps.origin, host));
    const opened = registered.ok && waiting !== undefined ? await stepUp(deps, cookies[cookieName(tls)] ?? '', actor.accountId, ip) : undefined;
    if (opened?.ok === true) reply.setCookie(...cookieFor(tls, opened.value.token));
    return registered.ok ? registered.value : (answer(reply, registered) as never);
  });
}

const rule = z.object({ roles: z.array(z.enum(ALL_ROLES as [Role, ...Role[]])) });
const holders = z.object({ items: z.array(z.object({ accountId: z.string(), totp: z.boolean(), passkeys: z.number() })) });

/** What the security administrator says of factors: which roles need one, and whose are taken off after a loss. */
function ruleRoutes(app: App, deps: DoorDeps): void {
  app.get('/api/access/factor-rule', { config: { action: 'access.factor-rule' }, schema: { tags, response: { 200: rule } } }, async () => ({ roles: [...(await requiredRoles(deps))] }));
  app.post('/api/access/factor-rule', { config: { action: 'access.factor-rule' }, schema: { tags, body: rule, response: { 200: rule } } }, async ({ actor, body }) => {
    const ruleId = newId('frl');
    await transact(deps.db, async (tx) => {
      await insertFactorRule(tx, ruleId, body.roles, actor.accountId, sessionNow(deps));
      await endSessionsWithoutFactor(tx, body.roles, sessionNow(deps));
      await deps.seal(tx, { t: 'role', ref: ruleId, act: 'factor-rule', actor: actor.accountId, roles: body.roles });
    });
    return { roles: [...(await requiredRoles(deps))] };
  });
  app.get('/api/access/factor-holders', { config: { action: 'access.factor-reset' }, schema: { tags, response: { 200: holders } } }, async () => ({ items: await factorHolders(deps.db) }));
  const params = z.object({ accountId: z.string().max(64) });
  const body = z.object({ reason: z.string().max(500) });
  app.post('/api/access/accounts/:accountId/factor-reset', { config: { action: 'access.factor-reset' }, schema: { tags, params, body, response: { 200: z.null() } } }, async ({ actor, params: { accountId }, body: { reason } }, reply) => {
    const done = await resetFactors(deps, asId<AccountId>(accountId), actor.accountId, reason);
    return done.ok ? null : (answer(reply, done) as never);
  });
}

/** Routes of second factors. */
export function factorRoutes(app: App, deps: DoorDeps): void {
  askRoutes(app, deps);
  ownRoutes(app, deps);
  ruleRoutes(app, deps);
}
