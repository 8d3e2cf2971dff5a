import { useQuery } from '@tanstack/react-query';
import { Button, Drawer, Empty, Flex, Tag, Typography } from 'antd';
import { useState } from 'react';
import { call } from '../../shared/api.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { Loaded } from '../../shared/room.tsx';
import { ProblemAlert } from '../../shared/sign-in.tsx';
import { formatTime } from '../../shared/tiers.ts';
import type { FrameRow } from '../shapes.ts';
import { msOf } from '../../shared/moment.ts';

const TEXT = {
  imported: { zh: '历史导入', en: 'imported history' },
  title: { zh: '原始报文', en: 'Raw frames' },
  around: { zh: '{time} 前后', en: 'around {time}' },
  sealed: { zh: '已封存', en: 'sealed' },
  open: { zh: '尚未封存', en: 'not yet sealed' },
  check: { zh: '查验证明', en: 'Check the proof' },
  empty: { zh: '这段时间没有报文', en: 'No frames in this span' },
  received: { zh: '收到', en: 'received' },
  leaf: { zh: '存证叶', en: 'leaf' },
  hash: { zh: '叶摘要', en: 'leaf hash' },
} as const satisfies Record<string, Text>;

/** Whether a leaf lies under a signed checkpoint, asked from the log when a person wants to know. */
export function ProofBadge({ index }: { index: number }) {
  const { t } = useSpeech();
  const [wanted, want] = useState(false);
  const proof = useQuery({
    queryKey: ['proof', index], enabled: wanted, queryFn: () => call('GET /api/evidence/leaves/:index/proof', { params: { index } }),
  });
  if (!wanted) return <Button size="small" type="link" style={{ padding: 0 }} onClick={() => want(true)}>{t(TEXT.check)}</Button>;
  if (proof.isError) return <ProblemAlert error={proof.error} />;
  if (!proof.data) return <Tag>…</Tag>;
  const { sealed, sealedAt, leafHash } = proof.data;
  return (
    <Flex gap={6} align="center" wrap>
      <Tag style={{ marginInlineEnd: 0, ...(sealed ? { color: 'var(--ink-PASS)' } : {}) }}>{sealed ? `✓ ${t(TEXT.sealed)} ${formatTime(msOf(sealedAt))}` : `◌ ${t(TEXT.open)}`}</Tag>
      <Typography.Text type="secondary" style={{ fontSize: 12 }} copyable={{ text: leafHash }}>{t(TEXT.hash)} {leafHash.slice(0, 12)}…</Typography.Text>
    </Flex>
  );
}

function Frame({ frame, sealedUpTo }: { frame: FrameRow; sealedUpTo: number | undefined }) {
  const { t } = useSpeech();
  const sealed = sealedUpTo === undefined ? undefined : frame.leaf < sealedUpTo;
  return (
    <li style={{ padding: '10px 0', borderBottom: '1px solid rgba(128,128,128,.2)' }}>
      <Flex vertical gap={4} style={{ width: '100%' }}>
        <Flex wrap gap={8} align="center" style={{ fontVariantNumeric: 'tabular-nums' }}>
          <strong>{formatTime(msOf(frame.dataTime))}</strong>
          <span>CN {frame.cn ?? '—'}</span>
          <Typography.Text type="secondary">{t(TEXT.received)} {formatTime(msOf(frame.receivedAt))}</Typography.Text>
          <Typography.Text type="secondary">{t(TEXT.leaf)} {frame.leaf}</Typography.Text>
          {sealed !== undefined && <Tag style={{ marginInlineEnd: 0, ...(sealed ? { color: 'var(--ink-PASS)' } : {}) }}>{sealed ? `✓ ${t(TEXT.sealed)}` : `◌ ${t(TEXT.open)}`}</Tag>}
          {frame.state !== 'ACCEPTED' && <Tag>{frame.state === 'IMPORTED' ? t(TEXT.imported) : frame.state}</Tag>}
          {frame.marks.map((mark) => <Tag key={mark}>{mark}</Tag>)}
        </Flex>
        <pre className="frame-text">{frame.text}</pre>
        <ProofBadge index={frame.leaf} />
      </Flex>
    </li>
  );
}

const HALF_HOUR = 30 * 60_000;

/** The frames behind a moment of the chart, as the device sent them, each with its place in the evidence log. */
export function FramesDrawer({ outfall, at, onClose }: { outfall: string; at: number | undefined; onClose: () => void }) {
  const { t } = useSpeech();
  const centre = at ?? 0;
  const frames = useQuery({
    queryKey: ['frames', outfall, centre], enabled: at !== undefined,
    queryFn: () => call('GET /api/outfalls/:outfall/frames', {
      params: { outfall },
      query: { from: new Date(centre - HALF_HOUR).toISOString(), to: new Date(centre + 2 * HALF_HOUR).toISOString(), limit: 60 },
    }),
  });
  const log = useQuery({ queryKey: ['log'], enabled: at !== undefined, queryFn: () => call('GET /api/public/evidence/log') });
  return (
    <Drawer open={at !== undefined} onClose={onClose} size={Math.min(760, window.innerWidth)} title={`${t(TEXT.title)} · ${t(TEXT.around, { time: formatTime(at) })}`}>
      <Loaded query={frames}>
        {(page) => page.items.length === 0 ? <Empty description={t(TEXT.empty)} />
          : <ul style={{ listStyle: 'none', margin: 0, padding: 0 }}>{page.items.map((frame) => <Frame key={frame.leaf} frame={frame} sealedUpTo={log.data?.sealed} />)}</ul>}
      </Loaded>
    </Drawer>
  );
}
