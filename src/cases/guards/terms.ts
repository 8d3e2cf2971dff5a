import { addDays, dayOf, type CalendarDay } from '#kernel';
import { own, type Law } from '#law';
import type { Guard } from './guards.ts';
import { paperEntry } from '../papers/paper-kinds.ts';
import { asksFor } from '../recovery/asked.ts';
import { obligation, obligationOfStep } from '../recovery/obligations.ts';
import { scheduleProblems } from '../clocks/schedule.ts';
import type { PenaltyCase } from '../penalty-case.ts';
import { fine, need } from './need.ts';


/** Articles of the checks on terms, corrections, the simple procedure and performance. */
export const TERM_GUARD_ARTICLES = {
  TERM_EXTENDABLE: '行政处罚法 第六十条；生态环境行政处罚办法 第五十八条前后（条号待核）',
  EXCLUSION_FREE: '生态环境行政处罚办法 第五十八条前后（条号待核）',
  EXCLUSION_OPEN: '生态环境行政处罚办法 第五十八条前后（条号待核）',
  CORRECTABLE: '行政处罚法 第六十一条、第七十五条',
  SOMETHING_OWED: '行政处罚法 第七十五条',
  SIMPLE_ALLOWED: '行政处罚法 第五十一条',
  DECIDED_ON_SPOT: '生态环境行政处罚办法 第六十八条',
  RECONSIDERATION_FIRST: '行政复议法 第二十三条',
  ON_SPOT_FILED: '生态环境行政处罚办法 第六十八条',
  BEFORE_PAYMENT_DAY: '行政处罚法 第六十六条',
  INSTALMENTS_ASKED: '行政处罚法 第六十六条',
  SURCHARGED_THIRTY_DAYS: '行政强制法 第四十六条',
  COURT_IN_TIME: '行政强制法 第五十三条；行政诉讼法司法解释 第一百五十六条（条号待核）',
  ORDER_TERM_PASSED: '行政强制法 第三十五条、第五十条',
  SUBSTITUTE_TOLD: '行政强制法 第五十一条',
  QUESTION_OPEN: `${own('questions')}；行政处罚法 第四十五条`,
  QUESTIONS_ANSWERED: `${own('questions')}；行政处罚法 第四十五条`,
  DEMAND_TERM_PASSED: '行政强制法 第三十五条、第五十条',
  FILE_FROZEN: '行政处罚法 第四十七条；行政诉讼法 第三十五条',
  ONSITE_DONE: own('onsite'),
} as const;

/** Was this paper brought to the party? Notice, order and decision note their delivery themselves. */
const reached = (state: PenaltyCase, paperId: string): boolean => state.arrived[paperId] !== undefined;

/** Does the region send this case on site from the start: each one, or only those that a laboratory's report began (沪环执法〔2021〕75号 三（六）三)? */
export function sentOnSite({ region, route }: Pick<PenaltyCase, 'region' | 'route'>, law: Law, day: CalendarDay): boolean {
  const policy = law.valueAt('cases.conversionPolicy', region, day).value;
  return policy === 'ONSITE_FIRST' || (policy === 'ONSITE_AFTER_REPORT' && route === 'LAB_REPORT');
}

