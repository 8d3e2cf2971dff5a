import { appendFileSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runDetect, Watchdog, type DetectOptions, type Model } from '#analysis';
import { DAY, HOUR } from '#kernel';
import { simulate } from '#sim/simulate';

interface Alarm {
  readonly outfall: string;
  readonly model: string;
  readonly start: number;
  readonly end: number;
  readonly tier: 1 | 2 | 3;
  readonly raised_at: number;
  readonly factors: readonly string[];
  readonly text: { readonly zh: string; readonly en: string };
  readonly evidence: { readonly steps: readonly { tier: number; at: number }[] };
}

const START = Date.parse('2026-03-02T00:00:00+08:00');
const DAYS = 5;
const root = mkdtempSync(join(tmpdir(), 'detect-'));
const province = join(root, 'province');
const capture = join(province, 'capture.tsv');
const OUTAGE = START + 3 * DAY;

const parse = (lines: readonly string[]): readonly Alarm[] => lines.map((line) => JSON.parse(line) as Alarm);
const detect = (more: Partial<DetectOptions> = {}) => runDetect({ registryDir: province, capture, ...more });

/** A copy of the province with its capture rewritten. */
function variant(name: string, rewrite: (lines: string[]) => readonly string[]): { registryDir: string; capture: string } {
  const dir = join(root, name);
  mkdirSync(dir);
  for (const file of readdirSync(province)) if (file.endsWith('.csv')) copyFileSync(join(province, file), join(dir, file));
  writeFileSync(join(dir, 'capture.tsv'), rewrite(readFileSync(capture, 'latin1').split('\n')).join('\n'), 'latin1');
  return { registryDir: dir, capture: join(dir, 'capture.tsv') };
}

