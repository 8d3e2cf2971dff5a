import { Typography } from 'antd';
import { useSpeech, type Text } from '../../../shared/i18n.tsx';
import { useMoney } from '../../parts/money.ts';
import { VerifiedTag } from '../../parts/tags.tsx';
import type { DiscretionTrace } from '../../shapes.ts';

const TEXT = { table: { zh: '裁量基准 {version} 版', en: 'benchmark, version {version}' } } as const satisfies Record<string, Text>;

/** Where each number of the fine comes from, step by step, as it stands in the sheet of the dossier. */
export function TraceSteps({ trace }: { trace: DiscretionTrace }) {
  const { t } = useSpeech();
  const yuan = useMoney();
  return (
    <div>
      <div style={{ fontSize: 22, fontWeight: 600, fontVariantNumeric: 'tabular-nums' }}>{yuan(trace.amount)}</div>
      <ol style={{ margin: '4px 0', paddingInlineStart: 20, fontVariantNumeric: 'tabular-nums' }}>{trace.steps.map((step) => <li key={step}>{step}</li>)}</ol>
      <Typography.Paragraph type="secondary" style={{ margin: 0 }}>{trace.sentence}</Typography.Paragraph>
      <Typography.Text type="secondary" title={`${trace.tableId}@${trace.tableVersion}`}>{t(TEXT.table, { version: trace.tableVersion })} </Typography.Text><VerifiedTag verified={trace.tableVerified} />
    </div>
  );
}
