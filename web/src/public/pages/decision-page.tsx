import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Flex } from 'antd';
import { call } from '../../shared/api.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { articleIn } from '../../shared/terms/article-in.ts';
import { FactsText } from '../../shared/told/facts-text.tsx';
import { Loaded, PageTitle } from '../../shared/room.tsx';
import { formatTime } from '../../shared/tiers.ts';
import { yuanOf, type Decision } from '../decision-item.tsx';
import { Go, useWord } from '../go.tsx';
import { Fact, Panel } from '../panel.tsx';

const TEXT = {
  facts: { zh: '违法事实与处理', en: 'Facts and outcome' },
  outcome: { zh: '处理结果', en: 'Outcome' },
  authority: { zh: '作出机关', en: 'Authority' },
  number: { zh: '决定书文号', en: 'Number of the decision' },
  decided: { zh: '作出日期', en: 'Decided on' },
  published: { zh: '公开时间', en: 'Published' },
  credit: { zh: '统一社会信用代码', en: 'Credit code' },
  cause: { zh: '案由', en: 'Cause' },
  broken: { zh: '违反的规定', en: 'Rules broken' },
  penal: { zh: '处罚依据', en: 'Basis of the penalty' },
  evidence: { zh: '证据', en: 'Evidence' },
  proves: { zh: '{name}：证明{what}', en: '{name}: proves {what}' },
  discretion: { zh: '裁量理由', en: 'Reasons for the sum' },
  performance: { zh: '履行方式和期限', en: 'How and by when it is performed' },
  orders: { zh: '处罚内容', en: 'What is ordered' },
  remedies: { zh: '救济途径', en: 'Remedies of the party' },
  remedyText: { zh: '当事人不服的，可以自收到决定书之日起{term}向{body}申请行政复议，也可以自收到决定书之日起{suit}直接向{court}提起行政诉讼。', en: 'From receiving the decision the party may apply to {body} for reconsideration ({term}), or bring an action at {court} ({suit}).' },
  chinese: { zh: '', en: 'The decision is written in Chinese, and the Chinese counts; evidence, reasons and facts stand here in its own words.' },
  fine: { zh: '罚款', en: 'Fine' },
  yuan: { zh: '{n} 元', en: '{n} yuan' },
  withdrawn: { zh: '这份决定已于 {time} 撤回公开', en: 'Withdrawn from publication {time}' },
  hidden: { zh: '为保护个人信息和商业秘密，已隐去', en: 'Hidden to protect personal data and business secrets' },
  times: { zh: '{n} 处', en: '{n} times' },
  proof: { zh: '存证', en: 'Proof' },
  digest: { zh: '决定书文件摘要（SHA-256）', en: 'Digest of the decision file (SHA-256)' },
  proofText: { zh: '决定书签发时其摘要即写入存证日志，之后任何改动都会被发现。持有这份 PDF 的人可以核验它是否完整、是否由该机关签章。', en: 'The digest was written to the evidence log when the decision was issued; any later change shows. Whoever holds the PDF may check that it is whole and sealed.' },
  public: { zh: '公开文本', en: 'The published text' },
  publicText: { zh: '本页文字是一个文件，公开时其摘要写入存证日志。点“核验”，您的浏览器会从文件算到日志签署的根；也可以把文件和证明取走，离线核验：', en: 'What this page says is a file whose digest was written to the evidence log at publication. “Verify” lets your browser compute from the file to the root the log signed; or take the file and its proof away and check offline:' },
  run: { zh: '在本浏览器核验', en: 'Verify in this browser' },
  textFile: { zh: '下载公开文本', en: 'Download the text' },
  proofFile: { zh: '下载证明', en: 'Download the proof' },
  policy: { zh: '公钥与信任策略', en: 'Keys and policy' },
  textDigest: { zh: '公开文本摘要（SHA-256）', en: 'Digest of the text (SHA-256)' },
  paper: { zh: '决定书', en: 'The decision itself' },
  check: { zh: '核验文书', en: 'Check a paper' },
  log: { zh: '查看存证日志', en: 'See the log' },
} as const satisfies Record<string, Text>;

/** English beside the outcome, which the server gives in Chinese. */
const OUTCOMES: Readonly<Record<string, Text>> = {
  行政处罚: { zh: '予以行政处罚', en: 'penalty' },
  不予行政处罚: { zh: '不予行政处罚', en: 'no penalty' },
  违法事实不成立: { zh: '违法事实不成立', en: 'nothing established' },
};

