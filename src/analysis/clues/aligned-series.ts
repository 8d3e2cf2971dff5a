import { DAY, HOUR, instant, type OutfallId } from '#kernel';
import type { Database } from '#platform/db';
import type { Series } from '#platform/series';
import { readVideoEvents } from '#ingest';
import { markClassOf, markDeadlineMs, markWords, workWords, type RuleBook } from '#quality';
import { readMarks, type Registry } from '#register';
import { downsample, type Point } from './lttb.ts';
import { personWords } from '../models/parts/door-people.ts';
import { openingsIn } from '../store/read-clues.ts';
import { readHours, readPower, readSteps, type Range, type ValueRow } from '../store/read-values.ts';

export interface Span {
  readonly from: number;
  readonly to: number;
  readonly label: string;
  readonly labelEn: string;
  readonly tone?: string;
}

/** One source on the common time axis: curves, or spans such as door openings and marks. Times in epoch ms. */
export interface AlignedLane {
  readonly id: string;
  readonly title: string;
  readonly titleEn: string;
  readonly unit?: string;
  readonly curves?: readonly { readonly name: string; readonly points: readonly Point[]; readonly dashed?: boolean }[];
  readonly limit?: { readonly value: number; readonly label: string };
  readonly spans?: readonly Span[];
}

const NAMES: Readonly<Record<string, readonly [zh: string, en: string, unit: string]>> = {
  a21026: ['二氧化硫', 'SO₂', 'mg/m³'], a21002: ['氮氧化物', 'NOx', 'mg/m³'], a34013: ['颗粒物', 'Particulates', 'mg/m³'],
  a21005: ['一氧化碳', 'CO', 'mg/m³'], a21024: ['氯化氢', 'HCl', 'mg/m³'], a21001: ['氨', 'NH₃', 'mg/m³'], a19001: ['氧含量', 'O₂', '%'],
  a01011: ['流速', 'Velocity', 'm/s'], a01012: ['烟温', 'Temperature', '℃'], a01013: ['烟压', 'Pressure', 'kPa'], a01014: ['含湿量', 'Moisture', '%'],
  a01901: ['炉膛焚烧温度', 'Furnace temperature', '℃'], a01902: ['炉膛 DCS 温度', 'Furnace temperature, control system', '℃'],
  a00000: ['烟气流量', 'Flue-gas flow', 'm³/h'], w00000: ['废水流量', 'Flow', 'L/s'], w01018: ['化学需氧量', 'COD', 'mg/L'],
  w21003: ['氨氮', 'NH₃-N', 'mg/L'], w21011: ['总磷', 'TP', 'mg/L'], w21001: ['总氮', 'TN', 'mg/L'], w01001: ['pH值', 'pH', ''],
  w01010: ['水温', 'Water temperature', '℃'], w01014: ['电导率', 'Conductivity', 'μS/cm'], w20121: ['总镍', 'Ni', 'mg/L'],
  w20122: ['总铜', 'Cu', 'mg/L'], w20117: ['六价铬', 'Cr(VI)', 'mg/L'],
};
/** After the limited pollutants, the state of the plant; the rest follows by code. */
const ORDER = ['a19001', 'a00000', 'a01011', 'a01012', 'w00000', 'w01001', 'w01014', 'w01010', 'a01014', 'a01013'];
const ROLES = { production: ['产污用电', 'Production power'], treatment: ['治污用电', 'Treatment power'], main: ['总用电', 'Main meter'] } as const;
const FLAG_WORDS: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  CALIBRATION: ['校准', 'calibration'], MAINTENANCE: ['维护', 'maintenance'], FAULT: ['故障', 'fault'], SOURCE_STOPPED: ['停运', 'source stopped'], DEVICE_STOPPED: ['停运', 'device stopped'],
  OVER_RANGE: ['超量程', 'over the range'], MANUAL_SET: ['手工置数', 'set by hand'], COMM_ABNORMAL: ['通讯异常', 'communication fault'], POWER_FAULT: ['电源故障', 'power fault'],
  UNKNOWN: ['未知标识', 'unknown flag'], BANKED: ['闷炉', 'banked'], STARTING: ['启炉', 'starting'], STOPPING: ['停炉', 'stopping'], NO_DATA: ['无数据', 'no data'],
};
const VIDEO_WORDS: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  DOOR_OPENED: ['站房门打开', 'door opened'], INSTRUMENT_OPERATED: ['操作仪器', 'instrument operated'], LENS_COVERED: ['镜头被遮挡', 'lens covered'], offline: ['摄像机离线', 'camera off line'], person: ['有人出现', 'somebody in view'],
};
/** What cameras report, as the platform and register files name it; words of a camera's maker are shown as sent. */
export const videoWords = (kind: string): readonly [zh: string, en: string] => VIDEO_WORDS[kind] ?? [kind, kind];
interface Sources {
  readonly db: Database;
  readonly registry: Registry;
  /** Rules of the region in which the outfall lies. */
  readonly rules: RuleBook;
}

