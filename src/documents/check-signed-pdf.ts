import { X509Certificate } from 'node:crypto';
import { PDF, PdfArray, PdfNumber, type PdfDict } from '@libpdf/core';
import { keyUsage, readCms, type Cms } from './cms.ts';

/** Why a signed file is not accepted. `pdfsig` alone calls a file valid that had bytes appended. */
export const signatureProblems = {
  NOT_A_PDF: { zh: '不是可读取的 PDF 文件', en: 'not a readable PDF' },
  NO_SIGNATURE: { zh: '没有签名', en: 'no signature' },
  MALFORMED: { zh: '签名数据不可读取', en: 'the signature container cannot be read' },
  BYTE_RANGE: { zh: '签名范围不覆盖整个文件版本', en: 'the byte range does not cover its revision' },
  APPENDED: { zh: '签名之后文件被追加内容', en: 'bytes were appended after the last signature' },
  EXTRA_REVISION: { zh: '文件含有无签名的修订', en: 'a revision has no signature of its own' },
  DIGEST: { zh: '内容与签名摘要不一致', en: 'the content does not match the signed digest' },
  SIGNATURE: { zh: '签名验证失败', en: 'the signature does not verify' },
  CERTIFICATE_BINDING: { zh: '签名未绑定签名证书', en: 'the signature does not bind its certificate' },
  CHAIN: { zh: '证书不能追溯到受信任的根', en: 'the certificate does not chain to a configured root' },
  EXPIRED: { zh: '签名时证书已过期', en: 'the certificate had expired at signing' },
  NOT_YET_VALID: { zh: '签名时证书尚未生效', en: 'the certificate was not yet valid at signing' },
  REVOKED: { zh: '证书已吊销', en: 'the certificate is revoked' },
  WRONG_USE: { zh: '证书用途不是签名', en: 'the certificate is not for signing' },
} as const;

export type SignatureProblem = keyof typeof signatureProblems;

/** What the check found about one signature. */
export interface SignatureReport {
  readonly field: string;
  readonly signer: string;
  readonly reason: string;
  /** What the signer claims, epoch milliseconds. */
  readonly signedAt: number | undefined;
  /** Length of the file as this signer saw it. */
  readonly coversBytes: number;
  readonly coversWholeFile: boolean;
  /** Who issued the signer's certificate, and when it holds, epoch milliseconds; undefined where none could be read. */
  readonly certificate: { readonly issuer: string; readonly from: number; readonly to: number } | undefined;
  readonly problems: readonly SignatureProblem[];
}

/** What the check found about a signed file; accepted only without any problem. */
export interface SignedPdfReport {
  readonly accepted: boolean;
  readonly signatures: readonly SignatureReport[];
  readonly problems: readonly SignatureProblem[];
}

/** Whose signatures are believed. */
export interface Trust {
  /** DER certificates trusted as roots. */
  readonly roots: readonly Uint8Array[];
  /** Serial numbers (upper-case hex) that are no longer good. */
  readonly revoked?: ReadonlySet<string>;
  /** Not one of ours: it may have had revisions before it was first signed, and its last line may end without a newline. */
  readonly foreign?: true;
}

interface RawSignature {
  readonly field: string;
  readonly dict: PdfDict;
  readonly range: readonly number[];
}

/**
 * Accepts a signed document only if every signature holds, chains to a root, covers its revision to the last byte,
 * and there is exactly one revision for each signature, the last one reaching the end of the file (doc:D03–D07).
 */
export async function checkSignedPdf(bytes: Uint8Array, trust: Trust): Promise<SignedPdfReport> {
  const found = await findSignatures(bytes);
  if (found === undefined) return { accepted: false, signatures: [], problems: ['NOT_A_PDF'] };
  if (found.length === 0) return { accepted: false, signatures: [], problems: ['NO_SIGNATURE'] };
  const ordered = [...found].sort((a, b) => endOf(a.range) - endOf(b.range));
  const signatures = ordered.map((signature) => report(bytes, signature, trust));
  const ends = revisionEnds(bytes);
  const problems: SignatureProblem[] = [];
  if (endOf(ordered.at(-1)!.range) !== bytes.length) problems.push('APPENDED');
  const extra = trust.foreign === true ? revisedSince(ends, ordered.map((signature) => endOf(signature.range))) : notOneEach(ends, ordered);
  if (extra) problems.push('EXTRA_REVISION');
  return { accepted: problems.length === 0 && signatures.every((s) => s.problems.length === 0), signatures, problems };
}

function notOneEach(ends: readonly number[], ordered: readonly RawSignature[]): boolean {
  // The first revision is the unsigned document with its fields; then one for each signature, ending where it ends.
  const signedEnds = new Set(ordered.map((signature) => endOf(signature.range)));
  return signedEnds.size !== ordered.length || ends.slice(1).some((end) => !signedEnds.has(end)) || ends.length !== ordered.length + 1;
}

/** Has anything been written after the first signature that no signature ends with? A line end may stand between. */
function revisedSince(ends: readonly number[], signed: readonly number[]): boolean {
  const first = Math.min(...signed);
  return ends.some((end) => end > first + LINE_END && !signed.some((at) => end >= at && end - at <= LINE_END));
}
const LINE_END = 2;

const endOf = (range: readonly number[]): number => (range[2] ?? 0) + (range[3] ?? 0);

