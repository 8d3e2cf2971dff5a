import { Alert } from 'antd';
import { Link } from '@tanstack/react-router';
import { useSpeech, type Text } from '../../../shared/i18n.tsx';
import { formatTime } from '../../../shared/tiers.ts';
import type { CasePage } from '../../shapes.ts';

const TEXT = {
  changed: { zh: '本案所依据数据的有效性已变化', en: 'The validity of data this case stands on has changed' },
  clue: { zh: '查看线索', en: 'Open the clue' },
} as const satisfies Record<string, Text>;

/** What the platform learnt later about the data of the case: it alters nothing by itself, the officers weigh it. */
export function Notices({ page }: { page: CasePage }) {
  const { t } = useSpeech();
  if (page.notices.length === 0) return null;
  return (
    <Alert
      showIcon type="warning" title={t(TEXT.changed)}
      description={
        <ul style={{ margin: 0, paddingInlineStart: 18 }}>
          {page.notices.map((one) => (
            <li key={`${one.clueId} ${one.clueVersion}`}>
              <span style={{ fontVariantNumeric: 'tabular-nums' }}>{formatTime(one.notedAt)}</span> {t(one)} <Link to="/clues/$clueId" params={{ clueId: one.clueId }}>{t(TEXT.clue)}</Link>
            </li>
          ))}
        </ul>
      }
    />
  );
}
