import type { FastifyContextConfig } from 'fastify';
import { jsonSchemaTransform } from 'fastify-type-provider-zod';

declare module 'fastify' {
  interface FastifyContextConfig {
    /**
     * What an `Idempotency-Key` does here. Left out: the act is done once, and its first answer is given again. `no-answer`: the act
     * is done once, its answer holds a secret and is not kept. `none`: nothing is kept, for what only reads or opens a session.
     */
    keys?: 'no-answer' | 'none';
  }
}

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Whether a route is an act of a signed-in person that can be asked for under a key: an answer is kept for its asker only. */
export const takesKey = (method: string, { action = 'public', keys }: FastifyContextConfig = {}): boolean => !SAFE.has(method) && action !== 'public' && keys !== 'none';

const KEY_HEADER = {
  type: 'object',
  properties: {
    'Idempotency-Key': {
      type: 'string', maxLength: 255,
      description:
        'A name of your own for this one act, e.g. a UUID; use it again when you ask again because no answer came. The same request is then answered as the first time (header '
        + '`Idempotency-Replayed: true`) and nothing is done twice. 422 (HTTP-KEY-2): the key was used for another request. 409 (HTTP-KEY-3): the first is still running. '
        + '409 (HTTP-KEY-4): the first was begun and its answer is not known; look before you ask under a new key. Kept for 24 hours, for the signed-in person only.',
    },
  },
} as const;

/** The schema of a route for the OpenAPI description: the one that checks it, and the header of acts. */
export const describeRoute: typeof jsonSchemaTransform = (input) => {
  const { schema, url } = jsonSchemaTransform(input);
  const { method, config } = input.route;
  return [method].flat().some((each) => takesKey(each, config)) ? { url, schema: { ...schema, headers: KEY_HEADER } } : { url, schema };
};
