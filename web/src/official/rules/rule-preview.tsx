import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button, Card, Flex, InputNumber, Select, Typography } from 'antd';
import { useEffect, useState } from 'react';
import { call } from '../../shared/api.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { ProblemAlert } from '../../shared/sign-in.tsx';
import { useRulePreview } from '../models/run-backtest.ts';
import { TrialProgress } from '../models/trial-progress.tsx';
import { ComparisonView } from './comparison.tsx';
import type { RuleBody } from './rule-body.ts';
import { useSettled } from './use-settled.ts';

const TEXT = {
  title: { zh: '预览', en: 'Preview' },
  outfall: { zh: '排放口', en: 'Outfall' },
  find: { zh: '按名称或编号查找', en: 'Find by name or id' },
  days: { zh: '最近天数', en: 'Last days' },
  fix: { zh: '表达式有误，改正后自动预览', en: 'Correct the expressions and the preview runs by itself' },
  choose: { zh: '选择排放口后自动预览：这条规则在过去会提出什么', en: 'Choose an outfall to see what the rule would have said there' },
  said: { zh: '{days} 天内在此排放口会提出 {n} 次', en: 'would have spoken {n} times here within {days} days' },
  all: { zh: '回测全部排放口', en: 'Back-test all outfalls' },
  cancel: { zh: '取消', en: 'Cancel' },
  allSaid: { zh: '辖区 {outfalls} 个排放口，{days} 天，会提出 {n} 次，用时 {s} 秒', en: '{outfalls} outfalls of the area, {days} days: {n} times, in {s} s' },
} as const satisfies Record<string, Text>;

/** The rule over stored history while it is written: on one outfall by itself, over the area when asked. */
export function RulePreview({ rule, reads }: { rule: RuleBody; reads: boolean }) {
  const { t } = useSpeech();
  const [outfall, setOutfall] = useState<string>();
  const [days, setDays] = useState(30);
  const [text, setText] = useState('');
  const wanted = useSettled(text, 300);
  const within = useSettled(days, 500);
  const found = useQuery({ queryKey: ['rule-outfalls', wanted], queryFn: () => call('GET /api/analysis/rules/outfalls', { query: { text: wanted } }), placeholderData: keepPreviousData });
  const { run, cancel, running, progress, error, seen } = useRulePreview();
  // A newer wording takes the place of a preview that is still running; one that does not read ends it.
  useEffect(() => {
    if (reads && outfall !== undefined) void run({ rule, days: within, outfall });
    else cancel();
  }, [run, cancel, reads, rule, outfall, within]);
  return (
    <Card size="small" title={t(TEXT.title)}>
      <Flex wrap gap={8} align="end" style={{ marginBottom: 8 }}>
        <div style={{ flex: '1 1 180px', minWidth: 0 }}>
          <label htmlFor="preview-outfall">{t(TEXT.outfall)}</label>
          <Select
            id="preview-outfall" aria-label={t(TEXT.outfall)} style={{ width: '100%' }} showSearch={{ filterOption: false, onSearch: setText }} placeholder={t(TEXT.find)}
            options={(found.data?.items ?? []).map((one) => ({ value: one.outfall, label: `${one.unitName} ${one.name}` }))}
            {...(outfall === undefined ? {} : { value: outfall })} onChange={(value: string) => setOutfall(value)}
          />
        </div>
        <div>
          <label htmlFor="preview-days">{t(TEXT.days)}</label><br />
          <InputNumber id="preview-days" min={1} max={90} value={days} onChange={(value) => setDays(value ?? 30)} style={{ width: 84 }} />
        </div>
        <Button disabled={!reads || running} onClick={() => void run({ rule, days })}>{t(TEXT.all)}</Button>
        <Button disabled={!running} onClick={cancel}>{t(TEXT.cancel)}</Button>
      </Flex>
      {!reads && <Typography.Paragraph type="secondary">{t(TEXT.fix)}</Typography.Paragraph>}
      {reads && outfall === undefined && seen === undefined && !running && <Typography.Paragraph type="secondary">{t(TEXT.choose)}</Typography.Paragraph>}
      {error !== undefined && <ProblemAlert error={error} />}
      {running && progress !== undefined && <TrialProgress progress={progress} running />}
      {seen !== undefined && (
        <>
          <p role="status" style={{ marginTop: 0 }}>
            {seen.asked.outfall !== undefined ? t(TEXT.said, { days: seen.asked.days ?? days, n: seen.report.appears.count })
              : t(TEXT.allSaid, { outfalls: seen.report.outfalls, days: seen.asked.days ?? days, n: seen.report.appears.count, s: (seen.report.ms / 1000).toFixed(1) })}
          </p>
          <ComparisonView comparison={seen.report} />
        </>
      )}
    </Card>
  );
}
