import { Alert } from 'antd';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { formatTime } from '../../shared/tiers.ts';
import type { CluePage } from '../shapes.ts';
import type { Analysis } from './why.tsx';

const TEXT = {
  title: { zh: '上面是列入清单、审核和移送时的线索（第 {decided} 版）；其后线索又有新增（现为第 {now} 版）', en: 'Above stands the clue as it was listed, reviewed and handed over (version {decided}); it has grown since (version {now} now)' },
  since: { zh: '现在：「{claim}」 {from} – {to}。新增部分未经本次审核；在案件中由办案人员列入或者写明理由不列入。', en: 'Now: “{claim}” {from} – {to}. What was added was not reviewed; in the case the officers take it in or leave it out with a reason.' },
} as const satisfies Record<string, Text>;

/** Says where the headline ends and what the clue grew by after people had decided about it. */
export function Grown({ clue, analysis }: { clue: CluePage; analysis: Analysis | undefined }) {
  const { t } = useSpeech();
  const decided = clue.decidedVersion;
  if (decided === null || analysis === undefined || analysis.version <= decided || analysis.claim.zh === clue.sentence.zh) return null;
  return (
    <Alert
      type="info" showIcon style={{ marginTop: 8 }} title={t(TEXT.title, { decided, now: analysis.version })}
      description={t(TEXT.since, { claim: t(analysis.claim), from: formatTime(Date.parse(analysis.from)), to: formatTime(Date.parse(analysis.to)) })}
    />
  );
}
