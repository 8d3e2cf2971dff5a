import { createHash } from 'node:crypto';
import { sm2Verify } from '#evidence/log';
import { sm3Hex } from '#evidence';
import { fails, holds, note, reportOf, unknown, type ImportedSignature, type ImportReport, type ReportLine } from '../imports/import-report.ts';
import { elementsNamed, firstNamed, readXml, type XmlElement } from './read-xml.ts';
import { readSealValue, SM2_WITH_SM3, type SealValue } from './seal-value.ts';
import { chainsTo, type Sm2Certificate } from './sm2-certificate.ts';
import { unpack } from './unpack.ts';

type Parts = ReadonlyMap<string, Uint8Array>;

const DIGESTS: Readonly<Record<string, { readonly name: string; readonly weak?: true; of(bytes: Uint8Array): Buffer }>> = {
  'SM3': { name: 'SM3', of: (bytes) => Buffer.from(sm3Hex(bytes), 'hex') },
  '1.2.156.10197.1.401': { name: 'SM3', of: (bytes) => Buffer.from(sm3Hex(bytes), 'hex') },
  'SHA256': { name: 'SHA-256', of: (bytes) => createHash('sha256').update(bytes).digest() },
  '2.16.840.1.101.3.4.2.1': { name: 'SHA-256', of: (bytes) => createHash('sha256').update(bytes).digest() },
  'SHA1': { name: 'SHA-1', weak: true, of: (bytes) => createHash('sha1').update(bytes).digest() },
  '1.3.14.3.2.26': { name: 'SHA-1', weak: true, of: (bytes) => createHash('sha1').update(bytes).digest() },
  'MD5': { name: 'MD5', weak: true, of: (bytes) => createHash('md5').update(bytes).digest() },
};

/**
 * Checks the seals of an OFD paper (GB/T 33190) without showing it: the digest of every part a signature names, the digest
 * of the signature description inside the seal value, the SM2 signature of whoever sealed, the seal maker's over the seal
 * (GB/T 38540, GM/T 0031), the terms, and what no signature covers. The file itself is never changed.
 *
 * @param roots DER certificates trusted as makers of seals and issuers of certificates
 */
export function checkOfd(bytes: Uint8Array, roots: readonly Uint8Array[]): ImportReport {
  const opened = unpack(bytes);
  if ('refused' in opened) return reportOf('OFD', [], [fails(`文件不能安全打开：${opened.refused}`, `cannot be opened safely: ${opened.refused}`)]);
  const { parts } = opened;
  const lists = signatureLists(parts);
  if (!Array.isArray(lists)) return reportOf('OFD', [], [lists]);
  const signatures = lists.flatMap((path) => signaturesIn(parts, path, roots));
  // The list grows with each signature and is left out by the standard; so is what the signatures consist of.
  const own = [...lists, ...signatures.flatMap((one) => one.own)];
  const reports = signatures.map(({ report, covered }) => ({ ...report, coversWholeFile: uncovered(parts, covered, own).length === 0 }));
  return reportOf('OFD', reports, bareLines(parts, lists, signatures, own));
}

/** Paths of the lists of signatures that OFD.xml names. */
function signatureLists(parts: Parts): string[] | ReportLine {
  const root = xmlAt(parts, 'OFD.xml');
  if (typeof root === 'string') return fails(`OFD.xml ${root}`, `OFD.xml ${root}`);
  if (root.name !== 'OFD') return fails('OFD.xml 不是 OFD 主入口', 'OFD.xml is no OFD entry');
  return [...elementsNamed(root, 'Signatures')].map((one) => resolve('', one.text)).filter((path) => path !== '');
}

interface Found {
  readonly report: Omit<ImportedSignature, 'coversWholeFile'>;
  /** Parts this signature names, and the parts it consists of. */
  readonly covered: ReadonlySet<string>;
  readonly own: readonly string[];
}

function signaturesIn(parts: Parts, list: string, roots: readonly Uint8Array[]): Found[] {
  const root = xmlAt(parts, list);
  if (typeof root === 'string') return [broken(list, fails(`${list} ${root}`, `${list} ${root}`))];
  return [...elementsNamed(root, 'Signature')].map((entry) => {
    const path = resolve(list, entry.attributes['BaseLoc'] ?? '');
    return oneSignature(parts, path, entry.attributes['Type'] === 'Sign' ? 'SIGNATURE' : 'SEAL', roots);
  });
}

const broken = (path: string, line: ReportLine): Found => ({
  report: { kind: 'SEAL', signer: '', seal: '', signedAt: null, trusted: false, lines: [line] }, covered: new Set(), own: [path],
});

