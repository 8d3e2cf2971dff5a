import { useQuery } from '@tanstack/react-query';
import { Card, Table, Tag, Typography } from 'antd';
import { call } from '../../shared/api.ts';
import type { Routes } from '../../shared/api.gen.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { Loaded } from '../../shared/room.tsx';
import { useArticle } from '../../shared/terms/article.ts';

const TEXT = {
  title: { zh: '代本单位办事的人', en: 'Who acts for the unit' },
  who: { zh: '代理人', en: 'Agent' },
  outfalls: { zh: '排放口', en: 'Outfalls' },
  acts: { zh: '事项', en: 'Acts' },
  days: { zh: '起止日', en: 'Days' },
  state: { zh: '状态', en: 'State' },
  none: { zh: '没有授权任何人', en: 'Nobody is authorised' },
} as const satisfies Record<string, Text>;

type Grant = Routes['GET /api/units/:unitId/agents']['response']['items'][number];
const STATES = {
  COMING: { zh: '未到期初', en: 'not yet begun' }, IN_FORCE: { zh: '✓ 有效', en: '✓ in force' }, ENDED: { zh: '已到期', en: 'ended' }, WITHDRAWN: { zh: '✗ 已撤回', en: '✗ withdrawn' },
} as const satisfies Record<Grant['state'], Text>;

/** Authorised agents of a unit, past ones too: an act of an agent is the unit's own. */
export function AgentsCard({ unitId }: { unitId: string }) {
  const { t } = useSpeech();
  const article = useArticle();
  const query = useQuery({ queryKey: ['agents', unitId], queryFn: () => call('GET /api/units/:unitId/agents', { params: { unitId } }) });
  return (
    <Card size="small" title={t(TEXT.title)}>
      <Loaded query={query}>
        {({ items, responsibility }) => items.length === 0 ? <Typography.Text type="secondary">{t(TEXT.none)}</Typography.Text> : (
          <>
            <Typography.Paragraph type="secondary" style={{ fontSize: 12 }}>{t(responsibility)} {article(responsibility.source)}</Typography.Paragraph>
            <Table<Grant> size="small" rowKey="grantId" pagination={false} dataSource={items} scroll={{ x: 700 }} columns={[
              { title: t(TEXT.who), key: 'who', render: (_, one) => `${one.name} · ${one.company}` },
              { title: t(TEXT.outfalls), key: 'outfalls', render: (_, one) => one.outfalls.map((each) => each.name).join('、') },
              { title: t(TEXT.acts), key: 'acts', render: (_, one) => one.acts.map((act) => t(act)).join('、') },
              { title: t(TEXT.days), key: 'days', width: 200, render: (_, one) => `${one.from} – ${one.until}` },
              { title: t(TEXT.state), key: 'state', width: 110, render: (_, one) => <Tag>{t(STATES[one.state])}</Tag> },
            ]} />
          </>
        )}
      </Loaded>
    </Card>
  );
}