/** A month of minutes; beyond it hours. */
const SHORT_RANGE = 31 * DAY;

const groups = <T>(rows: readonly T[], key: (row: T) => string): Map<string, T[]> => {
  const found = new Map<string, T[]>();
  for (const row of rows) {
    const list = found.get(key(row));
    if (list) list.push(row);
    else found.set(key(row), [row]);
  }
  return found;
};

/** Missing intervals come as one empty point, so that a gap is seen and no line drawn across it. */
export function curve(rows: readonly { start: number; value: number | null }[], stepMs: number, limit: number): readonly Point[] {
  const points: Point[] = [];
  let before = Number.NaN;
  for (const { start, value } of rows) {
    if (start - before > stepMs * 1.5) points.push([before + stepMs, null]);
    points.push([start, value]);
    before = start;
  }
  return downsample(points, limit);
}

/** Runs of one abnormal flag over any factor. */
function flagSpans(rows: readonly ValueRow[], stepMs: number): readonly Span[] {
  const abnormal = rows.filter((row) => row.flag !== 'NORMAL' && row.flag !== 'NONE').sort((a, b) => a.start - b.start || (a.flag < b.flag ? -1 : 1));
  const spans: (Span & { flag: string })[] = [];
  for (const row of abnormal) {
    const last = spans.findLast((span) => span.flag === row.flag);
    if (last && row.start <= last.to + stepMs) spans[spans.indexOf(last)] = { ...last, to: Math.max(last.to, row.start + stepMs) };
    else {
      const [label, labelEn] = FLAG_WORDS[row.flag] ?? [row.flag, row.flag];
      spans.push({ from: row.start, to: row.start + stepMs, label, labelEn, flag: row.flag });
    }
  }
  return spans.map(({ flag: _flag, ...span }) => span);
}

/**
 * Limits in force at the end of the span, then those of its beginning: one that began within years of data is drawn, and
 * of a factor's two the later comes first. Times in epoch milliseconds; the end itself is outside.
 */
export function limitsWithin(registry: Pick<Registry, 'limitsOf' | 'countedLimitsOf'>, { outfall, from, to }: Pick<Range, 'outfall' | 'from' | 'to'>) {
  return [to - 1, from].flatMap((at) => [...registry.limitsOf(outfall as OutfallId, instant(at)), ...registry.countedLimitsOf(outfall as OutfallId, instant(at))]);
}

/** What a factor is called at an outfall, and its unit. */
export function factorNames(registry: Registry, outfall: OutfallId, factor: string): { readonly title: string; readonly titleEn: string; readonly unit: string } {
  const registered = registry.factorsOf(outfall).find((one) => one.factor === factor);
  const [zh, en, unit] = NAMES[factor] ?? [factor, factor, ''];
  return { title: registered?.factorZh || zh, titleEn: en, unit: registered?.unit || unit };
}

/** The limit drawn, by the mean it is set for. */
const LIMIT_WORDS = { hour: '小时限值', day: '日均限值', instant: '瞬时限值', five_minutes: '五分钟限值' } as const;

function pollutantLanes(registry: Registry, range: Range, rows: readonly ValueRow[], hours: readonly ValueRow[], stepMs: number, points: number): AlignedLane[] {
  const outfall = range.outfall as OutfallId;
  const limits = limitsWithin(registry, range);
  const measured = groups(rows, (row) => row.factor);
  const converted = groups(hours.filter((row) => row.zs !== null), (row) => row.factor);
  const rank = (factor: string): number => {
    const limited = limits.findIndex((limit) => limit.factor === factor);
    return limited >= 0 ? limited : 100 + (ORDER.includes(factor) ? ORDER.indexOf(factor) : 50);
  };
  return [...measured.keys()].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1)).map((factor) => {
    // The curves are hours: a daily limit is drawn where no other is set.
    const own = limits.filter((one) => one.factor === factor);
    const limit = own.find(({ period }) => period !== 'day') ?? own[0];
    const zs = converted.get(factor);
    return {
      id: factor, ...factorNames(registry, outfall, factor),
      curves: [
        ...(zs ? [{ name: '折算小时均值 converted, hourly', points: curve(zs.map((row) => ({ start: row.start, value: row.zs })), HOUR, points) }] : []),
        {
          name: stepMs === HOUR ? '实测小时均值 measured, hourly' : '实测 measured', dashed: zs !== undefined,
          points: curve((measured.get(factor) ?? []).map((row) => ({ start: row.start, value: row.avg })), stepMs, points),
        },
      ],
      ...(limit ? { limit: { value: Number(limit.limit), label: `${LIMIT_WORDS[limit.period]} ${limit.limit}` } } : {}),
    };
  });
}

