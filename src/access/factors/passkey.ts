import { verifyAuthenticationResponse, verifyRegistrationResponse, generateAuthenticationOptions, generateRegistrationOptions } from '@simplewebauthn/server';
import { instant, MINUTE, ok, type AccountId, type Result } from '#kernel';
import { transact, type Tx } from '#platform/db';
import { newId } from '#platform/ids';
import { refuse } from '../errors.ts';
import { sessionNow, type SessionDeps } from '../session-deps.ts';
import type { Site } from '../site.ts';
import { accountOf } from '../store/accounts.ts';
import { recoveryCodesLeft } from '../store/factors.ts';
import { insertChallenge, insertPasskey, notePasskeyUse, passkeysOf, spendChallenge, type ChallengePurpose } from '../store/passkeys.ts';
import { issueRecoveryCodes } from './recovery-codes.ts';

/** What a browser's `credential.toJSON()` gives for a new key and for one used. */
export type Attestation = Parameters<typeof verifyRegistrationResponse>[0]['response'];
export type Assertion = Parameters<typeof verifyAuthenticationResponse>[0]['response'];
/** What a browser's `PublicKeyCredential.parse…OptionsFromJSON` takes. */
export type CreationOptions = Awaited<ReturnType<typeof generateRegistrationOptions>>;
export type RequestOptions = Awaited<ReturnType<typeof generateAuthenticationOptions>>;

const ISSUER = '明鉴';
/** COSE: EdDSA, ES256, RS256, what keys in use can do (RFC 9053; Web Authentication 5.8.5). */
const ALGORITHMS = [-8, -7, -257];
/** How long a challenge may be answered; browsers are told the same. */
export const CHALLENGE_LIFE = 5 * MINUTE;

/** Spends the challenge an answer names and remembers whether it held: the library only says that something was wrong. */
function asked(tx: Tx, deps: SessionDeps, accountId: AccountId, purpose: ChallengePurpose) {
  const now = sessionNow(deps);
  const question = { held: false, check: async (challenge: string) => (question.held = await spendChallenge(tx, challenge, accountId, purpose, instant(now - CHALLENGE_LIFE), now)) };
  return question;
}

/** What the library throws is a verdict about the answer, never a defect of ours: it reaches the person as a refusal. */
async function verdictOf<T extends { verified: boolean }>(verify: () => Promise<T>): Promise<T | undefined> {
  try {
    const verdict = await verify();
    return verdict.verified ? verdict : undefined;
  } catch {
    return undefined;
  }
}

const descriptorOf = ({ credentialId, transports }: { credentialId: string; transports: readonly string[] }) => ({ id: credentialId, transports: [...transports] });

/** Begins the registration of a passkey: options for `navigator.credentials.create`. */
export async function beginPasskey(deps: SessionDeps, accountId: AccountId, site: Site): Promise<Result<CreationOptions>> {
  const account = await accountOf(deps.db, accountId);
  if (account === undefined) return refuse('ACCESS-005');
  const options = await generateRegistrationOptions({
    rpName: ISSUER, rpID: site.rpId, userName: account.login, userDisplayName: account.name, userID: Uint8Array.from(Buffer.from(accountId)), timeout: CHALLENGE_LIFE, supportedAlgorithmIDs: ALGORITHMS,
    excludeCredentials: (await passkeysOf(deps.db, accountId)).map(descriptorOf), authenticatorSelection: { residentKey: 'discouraged', userVerification: 'preferred' },
  });
  await insertChallenge(deps.db, options.challenge, accountId, 'register', sessionNow(deps));
  return ok(options);
}

/**
 * Registers the key a browser made. A first factor brings its recovery codes, shown once; later keys bring none.
 *
 * @returns ACCESS-022 the answer does not hold, ACCESS-023 the challenge is not his, spent or too old, ACCESS-024 the key is registered
 */
export async function registerPasskey(deps: SessionDeps, accountId: AccountId, name: string, response: Attestation, site: Site): Promise<Result<{ recoveryCodes: string[] }>> {
  const { answer } = await transact(deps.db, async (tx): Promise<{ answer: Result<{ recoveryCodes: string[] }> }> => {
    const now = sessionNow(deps);
    const question = asked(tx, deps, accountId, 'register');
    const verdict = await verdictOf(() => verifyRegistrationResponse({ response, expectedChallenge: question.check, expectedOrigin: site.origin, expectedRPID: site.rpId, requireUserVerification: false, supportedAlgorithmIDs: ALGORITHMS }));
    if (verdict?.registrationInfo === undefined) return { answer: refuse(question.held ? 'ACCESS-022' : 'ACCESS-023') };
    const { id, publicKey, counter, transports = [] } = verdict.registrationInfo.credential;
    const kept = await insertPasskey(tx, {
      passkeyId: newId('psk'), accountId, name, rpId: site.rpId, credentialId: id, publicKey: Buffer.from(publicKey).toString('base64url'), counter, transports, createdAt: now,
    });
    if (!kept) return { answer: refuse('ACCESS-024') };
    return { answer: ok({ recoveryCodes: (await recoveryCodesLeft(tx, accountId)) > 0 ? [] : await issueRecoveryCodes(tx, accountId, now) }) };
  });
  return answer;
}

/** Asks for one of the person's passkeys of this site: options for `navigator.credentials.get`. ACCESS-025 when there is none. */
export async function askPasskey(deps: SessionDeps, accountId: AccountId, site: Site): Promise<Result<RequestOptions>> {
  const keys = (await passkeysOf(deps.db, accountId)).filter((key) => key.rpId === site.rpId);
  if (keys.length === 0) return refuse('ACCESS-025');
  const options = await generateAuthenticationOptions({ rpID: site.rpId, allowCredentials: keys.map(descriptorOf), userVerification: 'preferred', timeout: CHALLENGE_LIFE });
  await insertChallenge(deps.db, options.challenge, accountId, 'use', sessionNow(deps));
  return ok(options);
}

/** Accepts the answer of a passkey of this account and keeps its counter, which must have grown. */
export async function acceptAssertion(tx: Tx, deps: SessionDeps, accountId: AccountId, response: Assertion, site: Site): Promise<Result<null>> {
  const key = (await passkeysOf(tx, accountId)).find((each) => each.credentialId === response.id);
  if (key === undefined) return refuse('ACCESS-022');
  const question = asked(tx, deps, accountId, 'use');
  const verdict = await verdictOf(() => verifyAuthenticationResponse({
    response, expectedChallenge: question.check, expectedOrigin: site.origin, expectedRPID: key.rpId, requireUserVerification: false,
    credential: { id: key.credentialId, publicKey: new Uint8Array(Buffer.from(key.publicKey, 'base64url')), counter: key.counter },
  }));
  if (verdict === undefined) return refuse(question.held ? 'ACCESS-022' : 'ACCESS-023');
  await notePasskeyUse(tx, key.passkeyId, verdict.authenticationInfo.newCounter, sessionNow(deps));
  return ok(null);
}
