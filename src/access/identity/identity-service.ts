import { allowInsecureRequests, authorizationCodeGrant, buildAuthorizationUrl, calculatePKCECodeChallenge, discovery, fetchUserInfo, randomNonce, randomPKCECodeVerifier, randomState, type Configuration } from 'openid-client';
import type { IdentityConfig } from '#platform/config';

/** What must be remembered of a request sent to the service until its answer comes. */
export interface Asked {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  /** Page of ours the service sends the person back to. */
  readonly back: string;
}

/** Who the service says a person is. */
export interface Identity {
  readonly issuer: string;
  readonly subject: string;
  /** For people to read; decides nothing. */
  readonly label: string;
  /** The service asked for a second factor, in a way this installation believes. */
  readonly strong: boolean;
}

/** An OpenID Connect provider: authorization code flow with PKCE, state and nonce (OpenID Connect Core 1.0 3.1; RFC 7636). */
export interface IdentityService {
  readonly name: string;
  /** A new request; `undefined` where the service cannot be reached. */
  ask(back: string): Promise<(Asked & { readonly url: string }) | undefined>;
  /** Exchanges an answer for the identity; `undefined` where it does not belong to the request, is forged or was used before. */
  hear(asked: Asked, query: string): Promise<Identity | undefined>;
}

const TIMEOUT_S = 10;
const nameIn = (claims: Readonly<Record<string, unknown>>): string | undefined => words([claims['name'], claims['preferred_username']])[0];
const words = (value: unknown): string[] => [value].flat().filter((one) => typeof one === 'string');

export function identityService({ issuer, clientId, clientSecret, name, trusted }: IdentityConfig): IdentityService {
  let known: Configuration | undefined;
  // Looked up at first use and again after a failure: the platform starts without the service.
  const connect = async (): Promise<Configuration> =>
    (known ??= await discovery(new URL(issuer), clientId, clientSecret, undefined, { timeout: TIMEOUT_S, execute: issuer.startsWith('http:') ? [allowInsecureRequests] : [] }));
  return {
    name,
    async ask(back) {
      const service = await connect().catch(() => undefined);
      if (service === undefined) return undefined;
      const asked: Asked = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier(), back };
      const url = buildAuthorizationUrl(service, {
        redirect_uri: back, scope: 'openid profile', state: asked.state, nonce: asked.nonce, code_challenge: await calculatePKCECodeChallenge(asked.verifier), code_challenge_method: 'S256',
      });
      return { ...asked, url: url.href };
    },
    async hear(asked, query) {
      try {
        const answered = new URL(asked.back);
        answered.search = query;
        const tokens = await authorizationCodeGrant(await connect(), answered, { expectedState: asked.state, expectedNonce: asked.nonce, pkceCodeVerifier: asked.verifier, idTokenExpected: true });
        const claims = tokens.claims();
        if (claims === undefined) return undefined;
        const named = nameIn(claims) ?? nameIn(await fetchUserInfo(await connect(), tokens.access_token, claims.sub).catch(() => ({})));
        return { issuer: claims.iss, subject: claims.sub, label: (named ?? '').slice(0, 100), strong: [...words(claims['amr']), ...words(claims['acr'])].some((one) => trusted.includes(one)) };
      } catch {
        // Whatever is wrong with the answer, nobody is signed in; the person begins again.
        return undefined;
      }
    },
  };
}
