import { dayOf, instant } from '#kernel';
import { addWorkingDays, type Law } from '#law';
import { chargedWith } from '../charged-acts.ts';
import type { PenaltyCase } from '../penalty-case.ts';
import { step, stepsOn } from '../transitions/transition.ts';
import { countDays, sumOfDays, type CountedSpan } from './count-days.ts';
import { need, type MeasureGuard } from './measure-guard.ts';

const APL = '行政处罚法';
const RULE = '按日连续处罚办法';
const IN_WINDOW = ['DAILY_WINDOW'] as const;

/** A report of the laboratory starts the three working days for the order; found on the spot the order goes at once. */
export const monitoringReportStep = step({
  command: 'RECEIVE_MONITORING_REPORT',
  track: 'RECTIFICATION',
  zh: '收到监测报告',
  en: 'receive the monitoring report',
  from: ['NO_ORDER', 'NOT_CORRECTED', 'CORRECTED'],
  to: [],
  stays: true,
  actor: 'case.measure',
  duty: 'investigator',
  article: `${RULE} 第八条`,
  papers: ['MONITORING_REPORT'],
  opens: [{ clock: 'T19', start: 'NOW' }],
  remembered: true,
  guards: ['CASE_RUNNING', 'LISTED_ACT'],
});

/** 按日连续处罚: orders and covert re-checks run on the rectification track; here their refusals are counted and fined. */
export const dailyPenaltySteps = stepsOn('DAILY', [
  {
    command: 'PROPOSE_DAILY_PENALTY',
    zh: '呈批按日连续处罚',
    en: 'propose the daily penalty',
    from: ['NO_DAILY', 'DAILY_PAID'],
    to: ['DAILY_PROPOSED'],
    actor: 'case.measure',
    duty: 'investigator',
    article: `${RULE} 第十二条、第十七条、第十九条`,
    papers: ['DAILY_PROPOSAL'],
    begins: true,
    guards: ['LISTED_ACT', 'ORIGINAL_DECISION', 'REFUSAL_FOUND', 'TWO_OFFICERS', 'EVIDENCE_REVIEWED'],
  },
  {
    command: 'DROP_DAILY_PENALTY',
    zh: '不实施按日连续处罚并说明理由',
    en: 'drop the daily penalty with reasons',
    from: ['DAILY_PROPOSED'],
    to: ['NO_DAILY'],
    actor: 'case.approve-measure',
    article: `${RULE} 第十二条`,
    papers: ['DAILY_DROPPED'],
    guards: ['ANOTHER_PERSON'],
  },
  {
    command: 'SEND_DAILY_NOTICE',
    zh: '送达按日连续处罚告知书',
    en: 'send the notice of the daily penalty',
    from: ['DAILY_PROPOSED'],
    to: ['DAILY_NOTICE_SENT'],
    actor: 'case.approve-notice',
    article: `${APL} 第四十四条、第六十三条`,
    papers: ['DAILY_NOTICE'],
    posts: { papers: ['DAILY_NOTICE'], onArrival: 'RECORD_DAILY_NOTICE_DELIVERED' },
    guards: ['ANOTHER_PERSON', 'NOT_AN_OFFICER', 'NO_OTHER_WINDOW', 'EVIDENCE_REVIEWED'],
  },
  {
    command: 'RECORD_DAILY_NOTICE_DELIVERED',
    zh: '按日连续处罚告知书送达',
    en: 'the notice of the daily penalty has reached the party',
    from: ['DAILY_NOTICE_SENT'],
    to: ['DAILY_WINDOW'],
    actor: 'SYSTEM',
    article: `${APL} 第六十一条`,
    papers: ['DELIVERY_PROOF'],
    opens: [
      { clock: 'T5', start: 'DELIVERED' },
      { clock: 'T6', start: 'DELIVERED' },
    ],
  },
  {
    command: 'DEFEND_AGAINST_DAILY',
    zh: '对按日连续处罚陈述申辩',
    en: 'defend against the daily penalty',
    from: IN_WINDOW,
    to: IN_WINDOW,
    actor: 'case.answer-measure',
    article: `${APL} 第四十五条`,
    papers: ['DAILY_DEFENCE'],
  },
  {
    command: 'REQUEST_DAILY_HEARING',
    zh: '对按日连续处罚要求听证',
    en: 'ask for a hearing on the daily penalty',
    from: IN_WINDOW,
    to: ['DAILY_HEARING'],
    actor: 'case.answer-measure',
    article: `${APL} 第六十三条、第六十四条`,
    papers: ['DAILY_DEFENCE'],
    closes: ['T5', 'T6'],
  },
  {
    command: 'NOTIFY_DAILY_HEARING',
    zh: '通知按日连续处罚听证',
    en: 'notify the hearing on the daily penalty',
    from: ['DAILY_HEARING'],
    to: ['DAILY_HEARING_NOTICED'],
    actor: 'case.deliberate',
    article: `${APL} 第六十四条`,
    papers: ['DAILY_HEARING_NOTICE'],
    opens: [{ clock: 'T7', start: 'NOW' }],
    guards: ['DAILY_HEARING_TERM', 'HOST_APART'],
  },
  {
    command: 'HOLD_DAILY_HEARING',
    zh: '举行按日连续处罚听证',
    en: 'hold the hearing on the daily penalty',
    from: ['DAILY_HEARING_NOTICED'],
    to: ['DAILY_DEFENCE_REVIEW'],
    actor: 'case.host-hearing',
    duty: 'hearing-host',
    article: `${APL} 第六十四条、第六十五条`,
    papers: ['DAILY_HEARING_RECORD'],
    closes: ['T7'],
    guards: ['DAILY_HEARING_DAY', 'APPOINTED_HOST'],
  },
  {
    command: 'CLOSE_DAILY_WINDOW',
    zh: '确认按日连续处罚陈述申辩期届满',
    en: 'record that the defence window of the daily penalty has ended',
    from: IN_WINDOW,
    to: ['DAILY_DEFENCE_REVIEW', 'DAILY_LEGAL_REVIEW'],
    actor: 'case.measure',
    duty: 'investigator',
    article: `${APL} 第四十五条、第六十四条`,
    papers: ['DAILY_WINDOW_RECORD'],
    closes: ['T5', 'T6'],
    guards: ['DAILY_WINDOW_OVER'],
  },
  {
    command: 'REVIEW_DAILY_DEFENCE',
    zh: '复核按日连续处罚的陈述申辩',
    en: 'review the defence against the daily penalty',
    from: ['DAILY_DEFENCE_REVIEW'],
    to: ['DAILY_LEGAL_REVIEW', 'DAILY_PROPOSED'],
    actor: 'case.review-defence',
    article: `${APL} 第四十五条`,
    papers: ['DAILY_DEFENCE_REVIEW'],
  },
  {
    command: 'PASS_DAILY_LEGAL_REVIEW',
    zh: '按日连续处罚法制审核通过',
    en: 'pass the legal review of the daily penalty',
    from: ['DAILY_LEGAL_REVIEW'],
    to: ['DAILY_DISCUSSION'],
    actor: 'case.legal-review',
    duty: 'legal-reviewer',
    article: `${APL} 第五十八条`,
    papers: ['DAILY_LEGAL_REVIEW'],
  },
  {
    command: 'DISCUSS_DAILY_PENALTY',
    zh: '按日连续处罚集体讨论',
    en: 'discuss the daily penalty',
    from: ['DAILY_DISCUSSION'],
    to: ['DAILY_READY', 'DAILY_PROPOSED'],
    actor: 'case.discuss',
    duty: 'discussion-voter',
    article: `${APL} 第五十七条`,
    papers: ['DAILY_DISCUSSION'],
    guards: ['VOTERS_APART'],
  },
  {
    command: 'DECIDE_DAILY_PENALTY',
    zh: '作出按日连续处罚决定',
    en: 'decide the daily penalty',
    from: ['DAILY_READY'],
    to: ['DAILY_DECIDED'],
    actor: 'case.decide',
    duty: 'decision-signer',
    article: `${RULE} 第十五条至第十九条；生态环境法典 第一千零六十条`,
    papers: ['DAILY_PENALTY'],
    posts: { papers: ['DAILY_PENALTY'], onArrival: 'RECORD_DAILY_DELIVERED' },
    opens: [{ clock: 'T9', start: 'NOW' }],
    guards: ['ORIGINAL_DECISION', 'NOT_AN_OFFICER', 'EVIDENCE_REVIEWED', 'FILE_FROZEN'],
  },
  {
    command: 'RECORD_DAILY_DELIVERED',
    zh: '按日连续处罚决定书送达',
    en: 'the daily penalty has reached the party',
    from: ['DAILY_DECIDED'],
    to: ['DAILY_PAYING'],
    actor: 'SYSTEM',
    article: `${APL} 第六十一条`,
    papers: ['DELIVERY_PROOF'],
    opens: [{ clock: 'T10d', start: 'DELIVERED' }],
    closes: ['T9'],
  },
  {
    command: 'REGISTER_DAILY_PAYMENT',
    zh: '登记按日连续处罚罚款收缴',
    en: 'register the payment of the daily penalty',
    from: ['DAILY_PAYING'],
    to: ['DAILY_PAID'],
    actor: 'case.register-payment',
    duty: 'fine-clerk',
    article: `${APL} 第六十七条`,
    papers: ['DAILY_PAYMENT'],
    closes: ['T10d'],
    guards: ['DAILY_PAID_IN_FULL'],
  },
]);

