import type { BacktestReport, BacktestRequest } from '#analysis';
import { isRefusal } from '#kernel';
import { progressBar, say } from '../terminal.ts';
import { moment, UsageError, wholeNumber, type Register } from './command.ts';

interface Options {
  model: string;
  from: number;
  to: number;
  set: Readonly<Record<string, number>>;
  region?: string;
  threads?: number;
  json?: boolean;
}

/** `--set k=v`, repeated. */
function setting(text: string, before: Readonly<Record<string, number>> = {}): Readonly<Record<string, number>> {
  const at = text.indexOf('=');
  const value = Number(text.slice(at + 1));
  if (at < 1 || text.slice(at + 1).trim() === '' || !Number.isFinite(value)) throw new UsageError(`--set: 应为 名称=数值 expected name=number, got ${text}`);
  return { ...before, [text.slice(0, at).trim()]: value };
}

const TIERS = [['WORK_ORDER', '工单 orders'], ['WARN', '警告 warnings'], ['REMIND', '提醒 reminders']] as const;
const day = (ms: number): string => new Date(ms + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');

function printDifference(title: string, { count, examples }: BacktestReport['appears']): void {
  say(`\n${title} ${count}`);
  for (const one of examples.slice(0, 5)) {
    say(`  ${one.outfall} ${one.model} ${day(one.start)} – ${day(one.end)} ${one.tierInForce ?? '—'} → ${one.tierChanged ?? '—'}\n    ${one.text.zh}`);
  }
}

function print(report: BacktestReport): void {
  for (const { id, version, inForce, changed } of report.models) {
    const moved = Object.keys(changed).filter((name) => changed[name] !== inForce[name]).map((name) => `${name} ${inForce[name]} → ${changed[name]}`);
    say(`${id}@${version} ${moved.join(' · ')}`);
  }
  say(`\n月 month   ${TIERS.map(([, title]) => title.padStart(20)).join('')}`);
  for (const { month, inForce, changed } of report.months) say(`${month}     ${TIERS.map(([tier]) => `${inForce[tier]} → ${changed[tier]}`.padStart(22)).join('')}`);
  printDifference('新出现 appears', report.appears);
  printDifference('消失 vanishes', report.vanishes);
  printDifference('级别变动 changes tier', report.moves);
  say(`\n不变 unchanged ${report.unchanged} · 出错 exceptions ${report.exceptions.length}`);
  if (report.basis.peersMissing) say('此模型还看各排放口的日汇总，不长期保存：须看之处为“不能判断” it also looks at daily summaries, which are not kept: there it cannot tell');
  if (report.basis.contactsMissing) say('此模型还看通信时间，序列库不存：计数不完全可比 it also reads times of contact, which the series store does not hold: counts are not exact');
  say(`${report.outfalls} 个排放口 outfalls · ${report.values.toLocaleString('en')} 个值 values · ${(report.ms / 1000).toFixed(1)} s`);
}

export const backtest: Register = (program) =>
  void program
    .command('backtest')
    .description('回溯：改一个参数，看历史上会怎样 · a model with changed parameters over stored history')
    .requiredOption('--model <ids>', '模型，如 B01；ALL 为全部 one model, several (A01,B01) or ALL')
    .requiredOption('--from <time>', '开始 first day', moment('--from'))
    .requiredOption('--to <time>', '结束（不含）end, exclusive', moment('--to'))
    .option('--set <name=value>', '要试的参数，可重复 a parameter to try, repeatable', setting)
    .option('--region <name>', '只看这个区县或机关 only this county or authority')
    .option('--threads <n>', '线程数 threads', wholeNumber('--threads', 1, 64))
    .option('--json', '输出 JSON')
    .action(async ({ model, from, to, set, region, threads, json }: Options) => {
      const { modelCatalogue, runBacktest } = await import('#analysis');
      const { withDomain } = await import('../with-platform.ts');
      const ids = model.split(',').map((id) => id.trim().toUpperCase());
      const request: BacktestRequest = {
        models: ids.includes('ALL') ? modelCatalogue.map((one) => one.id) : ids, from, to,
        ...(set === undefined ? {} : { set }), ...(region === undefined ? {} : { region }), ...(threads === undefined ? {} : { threads }),
      };
      const stop = new AbortController();
      const cancel = () => stop.abort();
      process.once('SIGINT', cancel);
      const bar = progressBar('回溯 back-testing');
      const report = await withDomain(({ platform, registry }) =>
        runBacktest({ ...platform, registry }, request, ({ done, outfalls }) => bar(done, outfalls), stop.signal)).finally(() => process.off('SIGINT', cancel));
      if (isRefusal(report)) throw new UsageError(`${report.zh} ${report.en}`);
      if (json === true) say(JSON.stringify(report));
      else print(report);
      for (const { outfall, model: failed, reason } of report.exceptions) process.stderr.write(`${outfall} ${failed}: EXCEPTION ${reason}\n`);
      if (report.exceptions.length > 0) process.exitCode = 1;
    });
