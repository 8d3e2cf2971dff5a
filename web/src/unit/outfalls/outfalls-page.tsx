import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { Loaded, PageTitle } from '../../shared/room.tsx';
import { Go } from '../parts/go.tsx';
import { Fact, Panel } from '../parts/panel.tsx';
import { useOutfalls } from '../parts/queries.ts';
import { inWords, PERIODS } from '../parts/words.ts';
import type { Outfall } from '../shapes.ts';
import { useFactorName } from '../../shared/terms/article.ts';
import { unitShown } from '../../shared/terms/unit-shown.ts';

const TEXT = {
  title: { zh: '我的排口', en: 'My outfalls' },
  open: { zh: '查看曲线与限值', en: 'Curves and limits' },
  kind: { zh: '类别', en: 'Kind' },
  gas: { zh: '废气', en: 'exhaust gas' },
  water: { zh: '废水', en: 'waste water' },
  mn: { zh: '设备编号（MN）', en: 'Device number (MN)' },
  factors: { zh: '监测因子', en: 'Factors measured' },
  limits: { zh: '现行限值', en: 'Limits in force' },
} as const satisfies Record<string, Text>;

function OutfallCard({ outfall }: { outfall: Outfall }) {
  const { t, language } = useSpeech();
  const factorName = useFactorName();
  return (
    <Panel title={outfall.name} extra={<Go to={`/outfalls/${outfall.outfall}`}>{t(TEXT.open)}</Go>}>
      <div className="facts">
        <Fact label={t(TEXT.kind)}>{t(outfall.type === 'gas' ? TEXT.gas : TEXT.water)} · {outfall.outfall}</Fact>
        <Fact label={t(TEXT.mn)}><span className="digest">{outfall.mn ?? '—'}</span></Fact>
        <Fact label={t(TEXT.factors)}>{outfall.factors.map(factorName).join(language === 'zh' ? '、' : ', ')}</Fact>
        <Fact label={t(TEXT.limits)}>{outfall.limits.map((limit) => `${factorName(limit)} ${t(inWords(PERIODS, limit.period))} ${limit.limit} ${unitShown(limit.unit)}`.trim()).join(language === 'zh' ? '；' : '; ')}</Fact>
      </div>
    </Panel>
  );
}

export function OutfallsPage() {
  const { t } = useSpeech();
  const query = useOutfalls();
  return (
    <>
      <PageTitle>{t(TEXT.title)}</PageTitle>
      <Loaded query={query} isEmpty={(outfalls) => outfalls.length === 0}>
        {(outfalls) => outfalls.map((outfall) => <OutfallCard key={outfall.outfall} outfall={outfall} />)}
      </Loaded>
    </>
  );
}