async function findSignatures(bytes: Uint8Array): Promise<RawSignature[] | undefined> {
  try {
    const file = await PDF.load(bytes);
    return (file.getForm()?.getSignatureFields() ?? []).flatMap((field) => {
      const dict = field.getSignatureDict();
      if (dict === null) return [];
      const range = dict.getArray('ByteRange') ?? new PdfArray();
      const numbers = Array.from({ length: range.length }, (_, i) => range.at(i)).map((n) => (n instanceof PdfNumber ? n.value : -1));
      return [{ field: field.name, dict, range: numbers }];
    });
  } catch {
    return undefined;
  }
}

/** File offsets behind each `%%EOF` that follows a `startxref`: one for each revision. */
function revisionEnds(bytes: Uint8Array): number[] {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  return [...text.matchAll(/startxref\s+\d+\s+%%EOF(\r\n|\n|\r)?/g)].map((match) => match.index + match[0].length);
}

function report(bytes: Uint8Array, { field, dict, range }: RawSignature, trust: Trust): SignatureReport {
  const problems: SignatureProblem[] = [];
  const reason = dict.getString('Reason')?.asString() ?? '';
  const signedAt = pdfDate(dict.getString('M')?.asString());
  const container = containerAt(bytes, range);
  if (container === undefined) problems.push('BYTE_RANGE');
  const cms = container === undefined ? undefined : readCms(container);
  if (container !== undefined && cms === undefined) problems.push('MALFORMED');
  if (cms !== undefined) {
    const [, length = 0, second = 0, rest = 0] = range;
    const verdict = cms.check(Buffer.concat([bytes.subarray(0, length), bytes.subarray(second, second + rest)]));
    if (verdict !== 'VALID') problems.push(verdict);
    if (!cms.bindsCertificate) problems.push('CERTIFICATE_BINDING');
    problems.push(...certificateProblems(cms, trust, signedAt));
  }
  const coversBytes = endOf(range);
  return {
    field, reason, signedAt, coversBytes, problems,
    signer: cms === undefined ? '' : nameIn(cms.certificate.subject),
    certificate: cms === undefined ? undefined : { issuer: nameIn(cms.certificate.issuer), from: cms.certificate.validFromDate.getTime(), to: cms.certificate.validToDate.getTime() },
    coversWholeFile: coversBytes === bytes.length,
  };
}

/** The bytes between the two ranges must be one hex string and nothing else; anything more would go unsigned. */
function containerAt(bytes: Uint8Array, range: readonly number[]): Uint8Array | undefined {
  const [start, length, second, rest] = range;
  if (range.length !== 4 || start !== 0 || length === undefined || second === undefined || rest === undefined) return undefined;
  if (length < 1 || rest < 1 || second <= length || second + rest > bytes.length) return undefined;
  const hex = Buffer.from(bytes.subarray(length, second)).toString('latin1');
  return /^<(?:[0-9a-fA-F]{2})+>$/.test(hex) ? new Uint8Array(Buffer.from(hex.slice(1, -1), 'hex')) : undefined;
}

const DIGITAL_SIGNATURE_OR_NON_REPUDIATION = 0xc0;

function certificateProblems(cms: Cms, { roots, revoked }: Trust, signedAt: number | undefined): SignatureProblem[] {
  const problems: SignatureProblem[] = [];
  const chain = chainOf(cms, roots.map((root) => new X509Certificate(root)));
  if (chain === undefined) problems.push('CHAIN');
  const usage = keyUsage(cms.certificate);
  if (cms.certificate.ca || (usage !== undefined && (usage & DIGITAL_SIGNATURE_OR_NON_REPUDIATION) === 0)) problems.push('WRONG_USE');
  const at = signedAt ?? 0;
  for (const certificate of chain ?? [cms.certificate]) {
    if (at < certificate.validFromDate.getTime()) problems.push('NOT_YET_VALID');
    if (at > certificate.validToDate.getTime()) problems.push('EXPIRED');
    if (revoked?.has(certificate.serialNumber.toUpperCase())) problems.push('REVOKED');
  }
  return [...new Set(problems)];
}

/** Signer to root, each issued and signed by the next; undefined when no configured root is reached. */
function chainOf(cms: Cms, roots: readonly X509Certificate[]): X509Certificate[] | undefined {
  const chain = [cms.certificate];
  for (let step = 0; step < 5; step++) {
    const last = chain.at(-1)!;
    if (roots.some((root) => root.raw.equals(last.raw))) return chain;
    const issuer = [...roots, ...cms.certificates].find(
      (candidate) => candidate.ca && last.checkIssued(candidate) && last.verify(candidate.publicKey) && !chain.includes(candidate),
    );
    if (issuer === undefined) return undefined;
    chain.push(issuer);
  }
  return undefined;
}

const nameIn = (subject: string): string => /^CN=(.*)$/m.exec(subject)?.[1] ?? subject;

function pdfDate(text: string | undefined): number | undefined {
  const m = /^D:(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(?:Z|([+-])(\d{2})'?(\d{2})?)/.exec(text ?? '');
  if (m === null) return undefined;
  const [y, mo, d, h, mi, s] = m.slice(1, 7).map(Number) as [number, number, number, number, number, number];
  const offset = (Number(m[8] ?? 0) * 60 + Number(m[9] ?? 0)) * 60_000 * (m[7] === '-' ? -1 : 1);
  return Date.UTC(y, mo - 1, d, h, mi, s) - offset;
}
