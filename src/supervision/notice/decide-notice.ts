import { addDays, dayOf, Decimal, HOUR, instant, startOfDay, type Instant, type RegionKey } from '#kernel';
import type { Law } from '#law';
import { rungOf, tierRank, type ClueEvent, type Tier } from '../clue-event.ts';

/** What a finding of these models says; every other model speaks of an anomaly (异常). */
const COMPLIANCE: Readonly<Record<string, 'HOUR_RUN' | 'DAY_MEAN' | 'INSTANT' | 'QUANTITY'>> = {
  B01: 'HOUR_RUN', B02: 'DAY_MEAN', B05: 'QUANTITY', B07: 'INSTANT', B08: 'INSTANT',
};

/** Does a sheet's rule (`B01@1.0.0 C02@…`) name a model that found a limit passed? */
export const speaksOfExceedance = (rule: string): boolean => rule.split(' ').some((one) => !['QUANTITY', undefined].includes(COMPLIANCE[one.split('@')[0] ?? '']));

export const TRIGGERS = {
  EXCEEDANCE: { zh: '超标', en: 'exceedance' },
  ANOMALY: { zh: '数据异常', en: 'anomaly' },
  QUANTITY: { zh: '许可排放量', en: 'permitted quantity' },
  BELOW: { zh: '未达触发条件', en: 'below the trigger' },
} as const;
export type Trigger = keyof typeof TRIGGERS;

/** Why the platform did not tell the unit (yet). `timed` ones end by themselves, the others by growth or by a person. */
export const HOLD_REASONS = {
  BELOW_TRIGGER: { zh: '未达本地区督办触发条件', en: 'below the trigger of the region', timed: false },
  NOT_CONTACTED: { zh: '本地区此级别不先联系企业', en: 'the region does not contact the unit at this tier', timed: false },
  EVIDENCE_FIRST: { zh: '疑似造假或设备不正常运行，先由监控人员会同执法部门固定证据', en: 'suspected falsification: evidence first, with enforcement', timed: false },
  NETWORK_OUTAGE: { zh: '同一地区多个排放口同时静默，按网络故障处理，不归责于单位', en: 'many outfalls of the region fell silent at once: the network, not the units', timed: false },
  QUIET_HOURS: { zh: '夜间免打扰，到时发出', en: 'quiet hours, sent afterwards', timed: true },
  BATCH: { zh: '与其他提醒合并发出', en: 'sent together with other reminders', timed: true },
  FLOOD: { zh: '当日发出数量已达上限，次日发出', en: 'the limit of the day is reached, sent the next day', timed: true },
} as const satisfies Record<string, { zh: string; en: string; timed: boolean }>;
export type HoldReason = keyof typeof HOLD_REASONS;

/** Parameters of one region on one day that decide about a notice. */
export interface NoticeRules {
  readonly severityLadder: readonly Tier[];
  readonly partyContact: readonly string[];
  readonly airTriggerHours: number;
  readonly waterTrigger: 'HOURLY_MEAN' | 'DAILY_MEAN';
  readonly anomalyMayTrigger: boolean;
  /** Categories of models whose work orders control staff see before the unit does. */
  readonly evidenceFirst: readonly string[];
  readonly quietHours: { readonly from: number; readonly to: number };
  readonly batchMinutes: number;
  readonly dailyNotices: number;
  /** From which share and number of outfalls of the region, silent within so many minutes of each other, it is the network. */
  readonly outage: { readonly share: string; readonly outfalls: number; readonly minutes: number };
}

export function noticeRules(law: Law, region: RegionKey, at: Instant): NoticeRules {
  const value = <K extends Parameters<Law['valueAt']>[0]>(key: K) => law.valueAt(key, region, dayOf(at)).value;
  return {
    severityLadder: value('supervision.severityLadder'), partyContact: value('supervision.partyContact'), airTriggerHours: value('supervision.airTriggerHours'), waterTrigger: value('supervision.waterTrigger'),
    anomalyMayTrigger: value('supervision.anomalyMayTrigger'), evidenceFirst: value('supervision.evidenceFirst'),
    quietHours: value('supervision.quietHours'), batchMinutes: value('supervision.batchMinutes'), dailyNotices: value('supervision.dailyNotices'), outage: value('supervision.outage'),
  };
}

type Speakers = readonly ClueEvent['models'][number][];

export interface NoticeQuestion {
  readonly event: Pick<ClueEvent, 'tier' | 'provisional'> & { readonly models: Speakers };
  readonly medium: 'gas' | 'water';
  readonly now: Instant;
  /** Notices the unit has had today (China time), and when the last reminder went out. */
  readonly sentToday: number;
  readonly lastReminderAt: Instant | null;
  /** Outfalls of the region that fell silent with this one, it among them, and how many there are; given for silences only. */
  readonly silent?: { readonly outfalls: number; readonly of: number } | undefined;
  /** Released from being held: it has been batched already. */
  readonly waited?: boolean;
  /** Control staff ask for it to be sent now, whatever the hour and the count. */
  readonly forced?: boolean;
}

export type NoticeAnswer =
  | { readonly kind: 'notice'; readonly tier: Tier; readonly trigger: Trigger }
  | { readonly kind: 'panel' }
  | { readonly kind: 'quantity' }
  | { readonly kind: 'hold'; readonly tier: Tier; readonly trigger: Trigger; readonly reason: HoldReason; readonly until: Instant | null };