function oneSignature(parts: Parts, path: string, kind: ImportedSignature['kind'], roots: readonly Uint8Array[]): Found {
  const description = parts.get(path);
  const root = xmlAt(parts, path);
  if (description === undefined || typeof root === 'string') return broken(path, fails(`签名描述 ${path} ${String(root)}`, `signature description ${path} ${String(root)}`));
  const valuePath = resolve(path, firstNamed(root, 'SignedValue')?.text ?? '');
  const sealPath = resolve(path, firstNamed(firstNamed(root, 'Seal') ?? root, 'BaseLoc')?.text ?? '');
  const { lines, covered } = checkReferences(parts, root);
  const value = readValue(parts.get(valuePath));
  const about = typeof value === 'string'
    ? [kind === 'SEAL' ? fails(`签章值 ${valuePath} 不可读取：${value}`, `seal value ${valuePath}: ${value}`) : unknown('数字签名值的格式不在核验范围内，仅核对了各部件摘要', 'this form of signature value is not checked, only the digests of the parts')]
    : [...checkValue(value, description, path), ...checkSeal(value, parts.get(sealPath), sealPath), ...checkTerms(value), ...checkTrust(value, roots)];
  const own = [path, valuePath, sealPath];
  return {
    covered, own,
    report: {
      kind, lines: [...lines, ...about], signer: typeof value === 'string' ? '' : nameOf(value.signer), seal: typeof value === 'string' ? '' : value.seal.name,
      signedAt: typeof value === 'string' ? null : (value.signedAt ?? null), trusted: typeof value !== 'string' && chainsTo(value.signer, roots) && chainsTo(value.seal.maker, roots),
    },
  };
}

const nameOf = (certificate: Sm2Certificate): string => [certificate.organisation, certificate.commonName].filter((name, i, all) => name !== '' && all.indexOf(name) === i).join(' ');

function checkReferences(parts: Parts, root: XmlElement): { lines: ReportLine[]; covered: Set<string> } {
  const references = firstNamed(root, 'References');
  // GB/T 33190: MD5 where nothing is said.
  const method = DIGESTS[(references?.attributes['CheckMethod'] ?? 'MD5').replace('-', '')];
  const covered = new Set<string>();
  if (references === undefined) return { covered, lines: [fails('签名没有列出保护的部件', 'the signature names no parts')] };
  if (method === undefined) {
    const named = references.attributes['CheckMethod'] ?? '';
    return { covered, lines: [unknown(`摘要算法 ${named} 不在核验范围内`, `digest algorithm ${named} is not checked`)] };
  }
  const lines: ReportLine[] = [];
  for (const reference of elementsNamed(references, 'Reference')) {
    const file = resolve('', reference.attributes['FileRef'] ?? '');
    const part = parts.get(file);
    const expected = Buffer.from(firstNamed(reference, 'CheckValue')?.text ?? '', 'base64');
    covered.add(file);
    if (part === undefined) lines.push(fails(`部件 ${file} 缺失`, `part ${file} is missing`));
    else if (!method.of(part).equals(expected)) lines.push(fails(`部件 ${file} 与签名时不一致`, `part ${file} differs from what was signed`));
  }
  if (covered.size === 0) lines.push(fails('签名没有列出保护的部件', 'the signature names no parts'));
  else if (lines.length === 0) lines.push(holds(`${covered.size} 个部件的 ${method.name} 摘要一致`, `${method.name} digests of ${covered.size} parts agree`));
  if (method.weak === true) lines.push(unknown(`${method.name} 摘要可以伪造，一致不能说明未被改动`, `${method.name} digests can be forged; agreement proves nothing`));
  return { lines, covered };
}

function checkValue(value: SealValue, description: Uint8Array, path: string): ReportLine[] {
  const hashed = Buffer.from(sm3Hex(description), 'hex').equals(Buffer.from(value.dataHash));
  const lines = [hashed ? holds('签章值与签名描述一致（SM3）', 'the seal value was made for this description (SM3)') : fails(`签名描述 ${path} 与签章值中的摘要不一致`, `${path} does not match the digest in the seal value`)];
  lines.push(verdictOn(value.algorithm, value.signer, [value.toSign], value.signature, `签章人的 SM2 签名（${value.form}）`, `SM2 signature of the signer (${value.form})`));
  return lines;
}

function verdictOn(algorithm: string, certificate: Sm2Certificate, messages: readonly Uint8Array[], signature: Uint8Array, zh: string, en: string): ReportLine {
  const { publicKey } = certificate;
  if (algorithm !== SM2_WITH_SM3 || publicKey === undefined) return unknown(`${zh}：算法 ${algorithm} 不在核验范围内`, `${en}: algorithm ${algorithm} is not checked`);
  return messages.some((message) => sm2Verify(publicKey, message, signature)) ? holds(`${zh}成立`, `${en} holds`) : fails(`${zh}不成立`, `${en} does not hold`);
}

