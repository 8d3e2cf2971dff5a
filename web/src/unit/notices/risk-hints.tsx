import { call } from '../../shared/api.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { msOf, useNow } from '../../shared/moment.ts';
import { More, usePages } from '../../shared/pages.tsx';
import { formatTime } from '../../shared/tiers.ts';
import { Go } from '../parts/go.tsx';
import { Panel } from '../parts/panel.tsx';
import { useMay } from '../parts/queries.ts';

const TEXT = {
  title: { zh: '同行业风险提示', en: 'Risks in your trade' },
  sent: { zh: '{time} 发送', en: 'sent {time}' },
  check: { zh: '先自查', en: 'Check your own data' },
} as const satisfies Record<string, Text>;

const DAY = 24 * 3_600_000;

/** What was found again and again at others of the trade; nothing to answer. Nothing is shown where there is none. */
export function RiskHints({ days = Infinity }: { days?: number }) {
  return useMay('supervision.read-own') ? <Hints days={days} /> : null;
}

function Hints({ days }: { days: number }) {
  const { t } = useSpeech();
  const now = useNow();
  const mayCheck = useMay('analysis.self-check');
  const list = usePages(['risk-hints'], (at) => call('GET /api/unit/risk-hints', { query: at }));
  const hints = list.rows.filter((hint) => Date.parse(hint.sentAt) > now - days * DAY);
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
      {days === Infinity && <More list={list} />}
    </Panel>
  );
}
