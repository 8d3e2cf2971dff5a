import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runDetect } from '#analysis';
import { afterAll, describe, expect, it } from 'vitest';
import { writeCsvProvince } from './csv-province.ts';
import { codeOf, readCsvSeries } from './csv-series.ts';
import { HONEST, honestCsv } from './testing/honest-series.ts';

const DAYS = 60;
const START = Date.UTC(2026, 1, 28, 16);
/** What is a fact of such a series, not a suspicion: an hour over the limit, hours that never came. */
const FACTS = new Set(['A01', 'A10', 'B01', 'B02', 'B03']);
const dir = mkdtempSync(join(tmpdir(), 'honest-'));
afterAll(() => rmSync(dir, { recursive: true }));

describe('honest series made otherwise than the simulator makes them', () => {
  it.each(HONEST)('$name: no suspicion in two months', async (recipe) => {
    const limits = recipe.limits.split(',').map((part) => {
      const [name = '', limit = ''] = part.split('=');
      const factor = codeOf(name) ?? '';
      return { factor, limit, period: factor.startsWith('a') ? ('hour' as const) : ('day' as const) };
    });
    const { series } = readCsvSeries(honestCsv(recipe, 'quiet', DAYS, START));
    const { capture } = writeCsvProvince(dir, series, { industry: '', o2Ref: recipe.o2Ref, limits });
    const { alarms, exceptions } = await runDetect({ registryDir: dir, capture });
    expect(exceptions).toEqual([]);
    const suspicions = alarms.map((line) => JSON.parse(line) as { model: string; tier: number }).filter((a) => !FACTS.has(a.model));
    // Two months of one outfall: at the goal of 0.30 reminders a month one may occur, a warning should not.
    expect(suspicions.filter((a) => a.tier <= 2)).toEqual([]);
    expect(suspicions.length).toBeLessThanOrEqual(1);
  });
});