function checkSeal(value: SealValue, kept: Uint8Array | undefined, path: string): ReportLine[] {
  const { seal, signer } = value;
  const lines = [verdictOn(seal.algorithm, seal.maker, seal.coverages, seal.signature, `制章人（${nameOf(seal.maker)}）对印章的签名`, `the maker's signature over the seal (${nameOf(seal.maker)})`)];
  const listed = seal.users.some((user) => Buffer.from(user).equals(seal.usersAreDigests ? digestLike(user, signer.bytes) : Buffer.from(signer.bytes)));
  lines.push(listed ? holds('签章人在印章准许使用的证书之列', 'the signer may use this seal') : fails('签章人的证书不在该印章准许使用之列', 'the seal does not name the signer'));
  if (kept !== undefined && !Buffer.from(kept).equals(Buffer.from(seal.bytes))) lines.push(fails(`印章文件 ${path} 与签章值中的印章不是同一枚`, `${path} is another seal than the one in the value`));
  return lines;
}

const digestLike = (expected: Uint8Array, bytes: Uint8Array): Buffer => (expected.length === 20 ? createHash('sha1').update(bytes).digest() : Buffer.from(sm3Hex(bytes), 'hex'));

function checkTerms(value: SealValue): ReportLine[] {
  const { seal, signer, signedAt, timeStamped } = value;
  if (signedAt === undefined) return [unknown('签章时间不可读取，期限无法核对', 'the time of sealing cannot be read, so no term is checked')];
  const within = (from: number | undefined, to: number | undefined): boolean => (from === undefined || from <= signedAt) && (to === undefined || signedAt <= to);
  return [
    within(seal.validFrom, seal.validTo) ? holds('签章时印章在有效期内', 'the seal was in force') : fails('签章时印章不在有效期内', 'the seal was not in force'),
    within(signer.notBefore, signer.notAfter) ? holds('签章时签章人证书在有效期内', "the signer's certificate was in force") : fails('签章时签章人证书不在有效期内', "the signer's certificate was not in force"),
    timeStamped ? note('含有时间戳，时间戳未核验', 'a time stamp is there and was not checked') : note('签章时间由签章人自行载明', 'the time is what the signer states'),
  ];
}

function checkTrust({ signer, seal }: SealValue, roots: readonly Uint8Array[]): ReportLine[] {
  const line = (certificate: Sm2Certificate, who: string, whoEn: string): ReportLine =>
    chainsTo(certificate, roots) ? holds(`${who}证书可追溯到受信任的根`, `${whoEn} chains to a configured root`) : unknown(`${who}证书未能追溯到已配置的受信任根`, `${whoEn} does not chain to a configured root`);
  return [line(signer, '签章人', "the signer's certificate"), line(seal.maker, '制章人', "the seal maker's certificate")];
}

/** Parts of the container no signature answers for. */
const uncovered = (parts: Parts, covered: ReadonlySet<string>, own: readonly string[]): string[] =>
  [...parts.keys()].filter((name) => !covered.has(name) && !own.includes(name));

function bareLines(parts: Parts, lists: readonly string[], signatures: readonly Found[], own: readonly string[]): ReportLine[] {
  if (signatures.length === 0) return lists.length === 0 ? [] : [note('签名列表为空', 'the list of signatures is empty')];
  const covered = new Set(signatures.flatMap((one) => [...one.covered]));
  const bare = uncovered(parts, covered, own);
  if (bare.length === 0) return [];
  const shown = bare.slice(0, 5).join('、');
  return [note(`没有签名保护的部件：${shown}${bare.length > 5 ? ` 等 ${bare.length} 个` : ''}`, `parts no signature covers: ${shown}${bare.length > 5 ? ` and others, ${bare.length} in all` : ''}`)];
}

function xmlAt(parts: Parts, path: string): XmlElement | string {
  const bytes = parts.get(path);
  if (bytes === undefined) return '缺失 (missing)';
  try {
    return readXml(bytes);
  } catch (error) {
    return `不可读取 (${error instanceof Error ? error.message : 'unreadable'})`;
  }
}

function readValue(bytes: Uint8Array | undefined): SealValue | string {
  if (bytes === undefined) return '缺失 (missing)';
  try {
    return readSealValue(bytes);
  } catch (error) {
    return error instanceof Error ? error.message : 'unreadable';
  }
}

/** A location inside the container: absolute with a leading stroke, else beside the part that names it. */
function resolve(from: string, location: string): string {
  if (location === '') return '';
  const base = location.startsWith('/') ? [] : from.split('/').slice(0, -1);
  const out: string[] = [];
  for (const part of [...base, ...location.split('/')]) {
    if (part === '..') out.pop();
    else if (part !== '' && part !== '.') out.push(part);
  }
  return out.join('/');
}
