import { useQuery } from '@tanstack/react-query';
import { Alert } from 'antd';
import { call } from '../api.ts';
import { useSpeech, type Text } from '../i18n.tsx';
import { formatDay, formatTime } from '../tiers.ts';
import type { PackageReport, PaperReport } from './send-file.ts';
import { useDoubts, WhatIsProven } from './what-is-proven.tsx';

const TEXT = {
  holds: { zh: '成立：所列各项均经核验', en: 'It holds: everything listed was checked' },
  fails: { zh: '不成立：下列各处与存证不符', en: 'It does not hold: the places below do not match' },
  cannot: { zh: '无法判断：没有发现不符，但缺少判断所需的依据', en: 'Cannot tell: nothing contradicts it, but something needed is missing' },
  badUse: { zh: '无法核验', en: 'Cannot be checked' },
  package: { zh: '证据包', en: 'Package' },
  manifest: { zh: '清单摘要', en: 'Manifest digest' },
  log: { zh: '存证日志', en: 'Evidence log' },
  entries: { zh: '共 {n} 条', en: '{n} entries' },
  more: { zh: '另有 {n} 处', en: '{n} more' },
  paperOk: { zh: '签章有效，文件自签章后未被改动', en: 'The seal is valid and the file has not changed since' },
  paperBad: { zh: '签章不能认可', en: 'The signature is not accepted' },
  signedBy: { zh: '签署人', en: 'Signed by' },
  certificate: { zh: '证书由 {issuer} 签发，有效期 {from} 至 {to}', en: 'certificate issued by {issuer}, valid {from} to {to}' },
  whole: { zh: '文件自最后一个签章以来一个字节也没有改动，签章证书能追溯到本平台信任的根', en: 'not a byte of the file has changed since its last signature, and the certificates chain to a root this platform trusts' },
  inLog: { zh: '这份文件的摘要在 {at} 写入本平台的存证日志第 {index} 条', en: 'the digest of this file was written to this platform’s evidence log at {at}, entry {index}' },
  sealed: { zh: '日志头在 {at} 签署，盖住了这一条', en: 'a head signed at {at} covers that entry' },
  notSealed: { zh: '这一条还没有被签署的日志头盖住（一分钟内会有）', en: 'that entry is not yet under a signed head (within a minute it will be)' },
  notInLog: { zh: '这份文件曾经存证：本平台的存证日志里没有它的摘要，可能不是本平台签发的，或者被改动过', en: 'that this file was ever logged: its digest is not in the evidence log of this platform; it may be another’s, or have been changed' },
  server: { zh: '核验本身没有作假：它由本服务器进行；不愿相信的，可用离线核验程序', en: 'that the check itself is honest: this server made it; who would rather not trust it may use the offline verifier' },
  claims: { zh: '签署时间（签署人所称）', en: 'Time claimed by the signer' },
} as const satisfies Record<string, Text>;

const MARKS = {
  holds: { sign: '✓', zh: '成立', en: 'holds' },
  fails: { sign: '✗', zh: '不成立', en: 'fails' },
  'cannot-tell': { sign: '?', zh: '无法判断', en: 'cannot tell' },
  'not-claimed': { sign: '–', zh: '未主张', en: 'not claimed' },
} as const satisfies Record<string, Text & { sign: string }>;

const VERDICTS = { 0: ['success', TEXT.holds], 1: ['error', TEXT.fails], 2: ['warning', TEXT.cannot], 3: ['warning', TEXT.badUse] } as const;
const SHOWN = 10;

/** What the check of a package found, line by line, in words. */
export function PackageVerdict({ report }: { report: PackageReport }) {
  const { t } = useSpeech();
  const [type, text] = VERDICTS[report.exit];
  return (
    <section aria-live="polite">
      <Alert type={type} showIcon title={t(text)} description={report.package === null ? undefined : (
        <>
          <div>{t(TEXT.package)} {report.package.name}</div>
          <div style={{ overflowWrap: 'anywhere' }}>{t(TEXT.manifest)} {report.package.manifestSha256}</div>
          {report.head !== null && <div>{t(TEXT.log)} {report.head.origin} · {t(TEXT.entries, { n: report.head.size })}</div>}
        </>
      )} />
      <ul style={{ listStyle: 'none', padding: 0, margin: '12px 0 0' }}>
        {report.lines.map((line) => (
          <li key={line.check} style={{ padding: '6px 0', borderBottom: '1px solid rgba(128,128,128,.2)' }}>
            <strong>{MARKS[line.status].sign} {t(MARKS[line.status])}</strong> {t(line)}
            {line.problems.length > 0 && (
              <ul style={{ margin: '4px 0 0', paddingInlineStart: 22, overflowWrap: 'anywhere' }}>
                {line.problems.slice(0, SHOWN).map((each, i) => <li key={`${each.where}-${i}`}>{each.where}：{t(each)}</li>)}
                {line.problems.length > SHOWN && <li>{t(TEXT.more, { n: line.problems.length - SHOWN })}</li>}
              </ul>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What the check of a signed paper found. */
export function PaperVerdict({ report }: { report: PaperReport }) {
  const { t } = useSpeech();
  const doubtsOf = useDoubts();
  const { data } = useQuery({ queryKey: ['log'], queryFn: () => call('GET /api/public/evidence/log') });
  const { log } = report;
  const proven = [
    ...(report.accepted ? [t(TEXT.whole)] : []),
    ...(log === null ? [] : [t(TEXT.inLog, { at: formatTime(Date.parse(log.knownAt)), index: log.index }), log.sealedAt === null ? t(TEXT.notSealed) : t(TEXT.sealed, { at: formatTime(Date.parse(log.sealedAt)) })]),
  ];
  const open = [...(log === null ? [t(TEXT.notInLog)] : []), t(TEXT.server), ...(data === undefined ? [] : doubtsOf({ witnesses: data.witnesses }))];
  return (
    <section aria-live="polite">
      <Alert type={report.accepted ? 'success' : 'error'} showIcon title={t(report.accepted ? TEXT.paperOk : TEXT.paperBad)}
        description={report.explained.length === 0 ? undefined : <ul style={{ margin: 0, paddingInlineStart: 18 }}>{report.explained.map((each) => <li key={each.code}>{t(each)}</li>)}</ul>} />
      <ul style={{ paddingInlineStart: 18 }}>
        {report.signatures.map((each) => (
          <li key={each.field}>{each.problems.length === 0 ? '✓' : '✗'} {t(TEXT.signedBy)} {each.signer}{each.signedAt !== undefined && ` · ${t(TEXT.claims)} ${formatTime(each.signedAt)}`}{each.certificate !== undefined && <div style={{ fontSize: 13 }}>{t(TEXT.certificate, { issuer: each.certificate.issuer, from: formatDay(each.certificate.from), to: formatDay(each.certificate.to) })}</div>}</li>
        ))}
      </ul>
      <div className="digest">SHA-256 {report.sha256}</div>
      <WhatIsProven proven={proven} open={open} />
    </section>
  );
}
