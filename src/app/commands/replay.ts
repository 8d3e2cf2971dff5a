import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { systemClock } from '#platform/clock';
import { readConfig } from '#platform/config';
import { say } from '../terminal.ts';
import { UsageError, type Register } from './command.ts';

interface Options {
  speed: string;
  asRecorded?: boolean;
  host: string;
  port?: string;
}

export const replay: Register = (program) =>
  void program
    .command('replay')
    .description('像设备一样重放报文记录 feed a capture into a running platform over TCP, as devices would')
    .argument('<capture...>', '报文记录（.gz、.zst 亦可）')
    .option('--speed <n>', '倍速，或 max · times faster than recorded, or max', '1')
    .option('--as-recorded', '保留原时间，经导入口进入 keep QN and DataTime; goes through the import door, marked')
    .option('--host <name>', '平台地址', '127.0.0.1')
    .option('--port <n>', '设备端口 (HJ212_PORT)')
    .action(async (captures: string[], { speed, asRecorded = false, host, port }: Options) => {
      const factor = speed === 'max' ? ('max' as const) : Number(speed);
      if (factor !== 'max' && !(factor > 0)) throw new UsageError(`--speed: 应为正数或 max expected a positive number or max, got ${speed}`);
      const missing = captures.find((file) => !existsSync(file));
      if (missing !== undefined) throw new UsageError(`没有这个文件 no such file: ${missing}`);
      const { openCapture, runReplay, importCapture, directoryOfRegister, followDeviceKeys, deviceKeyBox } = await import('#ingest');
      for (const file of captures) {
        if (asRecorded) {
          const [{ openRegistry }, { withPlatform }] = await Promise.all([import('#register'), import('../with-platform.ts')]);
          const report = await withPlatform(async (platform) => {
            const known = await openRegistry(platform.db);
            const keys = await followDeviceKeys(platform, deviceKeyBox(platform.config.dataDir));
            return importCapture({ ...platform, directory: directoryOfRegister(() => known, keys) }, openCapture(file), { source: basename(file) });
          });
          say(`${file}: 接收 accepted ${report.accepted} · 重复 duplicates ${report.duplicates} · 冲突 conflicts ${report.conflicts} · 隔离 quarantined ${report.quarantined} · 拒收 refused ${report.refused} · 损坏 damaged ${report.damagedLines.length}`);
          continue;
        }
        const target = { host, port: port === undefined ? readConfig().hj212Port : Number(port), speed: factor, clock: systemClock() };
        const report = await runReplay(() => openCapture(file), target).catch((error: NodeJS.ErrnoException) => {
          throw error.code === 'ECONNREFUSED' ? new UsageError(`平台未运行 nothing listens on ${host}:${target.port}`) : error;
        });
        say(`${file}: 发送 sent ${report.sent} · 应答 answered ${report.answered} · 未移时 unshifted ${report.unshifted} · 损坏 damaged ${report.damagedLines}`);
      }
    });
