import { dayOf, instant } from '#kernel';
import { addWorkingDays } from '#law';
import { chargedWith } from '../charged-acts.ts';
import { toldInTime } from '../guards/hearing.ts';
import { scheduleProblems } from '../clocks/schedule.ts';
import { asksFor } from '../recovery/asked.ts';
import { dailyDebt, dailySumOf } from './daily-sum.ts';
import { need, type MeasureGuard } from './measure-guard.ts';

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
        state.decision?.outcome === 'PENALTY' && state.decision.amount > 0 && state.decision.delivery !== undefined && state.decision.overturned !== true,
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
  DAILY_NOTICE_ARRIVED: {
    article: '行政处罚法 第六十四条',
    check: ({ state, law }) => toldInTime(state, law, ['DAILY_HEARING_NOTICE'], state.latest.NOTIFY_DAILY_HEARING?.command.heldAt),
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
