import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Card, Descriptions, Flex, InputNumber, Tag, Typography } from 'antd';
import { useState } from 'react';
import { call } from '../../shared/api.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { Loaded, PageTitle } from '../../shared/room.tsx';
import { ProblemAlert } from '../../shared/sign-in.tsx';
import { msOf } from '../../shared/moment.ts';
import { formatTime } from '../../shared/tiers.ts';
import { sendPackage } from '../../shared/verify/send-file.ts';

const TEXT = {
  title: { zh: '存证日志', en: 'Evidence log' },
  about: { zh: '每条报文、每个执法行为都是日志的一片叶，只增不改；签名检查点封存后任何改动都会被发现。', en: 'Every frame and every act is a leaf; the log only grows, and after a signed checkpoint any change is found.' },
  size: { zh: '叶总数', en: 'Leaves' },
  sealed: { zh: '已封存', en: 'Sealed' },
  open: { zh: '尚未封存', en: 'Not yet sealed' },
  at: { zh: '最近检查点', en: 'Last checkpoint' },
  origin: { zh: '日志名', en: 'Origin' },
  keys: { zh: '公钥', en: 'Public keys' },
  checkpoint: { zh: '检查点原文', en: 'The signed checkpoint' },
  prove: { zh: '查验一片叶', en: 'Prove one leaf' },
  index: { zh: '叶序号', en: 'Index of the leaf' },
  show: { zh: '出具证明', en: 'Prove' },
  sealedWord: { zh: '✓ 已封存', en: '✓ sealed' },
  openWord: { zh: '◌ 尚未封存', en: '◌ not yet sealed' },
  known: { zh: '写入', en: 'Written' },
  hash: { zh: '叶摘要', en: 'Leaf hash' },
  proof: { zh: '包含证明', en: 'Inclusion proof' },
  check: { zh: '校验案件证据包', en: 'Check an evidence package' },
  pick: { zh: '选择证据包（zip）', en: 'Choose a package (zip)' },
  holds: { zh: '证据包成立', en: 'The package holds' },
  fails: { zh: '证据包不成立', en: 'The package does not hold' },
  unknown: { zh: '不能判断', en: 'Cannot tell' },
} as const satisfies Record<string, Text>;

const wrap = { overflowWrap: 'anywhere', fontFamily: 'ui-monospace, Consolas, monospace', fontSize: 12, whiteSpace: 'pre-wrap', margin: 0 } as const;

function Status() {
  const { t } = useSpeech();
  const query = useQuery({ queryKey: ['log'], queryFn: () => call('GET /api/public/evidence/log'), refetchInterval: 5_000 });
  const note = useQuery({ queryKey: ['checkpoint'], queryFn: () => call('GET /log/checkpoint') as Promise<unknown>, refetchInterval: 15_000, retry: false, enabled: query.data !== undefined && query.data.sealedAt !== null });
  const number = (n: number) => new Intl.NumberFormat('zh-CN').format(n);
  return (
    <Loaded query={query}>
      {(log) => (
        <>
          <Card size="small">
            <p style={{ marginTop: 0 }}>{t(TEXT.about)}</p>
            <Descriptions size="small" column={{ xs: 1, md: 2 }} items={[
              { key: 'size', label: t(TEXT.size), children: <span className="num">{number(log.size)}</span> },
              { key: 'sealed', label: t(TEXT.sealed), children: <span className="num">{number(log.sealed)}</span> },
              { key: 'open', label: t(TEXT.open), children: <span className="num">{number(log.size - log.sealed)}</span> },
              { key: 'at', label: t(TEXT.at), children: formatTime(msOf(log.sealedAt)) },
              { key: 'origin', label: t(TEXT.origin), children: log.origin },
              { key: 'keys', label: t(TEXT.keys), children: <span style={wrap}>{log.vkeys.join('\n')}</span> },
            ]} />
          </Card>
          {typeof note.data === 'string' && <Card size="small" title={t(TEXT.checkpoint)}><pre style={wrap}>{note.data}</pre></Card>}
        </>
      )}
    </Loaded>
  );
}

function Prove() {
  const { t } = useSpeech();
  const [index, setIndex] = useState<number | null>(0);
  const ask = useMutation({ mutationFn: (leaf: number) => call('GET /api/evidence/leaves/:index/proof', { params: { index: leaf } }) });
  return (
    <Card size="small" title={t(TEXT.prove)}>
      <Flex gap={8} wrap>
        <InputNumber aria-label={t(TEXT.index)} min={0} precision={0} value={index} onChange={setIndex} style={{ width: 160 }} />
        <Button type="primary" disabled={index === null} loading={ask.isPending} onClick={() => index !== null && ask.mutate(index)}>{t(TEXT.show)}</Button>
      </Flex>
      {ask.isError && <div style={{ marginTop: 8 }}><ProblemAlert error={ask.error} /></div>}
      {ask.data && (
        <Descriptions size="small" column={1} style={{ marginTop: 8 }} items={[
          { key: 'state', label: t(TEXT.sealed), children: <Tag style={ask.data.sealed ? { color: 'var(--ink-PASS)' } : {}}>{t(ask.data.sealed ? TEXT.sealedWord : TEXT.openWord)} {formatTime(msOf(ask.data.sealedAt))}</Tag> },
          { key: 'known', label: t(TEXT.known), children: formatTime(msOf(ask.data.knownAt)) },
          { key: 'hash', label: t(TEXT.hash), children: <span style={wrap}>{ask.data.leafHash}</span> },
          { key: 'proof', label: t(TEXT.proof), children: <pre style={wrap}>{ask.data.proof ?? '—'}</pre> },
        ]} />
      )}
    </Card>
  );
}

const MARKS: Readonly<Record<string, string>> = { holds: '✓', fails: '✗', 'cannot-tell': '?', 'not-claimed': '–' };

function CheckPackage() {
  const { t } = useSpeech();
  const check = useMutation({ mutationFn: sendPackage });
  const verdict = check.data?.exit === 0 ? TEXT.holds : check.data?.exit === 1 ? TEXT.fails : TEXT.unknown;
  return (
    <Card size="small" title={t(TEXT.check)}>
      <label>{t(TEXT.pick)} <input type="file" accept=".zip,application/zip" onChange={(event) => { const file = event.target.files?.[0]; if (file) check.mutate(file); }} /></label>
      {check.isError && <ProblemAlert error={check.error} />}
      {check.data && (
        <>
          <p><strong>{MARKS[check.data.exit === 0 ? 'holds' : check.data.exit === 1 ? 'fails' : 'cannot-tell']} {t(verdict)}</strong></p>
          <ul>{check.data.lines.map((line) => <li key={line.check}>{MARKS[line.status] ?? '?'} {t(line)}{line.problems.map((one) => <div key={one.where}><Typography.Text code>{one.where}</Typography.Text> {t(one)}</div>)}</li>)}</ul>
        </>
      )}
    </Card>
  );
}

/** The log itself: how far it is sealed, the proof of any leaf, and the check of a package. */
export function EvidencePage() {
  const { t } = useSpeech();
  return (
    <>
      <PageTitle>{t(TEXT.title)}</PageTitle>
      <Flex vertical gap={12}><Status /><Prove /><CheckPackage /></Flex>
    </>
  );
}
