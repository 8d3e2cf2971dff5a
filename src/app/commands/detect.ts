import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { progressBar, say } from '../terminal.ts';
import { fraction, moment, UsageError, type Register } from './command.ts';

interface Options {
  registry?: string;
  capture?: string;
  csv?: string;
  industry: string;
  o2Ref?: number;
  limits: string;
  out: string;
  models?: string;
  asOf?: number;
}

const CSV_HELP = `
--csv 的格式 what --csv reads:
  首列或名为 time/时间 的列为时间（无时区按北京时间；也可为毫秒），每个因子一列，列名为编码（a21026、w01018 …）或
  so2 nox dust co hcl nh3 o2 velocity temperature pressure moisture flow / cod nh3n tn tp ph ni cu cr6 water_flow；
  或中文名（二氧化硫、含氧量、流量 …，可带单位）；可有 outfall 列区分排放口；空格为缺测，不是数值的格子报错。
  UTF-8 或 GBK，以逗号、分号或制表符分隔。时间间隔自动识别（1–60 分钟，须能整除一小时；更密的按间隔平均）。
  A time column (the first, or one called time; China time unless it has a zone, or epoch ms) and one column per
  channel, by code, by one of the names above or by its Chinese name; an optional column outfall. Empty cells are missing
  values; a cell that is no number is an error. UTF-8 or GBK; commas, semicolons or tabs; denser rows are averaged.
  --limits so2=35,nox=50,cod=50@day   限值（默认气按小时、水按日）limits, hourly for gas and daily for water unless said
  例 example: mingjian detect --csv plant.csv --o2-ref 6 --limits so2=35,nox=50,dust=10 --out alarms.jsonl
`;

/** `so2=35,cod=50@day` → limits by code. Throws a UsageError that names the part it cannot read. */
async function limitsOf(text: string): Promise<{ factor: string; limit: string; period: 'hour' | 'day' }[]> {
  const { codeOf } = await import('../csv/csv-series.ts');
  return text.split(',').filter(Boolean).map((part) => {
    const match = /^\s*([^=]+)=(\d+(?:\.\d+)?)(?:@(hour|day))?\s*$/u.exec(part);
    const factor = codeOf(match?.[1] ?? '');
    if (match === null || factor === undefined) throw new UsageError(`--limits: 读不懂 cannot read: ${part}`);
    const period = match[3] ?? (factor.startsWith('a') ? 'hour' : 'day');
    return { factor, limit: match[2] as string, period: period as 'hour' | 'day' };
  });
}

type Input = { readonly registryDir: string; readonly capture: string; readonly done: () => void };

async function inputOf(options: Options): Promise<Input> {
  const { csv, registry, capture } = options;
  if (csv === undefined) {
    if (registry === undefined || capture === undefined) throw new UsageError('需要 --registry 与 --capture，或 --csv · --registry and --capture are needed, or --csv');
    return { registryDir: registry, capture, done: () => undefined };
  }
  const { csvText, readCsvSeries } = await import('../csv/csv-series.ts');
  const { writeCsvProvince } = await import('../csv/csv-province.ts');
  const limits = await limitsOf(options.limits);
  const { series, notes } = readCsvSeries(csvText(readFileSync(csv)));
  const without = limits.find(({ factor }) => !series.some((one) => one.values.has(factor)));
  if (without !== undefined) throw new UsageError(`--limits: 文件没有这一因子的数值 the file has no values of ${without.factor}`);
  const dir = mkdtempSync(join(tmpdir(), 'mingjian-csv-'));
  const written = writeCsvProvince(dir, series, { industry: options.industry, o2Ref: options.o2Ref, limits });
  for (const { zh, en } of [...notes, ...written.notes]) process.stderr.write(`${zh} · ${en}\n`);
  return { registryDir: dir, capture: written.capture, done: () => rmSync(dir, { recursive: true }) };
}

export const detect: Register = (program) =>
  void program
    .command('detect')
    .description('离线研判：登记表与报文入，预警出 · the whole pipeline offline: register and capture in, alarms out')
    .option('--registry <dir>', '登记表文件夹 folder of register files')
    .option('--capture <file>', '报文记录（.gz、.zst 亦可）capture, also .gz or .zst')
    .option('--csv <file>', '代替以上两项：任意 CSV 时间序列 instead of both: any CSV of values over time (see below)')
    .option('--industry <name>', '与 --csv：行业 with --csv: industry', '')
    .option('--o2-ref <percent>', '与 --csv：基准氧含量，用于折算 with --csv: reference oxygen for converted values', fraction('--o2-ref', 0, 20))
    .option('--limits <list>', '与 --csv：限值 with --csv: limits, e.g. so2=35,nox=50', '')
    .requiredOption('--out <file>', '输出 alarms.jsonl')
    .option('--models <ids>', '只用这些模型，如 A01,B01 · only these models')
    .option('--as-of <time>', '只用当时所知 only what was known at this time', moment('--as-of'))
    .addHelpText('after', CSV_HELP)
    .action(async (options: Options) => {
      const { out, models, asOf } = options;
      const { runDetect } = await import('#analysis');
      const bar = progressBar('研判 detecting');
      const ids = models?.split(',').map((id) => id.trim().toUpperCase());
      const usage = (error: unknown): never => {
        throw error instanceof RangeError || (error as NodeJS.ErrnoException).code === 'ENOENT' ? new UsageError((error as Error).message) : error;
      };
      const input = await inputOf(options).catch(usage);
      try {
        const report = await runDetect({
          registryDir: input.registryDir, capture: input.capture, out,
          ...(ids === undefined ? {} : { models: ids }),
          ...(asOf === undefined ? {} : { asOf }),
          onProgress: ({ bytes, total }) => bar(bytes, total),
        }).catch(usage);
        for (const { file, line, column, zh, en } of report.registerProblems) process.stderr.write(`${file}:${line} ${column}: ${zh} ${en}\n`);
        for (const { outfall, model, reason } of report.exceptions) process.stderr.write(`${outfall} ${model}: EXCEPTION ${reason}\n`);
        say(`${report.outfalls} 个排放口 outfalls · ${report.frames} 帧 frames · 损坏 damaged ${report.damaged} · 预警 alarms ${report.alarms.length} → ${out}`);
        if (report.registerProblems.length + report.exceptions.length > 0) process.exitCode = 1;
      } finally {
        input.done();
      }
    });
