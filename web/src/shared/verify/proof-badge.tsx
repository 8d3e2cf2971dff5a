import { useQuery } from '@tanstack/react-query';
import { Button, Flex, Tag, Typography } from 'antd';
import { useState } from 'react';
import { call } from '../api.ts';
import { useSpeech, type Text } from '../i18n.tsx';
import { msOf } from '../moment.ts';
import { ProblemAlert } from '../problem-alert.tsx';
import { formatTime } from '../tiers.ts';
import { checkProof, type ProofCheck } from './check-proof.ts';

const TEXT = {
  check: { zh: '核验存证证明', en: 'Verify the proof' },
  sealed: { zh: '已封存 {time}', en: 'sealed {time}' },
  open: { zh: '已入日志，尚未封存', en: 'in the log, not yet sealed' },
  leaf: { zh: '存证叶 {n}', en: 'leaf {n}' },
  hash: { zh: '叶摘要', en: 'leaf hash' },
  save: { zh: '下载证明', en: 'Download the proof' },
  holds: { zh: '✓ 证明成立：在日志头（共 {size} 条）之下，签名已在本浏览器核验', en: '✓ proof verified in this browser: under the signed head of {size} entries' },
  fails: { zh: '✗ 证明不成立', en: '✗ the proof does not hold' },
  unknown: { zh: '? 路径成立，但日志头不是由公布的公钥签署', en: '? the path holds, but no published key signed the head' },
  noCrypto: { zh: '? 此浏览器在非加密连接下不能核验', en: '? this browser cannot verify without https or localhost' },
} as const satisfies Record<string, Text>;

/** The server's proof of a leaf, and what this browser finds when it follows it to a head signed by a published key. */
async function proved(index: number) {
  const proof = await call('GET /api/evidence/leaves/:index/proof', { params: { index } });
  if (proof.proof === null || globalThis.crypto?.subtle === undefined) return { ...proof, found: undefined };
  const { vkeys } = await call('GET /api/public/evidence/log');
  const found = await checkProof(proof.proof, proof.leafHash, vkeys);
  // A proof of another leaf proves nothing of this one.
  return { ...proof, found: { ...found, included: found.included && found.index === BigInt(index) } };
}

const verdictOf = ({ included, signed }: ProofCheck): 'holds' | 'fails' | 'unknown' => (!included || signed === false ? 'fails' : signed === true ? 'holds' : 'unknown');

function save(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  Object.assign(document.createElement('a'), { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 1_000);
}

/** A record's place in the evidence log, proved in the reader's own browser when he wants to know, with the C2SP proof file to take away. */
export function ProofBadge({ index, wanted = false }: { index: number; wanted?: boolean }) {
  const { t } = useSpeech();
  const [asked, ask] = useState(false);
  const proof = useQuery({ queryKey: ['proof', index], enabled: asked || wanted, queryFn: () => proved(index) });
  if (!asked && !wanted) return <Button size="small" type="link" style={{ padding: 0 }} onClick={() => ask(true)}>{t(TEXT.check)}</Button>;
  if (proof.isError) return <ProblemAlert error={proof.error} />;
  if (proof.data === undefined) return <Tag>…</Tag>;
  const { sealed, sealedAt, leafHash, proof: text, found } = proof.data;
  const verdict = found === undefined ? undefined : verdictOf(found);
  return (
    <Flex gap={6} align="center" wrap>
      <Tag style={{ marginInlineEnd: 0, ...(sealed ? { color: 'var(--ink-PASS)' } : {}) }}>{sealed ? `✓ ${t(TEXT.sealed, { time: formatTime(msOf(sealedAt)) })}` : `◌ ${t(TEXT.open)}`}</Tag>
      {text !== null && <Tag style={{ marginInlineEnd: 0, whiteSpace: 'normal' }} {...(verdict === 'fails' ? { color: 'error' } : {})}>{verdict === undefined ? t(TEXT.noCrypto) : t(TEXT[verdict], { size: String(found?.size ?? '') })}</Tag>}
      <Typography.Text type="secondary" style={{ fontSize: 12 }} copyable={{ text: leafHash }}>{t(TEXT.leaf, { n: index })} · {t(TEXT.hash)} {leafHash.slice(0, 12)}…</Typography.Text>
      {text !== null && <Button size="small" onClick={() => save(`leaf-${index}-${leafHash}.tlog-proof`, text)}>{t(TEXT.save)}</Button>}
    </Flex>
  );
}
