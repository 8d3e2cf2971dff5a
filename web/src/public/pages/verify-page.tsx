import { useQuery } from '@tanstack/react-query';
import { reach } from '../../shared/ask.ts';
import { problemOf } from '../../shared/api.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { Loaded, PageTitle } from '../../shared/room.tsx';
import { FileCheck } from '../../shared/verify/file-check.tsx';
import { ProofCheck, type Given } from '../../shared/verify/proof-check.tsx';
import { Panel } from '../panel.tsx';

const TEXT = {
  title: { zh: '核验', en: 'Verify' },
  file: { zh: '核验证据包或文书', en: 'Check a package or a paper' },
  fileHint: { zh: '由本服务器按日志自己的公钥核验，逐项给出结果。不愿相信本服务器的，可用随证据包提供的离线核验程序，只需 Node。', en: 'Checked by this server under the log’s own keys, line by line. If you would rather not trust it, use the offline verifier: one file that needs only Node.' },
  proof: { zh: '核验单条记录的证明', en: 'Check the proof of one record' },
} as const satisfies Record<string, Text>;

async function fetched(path: string): Promise<Response> {
  const response = await reach(path, {});
  if (!response.ok) throw await problemOf(response);
  return response;
}

/** The published text of a decision and its proof, both as files. */
async function published(id: string): Promise<Given> {
  const [text, proof] = await Promise.all(['text', 'proof'].map((what) => fetched(`/api/public/decisions/${encodeURIComponent(id)}/${what}`)));
  if (text === undefined || proof === undefined) throw new Error('no file');
  const name = /filename\*=UTF-8''([^;]+)/.exec(text.headers.get('content-disposition') ?? '')?.[1];
  return { name: decodeURIComponent(name ?? id), bytes: new Uint8Array(await text.arrayBuffer()), proof: await proof.text() };
}

function PublishedCheck({ id }: { id: string }) {
  const query = useQuery({ queryKey: ['published', id], queryFn: () => published(id), staleTime: Number.POSITIVE_INFINITY });
  return <Loaded query={query}>{(given) => <ProofCheck given={given} />}</Loaded>;
}

/** For whoever holds something of the platform: a package, a paper, the proof of a record. `?decision=` brings both files of a published decision along. */
export function VerifyPage() {
  const { t } = useSpeech();
  const decision = new URLSearchParams(globalThis.location.search).get('decision');
  const proof = <Panel title={t(TEXT.proof)}>{decision === null ? <ProofCheck /> : <PublishedCheck id={decision} />}</Panel>;
  return (
    <>
      <PageTitle>{t(TEXT.title)}</PageTitle>
      <div className="pair">
        {decision !== null && proof}
        <Panel title={t(TEXT.file)}><p style={{ marginTop: 0 }}>{t(TEXT.fileHint)}</p><FileCheck /></Panel>
        {decision === null && proof}
      </div>
    </>
  );
}
