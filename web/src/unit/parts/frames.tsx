import { useQuery } from '@tanstack/react-query';
import { Drawer, Empty, Tag } from 'antd';
import { call } from '../../shared/api.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { Loaded } from '../../shared/room.tsx';
import { formatTime } from '../../shared/tiers.ts';
import { msOf } from '../../shared/moment.ts';
import { ProofBadge } from './proof.tsx';

const TEXT = {
  title: { zh: '{time} 前后的原始报文', en: 'Raw frames around {time}' },
  hint: { zh: '这是您的设备发来的原文，收到时即写入存证日志。', en: 'What your device sent, written to the evidence log on arrival.' },
  received: { zh: '收到 {time}', en: 'received {time}' },
  none: { zh: '这个时刻附近没有报文', en: 'No frames around this moment' },
} as const satisfies Record<string, Text>;

const HALF_HOUR = 30 * 60_000;

/** The frames behind a moment of the curve, each with its proof. */
export function FramesDrawer({ outfall, at, onClose }: { outfall: string; at: number | undefined; onClose: () => void }) {
  const { t } = useSpeech();
  const centre = at ?? 0;
  const query = useQuery({
    queryKey: ['frames', outfall, centre], enabled: at !== undefined,
    queryFn: () => call('GET /api/outfalls/:outfall/frames', {
      params: { outfall }, query: { from: new Date(centre - HALF_HOUR).toISOString(), to: new Date(centre + 2 * HALF_HOUR).toISOString(), limit: 40 },
    }),
  });
  return (
    <Drawer open={at !== undefined} onClose={onClose} size={Math.min(720, window.innerWidth)} title={t(TEXT.title, { time: formatTime(at) })}>
      <p style={{ marginTop: 0 }}>{t(TEXT.hint)}</p>
      <Loaded query={query}>
        {({ items }) => (items.length === 0 ? <Empty description={t(TEXT.none)} /> : (
          <ul className="todo">
            {items.map((frame) => (
              <li key={frame.leaf} className="quiet">
                <strong style={{ fontVariantNumeric: 'tabular-nums' }}>{formatTime(msOf(frame.dataTime))}</strong> <Tag>CN {frame.cn ?? '—'}</Tag>
                <span style={{ fontSize: 12 }}>{t(TEXT.received, { time: formatTime(msOf(frame.receivedAt)) })}</span>
                <pre className="digest" style={{ whiteSpace: 'pre-wrap', margin: '4px 0' }}>{frame.text}</pre>
                <ProofBadge index={frame.leaf} />
              </li>
            ))}
          </ul>
        ))}
      </Loaded>
    </Drawer>
  );
}
