import { Card, Table, Typography } from 'antd';
import { formatTime } from '../../../shared/tiers.ts';
import { useArticle } from '../../../shared/terms/article.ts';
import { useSpeech, type Text } from '../../../shared/i18n.tsx';
import { OutcomeMark, VerifiedTag } from '../../parts/tags.tsx';
import { Wide } from '../../parts/wide.tsx';
import type { CasePage } from '../../shapes.ts';
import type { Exemption, LawView } from './law-shapes.ts';

const TEXT = {
  title: { zh: '法律适用', en: 'Law that applies' },
  old: { zh: '法典施行前', en: 'Before the Code' },
  next: { zh: '法典', en: 'Code' },
  range: { zh: '罚款幅度（元）', en: 'Range (yuan)' },
  change: { zh: '新法', en: 'New law' },
  choose: { zh: '须由人选择并说明理由：{reason}', en: 'A person must choose and say why: {reason}' },
  chosen: { zh: '适用 {law}。{by} 于 {at} 选择', en: 'Applied: {law}. Chosen by {by} on {at}' },
  why: { zh: '理由：{reason}', en: 'Reason: {reason}' },
  noReason: { zh: '未写明理由', en: 'no reason was written' },
  could: { zh: '可以适用的：{laws}', en: 'What could be applied: {laws}' },
  lighter: { zh: '（较轻）', en: ' (lighter)' },
  one: { zh: '{reason}：{law}', en: 'One era of law: {law}' },
  crime: { zh: '本类行为作出决定前须核查是否涉嫌犯罪', en: 'To be checked for a crime before a decision' },
  exemptions: { zh: '不予处罚的可能（由人决定）', en: 'Grounds for not punishing (a person decides)' },
  shall: { zh: '应当不予处罚', en: 'shall not be punished' },
  may: { zh: '可以不予处罚', en: 'may be spared' },
  applied: { zh: '已适用', en: 'applied' },
  refused: { zh: '未采纳', en: 'not followed' },
  silent: { zh: '决定前符合清单，没有说明不采纳的理由', en: 'it fitted before the decision and no reason against it was written' },
  unused: { zh: '决定时未适用', en: 'not applied at the decision' },
  judge: { zh: '须由人判断', en: 'For a person to judge' },
} as const satisfies Record<string, Text>;

const CHANGES = {
  LIGHTER: { zh: '较轻', en: 'lighter' }, HEAVIER: { zh: '较重', en: 'heavier' }, SAME: { zh: '相同', en: 'the same' }, CANNOT_TELL: { zh: '不能按数额比较', en: 'not comparable by sums' },
} as const satisfies Record<LawView['correspondences'][number]['change'], Text>;
const FITS = {
  PROPOSED: { zh: '建议考虑', en: 'proposed' }, OPEN: { zh: '待判断', en: 'open' }, EXCLUDED: { zh: '不符合', en: 'excluded' },
} as const satisfies Record<Exemption['fits'], Text>;
const OUTCOMES = { MET: 'PASS', NOT_MET: 'FAIL', CANNOT_TELL: 'CANNOT_TELL' } as const;

/** Sums within a text, their thousands apart. */
const grouped = (range: string): string => range.replaceAll(/\d{4,}/g, (sum) => new Intl.NumberFormat('zh-CN').format(Number(sum)));

function ExemptionLine({ one, decided }: { one: Exemption; decided: boolean }) {
  const { t } = useSpeech();
  const settled = one.applied ? t(TEXT.applied) : one.notFollowed !== null ? t(TEXT.refused) : decided ? t(one.fits === 'PROPOSED' ? TEXT.silent : one.fits === 'EXCLUDED' ? FITS.EXCLUDED : TEXT.unused) : undefined;
  const article = useArticle();
  return (
    <li style={{ marginBottom: 8 }}>
      <strong>{settled ?? t(FITS[one.fits])}</strong> · {t(one)} <Typography.Text type="secondary">{t(one.force === 'SHALL' ? TEXT.shall : TEXT.may)} · {article(one.article)} </Typography.Text><VerifiedTag verified={one.verified} />
      {one.notFollowed !== null && <div>{t(TEXT.why, { reason: one.notFollowed.reason })} <Typography.Text type="secondary">{one.notFollowed.by} {formatTime(one.notFollowed.at)}</Typography.Text></div>}
      {settled === undefined && one.checks.map((check) => <div key={check.zh}><OutcomeMark outcome={OUTCOMES[check.outcome]} bare /> {t(check)}</div>)}
      {settled === undefined && <Typography.Text type="secondary">{t(TEXT.judge)}：{one.conditions.join('；')}</Typography.Text>}
    </li>
  );
}

/** Which law was applied, by whom and why, beside what else could be; before anybody chose, that a person has to. */
export function LawChoice({ law }: { law: LawView }) {
  const { t } = useSpeech();
  const named = (one: LawView['candidates'][number]) => `${one.instrument}${one.article}${one.min === null || one.max === null ? '' : ` ${grouped(`${one.min}–${one.max}`)}`}${one.id === law.lighter && law.candidates.length > 1 ? t(TEXT.lighter) : ''}`;
  const names = law.candidates.map(named).join('；');
  const { chosen } = law;
  if (chosen === null) return <p style={{ marginTop: 0 }}>{law.choiceRequired ? <>{t(TEXT.choose, { reason: law.reason })}<br />{t(TEXT.could, { laws: names })}</> : t(TEXT.one, { reason: law.reason, law: names })}</p>;
  return (
    <p style={{ marginTop: 0 }}>
      <strong>{t(TEXT.chosen, { law: chosen.name, by: chosen.by, at: formatTime(chosen.at) })}</strong>
      {law.candidates.length > 1 && <><br />{t(TEXT.could, { laws: names })}</>}
      {(law.choiceRequired || chosen.reason !== '') && <><br />{t(TEXT.why, { reason: chosen.reason === '' ? t(TEXT.noReason) : chosen.reason })}</>}
    </p>
  );
}

/** Both eras of the law, old article beside new, and the exemptions held against the file. */
export function LawCard({ page }: { page: CasePage }) {
  const { t } = useSpeech();
  const law = page.law;
  if (law === null) return null;
  return (
    <Card size="small" title={t(TEXT.title)}>
      <LawChoice law={law} />
      {law.correspondences.length > 0 && (
        <Wide label={t(TEXT.title)} min={560}><Table
          size="small" pagination={false} rowKey={(row) => row.old + row.next} dataSource={[...law.correspondences]}
          columns={[
            { title: t(TEXT.old), dataIndex: 'old' },
            { title: t(TEXT.next), dataIndex: 'next' },
            { title: t(TEXT.range), key: 'range', className: 'num', render: (_, row) => `${grouped(row.oldRange)} → ${grouped(row.nextRange)}` },
            { title: t(TEXT.change), key: 'change', render: (_, row) => t(CHANGES[row.change]) },
          ]}
        /></Wide>
      )}
      {law.criminalPreCheck && page.state.decision === undefined && <p><strong>{t(TEXT.crime)}</strong></p>}
      {law.exemptions.length > 0 && <><p style={{ marginBottom: 4 }}><strong>{t(TEXT.exemptions)}</strong></p><ul style={{ margin: 0, paddingInlineStart: 18 }}>{law.exemptions.map((one) => <ExemptionLine key={one.id} one={one} decided={page.state.decision !== undefined} />)}</ul></>}
    </Card>
  );
}
