import { assessQuantities, type Episode } from '#analysis';
import { Decimal, HOUR, instant, toRfc3339, type FactorCode, type Instant } from '#kernel';
import type { Law } from '#law';
import type { Database } from '#platform/db';
import type { Series } from '#platform/series';
import type { PermitPeriod } from '#quality';
import { permitReportOf, type Outfall, type PermitReport, type StoredRegistry } from '#register';
import { csvBytes } from './sheet-file.ts';

/** Mass of one month of an accounting period, kg, by where it comes from: valid hours, manual tests, values that stand for missing or invalid hours (HJ 75 §12.2). */
interface MonthOfAccount {
  /** `2026-01`. */
  readonly month: string;
  readonly measuredKg: string;
  readonly manualKg: string;
  readonly substitutedKg: string;
  /** Hours for which nothing may stand in; a person decides. */
  readonly undecidedHours: number;
}

/** What was discharged of a permitted amount: from which day it is counted, until when, and month by month. */
export interface PermitAccount {
  readonly period: PermitPeriod;
  readonly from: Instant;
  /** Exclusive. */
  readonly until: Instant;
  readonly permitKg: string;
  /** Used before the outfall was connected, as the unit's execution report says (`report`; absent in older accounts, which took what was registered). */
  readonly usedBeforeKg: string;
  readonly report?: Pick<PermitReport, 'title' | 'name' | 'sha256'>;
  /** Registered as used before it was connected, with no report behind it: shown, not charged. */
  readonly unprovenKg?: string;
  readonly months: readonly MonthOfAccount[];
  /** Hours missing or not valid, counted in nothing measured. */
  readonly missingHours: number;
}

const sum = (values: readonly string[]): Decimal => values.reduce((total, value) => total.plus(value), new Decimal(0));

/** kg that count against the party: what valid hours measured, and what a report of the unit says was used before. What stands in for missing hours is shown, not charged. */
export const chargedKg = ({ months, usedBeforeKg }: PermitAccount): Decimal => sum(months.map((month) => month.measuredKg)).plus(usedBeforeKg);

interface Deps {
  readonly db: Database;
  readonly law: Law;
  readonly series: Series;
  readonly now: () => Instant;
}

const kg = (value: Decimal): string => value.toDecimalPlaces(4).toString();

/** What was used before connection counts where the report that shows it is on file. */
function usedBefore(registry: StoredRegistry, { outfall }: Outfall, factor: string, start: number, used: Decimal): Pick<PermitAccount, 'usedBeforeKg' | 'report' | 'unprovenKg'> {
  if (used.isZero()) return { usedBeforeKg: '0' };
  const found = permitReportOf(registry.data, { outfall, factor, usedKg: used, year: Number(toRfc3339(instant(start)).slice(0, 4)) });
  if (found === undefined) return { usedBeforeKg: '0', unprovenKg: kg(used) };
  const { title, name, sha256 } = found;
  return { usedBeforeKg: kg(used), report: { title, name, sha256 } };
}

/** The account of the period a finding about a permitted amount names, until its end; undefined where the register names no such amount any more. */
export async function accountOf(deps: Deps, registry: StoredRegistry, outfall: Outfall, episode: Pick<Episode, 'factors' | 'end' | 'stats'>): Promise<PermitAccount | undefined> {
  const [factor] = episode.factors;
  if (factor === undefined) return undefined;
  const until = Math.ceil(episode.end / HOUR) * HOUR;
  // The last moment of it: at the turn of a year the amount of the old year is asked for.
  const found = await assessQuantities({ ...deps, registry }, { outfall, factor: factor as FactorCode, asOf: deps.now(), to: until - 1 });
  const standing = found.standings.find(({ cap }) => cap.period === episode.stats['period']);
  if (standing === undefined) return undefined;
  const { cap, months, usedBeforeKg } = standing;
  const missing = found.gaps.reduce((hours, gap) => hours + Math.max(0, Math.min(until, gap.start + gap.hours * HOUR) - Math.max(cap.start, gap.start)) / HOUR, 0);
  return {
    period: cap.period, from: instant(cap.start), until: instant(until), permitKg: cap.kg, ...usedBefore(registry, outfall, factor, cap.start, usedBeforeKg), missingHours: missing,
    months: months.map((month) => ({
      month: toRfc3339(instant(month.start)).slice(0, 7), measuredKg: kg(month.measuredKg), manualKg: kg(month.manualKg), substitutedKg: kg(month.substitutedKg), undecidedHours: month.undecidedHours,
    })),
  };
}

/** Title by which the sheet is known among the materials of a review. */
export const ACCOUNT_SHEET = '排放量核算表';
/** How the title of the report begins that shows what was used before connection. */
export const USED_BEFORE = '排污许可执行报告';
/** The title of the report among the materials: its own where that says what it is. */
export const reportName = (title: string): string => (title.startsWith(USED_BEFORE) ? title : `${USED_BEFORE}（${title}）`);

const day = (at: Instant): string => toRfc3339(at).slice(0, 10);
const NAMES: Readonly<Record<PermitPeriod, string>> = { YEAR: '年', MONTH: '月', SEASON: '特殊时段' };

/** The account as a table that opens in office programs: evidence of its own beside the hourly data. Chinese, as papers are. */
export function accountSheet(account: PermitAccount, about: { readonly unit: string; readonly outfall: string; readonly factor: string }): { readonly name: string; readonly bytes: Uint8Array } {
  const total = (of: (month: MonthOfAccount) => string): string => kg(sum(account.months.map(of)));
  const rows = [
    [ACCOUNT_SHEET, about.unit, about.outfall, about.factor],
    [`${NAMES[account.period]}许可排放量（千克）`, account.permitKg, '核算期自', day(account.from), '至', toRfc3339(account.until).slice(0, 16).replace('T', ' ')],
    ['月份', '有效小时实测排放量（千克）', '手工监测排放量（千克）', '缺失或者无效小时的替代排放量（千克，不计入违法事实）', '无法替代的小时数'],
    ...account.months.map((month) => [month.month, month.measuredKg, month.manualKg, month.substitutedKg, String(month.undecidedHours)]),
    ['合计', total((month) => month.measuredKg), total((month) => month.manualKg), total((month) => month.substitutedKg), String(account.months.reduce((hours, month) => hours + month.undecidedHours, 0))],
    [`接入平台以前（依${account.report === undefined ? '登记' : `当事人报送的《${account.report.title}》`}）`, account.usedBeforeKg],
    ...(account.unprovenKg === undefined ? [] : [['接入平台以前登记而没有执行报告佐证的（千克，不计入违法事实）', account.unprovenKg]]), ['计入违法事实的累计排放量（千克）', kg(chargedKg(account))], ['缺失或者无效、未计入的小时数', String(account.missingHours)],
    ['制作', '信息平台依据自动监测小时数据计算；替代值按 HJ 75 第12.2条，只供核对'],
  ];
  return { name: `${ACCOUNT_SHEET}（${about.factor}，${day(account.from)}起）.csv`, bytes: csvBytes(rows) };
}
