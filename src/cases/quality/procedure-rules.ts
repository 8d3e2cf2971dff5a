import { dayOf } from '#kernel';
import { limitationOf } from '../guards/filing.ts';
import { unansweredRequests } from '../guards/hearing.ts';
import { byHand, has, holders, notYet, placeOf, problem, sound, type Finding, type QualityFile, type QualityRule } from './quality-rule.ts';

const REVIEW = '生态环境行政执法案卷评查细则（环执法发〔2024〕4号）';
const APL = '行政处罚法';
const overlap = (a: ReadonlySet<string>, b: ReadonlySet<string>): string[] => [...a].filter((one) => b.has(one));
const punished = ({ state }: QualityFile): boolean => state.proposal?.outcome === 'PENALTY';

/** The rest only asks once a decision is being made. */
const onceProposed = (check: (file: QualityFile) => Finding) => (file: QualityFile): Finding =>
  file.state.proposal === undefined ? notYet() : punished(file) ? check(file) : sound('不作处罚，不适用');

/** Rights, reviews, discussion, limitation, separation, daily penalty and sealing (items 14–25). */
export const PROCEDURE_RULES: readonly QualityRule[] = [
  {
    no: 14, zh: '未告知权利、期限不足或者没有送达证明', en: 'rights not told, days too few or no proof of delivery', article: `${APL} 第四十四条、第六十二条；生态环境行政处罚办法 第四十四条`, paper: 'PRIOR_NOTICE', at: ['DECIDE', 'PROPOSE_CLOSING'],
    check: onceProposed(({ state, now }) => {
      if (state.latest.DECIDE_ON_SPOT !== undefined) return sound('简易程序，当场告知');
      const { notice } = state;
      if (notice === undefined) return state.decision === undefined ? notYet() : problem('没有事先告知书');
      if (notice.delivery === undefined) return state.decision === undefined ? notYet('告知书尚未送达') : problem('告知书没有送达证明');
      const decided = state.decision?.decidedAt ?? now;
      const full = notice.windowEnds !== undefined && decided >= notice.windowEnds;
      if (full || state.waived || state.hearing?.outcome !== undefined) return sound(state.waived ? '当事人明示放弃' : `${notice.delivery.legalDay}送达，期满五个工作日`);
      return state.decision === undefined ? notYet('陈述申辩期未满') : problem('陈述申辩期未满五个工作日即作决定');
    }),
  },
  {
    no: 15, zh: '陈述申辩、回避申请未复核答复', en: 'defence or recusal not answered', article: `${APL} 第四十三条、第四十五条`, paper: 'DEFENCE_REVIEW', at: ['DECIDE', 'PROPOSE_CLOSING'],
    check: ({ state }) => {
      const open = state.defence.filter((p) => p.answer === undefined);
      if (unansweredRequests(state).includes('ASK_OFFICER_RECUSAL')) return state.decision === undefined ? notYet('回避申请待决定') : problem('回避申请没有决定');
      if (state.defence.length === 0) return sound(state.proposal === undefined || state.proposal.outcome === 'PENALTY' ? '当事人未陈述申辩' : '不作处罚，没有事先告知');
      if (open.length === 0) return sound(`${state.defence.length} 点意见逐条答复`);
      return state.decision === undefined && state.main !== 'DECISION_READY' ? notYet(`还有 ${open.length} 点待复核`) : problem(`${open.length} 点意见没有答复`);
    },
  },
  {
    no: 16, zh: '应当听证而未听证', en: 'hearing due and not held', article: `${APL} 第六十三条、第六十四条`, paper: 'HEARING_RECORD', at: ['DECIDE', 'PROPOSE_CLOSING'],
    check: onceProposed(({ state }) => {
      if (state.hearing === undefined) return sound(state.proposal?.hearingRight === true ? '有权要求听证，当事人未要求或者已撤回' : '未达到听证条件');
      if (state.hearing.outcome !== undefined) return sound(state.hearing.outcome === 'HELD' ? '已举行听证' : '当事人无正当理由缺席，视为放弃');
      return state.decision === undefined ? notYet('听证尚未举行') : problem('要求听证而未举行');
    }),
  },
  {
    no: 17, zh: '应当集体讨论而未讨论', en: 'collective discussion due and missing', article: `${APL} 第五十七条第二款`, paper: 'COLLECTIVE_DISCUSSION', at: ['DECIDE', 'PROPOSE_CLOSING'],
    check: onceProposed(({ state }) => {
      if (state.proposal?.collectiveDue !== true) return sound('未达到集体讨论条件');
      if (!has(state, 'COLLECTIVE_DISCUSSION')) return state.decision === undefined ? notYet() : problem('没有集体讨论记录');
      return placeOf(state, 'COLLECTIVE_DISCUSSION') > placeOf(state, 'LEGAL_REVIEW') ? sound('法制审核后集体讨论') : problem('集体讨论先于法制审核');
    }),
  },
  {
    no: 18, zh: '未经法制审核即作决定', en: 'decided without legal review', article: `${APL} 第五十八条`, paper: 'LEGAL_REVIEW', at: ['DECIDE', 'PROPOSE_CLOSING'],
    check: onceProposed(({ state }) => {
      if (state.latest.DECIDE_ON_SPOT !== undefined) return sound('简易程序');
      return has(state, 'LEGAL_REVIEW') ? sound('已经法制审核') : state.decision === undefined ? notYet() : problem('没有法制审核意见');
    }),
  },
  {
    no: 19, zh: '出现新的情况未重新审核、讨论，或者调查人员参加表决', en: 'review not repeated, or an investigator voted', article: `${APL} 第五十七条；${REVIEW} 第17、19项`, paper: 'LEGAL_REVIEW', at: ['DECIDE', 'PROPOSE_CLOSING'],
    check: onceProposed(({ state }) => {
      const voters = overlap(holders(state, 'investigator'), holders(state, 'discussion-voter'));
      if (voters.length > 0) return problem('调查人员参加了集体讨论表决');
      if (!has(state, 'LEGAL_REVIEW')) return state.decision === undefined ? notYet() : problem('没有法制审核意见');
      const news = Math.max(placeOf(state, 'PRIOR_NOTICE'), placeOf(state, 'DEFENCE_REVIEW'), placeOf(state, 'HEARING_RECORD'));
      if (placeOf(state, 'LEGAL_REVIEW') > news) return sound('最后一次告知、听证、复核之后审核');
      return state.decision === undefined ? notYet('须重新审核') : problem('告知、听证或者复核之后没有重新审核');
    }),
  },
  {
    no: 20, zh: '超过追责时效', en: 'limitation has passed', article: `${APL} 第三十六条`, paper: 'FILING_APPROVAL', at: ['SEND_NOTICE', 'DECIDE'],
    check: ({ state, law }) => {
      if (state.filing === undefined) return notYet();
      const { last } = limitationOf(law, state.region, state.filing.actEnd, state.filing.harm);
      return dayOf(state.handedOverAt) <= last ? sound(`${state.filing.actEnd}行为终了，${dayOf(state.handedOverAt)}发现`) : problem(`应于${last}前发现`);
    },
  },
  {
    no: 21, zh: '调查、审查、主持听证未分离', en: 'investigation, review and hearing not apart', article: `${APL} 第五十七条、第六十四条；生态环境行政处罚办法 第三十九条`, paper: 'CASE_REVIEW_OPINION', at: ['DECIDE', 'PROPOSE_CLOSING'],
    check: ({ state }) => {
      const officers = holders(state, 'investigator');
      if (officers.size === 0) return notYet();
      const both = ['case-reviewer', 'legal-reviewer', 'hearing-host', 'decision-signer'].flatMap((duty) => overlap(officers, holders(state, duty)));
      return both.length > 0 ? problem('同一人既调查又审查、审核或者决定') : sound('各环节由不同的人办理');
    },
  },
  {
    no: 22, zh: '按日连续处罚没有先责令改正', en: 'daily penalty without an order to correct', article: '环境保护主管部门实施按日连续处罚办法 第五条至第八条', paper: 'RECTIFICATION_ORDER', at: ['PROPOSE_CLOSING'],
    check: ({ state }) => dailyPenalty(state, () => (state.order?.delivery === undefined ? problem('责令改正决定书没有送达') : sound(`责令改正${state.order.delivery.legalDay}送达`))),
  },
  {
    no: 23, zh: '按日连续处罚先于原处罚决定', en: 'daily penalty before the first decision', article: '环境保护主管部门实施按日连续处罚办法 第十三条', paper: 'PENALTY_DECISION', at: ['PROPOSE_CLOSING'],
    check: ({ state }) => dailyPenalty(state, () => (state.decision === undefined ? problem('没有原处罚决定') : sound('原处罚决定在先'))),
  },
  {
    no: 24, zh: '按日连续处罚计罚日数错误', en: 'days of the daily penalty miscounted', article: '环境保护主管部门实施按日连续处罚办法 第十七条', paper: 'RECTIFICATION_CHECK', at: [],
    check: ({ state }) => dailyPenalty(state, () => byHand('日数由程序按送达次日至复查日计算，须核对复查笔录')),
  },
  {
    no: 25, zh: '查封、扣押超过期限', en: 'sealing beyond its term', article: '行政强制法 第二十五条', paper: 'EVIDENCE_EXTRACT_RECORD', at: ['PROPOSE_CLOSING'],
    check: ({ state, now }) => {
      const late = [state.running.T21, state.running.T21x].filter((clock) => clock !== undefined && clock.pausedAt === undefined && clock.dueAt <= now);
      return late.length > 0 ? problem('查封、扣押期限届满未解除') : sound('没有超期的查封、扣押');
    },
  },
];

const dailyPenalty = (state: QualityFile['state'], check: () => Finding): Finding =>
  state.papers.some((p) => p.title.includes('按日')) ? check() : sound('没有按日连续处罚');
