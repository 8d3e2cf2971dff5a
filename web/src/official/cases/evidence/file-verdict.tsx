import { Tag, Typography } from 'antd';
import { useSpeech, type Text } from '../../../shared/i18n.tsx';
import { formatTime } from '../../../shared/tiers.ts';
import type { ImportedFile } from './file-picker.tsx';

const TEXT = {
  signer: { zh: '签名人', en: 'Signer' },
  sealer: { zh: '签章人', en: 'Sealed by' },
  seal: { zh: '印章', en: 'Seal' },
  at: { zh: '载明时间', en: 'stated time' },
  noTime: { zh: '未载明时间', en: 'no time stated' },
  trusted: { zh: '证书可信', en: 'certificate trusted' },
  untrusted: { zh: '证书未能追溯到受信任的根', en: 'no trusted root' },
  whole: { zh: '覆盖全文', en: 'covers the whole file' },
  part: { zh: '未覆盖全文', en: 'does not cover the whole file' },
  details: { zh: '逐项结果', en: 'Results one by one' },
  download: { zh: '原文件', en: 'the file' },
} as const satisfies Record<string, Text>;

const MARKS = { HOLDS: '✓', FAILS: '✗', CANNOT_TELL: '?', NOTE: '·' } as const;
const SIGNS: Readonly<Record<ImportedFile['verdict'], string>> = { VALID: '✓', CANNOT_TELL: '?', PARTIAL: '?', BROKEN: '✗', UNSIGNED: '—', OTHER: '—' };

function Lines({ lines }: { lines: ImportedFile['lines'] }) {
  const { t } = useSpeech();
  const order = ['FAILS', 'CANNOT_TELL', 'HOLDS', 'NOTE'];
  return (
    <ul style={{ listStyle: 'none', margin: 0, padding: 0 }}>
      {[...lines].sort((a, b) => order.indexOf(a.outcome) - order.indexOf(b.outcome)).map((line, i) => (
        <li key={i} style={line.outcome === 'FAILS' ? { fontWeight: 600 } : {}}><span aria-hidden>{MARKS[line.outcome]} </span>{t(line)}</li>
      ))}
    </ul>
  );
}

/** What the check of a file from outside came to: who signed, when, how much of it, trusted or not, and why. */
export function FileVerdict({ file, caseId, title, open = false }: { file: ImportedFile; caseId?: string; title: string; open?: boolean }) {
  const { t } = useSpeech();
  return (
    <div style={{ marginTop: 4, borderInlineStart: '3px solid rgba(128,128,128,.4)', paddingInlineStart: 8 }}>
      <Tag><span aria-hidden>{SIGNS[file.verdict]} </span>{title}</Tag>
      {caseId !== undefined && <a href={`/api/cases/${caseId}/files/${file.importId}/file`} download style={{ textDecoration: 'underline' }}>{t(TEXT.download)}</a>}
      {file.signatures.map((one, i) => (
        <div key={i}>
          {one.seal !== '' && <>{t(TEXT.seal)} {one.seal} · </>}{t(one.kind === 'SEAL' ? TEXT.sealer : TEXT.signer)} {one.signer === '' ? '—' : one.signer} · {one.signedAt === null ? t(TEXT.noTime) : `${t(TEXT.at)} ${formatTime(one.signedAt)}`} · {t(one.trusted ? TEXT.trusted : TEXT.untrusted)} · {t(one.coversWholeFile ? TEXT.whole : TEXT.part)}
        </div>
      ))}
      {(file.lines.length > 0 || file.signatures.length > 0) && (
        <details open={open || file.verdict === 'BROKEN'}>
          <summary>{t(TEXT.details)}</summary>
          <Lines lines={file.lines} />
          {file.signatures.map((one, i) => <Lines key={i} lines={one.lines} />)}
        </details>
      )}
      <Typography.Text type="secondary" style={{ fontSize: 12, overflowWrap: 'anywhere' }}>SHA-256 {file.sha256}</Typography.Text>
    </div>
  );
}
