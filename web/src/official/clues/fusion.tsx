import { Link } from '@tanstack/react-router';
import { Card, Typography } from 'antd';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { formatNumber } from '../../shared/tiers.ts';
import { FAMILIES, isFamily } from '../models/words.ts';
import { TierTag } from '../parts/tags.tsx';
import { Wide } from '../parts/wide.tsx';
import type { Analysis } from './why.tsx';

const TEXT = {
  title: { zh: '证据融合单', en: 'Fusion of evidence' },
  says: { zh: '合起来指向“{kind}”，可能性约 {p}', en: 'Together they point to “{kind}”, about {p} likely' },
  recorded: { zh: '由证据融合模型 G11 得出', en: 'as concluded by model G11' },
  reckoned: { zh: '由本线索各项发现现算：尚未达到 G11 提出结论的条件', en: 'reckoned now from the findings of this clue: G11 has concluded nothing' },
  model: { zh: '发现', en: 'Finding' },
  family: { zh: '来源', en: 'Source' },
  tier: { zh: '级别', en: 'Tier' },
  weight: { zh: '权重', en: 'Weight' },
  adds: { zh: '对数几率', en: 'Log-odds' },
  times: { zh: '使几率变为', en: 'Multiplies the odds by' },
  prior: { zh: '没有任何发现时（先验，对数几率）', en: 'Before any finding (prior, log-odds)' },
  sum: { zh: '合计（对数几率）', en: 'Sum (log-odds)' },
  likely: { zh: '校准后的可能性（概率）', en: 'Calibrated likelihood (probability)' },
  capped: { zh: '到顶', en: 'capped' },
  elsewhere: { zh: '本单位的其他线索', en: 'another clue of the unit' },
  times_n: { zh: '{n} 倍', en: '× {n}' },
  silent: { zh: '未计入', en: 'Not counted' },
  NO_WEIGHT: { zh: '对此类行为不作证据', en: 'says nothing of this kind of wrongdoing' },
  SAME_SOURCE: { zh: '同一来源只计最强的一条', en: 'of each source only the strongest counts' },
  missing: { zh: '取得后最能判明的证据', en: 'What would decide it best' },
  how: { zh: '对数几率 = 先验 + 各来源中最强一条的权重 × 级别（提醒 1、警告 2、工单 3，每来源封顶）；再按有标签省份上观察到的比例校准为可能性。权重第 {v} 版，随程序提供。可能性用于排列先后，不是证明。', en: 'Log-odds = prior + of each source its strongest weight × step (reminder 1, warning 2, work order 3; capped by source), turned into a likelihood by what was observed on labelled provinces. Weights version {v}, which came with the program. It serves to rank; it proves nothing.' },
} as const satisfies Record<string, Text>;

const CELL = { padding: '4px 10px', textAlign: 'start' } as const;
const NUM = { ...CELL, textAlign: 'end', fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' } as const;

/** Each finding, its weight, what it adds, and what comes of them together: reckoned so that it can be followed by hand. */
export function Fusion({ sheet }: { sheet: NonNullable<Analysis['fusion']> }) {
  const { t } = useSpeech();
  const sum = (sheet.prior ?? 0) + sheet.voices.reduce((total, voice) => total + voice.adds, 0);
  const percent = `${Math.round(sheet.probability * 100)} %`;
  const family = (key: string) => (isFamily(key) ? t(FAMILIES[key]) : key);
  const name = (one: { model: string; title: Text }) => <Link to="/models/$modelId" params={{ modelId: one.model }}>{one.model} {t(one.title)}</Link>;
  return (
    <Card size="small" title={t(TEXT.title)}>
      <p style={{ marginTop: 0 }}><strong>{t(TEXT.says, { kind: t(sheet.kind), p: percent })}</strong> <Typography.Text type="secondary">{t(sheet.recorded ? TEXT.recorded : TEXT.reckoned)}</Typography.Text></p>
      <Wide label={t(TEXT.title)} min={560}>
        <table style={{ borderCollapse: 'collapse', width: '100%' }}>
          <thead><tr>{([TEXT.model, TEXT.family, TEXT.tier] as const).map((head) => <th key={head.en} scope="col" style={CELL}>{t(head)}</th>)}{([TEXT.weight, TEXT.adds, TEXT.times] as const).map((head) => <th key={head.en} scope="col" style={NUM}>{t(head)}</th>)}</tr></thead>
          <tbody>
            {sheet.prior !== null && <tr><td style={CELL} colSpan={4}>{t(TEXT.prior)}</td><td style={NUM}>{sheet.prior.toFixed(2)}</td><td style={NUM} /></tr>}
            {sheet.voices.map((voice) => (
              <tr key={voice.model}>
                <td style={CELL}>{name(voice)}</td><td style={CELL}>{family(voice.family)}</td>
                <td style={CELL}>{voice.tier === null ? t(TEXT.elsewhere) : <TierTag tier={voice.tier} />}</td>
                <td style={NUM}>{voice.weight === null ? '—' : formatNumber(voice.weight)}</td>
                <td style={NUM}>+{voice.adds.toFixed(2)}{voice.capped && ` (${t(TEXT.capped)})`}</td><td style={NUM}>{t(TEXT.times_n, { n: formatNumber(voice.times, 1) })}</td>
              </tr>
            ))}
          </tbody>
          {sheet.prior !== null && <tfoot><tr><th scope="row" style={CELL} colSpan={4}>{t(TEXT.sum)}</th><td style={NUM}><strong>{sum.toFixed(2)}</strong></td><td style={NUM} /></tr><tr><th scope="row" style={CELL} colSpan={4}>{t(TEXT.likely)}</th><td style={NUM}><strong>{percent}</strong></td><td style={NUM} /></tr></tfoot>}
        </table>
      </Wide>
      {sheet.silent.length > 0 && <p>{t(TEXT.silent)}：{sheet.silent.map((one, i) => <span key={one.model}>{i > 0 && '；'}{name(one)}（{t(TEXT[one.why])}）</span>)}</p>}
      {sheet.missing.length > 0 && <p>{t(TEXT.missing)}：{sheet.missing.map((one) => t(one)).join('、')}</p>}
      <Typography.Text type="secondary" style={{ fontSize: 12 }}>{t(TEXT.how, { v: sheet.weights })}</Typography.Text>
    </Card>
  );
}
