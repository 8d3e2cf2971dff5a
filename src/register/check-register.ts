import { conversionBetween } from '#kernel';
import { sentUnits } from './protocol-columns.ts';
import { REGISTER_FILES } from './register-files.ts';
import type { RegisterData } from './registry.ts';
import type { RegisterProblem } from './row-reader.ts';
import { referencesOf, toldFile } from './told-files.ts';

/** Line numbers of rows, kept apart from the rows themselves so that the rows stay plain facts. */
export type LinesOf = ReadonlyMap<object, number>;

type Dangling = { readonly file: string; readonly row: object; readonly column: string; readonly value: string };

function danglingReferences(data: RegisterData): readonly Dangling[] {
  const units = new Set<string>(data.units.map((unit) => unit.unit));
  const outfalls = new Set<string>(data.outfalls.map((outfall) => outfall.outfall));
  const found: Dangling[] = [];
  const toUnit = (file: string, row: object, unit: string | undefined) => {
    if (unit !== undefined && !units.has(unit)) found.push({ file, row, column: 'enterprise', value: unit });
  };
  const toOutfall = (file: string, row: object, outfall: string | undefined) => {
    if (outfall !== undefined && !outfalls.has(outfall)) found.push({ file, row, column: 'outfall', value: outfall });
  };
  for (const row of data.outfalls) toUnit(REGISTER_FILES.outfalls.file, row, row.unit);
  for (const row of data.orders) toUnit(REGISTER_FILES.orders.file, row, row.unit);
  for (const row of data.meters) {
    toUnit(REGISTER_FILES.meters.file, row, row.unit);
    toOutfall(REGISTER_FILES.meters.file, row, row.outfall);
  }
  const byOutfall = ['factors', 'limits', 'permits', 'marks', 'maintenance', 'selfMonitoring', 'doors', 'videos'] as const;
  for (const name of byOutfall) {
    for (const row of data[name]) toOutfall(REGISTER_FILES[name].file, row, row.outfall);
  }
  for (const row of data.other) {
    if (toldFile(row.file) === undefined) continue;
    const { outfall, unit } = referencesOf(row.values);
    toOutfall(row.file, row, outfall);
    toUnit(row.file, row, unit);
  }
  return found;
}

/** One logger number cannot stand for the data of two outfalls: a value would have two owners. */
function sharedLoggers(data: RegisterData): readonly Dangling[] {
  const owner = new Map<string, string>();
  const found: Dangling[] = [];
  for (const row of data.outfalls) {
    if (row.mn === undefined) continue;
    if (owner.has(row.mn)) found.push({ file: REGISTER_FILES.outfalls.file, row, column: 'mn', value: row.mn });
    owner.set(row.mn, row.outfall);
  }
  return found;
}

/** A unit that a device sends must lead to the one registered for the factor: else the values could not be judged. */
function strangeUnits(data: RegisterData): readonly Dangling[] {
  const registered = new Map(data.factors.map(({ outfall, factor, unit }) => [`${outfall} ${factor}`, unit]));
  return data.outfalls.flatMap((row) =>
    sentUnits(row).flatMap(({ column, factor, unit }) => {
      const to = registered.get(`${row.outfall} ${factor}`);
      return to !== undefined && conversionBetween(unit, to) !== undefined ? [] : [{ file: REGISTER_FILES.outfalls.file, row, column, value: `${factor}=${unit}` }];
    }));
}

/** References between files, reported at the line of the row that points to nothing. */
export function checkReferences(data: RegisterData, lines: LinesOf): { problems: RegisterProblem[]; bad: Set<object> } {
  const bad = new Set<object>();
  const problems: RegisterProblem[] = [];
  const report = (rows: readonly Dangling[], zh: string, en: string) => {
    for (const { file, row, column, value } of rows) {
      bad.add(row);
      problems.push({ file, line: lines.get(row) ?? (row as { line?: number }).line ?? 0, column, value, zh, en });
    }
  };
  report(danglingReferences(data), '登记表中没有这个编号', 'the register knows no such id');
  report(strangeUnits(data), '该因子未登记单位，或不能换算到登记的单位', 'the factor has no registered unit this one leads to');
  report(sharedLoggers(data), '数采仪编号已属于另一排放口', 'the logger already belongs to another outfall');
  return { problems, bad };
}
