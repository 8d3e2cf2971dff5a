import { useQuery } from '@tanstack/react-query';
import { Button, Drawer, Empty, Flex, Tag, Typography } from 'antd';
import { useState } from 'react';
import { call } from '../../shared/api.ts';
import { frameWords } from '../../shared/frames/words.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { useFrames } from '../../shared/frames/use-frames.ts';
import { More } from '../../shared/pages.tsx';
import { Loaded } from '../../shared/room.tsx';
import { ProofBadge } from '../../shared/verify/proof-badge.tsx';
import { formatTime } from '../../shared/tiers.ts';
import type { FrameRow } from '../shapes.ts';
import { msOf } from '../../shared/moment.ts';

const TEXT = {
  title: { zh: '原始报文', en: 'Raw frames' },
  around: { zh: '{time} 前后', en: 'around {time}' },
  sealed: { zh: '已封存', en: 'sealed' },
  open: { zh: '尚未封存', en: 'not yet sealed' },
  all: { zh: '核验所列报文的全部证明', en: 'Verify the proofs of all frames shown' },
  empty: { zh: '这段时间没有报文', en: 'No frames in this span' },
  received: { zh: '收到', en: 'received' },
  leaf: { zh: '存证叶', en: 'leaf' },
} as const satisfies Record<string, Text>;

function Frame({ frame, sealedUpTo, proved }: { frame: FrameRow; sealedUpTo: number | undefined; proved: boolean }) {
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
          {frame.state !== 'ACCEPTED' && <Tag>{t(frameWords(frame.state))}</Tag>}
          {frame.marks.map((mark) => <Tag key={mark}>{t(frameWords(mark))}</Tag>)}
        </Flex>
        <pre className="frame-text">{frame.text}</pre>
        <ProofBadge index={frame.leaf} wanted={proved} />
      </Flex>
    </li>
  );
}

function Frames({ outfall, at }: { outfall: string; at: number }) {
  const { t } = useSpeech();
  const list = useFrames(outfall, at);
  const log = useQuery({ queryKey: ['log'], queryFn: () => call('GET /api/public/evidence/log') });
  const [proved, prove] = useState(false);
  return (
    <Loaded query={list.query}>
      {() => list.rows.length === 0 ? <Empty description={t(TEXT.empty)} />
        : <>{!proved && <Button size="small" onClick={() => prove(true)}>{t(TEXT.all)}</Button>}<ul style={{ listStyle: 'none', margin: 0, padding: 0 }}>{list.rows.map((frame) => <Frame key={frame.leaf} frame={frame} sealedUpTo={log.data?.sealed} proved={proved} />)}</ul><More list={list} /></>}
    </Loaded>
  );
}

/** The frames behind a moment of the chart, as the device sent them, each with its place in the evidence log. */
export function FramesDrawer({ outfall, at, onClose }: { outfall: string; at: number | undefined; onClose: () => void }) {
  const { t } = useSpeech();
  return (
    <Drawer open={at !== undefined} onClose={onClose} size={Math.min(760, window.innerWidth)} title={`${t(TEXT.title)} · ${t(TEXT.around, { time: formatTime(at) })}`}>
      {at !== undefined && <Frames outfall={outfall} at={at} />}
    </Drawer>
  );
}
