import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodeFrame, formatHjTime, formatQn } from '#ingest/hj212';
import { HOUR, instant, MINUTE } from '#kernel';
import type { CsvNote, CsvSeries } from './csv-series.ts';

export interface CsvOptions {
  readonly industry: string;
  /** Reference oxygen of the standard, %; needed for converted values. */
  readonly o2Ref: number | undefined;
  readonly limits: readonly { readonly factor: string; readonly limit: string; readonly period: 'hour' | 'day' }[];
}

const OXYGEN = 'a19001';
const SENT_AFTER = 20_000;

/**
 * Writes what the pipeline reads: register files and a capture in which a logger sends each interval (2051) and each
 * hour (2061) as it ends. The series then pass decoding, quality and models like any others.
 */
export function writeCsvProvince(dir: string, series: readonly CsvSeries[], options: CsvOptions): { readonly capture: string; readonly notes: readonly CsvNote[] } {
  const file = (name: string, header: string, rows: readonly string[]): void => writeFileSync(join(dir, name), [header, ...rows, ''].join('\n'));
  const mn = (k: number): string => `C5F0${String(k + 1).padStart(20, '0')}`;
  file('enterprises.csv', 'enterprise,name,industry', [`CSV,CSV,${quoted(options.industry)}`]);
  file('outfalls.csv', 'outfall,enterprise,type,mn,o2_ref,minute_step', series.map((s, k) =>
    [quoted(s.outfall), 'CSV', s.medium, mn(k), s.medium === 'gas' ? (options.o2Ref ?? '') : '', s.stepMs / MINUTE].join(',')));
  file('factors.csv', 'outfall,factor,unit,resolution', series.flatMap((s) =>
    [...s.values].map(([factor, values]) => [quoted(s.outfall), factor, '', resolutionOf(values)].join(','))));
  file('limits.csv', 'outfall,factor,limit,period,basis', series.flatMap((s) =>
    options.limits.filter((l) => s.values.has(l.factor)).map((l) => [quoted(s.outfall), l.factor, l.limit, l.period, basisOf(s, l.factor, options)].join(','))));
  const lines = series.flatMap((s, k) => framesOf(s, mn(k), options)).sort((a, b) => a.at - b.at);
  const capture = join(dir, 'capture.tsv');
  writeFileSync(capture, lines.map(({ at, frame }) => `${at}\t${frame}\n`).join(''), 'latin1');
  return { capture, notes: notesOf(series, options) };
}

/** Where the values could not be judged as the limits ask. */
function notesOf(series: readonly CsvSeries[], { o2Ref }: CsvOptions): CsvNote[] {
  const dry = o2Ref === undefined ? [] : series.filter((s) => s.medium === 'gas' && !s.values.has(OXYGEN)).map((s) => s.outfall);
  return dry.length === 0 ? [] : [{ zh: `没有氧含量列，不能折算，按实测浓度判定：${dry.join('、')}`, en: `no oxygen, so nothing is converted and measured values are judged: ${dry.join(', ')}` }];
}

const quoted = (text: string): string => (/[",\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

const converts = (s: CsvSeries, factor: string, options: CsvOptions): boolean =>
  s.medium === 'gas' && /^a(2|34)/u.test(factor) && options.o2Ref !== undefined && s.values.has(OXYGEN);

const basisOf = (s: CsvSeries, factor: string, options: CsvOptions): string => (converts(s, factor, options) ? 'zs' : 'c');

/** The coarsest decimal step that nearly all values are multiples of. */
function resolutionOf(values: Float64Array): number {
  const known = values.filter((v) => Number.isFinite(v));
  const fits = (q: number): boolean => known.filter((v) => Math.abs(v / q - Math.round(v / q)) < 1e-6 * Math.max(1, Math.abs(v / q))).length >= 0.995 * known.length;
  return [1, 0.1, 0.01, 0.001, 0.0001].find(fits) ?? 0.0001;
}

function framesOf(s: CsvSeries, mn: string, options: CsvOptions): { at: number; frame: string }[] {
  const out: { at: number; frame: string }[] = [];
  const send = (at: number, cn: string, dataTime: number, items: readonly string[]): void => {
    if (items.length === 0) return;
    const head = `QN=${formatQn(instant(at))};ST=${s.medium === 'gas' ? '31' : '32'};CN=${cn};PW=123456;MN=${mn};Flag=4;`;
    const bytes = encodeFrame(`${head}CP=&&DataTime=${formatHjTime(instant(dataTime))};${items.join(';')}&&`);
    out.push({ at, frame: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length - 2).toString('latin1') });
  };
  const per = HOUR / s.stepMs;
  for (let h = 0; h < s.length / per; h++) {
    for (let i = h * per; i < (h + 1) * per; i++) {
      const at = s.start + i * s.stepMs;
      send(at + s.stepMs + SENT_AFTER, '2051', at, [...s.values].flatMap(([f, v]) => (Number.isFinite(v[i]) ? [`${f}-Avg=${v[i]},${f}-Flag=N`] : [])));
    }
    const at = s.start + h * HOUR;
    send(at + HOUR + 6 * SENT_AFTER, '2061', at, [...s.values].flatMap(([f, v]) => hourItem(s, f, v.subarray(h * per, (h + 1) * per), h * per, options)));
  }
  return out;
}

/** Hour of one channel from at least 45 minutes of values; converted where oxygen and its reference are known. */
function hourItem(s: CsvSeries, factor: string, values: Float64Array, first: number, options: CsvOptions): string[] {
  const known = values.filter((v) => Number.isFinite(v));
  if (known.length < 0.75 * values.length) return [];
  const text = (v: number): string => String(Number(v.toFixed(4)));
  const mean = (list: Float64Array): number => list.reduce((sum, v) => sum + v, 0) / list.length;
  const parts = [`${factor}-Min=${text(Math.min(...known))}`, `${factor}-Avg=${text(mean(known))}`, `${factor}-Max=${text(Math.max(...known))}`];
  if (converts(s, factor, options)) {
    const oxygen = mean((s.values.get(OXYGEN) as Float64Array).subarray(first, first + values.length).filter((v) => Number.isFinite(v)));
    if (oxygen < 20.9) parts.push(`${factor}-ZsAvg=${text((mean(known) * (21 - (options.o2Ref as number))) / (21 - oxygen))}`);
  }
  return [`${parts.join(',')},${factor}-Flag=N`];
}