/** A calculation of the daily penalty with every number it stands on. */
export interface DailySum {
  readonly spans: readonly CountedSpan[];
  readonly days: number;
  /** The original fine: the sum of each day (按日连续处罚办法 第十九条). */
  readonly base: number;
  readonly amount: number;
}

/** What the re-checks so far come to; earlier daily decisions of the same cycle have their days already. */
export function dailySumOf(state: PenaltyCase, law: Law): DailySum {
  const spans = countDays(state.rounds, dischargeEndedOn(state)).filter((span) => span.to > (state.dailyCountedTo ?? ''));
  const days = sumOfDays(spans);
  const base = originalFine(state, law);
  return { spans, days, base, amount: base * days };
}

/** The fine for the listed acts alone: another violation punished in the same decision is not multiplied. */
function originalFine(state: PenaltyCase, law: Law): number {
  const amount = state.decision?.amount ?? 0;
  if (state.discretion === undefined || state.further.length === 0) return amount;
  const listed = chargedWith(state, law, 'dailyPenalty');
  const own = state.violation !== undefined && listed.includes(state.violation) ? state.discretion.trace.amount : 0;
  return state.discretion.further
    .filter((weighed) => listed.includes(weighed.violation))
    .reduce((sum, weighed) => sum + weighed.trace.amount, own);
}

