import { Button, Card, Collapse, Typography } from 'antd';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import type { Vocabulary } from './rule-body.ts';

const TEXT = {
  title: { zh: '可用的名称（点按插入）', en: 'Names to use (press to insert)' },
  about: {
    zh: '可用 && || ! 比较和四则运算；缺数时结果为“不能判断”，不当作合格。factor 指正在判断的因子。',
    en: 'Use && || !, comparisons and arithmetic. A missing value gives “cannot tell”, never “clean”. factor is the factor being judged.',
  },
  before: { zh: 'n 小时以前的值', en: 'the value n hours before' },
} as const satisfies Record<string, Text>;

const GROUPS = {
  value: { zh: '因子的值', en: 'Values of a factor' }, flow: { zh: '流量与工况', en: 'Flow and state' }, power: { zh: '用电', en: 'Power' }, site: { zh: '门禁与标记', en: 'Doors and marks' },
  calendar: { zh: '时间', en: 'Time' }, statistics: { zh: '时段统计', en: 'Over a window' }, helpers: { zh: '辅助', en: 'Helpers' },
} as const satisfies Record<string, Text>;

/** The language in one list, from the table that the checker itself reads. */
export function VocabularyCard({ vocabulary, insert }: { vocabulary: Vocabulary; insert(text: string): void }) {
  const { t } = useSpeech();
  const entries = (key: keyof typeof GROUPS): readonly (Text & { write: string })[] => {
    if (key === 'statistics') return vocabulary.statistics;
    if (key === 'helpers') return [...vocabulary.helpers, { write: 'before(24, avg(factor))', ...TEXT.before }];
    return vocabulary.words.filter((one) => one.group === key);
  };
  return (
    <Card size="small" title={t(TEXT.title)}>
      <Typography.Paragraph style={{ marginTop: 0 }}>{t(TEXT.about)}</Typography.Paragraph>
      <Collapse
        size="small" ghost defaultActiveKey="value"
        items={(Object.keys(GROUPS) as (keyof typeof GROUPS)[]).map((key) => ({
          key, label: t(GROUPS[key]),
          children: (
            <ul style={{ listStyle: 'none', margin: 0, padding: 0 }}>
              {entries(key).map((one) => (
                <li key={one.write} style={{ marginBottom: 4 }}>
                  <Button size="small" type="text" style={{ height: 'auto', minHeight: 24, paddingInline: 4, whiteSpace: 'normal', textAlign: 'start' }} onClick={() => insert(one.write)}><code style={{ overflowWrap: 'anywhere' }}>{one.write}</code></Button>
                  <div style={{ paddingInlineStart: 4 }}>{t(one)}</div>
                </li>
              ))}
            </ul>
          ),
        }))}
      />
    </Card>
  );
}
