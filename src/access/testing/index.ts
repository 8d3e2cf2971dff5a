import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';

export { keepCast } from './keep-cast.ts';

/** A certified OpenID Connect provider on a socket; its sign-in page lets in whoever sits before it. */
export interface TestProvider {
  readonly issuer: string;
  /** Settings of a platform that is connected to it. */
  readonly env: Readonly<Record<'MINGJIAN_OIDC_ISSUER' | 'MINGJIAN_OIDC_CLIENT_ID' | 'MINGJIAN_OIDC_CLIENT_SECRET', string>>;
  /** Registers the platform's address; nothing is answered before. */
  register(origin: string): void;
  /** Who sits before the page, and how he proves himself. */
  seat(person: { readonly sub: string; readonly amr: string[] }): void;
  close(): Promise<void>;
}

const CLIENT = { client_id: 'mingjian', client_secret: 'a secret of the test only' };

export async function openIdentityProvider(): Promise<TestProvider> {
  const server = createServer();
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  let seated = { sub: 'zhou', amr: ['pwd'] };
  return {
    issuer,
    env: { MINGJIAN_OIDC_ISSUER: issuer, MINGJIAN_OIDC_CLIENT_ID: CLIENT.client_id, MINGJIAN_OIDC_CLIENT_SECRET: CLIENT.client_secret },
    register(origin) {
      const provider = new Provider(issuer, {
        clients: [{ ...CLIENT, redirect_uris: [`${origin}/`, `${origin}/unit`], grant_types: ['authorization_code'], response_types: ['code'] }],
        claims: { openid: ['sub', 'amr'], profile: ['name'] },
        cookies: { keys: ['test'] },
        pkce: { required: () => true },
        features: { devInteractions: { enabled: false } },
        findAccount: (_context, sub) => ({ accountId: sub, claims: () => ({ sub, name: `名字-${sub}` }) }),
        interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
      });
      const answer = provider.callback();
      server.on('request', (request, response) => {
        if (!request.url?.startsWith('/interaction/')) return void answer(request, response);
        void (async () => {
          const { params } = await provider.interactionDetails(request, response);
          const grant = new provider.Grant({ accountId: seated.sub, clientId: String(params['client_id']) });
          grant.addOIDCScope('openid profile');
          await provider.interactionFinished(request, response, { login: { accountId: seated.sub, amr: seated.amr }, consent: { grantId: await grant.save() } });
        })();
      });
    },
    seat: (person) => void (seated = { ...person }),
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
