import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import { crc16, formatCrc } from '#ingest/hj212';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY, HOUR } from './grid.ts';
import { simulate, type LabelLine, type SimulateOptions, type SimulateSummary } from './simulate.ts';
import { REGISTRY_FILES } from './write-registry.ts';

const START = Date.UTC(2026, 7, 1) - 8 * HOUR;
const BASE: Omit<SimulateOptions, 'outDir'> = { seed: 'test', outfalls: 6, days: 32, start: START };

let root: string;
let summary: SimulateSummary;
let lines: { at: number; frame: string }[];
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'mingjian-sim-'));
  summary = await simulate({ ...BASE, outDir: join(root, 'a'), powerFrames: true });
  lines = readFileSync(summary.capturePath, 'latin1').trimEnd().split('\n').map((l) => ({ at: Number.parseInt(l, 10), frame: l.slice(l.indexOf('\t') + 1) }));
}, 60_000);
afterAll(() => rmSync(root, { recursive: true, force: true }));

const table = (dir: string, name: string): Record<string, string>[] => {
  const [head = '', ...rows] = readFileSync(join(root, dir, name), 'utf8').trimEnd().split('\n');
  const names = head.split(',');
  return rows.map((r) => Object.fromEntries(r.split(',').map((c, i) => [names[i] ?? '', c])));
};
const field = (frame: string, name: string): string | undefined => new RegExp(`[;&#0-9]${name}=([^;&,]*)`).exec(frame)?.[1];
const good = (frame: string): boolean => frame.slice(-4) === formatCrc(crc16(Buffer.from(frame.slice(6, -4), 'latin1')));
const fingerprint = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');

