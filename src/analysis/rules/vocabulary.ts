import { CST_OFFSET, DAY, Decimal, HOUR, MINUTE, type FactorCode } from '#kernel';
import { FLAGS, markClassOf } from '#quality';
import { PLANT_STATES, type Context, type HourSeries, type Limit } from '../contract.ts';
import { factorInfo, flowOf } from '../models/parts/factors.ts';
import { exceeds, isSentinel, judgedValue } from '../models/parts/limits.ts';
import { metersOf, powerHours, type Role } from '../models/parts/power-hours.ts';
import { stateAt, type StateColumn } from '../models/parts/signal.ts';
import { clampedIndex, indexAt } from '../models/parts/window.ts';

/** What a name stands for. The last five are words out of a closed list, written in quotation marks. */
export type ValueType = 'number' | 'truth' | 'factor' | 'flag' | 'state' | 'mark' | 'role';
/** A value of a rule; undefined is "not known", which is neither true nor false nor a number (three-valued, as in SQL). */
export type Value = Decimal | boolean | string | undefined;

/** The hour that is judged, in what was known at the context's moment. */
export interface Moment {
  readonly ctx: Context;
  /** Start of the hour, epoch ms. */
  readonly start: number;
}

export const DOMAINS = {
  flag: FLAGS,
  state: PLANT_STATES,
  mark: ['STOP', 'CONDITION', 'MONITORING'],
  role: ['production', 'treatment', 'main'],
} as const satisfies Partial<Record<ValueType, readonly string[]>>;

export interface Word {
  readonly name: string;
  readonly group: 'value' | 'flow' | 'power' | 'site' | 'calendar';
  readonly args: readonly ValueType[];
  readonly gives: ValueType;
  readonly zh: string;
  readonly en: string;
  read(moment: Moment, args: readonly string[]): Value;
}

const number = (value: number | undefined): Decimal | undefined =>
  value === undefined || !Number.isFinite(value) || isSentinel(value) ? undefined : new Decimal(value);

type HourColumn = 'avg' | 'min' | 'max' | 'cou';

/** A window reads hundreds of hours of one series: the context is asked for it once per evaluation. */
function once<T>(ask: (ctx: Context, factor: FactorCode) => T): (ctx: Context, factor: string) => T {
  const kept = new WeakMap<Context, Map<string, T>>();
  return (ctx, factor) => {
    let known = kept.get(ctx);
    if (known === undefined) kept.set(ctx, (known = new Map()));
    if (!known.has(factor)) known.set(factor, ask(ctx, factor as FactorCode));
    return known.get(factor) as T;
  };
}

const hourSeries = once((ctx, factor) => ctx.hour(factor));
const stepSeries = once((ctx, factor) => ctx.step(factor));

function hourOf({ ctx, start }: Moment, factor: string): { series: HourSeries; i: number } | undefined {
  const series = hourSeries(ctx, factor);
  const i = series === undefined ? -1 : indexAt(series, start);
  return series === undefined || i < 0 || i >= series.length ? undefined : { series, i };
}

/** A value of an hour that quality found valid; what was sent and found invalid is not known. */
function valid(moment: Moment, factor: string, column: HourColumn): Decimal | undefined {
  const hour = hourOf(moment, factor);
  return hour === undefined || hour.series.valid[hour.i] !== 1 ? undefined : number(hour.series[column][hour.i]);
}

const limitOf = (ctx: Context, factor: string): Limit | undefined => ctx.reg.limits.find((limit) => limit.factor === factor && limit.period === 'hour');

function judged(moment: Moment, factor: string, limit: Limit): number | undefined {
  const hour = hourOf(moment, factor);
  if (hour === undefined || hour.series.valid[hour.i] !== 1) return undefined;
  const value = judgedValue(moment.ctx, hour.series, hour.i, limit);
  return Number.isFinite(value) ? value : undefined;
}

function converted(moment: Moment, factor: string): Decimal | undefined {
  return number(judged(moment, factor, { factor: factor as FactorCode, limit: '0', unit: '', period: 'hour', basis: 'zs', source: '' }));
}

function overLimit(moment: Moment, factor: string): boolean | undefined {
  const limit = limitOf(moment.ctx, factor);
  const value = limit && judged(moment, factor, limit);
  return limit === undefined || value === undefined ? undefined : exceeds(value, limit.limit);
}

/** Step values of the hour that came with the flag normal. */
function steps({ ctx, start }: Moment, factor: string): number[] {
  const series = stepSeries(ctx, factor);
  if (series === undefined) return [];
  const values: number[] = [];
  for (let i = clampedIndex(series, start); i < clampedIndex(series, start + HOUR); i++) {
    const v = series.avg[i] as number;
    if (Number.isFinite(v) && series.flag[i] === FLAGS.indexOf('NORMAL')) values.push(v);
  }
  return values;
}

const power = ({ ctx, start }: Moment, role: string): Decimal | undefined => number(powerHours(ctx, role as Role, start, 1)[0]);

