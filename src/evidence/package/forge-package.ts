import { createHash } from 'node:crypto';
import { signNote, type NoteSigner } from '../log/index.ts';
import { readZip, STATEMENT_FILE, statementText, writeZip } from '../verify/index.ts';
import { manifestOf } from './tag-files.ts';

/** Files of a package without its top folder. For tests, like the rest of this file. */
export const unpack = (name: string, zip: Uint8Array): Map<string, Uint8Array> =>
  new Map([...readZip(zip).files].map(([path, bytes]) => [path.slice(name.length + 1), bytes]));

export const pack = (name: string, files: ReadonlyMap<string, Uint8Array>): Uint8Array =>
  writeZip(new Map([...files].map(([path, bytes]) => [`${name}/${path}`, bytes])));

/** Manifests and sums made again, as a forger would; only the signature is out of his reach. */
export function remake(
  name: string,
  files: ReadonlyMap<string, Uint8Array>,
  resign?: NoteSigner,
): Map<string, Uint8Array> {
  const payload = new Map([...files].filter(([path]) => path.startsWith('data/')));
  const all = new Map(files);
  const octets = [...payload.values()].reduce((sum, bytes) => sum + bytes.length, 0);
  const info = Buffer.from(files.get('bag-info.txt') ?? '')
    .toString()
    .replace(/Payload-Oxum: .*/, `Payload-Oxum: ${octets}.${payload.size}`);
  all.set('bag-info.txt', Buffer.from(info));
  all.set('manifest-sha256.txt', Buffer.from(manifestOf('sha256', payload)));
  all.set('manifest-sha512.txt', Buffer.from(manifestOf('sha512', payload)));
  const sm3 = [...payload]
    .map(([path, bytes]) => `SM3 (${path}) = ${createHash('sm3').update(bytes).digest('hex')}\n`)
    .join('');
  all.set('sm3sums.txt', Buffer.from(sm3));
  const tags = new Map(
    [...all].filter(
      ([path]) => !path.startsWith('data/') && path !== 'tagmanifest-sha256.txt' && path !== STATEMENT_FILE,
    ),
  );
  const tagManifest = Buffer.from(manifestOf('sha256', tags));
  all.set('tagmanifest-sha256.txt', tagManifest);
  if (resign !== undefined)
    all.set(
      STATEMENT_FILE,
      Buffer.from(signNote(statementText(name, all.get('manifest-sha256.txt') as Uint8Array, tagManifest), [resign])),
    );
  return all;
}
