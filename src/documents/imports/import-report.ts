/** What a check of a paper from outside came to. */
export const VERDICTS = {
  VALID: { zh: '验签通过', en: 'signatures hold' },
  CANNOT_TELL: { zh: '未发现不符，但有事项不能判断', en: 'nothing wrong found, but something cannot be told' },
  PARTIAL: { zh: '签名未覆盖全部内容', en: 'the signature does not cover everything' },
  BROKEN: { zh: '验签不通过', en: 'signatures do not hold' },
  UNSIGNED: { zh: '没有签名', en: 'not signed' },
  OTHER: { zh: '该格式不能验签，仅登记校验值', en: 'no signatures in this format; only the digest is kept' },
} as const;
export type ImportVerdict = keyof typeof VERDICTS;

export type LineOutcome = 'HOLDS' | 'FAILS' | 'CANNOT_TELL' | 'NOTE';

/** One thing that was looked at. */
export interface ReportLine {
  readonly outcome: LineOutcome;
  readonly zh: string;
  readonly en: string;
}

export interface ImportedSignature {
  /** A personal signature or an authority's seal. */
  readonly kind: 'SIGNATURE' | 'SEAL';
  readonly signer: string;
  /** Name of the seal; empty for a signature. */
  readonly seal: string;
  /** What the signer states, epoch ms; null where nothing readable is stated. */
  readonly signedAt: number | null;
  readonly coversWholeFile: boolean;
  /** The certificate chains to a configured root. */
  readonly trusted: boolean;
  readonly lines: readonly ReportLine[];
}

/** What the check of a paper from outside found, signature by signature. */
export interface ImportReport {
  readonly format: 'PDF' | 'OFD' | 'OTHER';
  readonly verdict: ImportVerdict;
  readonly signatures: readonly ImportedSignature[];
  /** About the file as a whole. */
  readonly lines: readonly ReportLine[];
}

export const holds = (zh: string, en: string): ReportLine => ({ outcome: 'HOLDS', zh, en });
export const fails = (zh: string, en: string): ReportLine => ({ outcome: 'FAILS', zh, en });
export const unknown = (zh: string, en: string): ReportLine => ({ outcome: 'CANNOT_TELL', zh, en });
export const note = (zh: string, en: string): ReportLine => ({ outcome: 'NOTE', zh, en });

/** The whole out of its parts: one fault breaks it; what cannot be told is never shown as good. */
export function reportOf(format: ImportReport['format'], signatures: readonly ImportedSignature[], lines: readonly ReportLine[]): ImportReport {
  const all = [...lines, ...signatures.flatMap((one) => one.lines)];
  const has = (outcome: LineOutcome): boolean => all.some((line) => line.outcome === outcome);
  const verdict: ImportVerdict = has('FAILS')
    ? 'BROKEN'
    : signatures.length === 0
      ? 'UNSIGNED'
      : signatures.every((one) => !one.coversWholeFile)
        ? 'PARTIAL'
        : has('CANNOT_TELL')
          ? 'CANNOT_TELL'
          : 'VALID';
  return { format, verdict, signatures, lines };
}

/** The verdict in one sentence, with the first faults named: for the record of extraction. */
export function sentenceOf(report: ImportReport): string {
  const faults = [...report.lines, ...report.signatures.flatMap((one) => one.lines)].filter((line) => line.outcome === 'FAILS').map((line) => line.zh);
  const by = report.signatures.map((one) => [one.seal, one.signer].filter((name) => name !== '').join('／')).filter((name) => name !== '').join('、');
  return [`${VERDICTS[report.verdict].zh}`, by === '' ? '' : `签章人：${by}`, faults.slice(0, 5).join('；')].filter((part) => part !== '').join('。');
}
