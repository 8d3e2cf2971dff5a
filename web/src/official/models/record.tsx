import { Card, Table, Typography } from 'antd';
import type { Routes } from '../../shared/api.gen.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { formatTime } from '../../shared/tiers.ts';
import { msOf } from '../../shared/moment.ts';
import { Wide } from '../parts/wide.tsx';

type Model = Routes['GET /api/analysis/models/:model']['response'];

const TEXT = {
  reviewed: { zh: '人工复核', en: 'What people found' },
  none: { zh: '还没有复核过它提出的线索', en: 'None of its clues has been reviewed yet' },
  precision: { zh: '{n} 条复核线索中 {r} 条属实：{p} %（95 % 区间 {l}–{h} %）', en: '{r} of {n} reviewed clues were right: {p} % (95 % interval {l}–{h} %)' },
  history: { zh: '参数变更（批准后按日生效）', en: 'Changes of parameters, by date' },
  key: { zh: '参数', en: 'Parameter' },
  value: { zh: '原值 → 新值', en: 'Before → after' },
  from: { zh: '生效', en: 'From' },
  who: { zh: '提出 / 批准', en: 'Proposed / approved' },
  why: { zh: '理由', en: 'Reason' },
} as const satisfies Record<string, Text>;

const percent = (share: number): string => (share * 100).toFixed(0);

/** How often the model was right by people's verdicts, and how its parameters came about. */
export function ModelRecord({ model }: { model: Model }) {
  const { t } = useSpeech();
  const { right, wrong, low, high } = model.reviewed;
  const n = right + wrong;
  return (
    <>
      <Card size="small" title={t(TEXT.reviewed)}>
        {n === 0 ? <Typography.Text type="secondary">{t(TEXT.none)}</Typography.Text> : <p style={{ margin: 0 }}>{t(TEXT.precision, { n, r: right, p: percent(right / n), l: percent(low), h: percent(high) })}</p>}
      </Card>
      {model.history.length > 0 && (
        <Card size="small" title={t(TEXT.history)}>
          <Wide label={t(TEXT.history)} min={480}><Table size="small" pagination={false} rowKey={(row) => `${row.parameter} ${row.from}`} dataSource={model.history} columns={[
            { title: t(TEXT.from), key: 'from', render: (_, row) => formatTime(msOf(row.from)) }, { title: t(TEXT.key), key: 'parameter', render: (_, row) => t(model.thresholds.find((one) => one.name === row.parameter) ?? { zh: row.parameter, en: row.parameter }) },
            { title: t(TEXT.value), key: 'value', className: 'num', align: 'right', render: (_, row) => `${row.was ?? '—'} → ${row.value}` }, { title: t(TEXT.who), key: 'who', render: (_, row) => `${row.proposedBy} / ${row.approvedBy}` },
            { title: t(TEXT.why), dataIndex: 'reason' },
          ]} /></Wide>
        </Card>
      )}
    </>
  );
}
