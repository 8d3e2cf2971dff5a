import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button, Card, Flex, Typography } from 'antd';
import { useState, type ReactNode } from 'react';
import { useArticle } from '../../shared/terms/article.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { useMe } from '../../shared/sign-in.tsx';
import { NEXT_STEP } from '../keys/neighbours.tsx';
import { DuePapers, useDuePapers } from '../cases/service/due-papers.tsx';
import { SureButton } from '../parts/sure-button.tsx';
import { useRoleNames } from '../parts/use-words.ts';
import { AskSupplement } from '../reviews/supplement.tsx';
import { ask, type CluePage, type NextAct } from '../shapes.ts';
import { DeferDialog, NoteDialog, ReasonDialog } from './act-dialogs.tsx';

const TEXT = {
  next: { zh: '下一步', en: 'Next' },
  by: { zh: '由 {who} 办理', en: 'for {who}' },
  none: { zh: '此状态下没有待办步骤', en: 'Nothing is due in this state' },
  toReview: { zh: '进入审核作结论', en: 'Conclude in the review' },
  inReview: { zh: '在本页核对、签署、作结论', en: 'Check, sign and conclude on this page' },
  signIn: { zh: '签收移送', en: 'Sign for the handover' },
  notify: { zh: '告知企业涉嫌违法', en: 'Notify the unit of the suspicion' },
  defer: { zh: '先固定证据，后延告知', en: 'Fix evidence first, notify later' },
  notified: { zh: '已告知 {no}', en: 'notified by {no}' },
  openCase: { zh: '打开案件 {no}', en: 'Open case {no}' },
  freeze: { zh: '冻结清单并移送审核', en: 'Freeze the list and send it to review' },
  freezeBy: { zh: '冻结清单并移送审核：由 {who} 办理', en: 'Freezing the list and sending it to review: for {who}' },
  takeAbout: { zh: '{unit}：受理后审核开始并计算期限（{basis}）。', en: '{unit}: the review and its term begin ({basis}).' },
  handAbout: { zh: '将{unit}的线索连同审核意见移送执法部门立案查处（{basis}）。', en: 'The clue of {unit} goes to enforcement with the opinion of the review ({basis}).' },
  signAbout: { zh: '本机关签收审核机构移送的{unit}线索，由本机关承办。', en: 'Your authority signs for the clue of {unit} and takes it on.' },
  notifyAbout: { zh: '向{unit}发出涉嫌违法告知书，并按其送达方式送达。', en: 'A notice of the suspicion is issued and served on {unit}.' },
  freezeAbout: { zh: '现有清单定为一版，制成线索清单文书，送审核机构。', en: 'The list as it stands becomes one version, a paper, and goes to the reviewing body.' },
  hint: { zh: '期限内查看企业标记和反馈后再处理', en: 'Waits for marks and answers' },
} as const satisfies Record<string, Text>;

/** The strongest lawful step comes first and is the primary button. */
const ORDER = ['list', 'supply', 'take', 'hand-over', 'reopen', 'downgrade', 'dismiss'];
/** What a step means, in one line under its button. */
const MEANINGS: Readonly<Record<string, Text>> = {
  list: { zh: '认为涉嫌违法：列入清单，随清单移送数据审核', en: 'Suspected violation: goes on the list and with it to the data review' },
  downgrade: { zh: '情况较轻：降为提醒，由企业说明', en: 'Less grave: becomes a reminder the unit explains' },
  dismiss: { zh: '不涉嫌违法：写明理由后结束，计入模型误报', en: 'No violation: ends with a reason, counted against the model' },
  supply: { zh: '审核退回：补充材料后再送审', en: 'Sent back by the review: supply what it asked for' },
  reopen: { zh: '有新情况：回到研判', en: 'Something new: back before the panel' },
  take: { zh: '受理审核，期限开始计算', en: 'The review and its term begin' },
  'hand-over': { zh: '审核通过：移送执法部门', en: 'Passed: goes to enforcement' },
};
const CONCLUSIONS = new Set(['pass', 'return', 'reject']);

function Step({ clue, step, primary }: { clue: CluePage; step: NextAct; primary: boolean }) {
  const { t } = useSpeech();
  const article = useArticle();
  const navigate = useNavigate();
  const [dialog, setDialog] = useState(false);
  const params = { clueId: clue.clueId };
  const button = { title: step, type: primary ? 'primary' : 'default' } as const;
  const words = { unit: clue.unitName, basis: article(step.basis) };
  if (step.act === 'take') return <SureButton {...button} about={t(TEXT.takeAbout, words)} send={() => ask('POST /api/review/clues/:clueId/take', { params })} done={() => void navigate({ to: '/reviews/$clueId', params })} />;
  if (step.act === 'hand-over') return <SureButton {...button} about={t(TEXT.handAbout, words)} send={() => ask('POST /api/review/clues/:clueId/hand-over', { params })} />;
  return (
    <>
      <Button type={button.type} onClick={() => setDialog(true)}>{t(step)}</Button>
      {dialog && (step.act === 'dismiss' || step.act === 'downgrade'
        ? <ReasonDialog clue={clue} step={step} decision={step.act} close={() => setDialog(false)} />
        : <NoteDialog clue={clue} step={step} close={() => setDialog(false)} />)}
    </>
  );
}