/** What the decision says of law, orders and remedies. */
function Content({ content: { evidence, broken, penal, discretion, orders, performance, remedies } }: { content: NonNullable<Decision['content']> }) {
  const { t, language } = useSpeech();
  const named = ({ instrument, instrumentEn, article }: (typeof broken)[number]) =>
    (language === 'zh' ? `《${instrument}》${article}` : articleIn(`《${instrument}》${article}`, [{ zh: instrument, en: instrumentEn }]));
  const laws = (rows: typeof broken) => rows.map((row) => <div key={`${row.instrument}${row.article}`}>{named(row)}</div>);
  return (
    <div className="facts" style={{ marginTop: 12 }}>
      {evidence.length > 0 && <Fact label={t(TEXT.evidence)}><ol style={{ margin: 0, paddingInlineStart: 20 }}>{evidence.map(({ name, proves }) => <li key={name}>{t(TEXT.proves, { name, what: proves })}</li>)}</ol></Fact>}
      <Fact label={t(TEXT.broken)}>{laws(broken)}</Fact>
      <Fact label={t(TEXT.penal)}>{laws(penal)}</Fact>
      {discretion !== '' && <Fact label={t(TEXT.discretion)}>{discretion}</Fact>}
      <Fact label={t(TEXT.orders)}>{orders.map((order) => <div key={order.zh}>{t(order)}</div>)}</Fact>
      {performance.zh !== '' && <Fact label={t(TEXT.performance)}>{t(performance)}</Fact>}
      <Fact label={t(TEXT.remedies)}>
        {t(TEXT.remedyText, { term: t(remedies.reconsiderationTerm), body: t(remedies.reconsiderationBody), suit: t(remedies.suitTerm), court: t(remedies.court) })}
        <div style={{ fontSize: 12, opacity: 0.8 }}>{t(TEXT.chinese)}</div>
      </Fact>
    </div>
  );
}

export function DecisionPage() {
  const { t } = useSpeech();
  const id = useWord('id');
  const query = useQuery({ queryKey: ['decision', id], queryFn: () => call('GET /api/public/decisions/:id', { params: { id } }) });
  return (
    <Loaded query={query}>
      {(d) => (
        <>
          <PageTitle>{d.unit}</PageTitle>
          {d.withdrawnAt !== null && <Alert type="warning" showIcon style={{ marginBottom: 14 }} title={t(TEXT.withdrawn, { time: formatTime(Date.parse(d.withdrawnAt)) })} description={d.withdrawNote} />}
          <Panel title={t(TEXT.facts)}>
            <div className="facts">
              <Fact label={t(TEXT.number)}>{d.documentNo}</Fact>
              <Fact label={t(TEXT.authority)}>{t(d.authority)}</Fact>
              <Fact label={t(TEXT.decided)}>{d.decidedOn}</Fact>
              <Fact label={t(TEXT.published)}>{d.publishedAt === null ? '—' : formatTime(Date.parse(d.publishedAt))}</Fact>
              <Fact label={t(TEXT.credit)}>{d.creditCode}</Fact>
              {d.cause.zh !== '' && <Fact label={t(TEXT.cause)}>{t(d.cause)}</Fact>}
              <Fact label={t(TEXT.outcome)}>{t(OUTCOMES[d.outcome] ?? { zh: d.outcome, en: d.outcome })}</Fact>
              {d.amount > 0 && <Fact label={t(TEXT.fine)}><strong>{t(TEXT.yuan, { n: yuanOf(d.amount) })}</strong></Fact>}
            </div>
            {d.facts !== '' && <FactsText text={d.facts} />}
            {d.content !== null && <Content content={d.content} />}
            {d.hidden.length > 0 && <p style={{ fontSize: 13, opacity: 0.9 }}>{t(TEXT.hidden)}：{d.hidden.map((each) => `${t(each)} ${t(TEXT.times, { n: each.times })}`).join('；')}</p>}
          </Panel>
          {d.textSha256 !== null && (
            <Panel title={`${t(TEXT.proof)}：${t(TEXT.public)}`}>
              <p style={{ marginTop: 0 }}>{t(TEXT.publicText)} <code>mingjian verify {d.documentNo}.txt --proof {d.documentNo}.tlog-proof --policy policy</code></p>
              <Fact label={t(TEXT.textDigest)}><span className="digest">{d.textSha256}</span></Fact>
              <Flex wrap gap={8} align="center" style={{ marginTop: 12 }}>
                <Button type="primary" href={`/public/verify?decision=${d.id}`}>{t(TEXT.run)}</Button>
                <Button href={`/api/public/decisions/${d.id}/text`} download>{t(TEXT.textFile)}</Button>
                <Button href={`/api/public/decisions/${d.id}/proof`} download>{t(TEXT.proofFile)}</Button>
                <Button href="/log/policy" download="policy">{t(TEXT.policy)}</Button>
              </Flex>
            </Panel>
          )}
          {d.documentSha256 !== null && (
            <Panel title={`${t(TEXT.proof)}：${t(TEXT.paper)}`}>
              <p style={{ marginTop: 0 }}>{t(TEXT.proofText)}</p>
              <Fact label={t(TEXT.digest)}><span className="digest">{d.documentSha256}</span></Fact>
              <p style={{ marginBottom: 0 }}><Go to="/verify">{t(TEXT.check)}</Go> · <Go to="/log">{t(TEXT.log)}</Go></p>
            </Panel>
          )}
        </>
      )}
    </Loaded>
  );
}