/** What in this clue reaches the region's trigger (内环办〔2021〕103号 二（二）). No models named means an anomaly. */
export function triggerOf(models: Speakers, medium: 'gas' | 'water', rules: Pick<NoticeRules, 'airTriggerHours' | 'waterTrigger' | 'anomalyMayTrigger'>): Trigger {
  const kinds = models.map(({ model, hours }) => ({ kind: COMPLIANCE[model], hours: hours ?? 1 }));
  const hourly = (hours: number) => (medium === 'gas' ? hours >= rules.airTriggerHours : rules.waterTrigger === 'HOURLY_MEAN');
  if (kinds.some(({ kind, hours }) => kind === 'DAY_MEAN' || kind === 'INSTANT' || (kind === 'HOUR_RUN' && hourly(hours)))) return 'EXCEEDANCE';
  if (rules.anomalyMayTrigger && (kinds.length === 0 || kinds.some(({ kind }) => kind === undefined))) return 'ANOMALY';
  return kinds.length > 0 && kinds.every(({ kind }) => kind === 'QUANTITY') ? 'QUANTITY' : 'BELOW';
}

/** Models that say nothing but that data do not come. */
export const SILENCES: readonly string[] = ['A01', 'A03'];
export const isSilence = (models: Speakers): boolean => models.length > 0 && models.every(({ model }) => SILENCES.includes(model));

const isOutage = ({ event, silent }: NoticeQuestion, { outage }: NoticeRules): boolean =>
  silent !== undefined && isSilence(event.models) && silent.outfalls >= outage.outfalls && new Decimal(outage.share).times(silent.of).lte(silent.outfalls);

const CST = 8;
const hourAt = (at: Instant): number => (Math.floor(at / HOUR) + CST) % 24;

/** End of the quiet hours that hold at `at`, or null outside them; they may run over midnight. */
export function quietUntil(at: Instant, { from, to }: NoticeRules['quietHours']): Instant | null {
  const hour = hourAt(at);
  const quiet = from <= to ? hour >= from && hour < to : hour >= from || hour < to;
  if (!quiet) return null;
  const day = hour >= to ? addDays(dayOf(at), 1) : dayOf(at);
  return instant(startOfDay(day) + to * HOUR);
}

function holdOf(question: NoticeQuestion, tier: Tier, rules: NoticeRules): { reason: HoldReason; until: Instant } | undefined {
  const { now, sentToday, lastReminderAt, waited = false } = question;
  if (sentToday >= rules.dailyNotices) return { reason: 'FLOOD', until: instant(startOfDay(addDays(dayOf(now), 1)) + rules.quietHours.to * HOUR) };
  if (tier !== 'REMIND') return undefined;
  const quiet = quietUntil(now, rules.quietHours);
  if (quiet !== null) return { reason: 'QUIET_HOURS', until: quiet };
  const batch = lastReminderAt === null ? 0 : lastReminderAt + rules.batchMinutes * 60_000;
  return !waited && batch > now ? { reason: 'BATCH', until: instant(batch) } : undefined;
}

/**
 * Is the unit told of this clue, at which tier, and now? Pure; one mechanism for all regions, the differences are data.
 * An exceedance warning is never held for the hour or the count. Before the mark deadline a work order is only worth a
 * warning, except where the unit is asked first by a sheet anyhow.
 */
export function decideNotice(question: NoticeQuestion, rules: NoticeRules): NoticeAnswer {
  const { event, medium, forced = false } = question;
  const asksFirst = rules.partyContact.includes('SHEET');
  const trigger = triggerOf(event.models, medium, rules);
  if (trigger === 'QUANTITY') return { kind: 'quantity' };
  if (!forced && isOutage(question, rules)) return { kind: 'hold', tier: event.tier, trigger, reason: 'NETWORK_OUTAGE', until: null };
  if (event.tier === 'WORK_ORDER' && !asksFirst && !event.provisional) return { kind: 'panel' };
  const reached = rungOf(rules.severityLadder, event.tier === 'WORK_ORDER' && !asksFirst ? 'WARN' : event.tier);
  const tier = reached ?? event.tier;
  if (forced) return { kind: 'notice', tier, trigger };
  const hold = (reason: HoldReason, until: Instant | null = null): NoticeAnswer => ({ kind: 'hold', tier, trigger, reason, until });
  if (trigger === 'BELOW') return hold('BELOW_TRIGGER');
  if (reached === undefined) return hold('NOT_CONTACTED');
  if (!rules.partyContact.includes(tier === 'WORK_ORDER' ? 'SHEET' : tier)) return hold('NOT_CONTACTED');
  if (tier === 'WORK_ORDER' && trigger === 'ANOMALY' && event.models.some(({ model }) => rules.evidenceFirst.includes(model.charAt(0)))) return hold('EVIDENCE_FIRST');
  if (trigger === 'EXCEEDANCE' && tierRank(tier) > 0) return { kind: 'notice', tier, trigger };
  const held = holdOf(question, tier, rules);
  return held === undefined ? { kind: 'notice', tier, trigger } : hold(held.reason, held.until);
}
