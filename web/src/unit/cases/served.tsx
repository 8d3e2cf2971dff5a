import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { useArticle } from '../../shared/terms/article.ts';
import { DueLine } from '../parts/due.tsx';
import { Fact, Panel } from '../parts/panel.tsx';
import type { CasePage, Provision, ServedDecision, ServedProposal } from '../shapes.ts';

const TEXT = {
  proposed: { zh: '拟作出的处罚（{no}）', en: 'Proposed penalty ({no})' },
  decided: { zh: '处罚决定（{no}）', en: 'The decision ({no})' },
  notFinal: { zh: '这是拟作出的处罚，尚未决定。', en: 'This is proposed, nothing has been decided.' },
  fineProposed: { zh: '拟处罚款', en: 'Proposed fine' },
  penalties: { zh: '处罚种类', en: 'Kinds of penalty' },
  range: { zh: '法定罚款幅度', en: 'Range the law allows' },
  span: { zh: '{from} 元至 {to} 元', en: '{from} to {to} yuan' },
  broken: { zh: '认定违反的规定', en: 'Rules held to be broken' },
  penal: { zh: '处罚依据', en: 'Basis of the penalty' },
  statement: { zh: '陈述、申辩', en: 'Statement and defence' },
  neverMore: { zh: '不因陈述、申辩而加重处罚（行政处罚法 第四十五条）', en: 'A defence never makes the penalty heavier (Administrative Penalty Law art. 45)' },
  hearing: { zh: '要求听证', en: 'Hearing' },
  noHearing: { zh: '告知书未列听证权利（未达到听证条件）', en: 'The notice gives no right to a hearing (its conditions are not met)' },
  fine: { zh: '罚款', en: 'Fine' },
  paid: { zh: '已缴', en: 'Paid' },
  payBy: { zh: '最后缴款日', en: 'Last day of payment' },
  surcharge: { zh: '逾期加处罚款（今日止）', en: 'Added for lateness by today' },
  surchargeOf: { zh: '{n} 元（计 {days} 天，每日 3%，不超过罚款本数）', en: '{n} yuan ({days} days at 3 % a day, never above the fine)' },
  surchargeLeft: { zh: '{n} 元', en: '{n} yuan' },
  yuan: { zh: '{n} 元', en: '{n} yuan' },
  what: { zh: '决定内容', en: 'What is decided' },
  pay: { zh: '怎样缴款', en: 'How to pay' },
  never: { zh: '作出决定的机关不收现金；账户以决定书为准。', en: 'The authority that decided takes no money itself; the account on the decision counts.' },
  reconsider: { zh: '申请行政复议', en: 'Reconsideration' },
  sue: { zh: '提起行政诉讼', en: 'Suit in court' },
  to: { zh: '向{body}，{term}', en: 'to {body}, {term}' },
} as const satisfies Record<string, Text>;

/** A span of yuan as the notice writes it. */
const RANGE = /([\d.]+) 元至 ([\d.]+) 元/gu;

const money = (n: number): string => new Intl.NumberFormat('zh-CN').format(n);

/** Articles relied on; the text a paper quotes is unfolded by who wants to read it. */
function Provisions({ label, rows }: { label: Text; rows: readonly Provision[] }) {
  const { t } = useSpeech();
  const article = useArticle();
  return (
    <Fact label={t(label)}>
      {rows.map((row) => {
        const name = article(`${row.instrument} ${row.article}`);
        return row.text === '' ? <div key={name}>{name}</div> : <details key={name}><summary>{name}</summary><p className="said">{row.text}</p></details>;
      })}
    </Fact>
  );
}

/** Until when, as its own clock says; the words of the paper where no clock stands. */
function Until({ page, clockId, otherwise }: { page: CasePage; clockId: string; otherwise: string }) {
  const { t } = useSpeech();
  const article = useArticle();
  const clock = page.clocks.findLast((one) => one.clockId === clockId);
  if (clock === undefined) return <>{article(otherwise)}</>;
  if (clock.end !== null) return <>{t(clock.end)}</>;
  return <DueLine dueAt={clock.dueAt} day={clock.dueDay} kind="right" dayKind={clock.dayKind} workingDaysLeft={clock.workingDaysLeft} article={clock.article} paused={clock.state === 'PAUSED'} />;
}

