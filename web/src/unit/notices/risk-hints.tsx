import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { msOf, useNow } from '../../shared/moment.ts';
import { formatTime } from '../../shared/tiers.ts';
import { Go } from '../parts/go.tsx';
import { Panel } from '../parts/panel.tsx';
import { useMay, useRiskHints } from '../parts/queries.ts';

const TEXT = {
  title: { zh: '同行业风险提示', en: 'Risks in your trade' },
  sent: { zh: '{time} 发送', en: 'sent {time}' },
  check: { zh: '先自查', en: 'Check your own data' },
} as const satisfies Record<string, Text>;

const DAY = 24 * 3_600_000;

/** What was found again and again at others of the trade; nothing to answer. Nothing is shown where there is none. */
export function RiskHints({ days = Infinity }: { days?: number }) {
  const { t } = useSpeech();
  const now = useNow();
  const mayCheck = useMay('analysis.self-check');
  const hints = (useRiskHints().data?.items ?? []).filter((hint) => Date.parse(hint.sentAt) > now - days * DAY);
  if (hints.length === 0) return null;
  return (
    <Panel title={t(TEXT.title)}>
      <ul className="todo">
        {hints.map((hint) => (
          <li key={hint.hintId} className="quiet">
            <strong>{t(hint.title)}</strong>
            <p className="claim" style={{ margin: '4px 0' }}>{t(hint.text)}</p>
            <div style={{ fontSize: 13 }}>{t(hint.about)}</div>
            <div style={{ fontSize: 13, fontVariantNumeric: 'tabular-nums' }}>{t(TEXT.sent, { time: formatTime(msOf(hint.sentAt)) })}</div>
            {mayCheck && <div><Go to="/self-check">{t(TEXT.check)}</Go></div>}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