function load(moment: Moment, role: string): Decimal | undefined {
  const rated = metersOf(moment.ctx, role as Role).reduce((sum, meter) => sum + meter.ratedKw, 0);
  return rated > 0 ? power(moment, role)?.dividedBy(rated) : undefined;
}

function powerRatio(moment: Moment): Decimal | undefined {
  const production = power(moment, 'production');
  return production === undefined || production.isZero() ? undefined : power(moment, 'treatment')?.dividedBy(production);
}

function state({ ctx, start }: Moment, column: StateColumn): string | undefined {
  const name = PLANT_STATES[stateAt(ctx, start, column)];
  return name === 'UNKNOWN' ? undefined : name;
}

const hasDoor = (ctx: Context): boolean => ctx.devices.some((device) => device.role === 'door') || ctx.doors.length > 0;
const opened = ({ ctx, start }: Moment) => ctx.doors.filter((door) => door.arrivedAt <= ctx.now && door.openedAt < start + HOUR);

function sinceDoor(moment: Moment): Decimal | undefined {
  const last = opened(moment).reduce((at, door) => Math.max(at, door.openedAt), Number.NEGATIVE_INFINITY);
  return number((moment.start + HOUR - last) / MINUTE);
}

const local = ({ start }: Moment): number => start + CST_OFFSET;
const known = <T>(is: boolean, value: T): T | undefined => (is ? value : undefined);

const word = (
  group: Word['group'], name: string, args: readonly ValueType[], gives: ValueType, zh: string, en: string, read: Word['read'],
): Word => ({ group, name, args, gives, zh, en, read });

/**
 * Everything a rule may name: the one table behind the checker, the evaluator and the form. All of it is about the
 * hour that is judged; with `last(n)` and `before(n, …)` the same names are about earlier hours.
 */
export const VOCABULARY: readonly Word[] = [
  word('value', 'avg', ['factor'], 'number', '小时均值（有效数据）', 'hourly mean (valid data)', (m, [f = '']) => valid(m, f, 'avg')),
  word('value', 'zs', ['factor'], 'number', '小时折算值；氧含量超过 19% 时无法判断', 'hourly mean converted to reference oxygen; not known above 19 % oxygen', (m, [f = '']) => converted(m, f)),
  word('value', 'min', ['factor'], 'number', '小时最小值', 'lowest value of the hour', (m, [f = '']) => valid(m, f, 'min')),
  word('value', 'max', ['factor'], 'number', '小时最大值', 'highest value of the hour', (m, [f = '']) => valid(m, f, 'max')),
  word('value', 'total', ['factor'], 'number', '小时累计量（水量 m³，污染物 kg）', 'total of the hour (water m³, pollutant kg)', (m, [f = '']) => valid(m, f, 'cou')),
  word('value', 'sent', ['factor'], 'number', '小时均值（按上传，不论是否有效）', 'hourly mean as sent, valid or not', (m, [f = '']) => {
    const hour = hourOf(m, f);
    return hour && number(hour.series.avg[hour.i]);
  }),
  word('value', 'flag', ['factor'], 'flag', '小时数据标记', 'flag of the hour', (m, [f = '']) => {
    const hour = hourOf(m, f);
    return hour && known(Number.isFinite(hour.series.arrivedAt[hour.i]), FLAGS[hour.series.flag[hour.i] as number]);
  }),
  word('value', 'step_avg', ['factor'], 'number', '该小时最后一个分钟时段的值', 'last step of the hour', (m, [f = '']) => number(steps(m, f).at(-1))),
  word('value', 'step_min', ['factor'], 'number', '该小时分钟值的最小值', 'lowest step of the hour', (m, [f = '']) => number(Math.min(...steps(m, f)))),
  word('value', 'step_max', ['factor'], 'number', '该小时分钟值的最大值', 'highest step of the hour', (m, [f = '']) => number(Math.max(...steps(m, f)))),
  word('value', 'step_count', ['factor'], 'number', '该小时正常分钟值的个数', 'number of normal steps in the hour', (m, [f = '']) => known(stepSeries(m.ctx, f) !== undefined, new Decimal(steps(m, f).length))),
  word('value', 'limit', ['factor'], 'number', '该因子的小时限值', 'hourly limit of the factor', (m, [f = '']) => {
    const limit = limitOf(m.ctx, f);
    return limit && new Decimal(limit.limit);
  }),
  word('value', 'exceeds', ['factor'], 'truth', '是否超过小时限值（按限值基准，修约后比较）', 'over the hourly limit, on its own basis, rounded as the standard says', (m, [f = '']) => overLimit(m, f)),
  word('flow', 'flow', [], 'number', '小时流量', 'hourly flow', (m) => valid(m, flowOf(m.ctx.reg.type), 'avg')),
  word('flow', 'design_flow', [], 'number', '登记的设计流量', 'registered design flow', ({ ctx }) => number(ctx.reg.designFlow)),
  word('flow', 'oxygen', [], 'number', '氧含量（%）', 'oxygen, % by volume', (m) => valid(m, 'a19001', 'avg')),
  word('flow', 'state', [], 'state', '运行状态（数据与用电综合）', 'state of the plant, data and power together', (m) => state(m, 'state')),
  word('flow', 'state_by_data', [], 'state', '运行状态（只看排放数据）', 'state by emission data alone', (m) => state(m, 'byData')),
  word('flow', 'state_by_power', [], 'state', '运行状态（只看生产用电）', 'state by production power alone', (m) => state(m, 'byPower')),
  word('power', 'power', ['role'], 'number', '小时平均功率（kW）', 'mean power of the hour, kW', (m, [role = '']) => power(m, role)),
  word('power', 'load', ['role'], 'number', '功率与额定功率之比', 'power over rated power', (m, [role = '']) => load(m, role)),
  word('power', 'power_ratio', [], 'number', '治污用电与生产用电之比', 'treatment power over production power', powerRatio),
  word('site', 'door_opened', [], 'truth', '该小时站房是否开过门', 'the station door was opened in the hour', (m) => known(hasDoor(m.ctx), opened(m).some((door) => door.openedAt >= m.start))),
  word('site', 'minutes_since_door', [], 'number', '距最近一次开门的分钟数', 'minutes since the door was last opened', sinceDoor),
  word('site', 'marked', ['mark'], 'truth', '该小时是否有此类标记（已报送）', 'a mark of this kind was filed for the hour', ({ ctx, start }, [kind]) =>
    ctx.marks.some((mark) => mark.submittedAt <= ctx.now && mark.start < start + HOUR && mark.end > start && markClassOf(mark.kind) === kind)),
  word('site', 'order_in_force', [], 'truth', '是否处于限产停产指令期间', 'an order to cut or stop is in force', ({ ctx, start }) => ctx.orders.some((order) => order.start < start + HOUR && order.end > start)),
  word('calendar', 'hour_of_day', [], 'number', '几点（0–23，北京时间）', 'hour of the day, 0–23, China time', (m) => new Decimal(Math.floor((local(m) % DAY) / HOUR))),
  word('calendar', 'weekday', [], 'number', '星期几（1–7，周一为 1）', 'day of the week, Monday = 1', (m) => new Decimal(((Math.floor(local(m) / DAY) + 3) % 7) + 1)),
  word('calendar', 'month', [], 'number', '月份（1–12）', 'month, 1–12', (m) => new Decimal(new Date(local(m)).getUTCMonth() + 1)),
];

