import { Card, Flex, Tag, Typography } from 'antd';
import { useArticle } from '../../shared/terms/article.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { Due } from '../parts/due.tsx';
import { VerifiedTag } from '../parts/tags.tsx';
import { useHolderNames } from '../parts/use-words.ts';
import type { ClockView } from '../shapes.ts';

const TEXT = {
  title: { zh: '时钟', en: 'Clocks' },
  none: { zh: '没有正在计算的期限', en: 'No clock runs' },
  until: { zh: '至 {day}', en: 'until {day}' },
  provisional: { zh: '节假日未公布，暂定', en: 'calendar not yet published' },
} as const satisfies Record<string, Text>;

/** Every statutory term of the case: article, holder, last day, working days left. */
export function Clocks({ clocks, names }: { clocks: readonly ClockView[]; names: Readonly<Record<string, string>> }) {
  const { t } = useSpeech();
  const article = useArticle();
  const holderName = useHolderNames(names);
  const open = (clock: ClockView) => clock.state === 'OPEN' || clock.state === 'PAUSED';
  const shown = [...clocks].sort((a, b) => Number(open(b)) - Number(open(a)) || a.dueAt - b.dueAt);
  return (
    <Card size="small" title={`${t(TEXT.title)} ${clocks.filter(open).length}`}>
      {shown.length === 0 && <Typography.Text type="secondary">{t(TEXT.none)}</Typography.Text>}
      <Flex vertical gap={10}>
        {shown.map((clock) => (
          <div key={`${clock.clockId}${clock.startedAt}`}>
            <Flex justify="space-between" gap={8} align="start">
              <span title={clock.clockId}>{t({ zh: clock.title, en: clock.titleEn })}</span>
              <Due dueAt={clock.dueAt} state={clock.state} overdue={clock.overdue} dayKind={clock.dayKind} workingDaysLeft={clock.workingDaysLeft} />
            </Flex>
            <Typography.Text type="secondary" style={{ fontSize: 12 }}>{article(clock.article)} · {holderName(clock.holder)} · {t(TEXT.until, { day: clock.dueDay })}</Typography.Text>
            <Flex gap={4} wrap>{clock.provisional && <Tag>◌ {t(TEXT.provisional)}</Tag>}{!clock.verified && <VerifiedTag verified={false} />}</Flex>
          </div>
        ))}
      </Flex>
    </Card>
  );
}
