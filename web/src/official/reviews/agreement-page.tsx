import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Card, Empty, Flex, Statistic, Table, Typography } from 'antd';
import { call } from '../../shared/api.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { msOf } from '../../shared/moment.ts';
import { Loaded, PageTitle } from '../../shared/room.tsx';
import { formatTime } from '../../shared/tiers.ts';
import { FINDING_WORDS } from './findings.ts';

const TEXT = {
  title: { zh: '审核一致性', en: 'Agreement of reviewers' },
  rule: { zh: '抽取一定比例的线索由第二人独立审核；不一致的一律退回补充。', en: 'A share of clues is looked at by a second person alone; where the two differ the clue goes back for more.' },
  n: { zh: '盲审次数', en: 'Second opinions' },
  raw: { zh: '一致率', en: 'Raw agreement' },
  kappa: { zh: 'Cohen’s κ（扣除偶然一致）', en: 'Cohen’s κ (beyond chance)' },
  none: { zh: '还没有两人都出具意见的审核', en: 'No review has two findings yet' },
  first: { zh: '首次 ＼ 第二人', en: 'first ＼ second' },
  pairs: { zh: '最近的盲审', en: 'Latest' },
  clue: { zh: '线索', en: 'Clue' },
  at: { zh: '时间', en: 'Time' },
  one: { zh: '首次', en: 'First' },
  two: { zh: '第二人', en: 'Second' },
  undefinedKappa: { zh: '不能计算', en: 'not defined' },
} as const satisfies Record<string, Text>;

const FINDINGS = ['PASS', 'RETURN', 'REJECT'] as const;

/** How far two people who know nothing of each other come to the same finding. */
export function AgreementPage() {
  const { t } = useSpeech();
  const query = useQuery({ queryKey: ['agreement'], queryFn: () => call('GET /api/review/agreement') });
  return (
    <>
      <PageTitle>{t(TEXT.title)}</PageTitle>
      <Typography.Paragraph type="secondary">{t(TEXT.rule)}</Typography.Paragraph>
      <Loaded query={query}>
        {(data) => data.n === 0 ? <Empty description={t(TEXT.none)} /> : (
          <Flex vertical gap={12}>
            <Card size="small">
              <Flex wrap gap={40}>
                <Statistic title={t(TEXT.n)} value={data.n} />
                <Statistic title={t(TEXT.raw)} value={data.raw === null ? '—' : `${(data.raw * 100).toFixed(1)} %`} />
                <Statistic title={t(TEXT.kappa)} value={data.kappa === null ? t(TEXT.undefinedKappa) : data.kappa.toFixed(2)} />
              </Flex>
            </Card>
            <Card size="small">
              <div className="scroll-x">
                <table style={{ borderCollapse: 'collapse' }}>
                  <thead><tr><th scope="col" style={{ padding: '4px 12px', textAlign: 'start' }}>{t(TEXT.first)}</th>{FINDINGS.map((f) => <th key={f} scope="col" style={{ padding: '4px 12px' }}>{t(FINDING_WORDS[f])}</th>)}</tr></thead>
                  <tbody>
                    {FINDINGS.map((first) => (
                      <tr key={first}>
                        <th scope="row" style={{ padding: '4px 12px', textAlign: 'start', fontWeight: 400 }}>{t(FINDING_WORDS[first])}</th>
                        {FINDINGS.map((second) => <td key={second} style={{ padding: '4px 12px', textAlign: 'end', fontVariantNumeric: 'tabular-nums', fontWeight: first === second ? 600 : 400 }}>{data.counts[first]?.[second] ?? 0}</td>)}
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
            </Card>
            <Card size="small" title={t(TEXT.pairs)}>
              <Table size="small" rowKey="clueId" pagination={false} dataSource={data.pairs} scroll={{ x: 560 }} columns={[
                { title: t(TEXT.clue), key: 'clue', render: (_, one) => <Link to="/reviews/$clueId" params={{ clueId: one.clueId }}>{one.clueId}</Link> },
                { title: t(TEXT.one), key: 'first', render: (_, one) => t(FINDING_WORDS[one.first]) },
                { title: t(TEXT.two), key: 'second', render: (_, one) => t(FINDING_WORDS[one.second]) },
                { title: t(TEXT.at), key: 'at', className: 'num', render: (_, one) => formatTime(msOf(one.at)) },
              ]} />
            </Card>
          </Flex>
        )}
      </Loaded>
    </>
  );
}