export const wordNamed = (name: string): Word | undefined => VOCABULARY.find((one) => one.name === name);

export interface Statistic {
  readonly name: string;
  /** Type of the expression in its brackets. */
  readonly takes: 'number' | 'truth';
  readonly zh: string;
  readonly en: string;
}

/** Statistics over a window: `last(24).mean(zs(factor))`. Less than three quarters of the hours known: not known. */
export const STATISTICS: readonly Statistic[] = [
  { name: 'mean', takes: 'number', zh: '平均值', en: 'mean' },
  { name: 'max', takes: 'number', zh: '最大值', en: 'highest' },
  { name: 'min', takes: 'number', zh: '最小值', en: 'lowest' },
  { name: 'sum', takes: 'number', zh: '合计', en: 'sum' },
  { name: 'slope', takes: 'number', zh: '每小时变化量（最小二乘）', en: 'change per hour (least squares)' },
  { name: 'share', takes: 'truth', zh: '成立的小时占比', en: 'share of hours in which it holds' },
  { name: 'count', takes: 'truth', zh: '成立的小时数', en: 'number of hours in which it holds' },
  { name: 'consecutive', takes: 'truth', zh: '到该小时为止连续成立的小时数；缺数中断连续', en: 'hours in a row up to this one in which it holds; a missing hour ends the row' },
];

export interface Helper {
  readonly name: string;
  readonly args: readonly ('number' | 'any')[];
  readonly gives: 'number' | 'truth';
  readonly zh: string;
  readonly en: string;
}

export const HELPERS: readonly Helper[] = [
  { name: 'abs', args: ['number'], gives: 'number', zh: '绝对值', en: 'absolute value' },
  { name: 'least', args: ['number', 'number'], gives: 'number', zh: '两者中较小的', en: 'the smaller of two' },
  { name: 'greatest', args: ['number', 'number'], gives: 'number', zh: '两者中较大的', en: 'the greater of two' },
  { name: 'round', args: ['number', 'number'], gives: 'number', zh: '修约到几位小数（四舍六入五成双）', en: 'rounded half to even to so many decimals' },
  { name: 'known', args: ['any'], gives: 'truth', zh: '是否有值（缺数时为否）', en: 'whether there is a value' },
];

/** Codes with a name of their own; others of the same shape are accepted as they stand. */
export const isFactorCode = (code: string): boolean => /^[aw]\d{5}$/u.test(code) || factorInfo(code).zh !== code;
