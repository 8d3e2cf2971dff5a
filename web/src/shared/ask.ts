/** Keys of acts that were asked for and not yet answered, by what was asked. */
const unanswered = new Map<string, string>();

const nameOf = (url: string, { method, body }: RequestInit): string =>
  `${method} ${url} ${body instanceof File ? `${body.name} ${body.size} ${body.lastModified}` : String(body ?? '')}`;

/** `crypto.randomUUID` exists only over TLS and on this machine itself. */
const newKey = (): string => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');

/** Nothing answered: the line is down, or the platform is. */
export class Unreachable extends Error {}

/** `fetch`, which says so where nothing answers. @throws Unreachable */
export const reach = (url: string, init: RequestInit): Promise<Response> =>
  fetch(url, { credentials: 'same-origin', ...init }).catch((cause: unknown) => {
    throw cause instanceof DOMException ? cause : new Unreachable('no answer', { cause });
  });

/** A proxy or the platform failed on the way, or the first asking still runs: whether the act was done is open. */
const leavesOpen = (response: Response): boolean => response.status >= 500 || response.headers.has('retry-after');

/**
 * Asks the platform. Every act goes out under a key of its own, and who asks for the same again because no answer came does so under
 * the same key: the platform then answers as it would have, and acts once. An answer of any kind ends the key.
 */
export async function ask(url: string, init: RequestInit & { readonly method: string }): Promise<Response> {
  if (init.method === 'GET') return reach(url, init);
  const act = nameOf(url, init);
  const key = unanswered.get(act) ?? newKey();
  unanswered.set(act, key);
  const response = await reach(url, { ...init, headers: { ...(init.headers as Record<string, string> | undefined), 'idempotency-key': key } });
  if (!leavesOpen(response)) unanswered.delete(act);
  return response;
}
