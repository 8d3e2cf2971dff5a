import { useQuery } from '@tanstack/react-query';
import { Card, Table, Typography } from 'antd';
import { call } from '../../shared/api.ts';
import type { Routes } from '../../shared/api.gen.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { Loaded } from '../../shared/room.tsx';
import { formatTime } from '../../shared/tiers.ts';
import { msOf } from '../../shared/moment.ts';
import { CAUSES, REASONS, VERDICTS } from './validity-words.ts';

const TEXT = {
  title: { zh: '判定版本与留痕', en: 'Versions of verdicts' },
  hour: { zh: '小时', en: 'Hour' },
  versions: { zh: '先后判定', en: 'Verdicts in turn' },
  known: { zh: '{time} 得知：{cause}', en: 'known {time}: {cause}' },
  none: { zh: '这段时间没有改判过的小时', en: 'No hour was judged again in this span' },
} as const satisfies Record<string, Text>;

type Hour = Routes['GET /api/outfalls/:outfall/verdict-versions']['response']['items'][number];

function Trace({ hour }: { hour: Hour }) {
  const { t } = useSpeech();
  return (
    <ol style={{ margin: 0, paddingInlineStart: 18 }}>
      {hour.versions.map((version) => (
        <li key={`${version.knownAt}${version.reason}`}>
          <span aria-hidden>{VERDICTS[version.verdict].shape} </span>{t(VERDICTS[version.verdict])}{version.reason !== 'OK' && <> · {t(REASONS[version.reason] ?? { zh: version.reason, en: version.reason })}</>}
          <br />
          <Typography.Text type="secondary" style={{ fontSize: 12, overflowWrap: 'anywhere' }}>{t(TEXT.known, { time: formatTime(msOf(version.knownAt)), cause: t(CAUSES[version.cause]) })}{version.ref !== '' && ` (${version.ref})`}</Typography.Text>
        </li>
      ))}
    </ol>
  );
}

/** Hours whose verdict was changed by something learnt later: each version, when it was known, and by what. */
export function VerdictTrace({ outfall, factor, from, to, asOf }: { outfall: string; factor: string; from: number; to: number; asOf: number | undefined }) {
  const { t } = useSpeech();
  const query = useQuery({
    queryKey: ['verdict-versions', outfall, factor, from, to, asOf],
    queryFn: () => call('GET /api/outfalls/:outfall/verdict-versions', {
      params: { outfall }, query: { factor, from: new Date(from).toISOString(), to: new Date(to).toISOString(), ...(asOf === undefined ? {} : { asOf: new Date(asOf).toISOString() }) },
    }),
  });
  return (
    <Card size="small" title={t(TEXT.title)}>
      <Loaded query={query}>
        {({ items }) => items.length === 0 ? <Typography.Text type="secondary">{t(TEXT.none)}</Typography.Text> : (
          <Table size="small" rowKey="from" dataSource={items} pagination={{ pageSize: 8, hideOnSinglePage: true, size: 'small' }} columns={[
            { title: t(TEXT.hour), key: 'hour', width: 128, render: (_, hour) => formatTime(msOf(hour.from)) },
            { title: t(TEXT.versions), key: 'versions', render: (_, hour) => <Trace hour={hour} /> },
          ]} />
        )}
      </Loaded>
    </Card>
  );
}
