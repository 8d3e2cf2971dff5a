import { useSpeech } from '../../shared/i18n.tsx';
import type { Words } from '../shapes.ts';

const w = (zh: string, en: string): Words => ({ zh, en });

/** Acts as the ledgers of clues and sheets name them. */
const ACTS: Readonly<Record<string, Words>> = {
  'take-up': w('归集', 'taken up'), wait: w('等待标记期满', 'waits for marks'), 'to-panel': w('提交研判', 'put before the panel'), explain: w('核查排除', 'explained'),
  second: w('出具第二人意见', 'second opinion given'), invite: w('邀请部门人员', 'member invited'), 'take-part': w('受邀成员发表意见', 'invited member heard'),
  'ask-recusal': w('提出回避', 'recusal asked'), 'decide-recusal': w('决定回避', 'recusal decided'),
  submit: w('提交审核', 'put before the review'), supply: w('补充后再报', 'supplied and submitted again'),
  report: w('巡查移送', 'reported from patrol'), list: w('列入清单', 'listed'), dismiss: w('排除', 'dismissed'), downgrade: w('降级', 'downgraded'), take: w('受理审核', 'review taken up'),
  pass: w('审核通过', 'review passed'), return: w('退回补充', 'returned for more'), reject: w('不予认定', 'rejected'), 'hand-over': w('移送', 'handed over'), reopen: w('重新研判', 'reopened'),
  grow: w('线索更新', 'clue grew'), sign: w('签署', 'signed'), notify: w('告知企业', 'unit notified'), defer: w('暂缓告知', 'notice deferred'), confirm: w('企业确认收到', 'unit confirmed'),
  state: w('企业陈述', 'unit stated'), 'sign-in': w('执法签收', 'signed for by enforcement'), supplement: w('补充审核', 'supplementary review'), remind: w('发出提醒', 'reminded'),
  warn: w('发出警告', 'warned'), arrive: w('送达', 'arrived'), answer: w('企业反馈', 'answered'), lapse: w('逾期', 'lapsed'), accept: w('认定自行纠正', 'self-correction accepted'),
  'send-back': w('退回补充', 'sent back'), refer: w('转研判', 'referred for analysis'), escalate: w('升级', 'escalated'),
  order: w('发出督办单', 'sheet issued'), send: w('发送，开始计时', 'sent, the clock starts'), establish: w('复核属实，移交执法', 'found true, passed to enforcement'), join: w('并入', 'joined'),
};

const SHEET_STATES: Readonly<Record<string, Words>> = {
  REMINDED: w('已提醒', 'reminded'), WARNED: w('已警告', 'warned'), FEEDBACK_PENDING: w('待反馈', 'waiting for feedback'), FEEDBACK_OVERDUE: w('逾期未反馈', 'feedback overdue'),
  FEEDBACK_RECEIVED: w('已反馈待核查', 'feedback received'), FEEDBACK_RETURNED: w('反馈退回', 'feedback sent back'), SELF_CORRECTED: w('自行纠正', 'self-corrected'),
  EXPLAINED: w('核查排除', 'explained'), REFERRED: w('转入研判', 'referred to the panel'), ORDERED: w('已发督办单', 'sheet issued'),
  ESTABLISHED: w('复核属实，已移交执法', 'found true, passed to enforcement'),
};

function useWord(table: Readonly<Record<string, Words>>): (key: string) => string {
  const { t } = useSpeech();
  return (key) => { const words = table[key]; return words === undefined ? key : t(words); };
}

export const useActName = () => useWord(ACTS);
export const useSheetStateName = () => useWord(SHEET_STATES);