describe('离线研判 detect', { timeout: 120_000 }, () => {
  let alarms: readonly Alarm[];
  let lines: readonly string[];
  beforeAll(async () => {
    const inject = [
      { kind: 'exceed_sustained', outfall: 0, at: 2.5, hours: 8 },
      { kind: 'const_hold', outfall: 1, at: 2.2, hours: 40 },
    ];
    await simulate({ seed: 'scenario', outfalls: 3, days: DAYS, outDir: province, start: START, inject, benign: false });
    lines = (await detect()).alarms;
    alarms = parse(lines);
  }, 120_000);
  afterAll(() => rmSync(root, { recursive: true }));

  it('[PAPER-2.3c][NMG-2.2a] 连续三小时超标成工单级告警，升级过程留痕', () => {
    const exceedance = alarms.filter((alarm) => alarm.model === 'B01' || alarm.model === 'B02');
    const order = exceedance.find((alarm) => alarm.tier === 1);
    expect(order).toBeDefined();
    expect(order?.evidence.steps.map((step) => step.tier)).toEqual([...(order?.evidence.steps ?? [])].map((step) => step.tier).sort((a, b) => b - a));
    expect(order?.raised_at).toBe(order?.evidence.steps.at(-1)?.at);
    expect(order?.text.zh).toMatch(/超|倍|限/);
  });

  it('[JS-10.3] 同一输入两次运行，字节相同；排序固定', async () => {
    const out = join(root, 'alarms.jsonl');
    await detect({ out });
    expect(readFileSync(out, 'utf8')).toBe(lines.map((line) => `${line}\n`).join(''));
    const keys = alarms.map((alarm) => [alarm.raised_at, alarm.outfall, alarm.model] as const);
    for (let i = 1; i < keys.length; i++) {
      const [a, b] = [keys[i - 1], keys[i]] as [(typeof keys)[number], (typeof keys)[number]];
      expect(a[0] < b[0] || (a[0] === b[0] && (a[1] < b[1] || (a[1] === b[1] && a[2] <= b[2])))).toBe(true);
    }
  });

  it.each(['gz', 'zst'])('reads a packed capture (.%s) to the same bytes', async (kind) => {
    const packed = join(root, `capture.tsv.${kind}`);
    writeFileSync(packed, (kind === 'gz' ? gzipSync : zstdCompressSync)(readFileSync(capture)));
    expect((await detect({ capture: packed })).alarms).toEqual(lines);
  });

  it('order of lines does not matter: neighbours exchanged, or the whole file turned round', async () => {
    const swapped = variant('swapped', (all) => {
      for (let i = 0; i + 1 < all.length - 1; i += 2) [all[i], all[i + 1]] = [all[i + 1] as string, all[i] as string];
      return all;
    });
    const reversed = variant('reversed', (all) => all.filter((line) => line !== '').reverse());
    expect((await detect(swapped)).alarms).toEqual(lines);
    expect((await detect(reversed)).alarms).toEqual(lines);
  });

  it('the number of threads does not show', async () => {
    const report = await detect({ threads: 2 });
    expect(report.alarms).toEqual(lines);
    const { frames, damaged, unknownDevices, from, until } = await detect();
    expect(report).toMatchObject({ frames, damaged, unknownDevices, from, until });
  });

  it('survives damaged lines and says how many there were', async () => {
    const spoilt = variant('spoilt', (all) => [
      'no tab at all', '\t##0001', '12a4\t##', ...all.slice(0, 50), `${START}\t##99`, '\u0000\u0001\u0002', ...all.slice(50),
    ]);
    const report = await detect(spoilt);
    expect(report.damaged).toBeGreaterThanOrEqual(5);
    expect(report.alarms.length).toBeGreaterThan(0);
  });

  it('nothing is known before it arrived: as of an earlier moment, later alarms do not exist', async () => {
    const asOf = OUTAGE;
    const early = parse((await detect({ asOf })).alarms);
    expect(early.every((alarm) => alarm.raised_at <= asOf && alarm.end <= asOf)).toBe(true);
    const raisedBefore = (alarm: Alarm) => alarm.evidence.steps.some((step) => step.at <= asOf);
    const known = new Set(early.map((alarm) => `${alarm.outfall} ${alarm.model}`));
    for (const alarm of alarms.filter((one) => raisedBefore(one) && one.model !== 'B01')) expect(known).toContain(`${alarm.outfall} ${alarm.model}`);
  });

  it('[PAPER-2.3b] 缺数据可见：停报的排放口告警，其余不受影响', async () => {
    const [silent, , , device] = (readFileSync(join(province, 'outfalls.csv'), 'utf8').split('\n')[3] ?? '').split(',');
    const cut = variant('cut', (all) => all.filter((line) => !(line.includes(`MN=${device};`) && Number(line.split('\t')[0]) > OUTAGE)));
    const found = parse((await detect({ ...cut, models: ['A01'] })).alarms);
    expect(found.filter((alarm) => alarm.outfall === silent && alarm.end > OUTAGE + 12 * HOUR).length).toBeGreaterThan(0);
    const others = (list: readonly Alarm[]) => list.filter((alarm) => alarm.outfall !== silent && alarm.model === 'A01');
    expect(others(found)).toEqual(others(parse((await detect({ models: ['A01'] })).alarms)));
  });

  it('a model that crashes, or does not come to an end, is an exception that is seen, and stops nothing else', async () => {
    const crashing: Model = {
      id: 'Z01', version: '1', title: { zh: '坏模型', en: 'broken' }, family: 'emission', trigger: 'hour', media: ['gas', 'water'], standsAlone: false,
      minimum: { days: 0, needs: [] }, params: {}, legalHooks: [], about: { zh: '', en: '', source: '' },
      evaluate: () => {
        throw new Error('planted');
      },
    };
    const hanging: Model = {
      ...crashing, id: 'Z02',
      evaluate: ({ reg, now }) => {
        if (reg.outfall === alarms[0]?.outfall) for (; now > OUTAGE;);
        return { outcome: 'NOT_MET', findings: [], reason: '', missing: [] };
      },
    };
    const { modelCatalogue } = await import('#analysis');
    const report = await runDetect({ registryDir: province, capture, catalogue: [...modelCatalogue, crashing, hanging] }, new Watchdog(300, 1_500));
    expect(report.exceptions.map((one) => [one.model, one.outcome, one.reason])).toContainEqual(['Z01', 'EXCEPTION', 'planted']);
    const hung = report.exceptions.filter((one) => one.model === 'Z02');
    expect(hung.map((one) => [one.outfall, one.outcome])).toEqual([[alarms[0]?.outfall, 'EXCEPTION']]);
    expect(hung[0]?.reason).toMatch(/did not come to an end/u);
    expect(report.alarms).toEqual(lines);
  });

  it('wrong register rows are reported with their line and left out; hostile names stay text; unknown models are refused', async () => {
    const bad = variant('bad', (all) => all);
    const columns = (file: string) => (readFileSync(join(province, file), 'utf8').split('\n')[0] ?? '').split(',').length;
    const row = (file: string, cells: string) => `${cells}${','.repeat(columns(file) - cells.split(',').length)}\n`;
    appendFileSync(join(bad.registryDir, 'limits.csv'), row('limits.csv', 'NOWHERE,a21026,x,10,mg/m3,hour,c'));
    appendFileSync(join(bad.registryDir, 'enterprises.csv'), row('enterprises.csv', `EVIL,=cmd|'/c calc'!A1 <img src=x onerror=alert(1)>,boiler`));
    const report = await detect(bad);
    expect(report.registerProblems.map((problem) => [problem.file, problem.column])).toEqual([['limits.csv', 'outfall']]);
    expect(report.alarms).toEqual(lines);
    await expect(detect({ models: ['A01', 'nope'] })).rejects.toThrow('nope');
    await expect(detect({ registryDir: join(root, 'nowhere') })).rejects.toThrow(/no such folder/);
    await expect(detect({ capture: join(root, 'nothing.tsv') })).rejects.toThrow(/ENOENT/);
  });

  it('an almost empty register is enough: models that lack their input say so', async () => {
    const bare = join(root, 'bare');
    mkdirSync(bare);
    for (const file of ['enterprises.csv', 'outfalls.csv']) copyFileSync(join(province, file), join(bare, file));
    const report = await detect({ registryDir: bare });
    expect(report.exceptions).toEqual([]);
    expect(parse(report.alarms).some((alarm) => alarm.model === 'B01')).toBe(false);
  });
});