function Proposal({ page, proposed }: { page: CasePage; proposed: ServedProposal }) {
  const { t, language } = useSpeech();
  return (
    <Panel title={t(TEXT.proposed, { no: proposed.number })}>
      <p style={{ marginTop: 0 }}>{t(TEXT.notFinal)}</p>
      <div className="facts">
        {proposed.amount !== null && <Fact label={t(TEXT.fineProposed)}><strong>{t(TEXT.yuan, { n: money(proposed.amount) })}</strong></Fact>}
        <Fact label={t(TEXT.penalties)}>{proposed.penalties.map((one) => t(one)).join(language === 'zh' ? '、' : ', ')}</Fact>
        <Provisions label={TEXT.broken} rows={proposed.broken} />
        <Provisions label={TEXT.penal} rows={proposed.penal} />
        <Fact label={t(TEXT.range)}>{[...proposed.benchmark.matchAll(RANGE)].map(([span, from = '', to = '']) => <div key={span}>{t(TEXT.span, { from, to })}</div>)}</Fact>
        <Fact label={t(TEXT.statement)}><Until page={page} clockId="T5" otherwise={proposed.statementTerm} /><div style={{ fontSize: 12 }}>{t(TEXT.neverMore)}</div></Fact>
        <Fact label={t(TEXT.hearing)}>{proposed.hearing === null ? t(TEXT.noHearing) : <Until page={page} clockId="T6" otherwise={proposed.hearing.term} />}</Fact>
      </div>
    </Panel>
  );
}

/** The sum, what is paid of it, until when, and what lateness adds: as many days as the term is told to be over. */
export function FineFacts({ page }: { page: CasePage }) {
  const { t } = useSpeech();
  const { amount, paid, payBy, surcharge, lateDays } = page;
  if (amount === null || amount === 0) return null;
  const added = Number(surcharge);
  return (
    <>
      <Fact label={t(TEXT.fine)}><strong>{t(TEXT.yuan, { n: money(amount) })}</strong></Fact>
      <Fact label={t(TEXT.paid)}>{t(TEXT.yuan, { n: money(paid) })}</Fact>
      {payBy !== null && paid < amount && <Fact label={t(TEXT.payBy)}>{payBy}</Fact>}
      {added > 0 && <Fact label={t(TEXT.surcharge)}>{t(lateDays > 0 ? TEXT.surchargeOf : TEXT.surchargeLeft, { n: money(added), days: lateDays })}</Fact>}
    </>
  );
}

function Decision({ page, decided }: { page: CasePage; decided: ServedDecision }) {
  const { t } = useSpeech();
  const article = useArticle();
  const { reconsideration, court } = decided;
  return (
    <Panel title={t(TEXT.decided, { no: decided.number })}>
      <div className="facts">
        <Fact label={t(TEXT.what)}><ul style={{ margin: 0, paddingInlineStart: 18 }}>{decided.decisions.map((one) => <li key={one.zh}>{article(t(one))}</li>)}</ul></Fact>
        <FineFacts page={page} />
        <Provisions label={TEXT.broken} rows={decided.broken} />
        <Provisions label={TEXT.penal} rows={decided.penal} />
        <Fact label={t(TEXT.reconsider)}>{t(TEXT.to, { body: t(reconsideration), term: article(reconsideration.term) })}<div><Until page={page} clockId="T13" otherwise="" /></div></Fact>
        <Fact label={t(TEXT.sue)}>{t(TEXT.to, { body: t(court), term: article(court.term) })}<div><Until page={page} clockId="T14" otherwise="" /></div></Fact>
      </div>
      {decided.payment !== null && page.amount !== null && page.amount > 0 && <p style={{ marginBottom: 0 }}><strong>{t(TEXT.pay)}</strong> {article(decided.payment)} <span style={{ fontSize: 12 }}>{t(TEXT.never)}</span></p>}
    </Panel>
  );
}

/** What the papers served on the unit say, before any PDF is opened: first the proposal, then the decision. */
export function Served({ page }: { page: CasePage }) {
  if (page.decided !== null) return <Decision page={page} decided={page.decided} />;
  return page.proposed === null ? null : <Proposal page={page} proposed={page.proposed} />;
}
