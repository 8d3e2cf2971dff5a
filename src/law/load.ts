import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { CLOCK_IDS } from './clock-ids.ts';
import { clockRuleSchema } from './clock.ts';
import { codeListSchema } from './code-list.ts';
import { discretionTableSchema, tableProblem } from './discretion-table.ts';
import { exemptionRuleSchema } from './exemption.ts';
import { makeLaw, type Law, type LawData } from './law.ts';
import { narrativesSchema } from './narrative.ts';
import { standardLimitSchema } from './limit.ts';
import { PARAMETERS } from './parameters.ts';
import { bilingualSchema } from './provenance.ts';
import { qualityFileSchema, type QualityLaw } from './quality-rules.ts';
import { LawFileError, readLawFile } from './read-yaml.ts';
import { NATIONAL, regionProfileSchema, type RegionProfile } from './region.ts';
import { VIOLATION_KEYS, violationTypeSchema } from './violation.ts';
import { calendarYearSchema } from './work-calendar.ts';

const clocksFile = z.strictObject({ kind: z.literal('clocks'), clocks: z.array(clockRuleSchema.strict()).min(1) });
const violationsFile = z.strictObject({
  kind: z.literal('violations'),
  violations: z.array(violationTypeSchema.strict()),
});
const discretionFile = z.strictObject({
  kind: z.literal('discretion'),
  tables: z.array(discretionTableSchema.strict()),
});
const exemptionsFile = z.strictObject({ kind: z.literal('exemptions'), rules: z.array(exemptionRuleSchema.strict()) });
/** English names of instruments, `law/instruments`. */
const instrumentsFile = z.strictObject({ kind: z.literal('instruments'), instruments: z.array(bilingualSchema.strict()).min(1) });
const limitsFile = z.strictObject({ kind: z.literal('limits'), limits: z.array(standardLimitSchema.strict()) });

/** The `law/` folder of this checkout. */
export const lawFolder = (): string => fileURLToPath(new URL('../../law', import.meta.url));

/**
 * Reads everything under `law/`. Throws LawFileError with file and line for each problem: a value without source,
 * an impossible date, a clock that is missing or defined twice for the same day.
 */
export function loadLaw(dir: string = lawFolder()): Law {
  const hash = createHash('sha256');
  const problems: string[] = [];
  const read = <S extends z.ZodType>(folder: string, schema: S): z.infer<S>[] =>
    filesOf(dir, folder).flatMap((shown) => {
      hash.update(`${shown}\n`).update(readFileSync(join(dir, shown)));
      try {
        return [readLawFile(join(dir, shown), shown, schema)];
      } catch (error) {
        if (!(error instanceof LawFileError)) throw error;
        problems.push(...error.problems);
        return [];
      }
    });

  const calendar = read('calendar', calendarYearSchema.strict());
  const clocks = read('deadlines', clocksFile).flatMap((f) => f.clocks);
  const violations = read('violations', violationsFile).flatMap((f) => f.violations);
  const discretion = read('discretion', discretionFile).flatMap((f) => f.tables);
  const exemptions = read('exemptions', exemptionsFile).flatMap((f) => f.rules);
  const limits = read('limits', limitsFile).flatMap((f) => f.limits);
  const instruments = read('instruments', instrumentsFile).flatMap((f) => f.instruments);
  const narratives = read('narratives', narrativesSchema);
  const codes = read('codes', codeListSchema.strict());
  const quality = joined(read('quality', qualityFileSchema.strict()));
  const regions = read('regions', regionProfileSchema.strict());
  const data: LawData = {
    digest: hash.digest('hex'),
    calendar,
    clocks,
    regions,
    violations,
    discretion,
    exemptions,
    limits,
    instruments,
    narratives,
    codes,
    quality,
  };
  problems.push(...wholeProblems(data));
  if (problems.length > 0) throw new LawFileError(problems);
  return makeLaw(data);
}

/**
 * Looks at one region profile as it would stand among the others, in place of the one with its key: what is wrong with it by line and
 * field, and what it would do to the whole. It may be added when there are no problems.
 */
export function checkRegion(path: string, law: Law = loadLaw()): { readonly profile?: RegionProfile; readonly problems: readonly string[] } {
  try {
    const profile = readLawFile(path, basename(path), regionProfileSchema.strict());
    return { profile, problems: wholeProblems({ ...law.data, regions: [...law.data.regions.filter(({ key }) => key !== profile.key), profile] }) };
  } catch (error) {
    if (!(error instanceof LawFileError)) throw error;
    return { problems: error.problems };
  }
}

const joined = (files: readonly QualityLaw[]): QualityLaw => ({
  conditionMarks: files.flatMap((file) => file.conditionMarks),
  checks: files.flatMap((file) => file.checks),
  comparisons: files.flatMap((file) => file.comparisons),
  substitutions: files.flatMap((file) => file.substitutions),
  referenceOxygen: files.flatMap((file) => file.referenceOxygen),
});

function filesOf(dir: string, folder: string): string[] {
  const path = join(dir, folder);
  if (!existsSync(path)) return [];
  const names = readdirSync(path).filter((n) => n.endsWith('.yaml'));
  return names.sort().map((n) => `${folder}/${n}`);
}

/** What no single file can show: completeness and overlaps. */
function wholeProblems(data: LawData): string[] {
  const problems: string[] = [];
  for (const id of CLOCK_IDS) {
    if (!data.clocks.some((c) => c.id === id)) problems.push(`deadlines: clock ${id} is not defined`);
  }
  for (const key of VIOLATION_KEYS) {
    if (!data.violations.some((v) => v.key === key)) problems.push(`violations: ${key} is not defined`);
  }
  if (data.narratives.length !== 1) problems.push(`narratives: one file is wanted, ${data.narratives.length} found`);
  for (const v of data.violations) {
    const ids = new Set(v.bases.map((b) => b.id));
    for (const b of v.bases)
      problems.push(...b.succeeds.filter((id) => !ids.has(id)).map((id) => `violations: ${b.id} succeeds unknown ${id}`));
  }
  for (const list of data.codes)
    for (const c of list.codes)
      if (c.violation !== undefined && !data.violations.some((v) => v.key === c.violation)) problems.push(`codes/${list.key}: ${c.code} names unknown ${c.violation}`);
  problems.push(...data.discretion.map(tableProblem).filter((p) => p !== undefined));
  const national = data.regions.find((r) => r.key === NATIONAL);
  for (const key of Object.keys(PARAMETERS)) {
    if (!national?.parameters.some((p) => p.key === key)) problems.push(`regions/national: ${key} has no default`);
  }
  for (const r of data.regions) {
    problems.push(
      ...overlaps(
        `regions/${r.key}`,
        r.parameters.map((p) => ({ ...p, name: p.key })),
      ),
    );
    problems.push(
      ...overlaps(
        `regions/${r.key} clocks`,
        r.clocks.map((c) => ({ ...c, name: c.id })),
      ),
    );
  }
  problems.push(
    ...overlaps(
      'deadlines',
      data.clocks.map((c) => ({ ...c, name: c.id })),
    ),
  );
  return problems;
}

/** Two values of the same name that hold on the same day. */
function overlaps(where: string, values: readonly { name: string; validFrom: string; validTo?: string | undefined }[]) {
  const problems: string[] = [];
  values.forEach((a, i) => {
    for (const b of values.slice(i + 1)) {
      const apart = (a.validTo ?? '9999') < b.validFrom || (b.validTo ?? '9999') < a.validFrom;
      if (a.name === b.name && !apart) problems.push(`${where}: ${a.name} has two values from ${b.validFrom}`);
    }
  });
  return problems;
}
