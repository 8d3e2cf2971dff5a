import { Decimal, instant, type Instant } from '#kernel';
import type { RegisterData } from '../registry.ts';
import { toldRows, type ToldRow } from '../told-files.ts';

/** A permit execution report (排污许可执行报告) that shows what of a permitted amount had been used before the outfall was connected. */
export interface PermitReport {
  readonly title: string;
  readonly usedKg: string;
  readonly filedAt: Instant;
  /** The file itself, kept by its digest. */
  readonly name: string;
  readonly sha256: string;
}

type Row = ToldRow<'permitReports'>;

/** What is looked for: an amount of a factor at an outfall, kg; of any year where none is named. */
export interface UsedAmount {
  readonly outfall: string;
  readonly factor: string;
  readonly usedKg: Decimal | number;
  readonly year?: number;
}

const shows = (row: Row, { outfall, factor, usedKg, year }: UsedAmount): boolean =>
  row.outfall === outfall && row.factor === factor && (year === undefined || row.year === year) && new Decimal(row.usedKg).equals(usedKg);

/** The report filed last that states exactly this amount; undefined where no document stands behind it. Pure. */
export function permitReportOf(data: RegisterData, amount: UsedAmount): PermitReport | undefined {
  const last = toldRows(data, 'permitReports').filter((row) => shows(row, amount)).sort((a, b) => a.filedAt - b.filedAt).at(-1);
  return last && { title: last.title, usedKg: last.usedKg, filedAt: instant(last.filedAt), name: last.name || last.title, sha256: last.sha256 };
}
