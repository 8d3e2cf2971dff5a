import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BacktestBench, BacktestTime, ModelsBench } from '#analysis';
import { median } from '#platform/measure';
import { say } from '../terminal.ts';

const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;

/** The back-test over hourly values in the embedded series engine, beside a plain loop over the same columns in the same run. */
export async function backtestBench({ runs, outfalls, catalogue }: { runs: number; outfalls: number; catalogue: number }): Promise<void> {
  const { withPlatform } = await import('../with-platform.ts');
  const { benchBacktest } = await import('#analysis');
  const years = Math.min(outfalls, catalogue);
  const reports: BacktestBench[] = [];
  for (let run = 0; run < runs; run++) {
    reports.push(await withPlatform((platform) =>
      benchBacktest(platform, { outfalls, days: 365, catalogueOutfalls: years }, ({ done, ms }) => say(`  whole catalogue: ${done} of ${years} outfall-years after ${seconds(ms)}`))));
  }
  const [one] = reports;
  if (one === undefined) return;
  const of = (field: (report: BacktestBench) => number) => median(reports.map(field));
  const plain = { ms: of((r) => r.plain.readMs + r.plain.loopMs), cpuMs: of((r) => r.plain.cpuMs) };
  const line = (what: string, time: (report: BacktestBench) => BacktestTime) => {
    const [ms, cpu] = [of((r) => time(r).ms), of((r) => time(r).cpuMs)];
    say(`  ${what.padEnd(48)} ${seconds(ms)} (processor time ${seconds(cpu)}) · ${(ms / plain.ms).toFixed(1)} times the plain loop (${(cpu / plain.cpuMs).toFixed(1)}) · found ${time(one).found}`);
  };
  say(`\nbacktest · ${one.outfalls} outfalls × ${one.days} days × 6 hourly values = ${one.values.toLocaleString('en')} values · 2 threads · median of ${runs}`);
  say('  processor time is that of this process; the series engine is another one');
  say(`  ${'plain loop over one column, read the same way'.padEnd(48)} ${seconds(plain.ms)} (processor time ${seconds(plain.cpuMs)}; loop alone ${seconds(of((r) => r.plain.loopMs))})`);
  line('one model (B01), in force and changed, first', (r) => r.first);
  line('another value of the parameter', (r) => r.again);
  line('the same, every outfall exceeding once a month', (r) => r.everywhere);
  const all = of((r) => r.catalogue?.ms ?? Number.NaN);
  if (years > 0) say(`  whole catalogue, hours only                      ${seconds(all)} for ${years} outfall-years (processor time ${seconds(of((r) => r.catalogue?.cpuMs ?? Number.NaN))}) · 650 would take ${((all / years) * 650 / 60_000).toFixed(1)} min (linear)`);
  say(`  memory of the process                            ${of((r) => r.peakMb).toFixed(0)} MB`);
}

/** Every model on the live path: what one hour of one outfall costs, and what its state holds. */
export async function modelsBench({ runs }: { runs: number }): Promise<void> {
  const { simulate } = await import('#sim/simulate');
  const { benchModels } = await import('#analysis');
  const dir = mkdtempSync(join(tmpdir(), 'mingjian-bench-models-'));
  try {
    const start = Date.parse('2026-01-01T00:00:00+08:00');
    await simulate({ seed: 'bench-models', outfalls: 4, days: 80, outDir: dir, start, stepMin: 10 });
    const reports: ModelsBench[] = [];
    for (let run = 0; run < runs; run++) reports.push(await benchModels({ dir, capture: join(dir, 'capture.tsv'), days: 3 }));
    const [first] = reports;
    if (first === undefined) return;
    const micros = median(reports.map((report) => report.microsPerOutfallHour));
    say(`\nmodels · ${first.models} models · ${first.outfalls} simulated outfalls, 10-minute steps, ${first.warmDays} days of history, ${first.days} days measured · one core · median of ${runs}`);
    const of = (field: 'cpuMicrosPerOutfallHour' | 'plainMicros' | 'kilobytesPerOutfall' | 'columnKilobytesPerOutfall') => median(reports.map((report) => report[field]));
    const cpu = of('cpuMicrosPerOutfallHour');
    say(`  one hour of one outfall, facts and all models    ${(micros / 1000).toFixed(2)} ms · processor time ${(cpu / 1000).toFixed(2)} ms`);
    say(`  one pass over its columns in a plain loop        ${(of('plainMicros') / 1000).toFixed(2)} ms · ratio ${(cpu / of('plainMicros')).toFixed(1)}`);
    say(`  30,000 outfalls' hour on one core                ${((cpu * 30_000) / 1e6).toFixed(0)} s of 3,600 s (processor time)`);
    say(`  state per outfall, windows full                  ${of('kilobytesPerOutfall').toFixed(0)} kB, of them columns ${of('columnKilobytesPerOutfall').toFixed(0)} kB`);
    const part = (field: keyof ModelsBench['state']) => median(reports.map((report) => report.state[field]));
    const kb = (field: keyof ModelsBench['state']) => part(field).toFixed(0);
    say(`    columns: hours ${kb('hours')} kB, steps ${kb('steps')} kB, power ${kb('power')} kB · beside them: learnt today ${kb('learnt')} kB, opinions ${kb('opinions')} kB, facts ${kb('facts')} kB`);
    const stored = part('storedState') + part('storedPieces');
    say(`  stored per outfall                               ${stored.toFixed(0)} kB: state ${kb('storedState')} kB, columns ${kb('storedPieces')} kB (written each time: state and the newest piece, up to ${kb('newestPiece')} kB)`);
    const carry = part('packMs') + part('takeUpMs');
    say(`  taking up and storing, an hour of one outfall    ${part('takeUpMs').toFixed(2)} + ${part('packMs').toFixed(2)} ms of processor time · 30,000 outfalls' hour with both ${((cpu / 1000 + carry) * 30).toFixed(0)} s on one core`);
    for (const one of first.perModel.slice(0, 10)) {
      say(`    ${one.id} ${one.microsPerOutfallHour.toFixed(0).padStart(7)} µs per outfall-hour · ${one.calls} calls · longest ${one.longestMs.toFixed(1)} ms`);
    }
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
