import { checkSignedPdf, signatureProblems, type SignatureProblem, type SignatureReport } from '../check-signed-pdf.ts';
import { fails, holds, note, reportOf, unknown, type ImportedSignature, type ImportReport, type ReportLine } from './import-report.ts';
import { checkOfd } from '../ofd/check-ofd.ts';

const startsWith = (bytes: Uint8Array, mark: string): boolean => Buffer.from(bytes.subarray(0, mark.length)).toString('latin1') === mark;

/**
 * Checks the signatures of a paper that came from outside, whatever they are; a broken one is told, never turned away.
 * The kind is read from the content, not from the name (sec:X21).
 *
 * @param roots DER certificates trusted as roots
 */
export async function checkImported(bytes: Uint8Array, roots: readonly Uint8Array[]): Promise<ImportReport> {
  if (startsWith(bytes, '%PDF-')) return pdfReport(bytes, roots);
  // The entry of an OFD stands in the directory of the container by its plain name.
  if (startsWith(bytes, 'PK') && Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes('OFD.xml')) return checkOfd(bytes, roots);
  return { format: 'OTHER', verdict: 'OTHER', signatures: [], lines: [] };
}

async function pdfReport(bytes: Uint8Array, roots: readonly Uint8Array[]): Promise<ImportReport> {
  const { signatures, problems } = await checkSignedPdf(bytes, { roots, foreign: true });
  const lines = problems.filter((problem) => problem !== 'NO_SIGNATURE').map(lineOf);
  return reportOf('PDF', signatures.map(signatureOf), lines);
}

/** Not a fault of the paper: another root may be the right one, and older signatures do not name their certificate. */
const OPEN: readonly SignatureProblem[] = ['CHAIN'];
const REMARKS: readonly SignatureProblem[] = ['CERTIFICATE_BINDING'];

function lineOf(problem: SignatureProblem): ReportLine {
  const { zh, en } = signatureProblems[problem];
  return REMARKS.includes(problem) ? note(zh, en) : OPEN.includes(problem) ? unknown(zh, en) : fails(zh, en);
}

const WHOLE: readonly SignatureProblem[] = ['BYTE_RANGE', 'MALFORMED', 'DIGEST', 'SIGNATURE'];

function signatureOf({ signer, signedAt, coversWholeFile, problems }: SignatureReport): ImportedSignature {
  const good = [
    ...(problems.some((problem) => WHOLE.includes(problem)) ? [] : [holds('所签内容未被改动', 'what was signed is unchanged')]),
    ...(problems.includes('CHAIN') || problems.includes('MALFORMED') ? [] : [holds('证书可追溯到受信任的根', 'the certificate chains to a configured root')]),
    coversWholeFile ? holds('签名覆盖整个文件', 'the signature covers the whole file') : note('签名之后还有其他签名或内容', 'other signatures or content follow'),
  ];
  return {
    kind: 'SIGNATURE', signer, seal: '', signedAt: signedAt ?? null, coversWholeFile, trusted: !problems.includes('CHAIN') && !problems.includes('MALFORMED'),
    lines: [...problems.map(lineOf), ...good, note('签署时间由签名人自行载明', 'the time is what the signer states')],
  };
}