function AfterReview({ clue }: { clue: CluePage }) {
  const { t } = useSpeech();
  const { data: me } = useMe();
  const [defer, setDefer] = useState(false);
  const params = { clueId: clue.clueId };
  const may = (action: string) => me?.actions.includes(action) ?? false;
  const cases = useQuery({
    queryKey: ['cases', 'of', clue.unitId], enabled: clue.handedOverAt !== null && may('case.read'),
    queryFn: () => ask('GET /api/cases', { query: { unit: clue.unitId, limit: 200 } }),
  });
  const found = cases.data?.items.find((one) => one.clueId === clue.clueId);
  return (
    <>
      {clue.state === 'HANDED_OVER' && clue.signedInAt === null && may('review.sign-in') && <SureButton title={TEXT.signIn} type="primary" about={t(TEXT.signAbout, { unit: clue.unitName })} send={() => ask('POST /api/review/clues/:clueId/sign-in', { params })} />}
      {clue.noticeActs.send && <SureButton title={TEXT.notify} type={clue.state === 'HANDED_OVER' ? 'primary' : 'default'} about={t(TEXT.notifyAbout, { unit: clue.unitName })} send={() => ask('POST /api/review/clues/:clueId/notice', { params })} />}
      {clue.noticeActs.defer && <Button onClick={() => setDefer(true)}>{t(TEXT.defer)}</Button>}
      {clue.notice?.documentId && <a href={`/api/documents/${clue.notice.documentId}/file`} target="_blank" rel="noreferrer">{t(TEXT.notified, { no: clue.notice.documentNo ?? '' })}</a>}
      <AskSupplement clue={clue} />
      {found && <Link to="/cases/$caseId" params={{ caseId: found.caseId }}>{t(TEXT.openCase, { no: found.caseNo })} →</Link>}
      {defer && <DeferDialog clue={clue} close={() => setDefer(false)} />}
    </>
  );
}

/** A listed clue goes to the review group with its list, which is frozen as one version (江苏办法 第十条). */
function SendList() {
  const { t } = useSpeech();
  const { data: me } = useMe();
  const roleName = useRoleNames();
  if (!(me?.actions.includes('clue.freeze-list') ?? false)) return <Typography.Text type="secondary">{t(TEXT.freezeBy, { who: roleName('panel-lead') })}</Typography.Text>;
  return <SureButton title={TEXT.freeze} type="primary" about={t(TEXT.freezeAbout)} send={() => ask('POST /api/review/lists')} />;
}

/** A button with what it means beneath it. */
function Explained({ act, children }: { act: string; children: ReactNode }) {
  const { t } = useSpeech();
  const meaning = MEANINGS[act];
  return <Flex vertical align="start" gap={2} style={{ maxWidth: 220 }}>{children}{meaning !== undefined && <Typography.Text type="secondary" style={{ fontSize: 12 }}>{t(meaning)}</Typography.Text>}</Flex>;
}

/** What the law allows from here; steps of others say whose they are, refused ones say why. */
export function ClueActs({ clue, inReview = false }: { clue: CluePage; inReview?: boolean }) {
  const { t } = useSpeech();
  const article = useArticle();
  const roleName = useRoleNames();
  const steps = clue.next.filter((step) => !CONCLUSIONS.has(step.act)).sort((a, b) => ORDER.indexOf(a.act) - ORDER.indexOf(b.act));
  const mine = steps.filter((step) => step.mine);
  const others = steps.filter((step) => !step.mine);
  const papers = useDuePapers(clue.clueId, clue.steps.length, clue.notice !== null);
  const reviewing = clue.next.some((step) => CONCLUSIONS.has(step.act));
  return (
    <Card size="small" id={NEXT_STEP}>
      <Flex wrap gap={10} align="start">
        <strong style={{ lineHeight: '32px' }}>{t(TEXT.next)}</strong>
        {clue.state === 'LISTED' && clue.needsList && clue.listId === null && <SendList />}
        {mine.map((step, i) => <Explained key={step.act} act={step.act}><Step clue={clue} step={step} primary={i === 0} /></Explained>)}
        {reviewing && inReview && <Typography.Text>{t(TEXT.inReview)}</Typography.Text>}
        {reviewing && !inReview && <Link to="/reviews/$clueId" params={{ clueId: clue.clueId }}>{t(TEXT.toReview)} →</Link>}
        <AfterReview clue={clue} />
        {clue.next.length === 0 && clue.state !== 'HANDED_OVER' && <Typography.Text type="secondary">{t(TEXT.hint)}</Typography.Text>}
        <DuePapers papers={papers} type="default" />
      </Flex>
      {others.length > 0 && (
        <Flex vertical style={{ marginTop: 8 }}>
          {others.map((step) => (
            <Typography.Text key={step.act} type="secondary">
              {t(step)}：{step.refusal ? t(step.refusal) : t(TEXT.by, { who: step.actors.filter((who) => who !== 'platform').map(roleName).join('、') })}（{article(step.basis)}）
            </Typography.Text>
          ))}
        </Flex>
      )}
    </Card>
  );
}
