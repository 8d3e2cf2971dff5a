import { createHash } from 'node:crypto';
import { zipSync, type Zippable } from 'fflate';
import { sm3Hex } from '#evidence';
import { sm2Sign } from '#evidence/log';
import { bits, der, integer, octets, oid, sequence, TAG, utf8 } from '../der.ts';

/** A small writer of sealed OFD papers with real SM2 keys and certificates (GB/T 33190, GB/T 38540, GM/T 0031), for tests. */
export interface Sm2Holder {
  readonly name: string;
  readonly certificate: Uint8Array;
  readonly subject: Uint8Array;
  sign(message: Uint8Array): Uint8Array;
}

const SM2_WITH_SM3 = oid('1.2.156.10197.1.501');
const ascii = (tag: number, value: string): Uint8Array => der(tag, new TextEncoder().encode(value));
const time = (ms: number): Uint8Array => ascii(TAG.GENERALIZED_TIME, new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z').replace(/[-:T]/g, ''));
const number = (n: number): Uint8Array => integer(Uint8Array.of(n));
const secretOf = (seed: string): Uint8Array => createHash('sha256').update(`ofd ${seed}`).digest();
const nameOf = (name: string): Uint8Array => sequence(der(TAG.SET, sequence(oid('2.5.4.3'), utf8(name))));

/** A holder with an SM2 certificate, self-signed without an issuer; the key follows from the seed. */
export function sm2Holder(name: string, terms: { from: number; to: number }, issuer?: Sm2Holder, seed = name): Sm2Holder {
  const { publicKey, sign } = sm2Sign(secretOf(seed));
  const subject = nameOf(name);
  const ca = issuer === undefined ? [der(0xa3, sequence(sequence(oid('2.5.29.19'), der(TAG.BOOLEAN, Uint8Array.of(0xff)), octets(sequence(der(TAG.BOOLEAN, Uint8Array.of(0xff)))))))] : [];
  const tbs = sequence(
    der(0xa0, number(2)), integer(createHash('sha256').update(name).digest().subarray(0, 8)), sequence(SM2_WITH_SM3), issuer?.subject ?? subject,
    sequence(time(terms.from), time(terms.to)), subject, sequence(sequence(oid('1.2.840.10045.2.1'), oid('1.2.156.10197.1.301')), bits(publicKey)), ...ca,
  );
  return { name, subject, sign, certificate: sequence(tbs, sequence(SM2_WITH_SM3), bits((issuer?.sign ?? sign)(tbs))) };
}

export interface OfdPlan {
  readonly signer: Sm2Holder;
  readonly maker: Sm2Holder;
  readonly sealName: string;
  readonly sealedAt: number;
  readonly sealFrom: number;
  readonly sealTo: number;
  readonly form?: 'GB/T 38540' | 'GM/T 0031';
  /** Certificates the seal names as its users; by default the signer's. */
  readonly users?: readonly Uint8Array[];
  readonly text?: string;
  /** Parts added without being covered. */
  readonly extra?: Readonly<Record<string, Uint8Array>>;
  /** Value of CheckMethod, and the digest made for it. */
  readonly method?: 'SM3' | '1.2.156.10197.1.401' | 'SHA1';
}

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const XML = '<?xml version="1.0" encoding="UTF-8"?>\n';
const NS = 'xmlns:ofd="http://www.ofdspec.org/2016"';

/** The parts of a paper with one page and one seal. */
export function ofdParts(plan: OfdPlan): Record<string, Uint8Array> {
  const { text = '兹证明来函属实', form = 'GB/T 38540', method = 'SM3' } = plan;
  const seal = sealOf(plan, form);
  const parts: Record<string, Uint8Array> = {
    'OFD.xml': bytesOf(`${XML}<ofd:OFD ${NS} Version="1.1" DocType="OFD"><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot><ofd:Signatures>Doc_0/Signs/Signatures.xml</ofd:Signatures></ofd:DocBody></ofd:OFD>`),
    'Doc_0/Document.xml': bytesOf(`${XML}<ofd:Document ${NS}><ofd:Pages><ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages></ofd:Document>`),
    'Doc_0/Pages/Page_0/Content.xml': bytesOf(`${XML}<ofd:Page ${NS}><ofd:Content><ofd:TextCode>${text} &lt;&#25991;&gt;</ofd:TextCode></ofd:Content></ofd:Page>`),
    'Doc_0/Signs/Sign_0/Seal.esl': seal,
  };
  const digest = (bytes: Uint8Array): string => (method === 'SHA1' ? createHash('sha1').update(bytes).digest() : Buffer.from(sm3Hex(bytes), 'hex')).toString('base64');
  const references = Object.entries(parts).map(([name, bytes]) => `<ofd:Reference FileRef="/${name}"><ofd:CheckValue>${digest(bytes)}</ofd:CheckValue></ofd:Reference>`).join('');
  const description = bytesOf(`${XML}<ofd:Signature ${NS}><ofd:SignedInfo><ofd:SignatureMethod>1.2.156.10197.1.501</ofd:SignatureMethod><ofd:References CheckMethod="${method}">${references}</ofd:References><ofd:Seal><ofd:BaseLoc>Seal.esl</ofd:BaseLoc></ofd:Seal></ofd:SignedInfo><ofd:SignedValue>SignedValue.dat</ofd:SignedValue></ofd:Signature>`);
  return {
    ...parts,
    'Doc_0/Signs/Signatures.xml': bytesOf(`${XML}<ofd:Signatures ${NS}><ofd:MaxSignId>1</ofd:MaxSignId><ofd:Signature ID="1" Type="Seal" BaseLoc="Sign_0/Signature.xml"/></ofd:Signatures>`),
    'Doc_0/Signs/Sign_0/Signature.xml': description,
    'Doc_0/Signs/Sign_0/SignedValue.dat': valueOf(plan, form, seal, description),
    ...plan.extra,
  };
}

function sealOf({ signer, maker, sealName, sealFrom, sealTo, users = [signer.certificate] }: OfdPlan, form: OfdPlan['form']): Uint8Array {
  const gb = form === 'GB/T 38540';
  const list = sequence(...users.map(octets));
  const property = sequence(number(3), utf8(sealName), ...(gb ? [number(1)] : []), list, time(sealFrom), time(sealFrom), time(sealTo));
  const info = sequence(sequence(ascii(0x16, 'ES'), number(gb ? 4 : 1), ascii(0x16, 'test')), ascii(0x16, '3201000001'), property, sequence(ascii(0x16, 'PNG'), octets(Uint8Array.of(1, 2, 3)), number(40), number(40)));
  const certificate = octets(maker.certificate);
  return gb
    ? sequence(info, certificate, SM2_WITH_SM3, bits(maker.sign(info)))
    : sequence(info, sequence(certificate, SM2_WITH_SM3, bits(maker.sign(sequence(info, certificate, SM2_WITH_SM3)))));
}

function valueOf({ signer, sealedAt }: OfdPlan, form: OfdPlan['form'], seal: Uint8Array, description: Uint8Array): Uint8Array {
  const hash = bits(Buffer.from(sm3Hex(description), 'hex'));
  const path = ascii(0x16, '/Doc_0/Signs/Sign_0/Signature.xml');
  if (form === 'GB/T 38540') {
    const toSign = sequence(number(4), seal, time(sealedAt), hash, path);
    return sequence(toSign, octets(signer.certificate), SM2_WITH_SM3, bits(signer.sign(toSign)));
  }
  const toSign = sequence(number(1), seal, bits(time(sealedAt)), hash, path, octets(signer.certificate), SM2_WITH_SM3);
  return sequence(toSign, bits(signer.sign(toSign)));
}

export const zipOfd = (parts: Readonly<Record<string, Uint8Array>>): Uint8Array => zipSync(parts as Zippable, { level: 6 });
