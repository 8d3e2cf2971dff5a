import { call, Problem } from './api.ts';
import type { Routes } from './api.gen.ts';

/** Can this browser make and show passkeys here? It wants TLS, or this machine itself. */
export const passkeysWork = (): boolean => globalThis.isSecureContext && 'PublicKeyCredential' in globalThis && 'parseCreationOptionsFromJSON' in PublicKeyCredential;

const GIVEN_UP = { title: '设备上的操作被取消或超时', detail: 'cancelled on the device, or too slow' };
const KNOWN = { title: '这台设备或这把钥匙已经登记过', detail: 'this device or key is registered already' };

/** What a browser throws when a person gives up is no defect: it is told like a refusal. */
async function onDevice(work: () => Promise<Credential | null>): Promise<ReturnType<PublicKeyCredential['toJSON']>> {
  const made = await work().catch((error: unknown) => {
    if (error instanceof DOMException) throw new Problem(0, error.name === 'InvalidStateError' ? KNOWN : GIVEN_UP);
    throw error;
  });
  if (!(made instanceof PublicKeyCredential)) throw new Problem(0, GIVEN_UP);
  return made.toJSON();
}

type Registration = Routes['POST /api/access/factors/passkey/confirmation']['body'];
/** What the platform takes as second factor. */
export type Proof = Routes['POST /api/access/second-factor']['body'];

/** Makes a passkey on this device or on a key, and registers it under a name. */
export async function registerPasskey(name: string) {
  const options = (await call('POST /api/access/factors/passkey')) as unknown as PublicKeyCredentialCreationOptionsJSON;
  const made = await onDevice(() => navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) }));
  return call('POST /api/access/factors/passkey/confirmation', { body: { name, credential: made as unknown as Registration['credential'] } });
}

/** Asks the person for one of his passkeys. */
export async function showPasskey(): Promise<Proof> {
  const options = (await call('POST /api/access/second-factor/challenge')) as unknown as PublicKeyCredentialRequestOptionsJSON;
  const shown = await onDevice(() => navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) }));
  return { assertion: shown } as unknown as Proof;
}
