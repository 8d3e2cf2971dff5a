import { Drawer, Empty, Tag } from 'antd';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { useFrames } from '../../shared/frames/use-frames.ts';
import { More } from '../../shared/pages.tsx';
import { Loaded } from '../../shared/room.tsx';
import { formatTime } from '../../shared/tiers.ts';
import { msOf } from '../../shared/moment.ts';
import { ProofBadge } from '../../shared/verify/proof-badge.tsx';

const TEXT = {
  title: { zh: '{time} 前后的原始报文', en: 'Raw frames around {time}' },
  hint: { zh: '这是您的设备发来的原文，收到时即写入存证日志。', en: 'What your device sent, written to the evidence log on arrival.' },
  received: { zh: '收到 {time}', en: 'received {time}' },
  none: { zh: '这个时刻附近没有报文', en: 'No frames around this moment' },
} as const satisfies Record<string, Text>;

function Frames({ outfall, at }: { outfall: string; at: number }) {
  const { t } = useSpeech();
  const list = useFrames(outfall, at);
  return (
    <Loaded query={list.query}>
      {() => (list.rows.length === 0 ? <Empty description={t(TEXT.none)} /> : (
        <>
          <ul className="todo">
            {list.rows.map((frame) => (
              <li key={frame.leaf} className="quiet">
                <strong style={{ fontVariantNumeric: 'tabular-nums' }}>{formatTime(msOf(frame.dataTime))}</strong> <Tag>CN {frame.cn ?? '—'}</Tag>
                <span style={{ fontSize: 12 }}>{t(TEXT.received, { time: formatTime(msOf(frame.receivedAt)) })}</span>
                <pre className="digest" style={{ whiteSpace: 'pre-wrap', margin: '4px 0' }}>{frame.text}</pre>
                <ProofBadge index={frame.leaf} />
              </li>
            ))}
          </ul>
          <More list={list} />
        </>
      ))}
    </Loaded>
  );
}

/** The frames behind a moment of the curve, each with its proof. */
export function FramesDrawer({ outfall, at, onClose }: { outfall: string; at: number | undefined; onClose: () => void }) {
  const { t } = useSpeech();
  return (
    <Drawer open={at !== undefined} onClose={onClose} size={Math.min(720, window.innerWidth)} title={t(TEXT.title, { time: formatTime(at) })}>
      <p style={{ marginTop: 0 }}>{t(TEXT.hint)}</p>
      {at !== undefined && <Frames outfall={outfall} at={at} />}
    </Drawer>
  );
}
