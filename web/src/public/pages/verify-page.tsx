import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { PageTitle } from '../../shared/room.tsx';
import { FileCheck } from '../../shared/verify/file-check.tsx';
import { ProofCheck } from '../../shared/verify/proof-check.tsx';
import { Panel } from '../panel.tsx';

const TEXT = {
  title: { zh: '核验', en: 'Verify' },
  file: { zh: '核验证据包或文书', en: 'Check a package or a paper' },
  fileHint: { zh: '由本服务器按日志自己的公钥核验，逐项给出结果。不愿相信本服务器的，可用随证据包提供的离线核验程序，只需 Node。', en: 'Checked by this server under the log’s own keys, line by line. If you would rather not trust it, use the offline verifier: one file that needs only Node.' },
  proof: { zh: '核验单条记录的证明', en: 'Check the proof of one record' },
} as const satisfies Record<string, Text>;

/** For whoever holds something of the platform: a package, a paper, the proof of a record. */
export function VerifyPage() {
  const { t } = useSpeech();
  return (
    <>
      <PageTitle>{t(TEXT.title)}</PageTitle>
      <div className="pair">
        <Panel title={t(TEXT.file)}><p style={{ marginTop: 0 }}>{t(TEXT.fileHint)}</p><FileCheck /></Panel>
        <Panel title={t(TEXT.proof)}><ProofCheck /></Panel>
      </div>
    </>
  );
}