describe('a simulated province', () => {
  it('is the same bytes for the same seed, also compressed, and other bytes for another seed', async () => {
    const small = { ...BASE, outfalls: 3, days: 6 };
    const one = await simulate({ ...small, outDir: join(root, 'd1') });
    const two = await simulate({ ...small, outDir: join(root, 'd2'), compression: 'zst' });
    const other = await simulate({ ...small, outDir: join(root, 'd3'), seed: 'other' });
    expect(zstdDecompressSync(readFileSync(two.capturePath)).equals(readFileSync(one.capturePath))).toBe(true);
    for (const name of [...Object.keys(REGISTRY_FILES), 'labels.jsonl']) expect(fingerprint(join(root, 'd2', name))).toBe(fingerprint(join(root, 'd1', name)));
    expect(fingerprint(other.capturePath)).not.toBe(fingerprint(one.capturePath));
  }, 30_000);

  it('writes frames in arrival order with right length and CRC, but for about one in ten thousand', () => {
    expect(lines.length).toBe(summary.frames);
    let bad = 0;
    let late = 0;
    let long = 0;
    lines.forEach(({ at, frame }, i) => {
      if (at < (lines[i - 1]?.at ?? 0)) late++;
      if (!good(frame) || Number(frame.slice(2, 6)) !== frame.length - 10) bad++;
      else if (frame.length - 10 > 1024) long++;
    });
    expect({ late, long }).toEqual({ late: 0, long: 0 });
    expect(bad / lines.length).toBeLessThan(5e-4);
  });

  it('splits long segments into numbered parts that share CN and DataTime', () => {
    const parts = lines.filter((l) => good(l.frame) && l.frame.includes(';PNUM='));
    expect(parts.length).toBeGreaterThan(0);
    const groups = Map.groupBy(parts, (p) => ['MN', 'CN', 'DataTime', 'PNUM'].map((n) => field(p.frame, n)).join('/'));
    for (const [key, group] of groups) {
      const numbers = [...new Set(group.map((g) => Number(field(g.frame, 'PNO'))))].sort();
      expect(numbers).toEqual(Array.from({ length: Number(key.split('/')[3]) }, (_, i) => i + 1));
      expect(group.every((g) => field(g.frame, 'Flag') === '7')).toBe(true);
    }
  });

  it('leaves no DataTime out except where a gap, an outage or an event took it', () => {
    for (const outfall of table('a', 'outfalls.csv')) {
      const times = new Set(
        lines.filter((l) => l.frame.includes(';CN=2051;') && l.frame.includes(`;MN=${outfall['mn']};`)).map((l) => field(l.frame, 'DataTime')),
      );
      expect([...times].every((t) => /^\d{11}000$/.test(t ?? ''))).toBe(true);
      expect(times.size / (summary.until - summary.from) * 600_000).toBeGreaterThan(0.9);
    }
  });

  it('makes the hourly total of flow the sum of its minutes within 0.1 %', () => {
    const flows = new Map<string, number[]>();
    const hours = new Map<string, number>();
    for (const { frame } of lines) {
      if (!good(frame) || frame.includes('PNUM')) continue;
      const key = `${field(frame, 'MN')}/${field(frame, 'DataTime')?.slice(0, 10)}`;
      const code = frame.includes(';ST=31;') ? 'a00000' : 'w00000';
      if (frame.includes(';CN=2051;')) flows.set(key, [...(flows.get(key) ?? []), Number(field(frame, `${code}-Avg`))]);
      if (frame.includes(';CN=2061;') && !hours.has(key)) hours.set(key, Number(field(frame, `${code}-Cou`)) * (code === 'a00000' ? 1 : 1 / 3.6));
    }
    let checked = 0;
    let wrong = 0;
    for (const [key, cou] of hours) {
      const steps = flows.get(key);
      if (steps?.length !== 6) continue;
      const sum = steps.reduce((a, b) => a + b, 0) / 6;
      if (Math.abs(cou - sum) > 0.001 * sum + 0.01) wrong++;
      checked++;
    }
    expect(wrong).toBe(0);
    expect(checked).toBeGreaterThan(2000);
  });

  it('speaks of doors in ST 81 and of power in ST 80, as the register files do', () => {
    const doors = table('a', 'doors.csv');
    const opened = lines.filter((l) => l.frame.includes(';ST=81;') && l.frame.includes('i32001-Rtd=1'));
    expect(doors.length).toBeGreaterThan(10);
    expect(opened.length).toBeGreaterThanOrEqual(doors.length * 0.9);
    const power = lines.filter((l) => l.frame.includes(';ST=80;'));
    expect(power.every((l) => !good(l.frame) || /100001-Pt=\d+\.\d{3}/.test(l.frame))).toBe(true);
  });

  it('labels events inside the period, on known outfalls, with kinds and tiers', () => {
    const known = new Set(table('a', 'outfalls.csv').map((o) => o['outfall']));
    const labels = readFileSync(summary.labelsPath, 'utf8').trimEnd().split('\n').map((l) => JSON.parse(l) as LabelLine);
    expect(new Set(labels.map((l) => l.id)).size).toBe(labels.length);
    for (const l of labels) {
      expect(known.has(l.outfall) && l.outfalls.includes(l.outfall)).toBe(true);
      expect(l.start).toBeLessThan(l.end);
      expect(l.start).toBeGreaterThanOrEqual(summary.from - DAY);
      expect(l.end).toBeLessThanOrEqual(summary.until);
      expect(l.benign ? l.tier === null : [1, 2, 3].includes(l.tier ?? 0)).toBe(true);
    }
    expect(labels.some((l) => !l.benign && l.kind !== 'exceed_natural')).toBe(true);
    const cheats = labels.filter((l) => !l.benign && !['exceed_natural', 'exceed_total', 'waste_gap'].includes(l.kind));
    for (const l of cheats) expect(l.start).toBeGreaterThanOrEqual(summary.from + 21 * DAY - HOUR);
  });

  it('fills every promised register file with its promised columns', () => {
    for (const [name, columns] of Object.entries(REGISTRY_FILES)) {
      expect(readFileSync(join(root, 'a', name), 'utf8').split('\n')[0]).toBe(columns.join(','));
    }
    expect(table('a', 'enterprises.csv').every((e) => /^91329[0-9]{3}[0-9A-Z]{10}$/.test(e['credit_code'] ?? ''))).toBe(true);
  });
});
