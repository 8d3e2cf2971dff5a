import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sm3Hex } from '#evidence';
import {
  newSecret,
  openNote,
  parseSecret,
  parseVkey,
  signNote,
  sm2Sign,
  sm2Verify,
  type NoteSigner,
} from '#evidence/log';

const FOLDER = join(import.meta.dirname, '../../../shared/corpus/gm');
const absent = !existsSync(FOLDER) && process.env['CI'] !== 'true';
if (absent) console.warn('gm corpus not found: conformance tests skipped');

const read = <T>(name: string): T => JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as T;

interface Sm2Vector {
  source: string;
  publicKeyHex: string;
  messageUtf8: string;
  signatureDerHex?: string;
  rHex?: string;
  sHex?: string;
  accept: boolean;
}

/** DER SEQUENCE of two INTEGERs. */
function der(r: string, s: string): string {
  const integer = (text: string): Buffer => {
    const bytes = Buffer.from(text, 'hex');
    const body = (bytes[0] as number) >= 0x80 ? Buffer.concat([Buffer.of(0), bytes]) : bytes;
    return Buffer.concat([Buffer.of(2, body.length), body]);
  };
  const body = Buffer.concat([integer(r), integer(s)]);
  return Buffer.concat([Buffer.of(0x30, body.length), body]).toString('hex');
}

describe.skipIf(absent)('SM2 and SM3 corpus (ev:E05)', () => {
  it('sm3.json', () => {
    for (const v of read<{ messageUtf8: string; sm3Hex: string }[]>('sm3.json'))
      expect(sm3Hex(v.messageUtf8)).toBe(v.sm3Hex);
  });

  it('sm2-verify.json: accepted and refused as listed, also what node:crypto signs', () => {
    for (const v of read<Sm2Vector[]>('sm2-verify.json')) {
      const signature = Buffer.from(v.signatureDerHex ?? der(v.rHex ?? '', v.sHex ?? ''), 'hex');
      const held = sm2Verify(Buffer.from(v.publicKeyHex, 'hex'), Buffer.from(v.messageUtf8), signature);
      expect([v.source, held]).toEqual([v.source, v.accept]);
    }
  });
});

describe('SM2 line of a signed note (ev:E05)', () => {
  const signers = (['ed25519', 'sm2'] as const).map(
    (kind) => parseSecret(newSecret(kind, 'example.gov.cn/evidence/2026a')) as NoteSigner,
  );
  const [ed, sm] = signers as [NoteSigner, NoteSigner];
  const note = signNote('example.gov.cn/evidence/2026a\n1\nrzFuy5Go7nrpkhBwKy1HWPMM3eO/YePY54fXRoH5Cm4=\n', signers);

  it('holds under the vkey as published, and is ignored by those who know only the Ed25519 key', () => {
    const both = openNote(
      note,
      [parseVkey(ed.verifier.vkey), parseVkey(sm.verifier.vkey)].filter((k) => k !== undefined),
    );
    expect(both.ok && both.verified.map((line) => line.by.kind)).toEqual(['ed25519', 'sm2']);
    const one = openNote(note, [ed.verifier]);
    expect(one.ok && [one.verified.length, one.unknown]).toEqual([1, 1]);
  });

  it('a line made by Node’s own signing call is refused: Node leaves the signer id out', () => {
    const pair = generateKeyPairSync('ec', { namedCurve: 'SM2' });
    const point = pair.publicKey.export({ format: 'der', type: 'spki' }).subarray(-65);
    const reread = createPrivateKey(pair.privateKey.export({ format: 'pem', type: 'pkcs8' }));
    for (const key of [pair.privateKey, reread])
      expect(sm2Verify(point, Buffer.from('text\n'), sign('sm3', Buffer.from('text\n'), key))).toBe(false);
  });

  it('malformed keys and signatures are false, not errors', () => {
    const { publicKey, sign: signText } = sm2Sign(Buffer.alloc(32, 7));
    const good = signText(Buffer.from('m'));
    expect(sm2Verify(publicKey, Buffer.from('m'), good)).toBe(true);
    expect(sm2Verify(publicKey, Buffer.from('n'), good)).toBe(false);
    expect(sm2Verify(Buffer.alloc(65, 4), Buffer.from('m'), good)).toBe(false);
    expect(sm2Verify(publicKey, Buffer.from('m'), Buffer.alloc(70))).toBe(false);
  });
});
