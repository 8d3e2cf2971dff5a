import { useQuery } from '@tanstack/react-query';
import { Button, Flex, Tag } from 'antd';
import { useState } from 'react';
import { call } from '../../shared/api.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { ProblemAlert } from '../../shared/sign-in.tsx';
import { msOf } from '../../shared/moment.ts';
import { formatTime } from '../../shared/tiers.ts';

const TEXT = {
  check: { zh: '查看存证', en: 'Show the proof' },
  sealed: { zh: '已封存于 {time}', en: 'sealed {time}' },
  open: { zh: '已入日志，尚未封存', en: 'in the log, not yet sealed' },
  save: { zh: '下载证明', en: 'Download the proof' },
  leaf: { zh: '存证序号 {n}', en: 'log entry {n}' },
} as const satisfies Record<string, Text>;

function save(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 1_000);
}

/** A record's place in the evidence log, asked for on a click, with the C2SP proof file to take away. */
export function ProofBadge({ index }: { index: number }) {
  const { t } = useSpeech();
  const [wanted, want] = useState(false);
  const proof = useQuery({ queryKey: ['proof', index], enabled: wanted, queryFn: () => call('GET /api/evidence/leaves/:index/proof', { params: { index } }) });
  if (!wanted) return <Button size="small" type="link" style={{ padding: 0 }} onClick={() => want(true)}>{t(TEXT.check)}</Button>;
  if (proof.isError) return <ProblemAlert error={proof.error} />;
  if (proof.data === undefined) return <Tag>…</Tag>;
  const { sealed, sealedAt, leafHash, proof: text } = proof.data;
  return (
    <Flex gap={6} align="center" wrap>
      <Tag>{sealed ? `✓ ${t(TEXT.sealed, { time: formatTime(msOf(sealedAt)) })}` : `◌ ${t(TEXT.open)}`}</Tag>
      <span style={{ fontSize: 12 }}>{t(TEXT.leaf, { n: index })}</span>
      <span className="digest">{leafHash.slice(0, 16)}…</span>
      {text !== null && <Button size="small" onClick={() => save(`leaf-${index}-${leafHash}.tlog-proof`, text)}>{t(TEXT.save)}</Button>}
    </Flex>
  );
}
