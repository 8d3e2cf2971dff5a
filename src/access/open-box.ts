import { lazyBox, type SecretBox } from '#platform/secrets';

/** The box for secrets of second factors: key file `access-factors.key`, or `MINGJIAN_FACTOR_KEY` from a key store. */
export const openBox = (dataDir: string | undefined): (() => SecretBox) => lazyBox(dataDir, 'access-factors.key', 'MINGJIAN_FACTOR_KEY');
