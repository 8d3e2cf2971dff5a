import { useQuery } from '@tanstack/react-query';
import { Card, Flex, Tag, Typography } from 'antd';
import { call } from '../../../shared/api.ts';
import { useSpeech, type Text } from '../../../shared/i18n.tsx';
import { formatTime } from '../../../shared/tiers.ts';
import type { CasePage } from '../../shapes.ts';

const TEXT = {
  title: { zh: '决定前封存的案卷', en: 'File frozen before the decision' },
  rests: { zh: '决定以此为据', en: 'the decision rests on it' },
  ready: { zh: '待签决定将以最新一版为据', en: 'the decision will rest on the newest one' },
  at: { zh: '{time} 封存，存证第 {leaf} 号，{kb} kB', en: 'frozen {time}, leaf {leaf}, {kb} kB' },
  manifest: { zh: '清单 SHA-256', en: 'Manifest SHA-256' },
} as const satisfies Record<string, Text>;

/** The file as it was before the decision: what was added later never takes its place. Nothing is shown before the first. */
export function FrozenFiles({ page }: { page: CasePage }) {
  const { t } = useSpeech();
  const { caseId, main, decision } = page.state;
  const query = useQuery({ queryKey: ['editions', caseId, page.timeline.length], queryFn: () => call('GET /api/archive/:id/editions', { params: { id: caseId } }), refetchInterval: main === 'DECISION_READY' ? 3_000 : false });
  const items = query.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <Card size="small" title={t(TEXT.title)}>
      <Flex vertical gap={8}>
        {items.map((one) => (
          <div key={one.version} style={{ overflowWrap: 'anywhere' }}>
            <a href={`/api/archive/${caseId}/editions/${one.version}/file`} download>{one.name}.zip</a> {decision?.file?.name === one.name && <Tag>✓ {t(TEXT.rests)}</Tag>}
            <br /><Typography.Text type="secondary" style={{ fontSize: 12 }}>{t(TEXT.at, { time: formatTime(one.frozenAt), leaf: one.leaf, kb: Math.ceil(one.bytes / 1024) })}</Typography.Text>
            <br /><Typography.Text type="secondary" style={{ fontSize: 12 }}>{t(TEXT.manifest)} {one.manifestSha256}</Typography.Text>
          </div>
        ))}
        {main === 'DECISION_READY' && <Typography.Text type="secondary">{t(TEXT.ready)}</Typography.Text>}
      </Flex>
    </Card>
  );
}
