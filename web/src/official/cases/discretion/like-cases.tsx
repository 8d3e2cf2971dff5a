import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Card, Typography } from 'antd';
import { useSpeech, type Text } from '../../../shared/i18n.tsx';
import { useMoney } from '../../parts/money.ts';
import { ask } from '../../shapes.ts';
import { SpreadLine } from './spread-line.tsx';

const TEXT = {
  title: { zh: '类案', en: 'Like cases' },
  all: { zh: '本地区同类违法', en: 'Same violation in the region' },
  alike: { zh: '各项因子档次都相同', en: 'Graded alike in every factor' },
  same: { zh: '{n}/{of} 项因子相同', en: '{n} of {of} factors alike' },
} as const satisfies Record<string, Text>;

/** Decided fines beside the sum: like matters alike; the mark is this case. */
export function LikeCasesCard({ caseId, grades, amount }: { caseId: string; grades: Readonly<Record<string, string>>; amount?: number | undefined }) {
  const { t } = useSpeech();
  const yuan = useMoney();
  const query = useQuery({ queryKey: ['like-cases', caseId, grades], queryFn: () => ask('POST /api/cases/:id/like-cases', { params: { id: caseId }, body: { grades } }) });
  const found = query.data;
  if (found === undefined) return null;
  const mark = amount === undefined ? {} : { mark: amount };
  return (
    <Card size="small" title={t(TEXT.title)}>
      <Typography.Text type="secondary">{t(TEXT.all)}</Typography.Text>
      <SpreadLine spread={found.spread} {...mark} />
      {found.asked > 0 && found.spread !== null && <><Typography.Text type="secondary">{t(TEXT.alike)}</Typography.Text><SpreadLine spread={found.alike} {...mark} /></>}
      <ul style={{ margin: '8px 0 0', paddingInlineStart: 18, fontVariantNumeric: 'tabular-nums' }}>
        {found.cases.map((one) => (
          <li key={one.caseId}>
            <Link to="/cases/$caseId" params={{ caseId: one.caseId }}>{one.caseNo}</Link> {one.decidedOn} {yuan(one.amount)}
            {found.asked > 0 && <Typography.Text type="secondary"> · {t(TEXT.same, { n: one.sameGrades, of: found.asked })}</Typography.Text>}
          </li>
        ))}
      </ul>
    </Card>
  );
}