/** First day on which a sealing or a stop kept the unit from discharging (第二十条). */
function dischargeEndedOn({ latest }: PenaltyCase) {
  const sealing = [latest.CARRY_OUT_SEALING, latest.SEAL_URGENTLY].find((taken) => taken?.command.endsDischarge === true);
  const stop = latest.ORDER_PRODUCTION?.command.measure === 'STOP_PRODUCTION' ? latest.RECORD_PRODUCTION_DELIVERED : undefined;
  const days = [
    ...(sealing === undefined ? [] : [dayOf(instant(sealing.command.takenAt))]),
    ...(stop === undefined ? [] : [stop.command.legalDay]),
  ];
  return days.toSorted()[0];
}

export const dailyPenaltyGuards = {
  LISTED_ACT: {
    article: '按日连续处罚办法 第五条',
    gate: true,
    check: ({ state, law }) => need(chargedWith(state, law, 'dailyPenalty').length > 0, '属于可以按日连续处罚的违法行为'),
  },
  ORIGINAL_DECISION: {
    article: '按日连续处罚办法 第十六条',
    gate: true,
    check: ({ state }) =>
      need(
        state.decision?.outcome === 'PENALTY' && state.decision.amount > 0 && state.decision.delivery !== undefined,
        '已经送达的原罚款决定（按日连续处罚不得先于原处罚决定）',
      ),
  },
  REFUSAL_FOUND: {
    article: '按日连续处罚办法 第十二条、第十三条、第十七条',
    gate: true,
    check: ({ state, law }) => need(dailySumOf(state, law).days > 0, '复查发现的、尚未计罚的拒不改正'),
  },
  UNANNOUNCED: {
    article: '按日连续处罚办法 第十条、第十三条',
    check: ({ state, command }) => {
      if (command?.kind !== 'CHECK_RECTIFICATION') return [];
      return [
        ...need(state.running.T20 === undefined || !command.announced, '以暗查方式进行的复查（不得事先告知当事人）'),
        ...need(!command.obstructed || !command.corrected, '拒绝、阻挠复查的不能认定已改正'),
      ];
    },
  },
  NO_OTHER_WINDOW: {
    article: '行政处罚法 第四十五条',
    check: ({ state }) => need(state.running.T5 === undefined, '本案没有另一份告知书的陈述申辩期正在计算'),
  },
  DAILY_WINDOW_OVER: {
    article: '生态环境行政处罚办法 第四十四条；行政处罚法 第六十四条',
    check: ({ state, law, now }) => {
      const arrived = state.latest.RECORD_DAILY_NOTICE_DELIVERED?.command.arrivedAt;
      const ends = arrived === undefined ? undefined : law.due('T5', state.region, instant(arrived)).dueAt;
      return need(ends !== undefined && now >= ends, '陈述申辩、听证期限届满');
    },
  },
  DAILY_HEARING_TERM: {
    article: '行政处罚法 第六十四条',
    check: ({ command, law, now }) => {
      if (command?.kind !== 'NOTIFY_DAILY_HEARING') return [];
      const earliest = addWorkingDays(law.calendar, dayOf(now), 7).day;
      return need(dayOf(instant(command.heldAt)) > earliest, `听证日期晚于${earliest}（提前七个工作日通知）`);
    },
  },
  HOST_APART: {
    article: '行政处罚法 第六十四条',
    check: ({ state, command }) =>
      need(
        command?.kind !== 'NOTIFY_DAILY_HEARING' || !state.officers.some((o) => o.accountId === command.hostId),
        '非本案调查人员的听证主持人',
      ),
  },
  APPOINTED_HOST: {
    article: '行政处罚法 第六十四条',
    check: ({ state, actor }) =>
      need(
        actor === undefined || actor.accountId === state.latest.NOTIFY_DAILY_HEARING?.command.hostId,
        '由指定的主持人主持听证',
      ),
  },
  DAILY_HEARING_DAY: {
    article: '行政处罚法 第六十四条',
    check: ({ state, now }) => {
      const at = state.latest.NOTIFY_DAILY_HEARING?.command.heldAt;
      return need(at !== undefined && now >= at, '到达通知的听证时间');
    },
  },
  DAILY_PAID_IN_FULL: {
    article: '行政处罚法 第六十七条',
    check: ({ state, command, now }) => {
      if (command?.kind !== 'REGISTER_DAILY_PAYMENT') return [];
      const owed = state.latest.PROPOSE_DAILY_PENALTY?.derived.daily?.amount ?? 0;
      return [
        ...need(command.amount >= owed, `按日连续处罚罚款 ${owed} 元全部缴清`),
        ...need(command.paidOn <= dayOf(now), '不晚于今日的缴款日期'),
      ];
    },
  },
} as const satisfies Record<string, MeasureGuard>;
