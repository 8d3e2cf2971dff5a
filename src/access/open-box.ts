import { openSecretBox, type SecretBox } from '#platform/secrets';

const FILE = 'access-factors.key';

/** The box for secrets of second factors, opened at first use: an installation without any needs no key. */
export function openBox(dataDir: string | undefined): () => SecretBox {
  let box: SecretBox | undefined;
  return () => {
    if (box !== undefined) return box;
    if (dataDir === undefined) throw new Error('no data folder for the key of second factors');
    box = openSecretBox(dataDir, FILE, process.env['MINGJIAN_FACTOR_KEY']);
    return box;
  };
}