export const TERM_GUARDS = {
  TERM_EXTENDABLE: ({ state, step, now }) => {
    const t8 = state.running.T8;
    const first = state.latest.EXTEND_TERM !== undefined;
    const second = state.latest.EXTEND_TERM_AGAIN !== undefined;
    return [
      // While the term stands still its last day does not come nearer.
      ...need(t8 !== undefined && (t8.pausedAt ?? now) < t8.dueAt, '尚未届满的办案期限'),
      ...(step === 'EXTEND_TERM' ? need(!first, '负责人只能批准延长一次') : fine),
      ...(step === 'EXTEND_TERM_AGAIN'
        ? [...need(first, '负责人已批准的延长'), ...need(!second, '集体讨论只能再延长一次')]
        : fine),
    ];
  },
  EXCLUSION_FREE: ({ state, command }) => {
    const open = command?.kind === 'BEGIN_EXCLUSION' && state.excluded.some((p) => p.to === undefined && p.ground === command.ground);
    return [...need(state.running.T8 !== undefined, '正在计算的办案期限'), ...need(!open, '同一事由的扣除时间尚未结束')];
  },
  EXCLUSION_OPEN: ({ state, command }) =>
    need(
      state.excluded.some((p) => p.to === undefined && (command?.kind !== 'END_EXCLUSION' || p.ground === command.ground)),
      '已开始、尚未结束的扣除时间',
    ),
  // A decision, or a transfer, rests on what lay in the file before it: nothing may have been added since it was frozen.
  FILE_FROZEN: ({ state, command, frozen }) =>
    need(command === undefined || frozen?.version === state.version, '签署、移送前封存的案卷证据包'),
  CORRECTABLE: ({ state, command, wordsStand }) => {
    if (command?.kind !== 'CORRECT_PAPER') return need(state.papers.some((p) => reached(state, p.paperId)), '已送达当事人的文书');
    const paper = state.papers.find((p) => p.paperId === command.paperId);
    const sum = state.decision?.amount ?? state.proposal?.amount ?? 0;
    const touchesSum = sum > 0 && (command.wrong.includes(String(sum)) || command.right.includes(String(sum)));
    return [
      ...need(paper !== undefined && paperEntry(paper.kind).outer === true && reached(state, paper.paperId), '已送达当事人的文书'),
      ...need(command.wrong !== command.right, '与原文不同的更正内容'),
      ...need(wordsStand !== false, '原文书中确有的原文'),
      ...need(!touchesSum, '更正不得改变处罚内容；处罚金额有误的，须变更或者撤销后另行作出'),
    ];
  },
  SOMETHING_OWED: ({ state, command }) =>
    command?.kind === 'REOPEN_CASE' && command.to === 'PERFORMING'
      ? need(state.decision !== undefined && state.decision.overturned !== true && state.paid < state.decision.amount, '尚未缴清的罚款')
      : fine,
  // Numbers are parameters of the region; off unless it opts in (行政处罚法 第五十一条).
  SIMPLE_ALLOWED: ({ state, command, law, now }) => {
    const day = dayOf(now);
    const on = law.valueAt('cases.simpleProcedure', state.region, day).value;
    const limit = law.valueAt('cases.simpleAmountEntity', state.region, day).value;
    const over = command?.kind === 'DECIDE_ON_SPOT' && command.amount > limit;
    return [
      ...need(on, '本地区启用的简易程序'),
      ...need(!over, `不超过 ${limit} 元的罚款或者警告`),
      ...(command?.kind === 'DECIDE_ON_SPOT' && command.penalties.includes('FINE') ? need(command.amount > 0, '罚款金额') : fine),
    ];
  },
  DECIDED_ON_SPOT: ({ state }) => need(state.running.T27 !== undefined, '尚未备案的当场处罚决定'),
  RECONSIDERATION_FIRST: ({ state, command }) =>
    command?.kind === 'RECORD_REMEDY' && command.remedy === 'LITIGATION' && state.remedy === 'NO_REMEDY'
      ? need(state.latest.DECIDE_ON_SPOT === undefined, '当场处罚决定先行申请的行政复议')
      : fine,
  ON_SPOT_FILED: ({ state }) => need(state.running.T27 === undefined, '当场处罚决定备案'),
  BEFORE_PAYMENT_DAY: ({ state, now }) => {
    const payBy = state.decision?.payBy;
    return need(payBy !== undefined && dayOf(now) <= payBy, '缴款期限届满前的申请');
  },
  INSTALMENTS_ASKED: ({ state, command }) => {
    const owed = (state.decision?.amount ?? 0) - state.paid;
    const asked = need(asksFor(state.latest.REQUEST_INSTALMENTS, state.latest.REFUSE_INSTALMENTS), '当事人的延期（分期）缴纳申请');
    return command?.kind === 'GRANT_INSTALMENTS' ? [...asked, ...scheduleProblems(command, owed)] : asked;
  },
  // Reconsideration and suit stop the surcharge, and with it its thirty days (处罚法 第七十三条).
  SURCHARGED_THIRTY_DAYS: ({ state, step, now }) => {
    const { thirty } = obligation(obligationOfStep(step)).terms;
    const term = thirty === undefined ? undefined : state.running[thirty];
    return need(term === undefined || (term.pausedAt === undefined && now >= term.dueAt), '加处罚款满三十日');
  },
  // Three months from the end of the remedies; a later application says why.
  COURT_IN_TIME: ({ state, step, command, now }) => {
    const term = state.running[obligation(obligationOfStep(step)).terms.court];
    if (command === undefined || !('lateReason' in command) || command.lateReason !== '') return fine;
    return need(term === undefined || now < term.dueAt, `逾期申请的正当理由（应当自救济期限届满之日起三个月内申请，至${term?.dueDay ?? '—'}）`);
  },
  ORDER_TERM_PASSED: ({ state, now }) => {
    const day = state.order?.dueOn;
    return need(day !== undefined && dayOf(now) > day, `责令改正期限（${day ?? '—'}）届满仍未改正`);
  },
  // The decision is served, and its three days are the last call to the party to do it itself.
  SUBSTITUTE_TOLD: ({ state, command, now }) => {
    const paper = state.papers.findLast((p) => p.kind === 'SUBSTITUTE_DECISION');
    const served = paper === undefined ? undefined : state.arrived[paper.paperId];
    if (served === undefined) return ['代履行决定书送达'];
    const day = command?.kind === 'RECORD_SUBSTITUTE' ? command.completedOn : dayOf(now);
    return [
      ...need(day >= addDays(served, 3), `代履行决定书送达、催告满三日（${addDays(served, 3)}）后的代履行`),
      ...need(day <= dayOf(now), '不晚于今日的完成日期'),
    ];
  },
  QUESTION_OPEN: ({ state, command }) =>
    need(
      state.questions.some((q) => q.answer === undefined && (command?.kind !== 'ANSWER_QUESTION' || q.questionId === command.questionId)),
      '尚未答复的当事人疑问',
    ),
  QUESTIONS_ANSWERED: ({ state }) =>
    state.questions.filter((q) => q.answer === undefined).map((q) => `对“${q.question.slice(0, 40)}”的答复`),
  DEMAND_TERM_PASSED: ({ state, now }) => {
    const demand = state.latest.DEMAND_CORRECTION?.command;
    return [
      ...need(state.latest.RECORD_CORRECTION_DEMAND_DELIVERED !== undefined, '改正催告书送达'),
      ...need(demand !== undefined && dayOf(now) > demand.dueOn, `催告期限（${demand?.dueOn ?? '—'}）届满仍未改正`),
    ];
  },
  // Where the region sends a case on site, an investigation from the desk alone is not complete.
  ONSITE_DONE: ({ state, law, now }) => {
    const day = dayOf(now);
    if (!sentOnSite(state, law, day)) return fine;
    const ground = law.onsiteGrounds(state.region, day).find((g) => g.force === 'MUST');
    return need(
      state.evidence.some((e) => e.mode === 'ONSITE'),
      `现场检查取得的证据${ground === undefined ? '' : `（${ground.source} ${ground.article}）`}`,
    );
  },
} as const satisfies Record<keyof typeof TERM_GUARD_ARTICLES, Guard>;