function powerLanes(registry: Registry, range: Range, rows: readonly { meter: string; start: number; kw: number }[], points: number): AlignedLane[] {
  const meters = registry.metersOf(range.outfall as OutfallId);
  return (['production', 'treatment', 'main'] as const).flatMap((role) => {
    const curves = meters.filter((meter) => meter.role === role).flatMap((meter) => {
      const own = rows.filter((row) => row.meter === meter.meter);
      return own.length === 0 ? [] : [{ name: meter.meter, points: curve(own.map((row) => ({ start: row.start, value: row.kw })), HOUR, points) }];
    });
    return curves.length === 0 ? [] : [{ id: `power-${role}`, title: ROLES[role][0], titleEn: ROLES[role][1], unit: 'kW', curves }];
  });
}

async function spanLanes({ db, registry, rules }: Sources, range: Range, flags: readonly Span[]): Promise<AlignedLane[]> {
  const within = (span: { from: number; to: number }) => span.from < range.to && span.to > range.from;
  const asOf = range.asOf ?? Number.POSITIVE_INFINITY;
  const doors = (await openingsIn(db, range.outfall, range.from, range.to)).map((door) => ({
    from: door.openedAt, to: door.closedAt ?? range.to, label: `开门 ${personWords(door.person).zh}`, labelEn: `opened by ${personWords(door.person).en}`,
  }));
  const marks = (await readMarks(db, range.outfall)).filter((mark) => mark.submittedAt <= asOf).map((mark) => {
    const words = markWords(mark.kind);
    const late = mark.submittedAt > markDeadlineMs(mark.start, rules(mark.start).markDeadlineHour);
    return { from: mark.start, to: mark.end, label: `${words.zh}${late ? '（逾期，不生效）' : ''}`, labelEn: `${words.en}${late ? ' (late, of no effect)' : ''}`, tone: markClassOf(mark.kind) === 'STOP' ? '#597ef7' : '#8c8c8c' };
  });
  const videos = (await readVideoEvents(db, range.outfall, { from: range.from - DAY, to: range.to, asOf: range.asOf })).map((event) => {
    const [zh, en] = videoWords(event.kind);
    return { from: event.startAt, to: event.endAt, label: `${zh}（${event.camera}）`, labelEn: `${en} (${event.camera})` };
  });
  const work = registry.data.maintenance.filter((entry) => entry.outfall === range.outfall).map((entry) => ({ from: entry.start, to: entry.end, label: workWords(entry.what).zh, labelEn: workWords(entry.what).en }));
  const lane = (id: string, title: string, titleEn: string, spans: readonly Span[]): AlignedLane => ({ id, title, titleEn, spans: spans.filter(within) });
  return [
    lane('doors', '门禁', 'Doors', doors), lane('marks', '企业标记', 'Marks', marks), lane('flags', '数据标识', 'Data flags', flags),
    lane('videos', '视频事件', 'Video events', videos), lane('maintenance', '运维记录', 'Maintenance', work),
  ];
}

/**
 * Every source of an outfall between two moments on one time axis, thinned to about `points` points a curve. Steps for
 * up to a month, hours beyond. With `asOf`, only what was known then.
 */
export async function alignedSeries(
  deps: Sources & { readonly series: Series },
  range: Range,
  points: number,
): Promise<{ readonly from: number; readonly to: number; readonly stepMs: number; readonly lanes: readonly AlignedLane[] }> {
  const minuteStep = (deps.registry.outfall(range.outfall as OutfallId)?.minuteStep ?? 10) * 60_000;
  const short = range.to - range.from <= SHORT_RANGE;
  const [hours, steps, power] = await Promise.all([
    readHours(deps.series, range), short ? readSteps(deps.series, range) : Promise.resolve([]), readPower(deps.series, range),
  ]);
  const fine = steps.length > 0;
  const rows = fine ? steps : hours;
  const stepMs = fine ? minuteStep : HOUR;
  const lanes = [
    ...pollutantLanes(deps.registry, range, rows, hours, stepMs, points), ...powerLanes(deps.registry, range, power, points),
    ...(await spanLanes(deps, range, flagSpans(rows, stepMs))),
  ];
  return { from: range.from, to: range.to, stepMs, lanes };
}
