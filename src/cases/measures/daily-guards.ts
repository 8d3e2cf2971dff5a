import { dayOf, instant } from '#kernel';
import { chargedWith } from '../charged-acts.ts';
import { appointedHearing } from '../hearings.ts';
import { scheduleProblems } from '../clocks/schedule.ts';
import { asksFor } from '../recovery/asked.ts';
import { dailyDebt, dailySumOf } from './daily-sum.ts';
import { need } from '../guards/need.ts';
import { penaltyStands, type MeasureGuard } from './measure-guard.ts';

/** What must hold before the steps of the daily penalty. */
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
        penaltyStands(state) && (state.decision?.amount ?? 0) > 0,
        '已经送达的原罚款决定（按日连续处罚不得先于原处罚决定）',
      ),
  },
  REFUSAL_FOUND: {
    article: '按日连续处罚办法 第十二条、第十三条、第十七条',
    gate: true,
    check: ({ state, law }) => need(dailySumOf(state, law).days > 0, '复查发现的、尚未计罚的拒不改正'),
  },
  // The sum of each day is the original fine as it stands when the daily penalty is noticed and decided.
  SUM_STANDS: {
    article: '按日连续处罚办法 第十九条',
    check: ({ state, law }) => {
      const { base } = dailySumOf(state, law);
      const proposed = state.latest.PROPOSE_DAILY_PENALTY?.derived.daily?.base;
      return need(proposed === base, `以现行原罚款 ${base} 元为基数的计罚（呈批时为 ${proposed ?? 0} 元；不予实施后重新呈批）`);
    },
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
  HOST_APART: {
    article: '行政处罚法 第六十四条',
    check: ({ state, command }) =>
      need(
        command === undefined || !('hostId' in command) || !state.officers.some((o) => o.accountId === command.hostId),
        '非本案调查人员的听证主持人',
      ),
  },
  APPOINTED_HOST: {
    article: '行政处罚法 第六十四条',
    check: ({ state, actor }) =>
      need(
        actor === undefined || actor.accountId === appointedHearing(state, 'DAILY').hostId,
        '由指定的主持人主持听证',
      ),
  },
  DAILY_PARTS_ASKED: {
    article: '行政处罚法 第六十六条',
    check: ({ state, command, now }) => {
      const payBy = state.running.T10d;
      if (command?.kind === 'REQUEST_DAILY_INSTALMENTS') return need(payBy !== undefined && now < payBy.dueAt, '缴款期限届满前的申请');
      const asked = need(asksFor(state.latest.REQUEST_DAILY_INSTALMENTS, state.latest.REFUSE_DAILY_INSTALMENTS), '当事人的延期（分期）缴纳申请');
      if (command?.kind === 'REFUSE_DAILY_INSTALMENTS') return asked;
      if (command?.kind !== 'GRANT_DAILY_INSTALMENTS') return need(payBy !== undefined, '正在计算的缴款期限');
      return [
        ...asked,
        ...need(command.untilDay > dayOf(now), '晚于今日的期限'),
        ...scheduleProblems(command, dailyDebt(state).owed),
      ];
    },
  },
} as const satisfies Record<string, MeasureGuard>;
