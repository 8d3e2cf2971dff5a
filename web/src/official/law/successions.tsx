import { Card, Flex, Tag, Typography } from 'antd';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import type { lawEntries } from '../parts/law-source.ts';
import { VerifiedTag } from '../parts/tags.tsx';
import { useArticle } from '../../shared/terms/article.ts';

const TEXT = {
  about: { zh: '新法施行前的行为适用旧条文，新条文处罚较轻的适用新条文（从旧兼从轻，行政处罚法第三十七条）；轻重只按罚款数额比较，由人决定。', en: 'An act before the new law falls under the old article, or under the new one where it is lighter (art. 37); lighter and heavier are by the fine alone, and a person decides.' },
  old: { zh: '旧条文', en: 'Old article' },
  next: { zh: '新条文', en: 'New article' },
  broken: { zh: '违反', en: 'breaks' },
  punished: { zh: '处罚依据', en: 'punished by' },
  kinds: { zh: '处罚种类', en: 'penalties' },
  fine: { zh: '罚款', en: 'fine' },
  personal: { zh: '对责任人员罚款', en: 'fine of the persons responsible' },
  yuan: { zh: '{min}–{max} 元', en: '{min}–{max} yuan' },
  none: { zh: '没有数额', en: 'no figures' },
  valid: { zh: '施行', en: 'in force' },
  open: { zh: '现行', en: 'now' },
} as const satisfies Record<string, Text>;

type Succession = Awaited<ReturnType<typeof lawEntries>>['successions'][number];
type Basis = Succession['old'];

const CHANGES = {
  LIGHTER: { zh: '↓ 较轻', en: '↓ lighter' }, HEAVIER: { zh: '↑ 较重', en: '↑ heavier' }, SAME: { zh: '= 数额相同', en: '= same figures' }, CANNOT_TELL: { zh: '? 不能比较', en: '? cannot tell' },
} as const satisfies Record<Succession['change'], Text>;

function Article({ basis, title }: { basis: Basis; title: string }) {
  const { t, language } = useSpeech();
  const article = useArticle();
  const sum = (fine: Basis['fine']) => (fine === null ? t(TEXT.none) : t(TEXT.yuan, { min: fine.min.toLocaleString('en'), max: fine.max.toLocaleString('en') }));
  const lines = [
    [TEXT.punished, article(basis.article)], ...(basis.broken === null ? [] : [[TEXT.broken, article(basis.broken)] as const]), [TEXT.kinds, basis.penalties.map((kind) => t(kind)).join(language === 'zh' ? '、' : ', ')], [TEXT.fine, sum(basis.fine)],
    ...(basis.personalFine === null ? [] : [[TEXT.personal, sum(basis.personalFine)] as const]), [TEXT.valid, `${basis.validFrom} – ${basis.validTo ?? t(TEXT.open)}`],
  ] as const;
  return (
    <section aria-label={title} style={{ flex: '1 1 260px', minWidth: 0, overflowWrap: 'anywhere' }}>
      <Typography.Text type="secondary">{title}</Typography.Text>
      <div><strong>{article(basis.instrument)}</strong> <VerifiedTag verified={basis.verified} /></div>
      {lines.map(([label, text]) => <div key={label.en} style={{ fontVariantNumeric: 'tabular-nums' }}><Typography.Text type="secondary">{t(label)}：</Typography.Text>{text}</div>)}
    </section>
  );
}

/** 新旧条文对照: for every violation the article that went and the one that took its place, side by side. */
export function Successions({ items }: { items: readonly Succession[] }) {
  const { t } = useSpeech();
  return (
    <Flex vertical gap={12}>
      <Typography.Paragraph type="secondary" style={{ margin: 0 }}>{t(TEXT.about)}</Typography.Paragraph>
      {items.map((one) => (
        <Card key={`${one.violation} ${one.old.instrument}${one.old.article} ${one.next.article}`} size="small" title={t(one)} extra={<Tag>{t(CHANGES[one.change])}</Tag>} styles={{ title: { whiteSpace: 'normal' } }}>
          <Flex wrap gap={16}><Article basis={one.old} title={t(TEXT.old)} /><Article basis={one.next} title={t(TEXT.next)} /></Flex>
        </Card>
      ))}
    </Flex>
  );
}
