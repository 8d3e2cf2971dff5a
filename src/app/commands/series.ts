import { say } from '../terminal.ts';
import type { Register } from './command.ts';

export const series: Register = (program) => {
  const command = program.command('series').description('序列库 the series store');
  command
    .command('rebuild')
    .description('由封存报文与报文日志重建序列库（曲线、回测所用） fill the series anew from the sealed frames and the journal')
    .action(async () => {
      const [{ rebuildSeries }, { withDomain }] = await Promise.all([import('#analysis'), import('../with-platform.ts')]);
      const done = await withDomain(({ platform, registry, devices }) => rebuildSeries({ ...platform, registry, devices }));
      say(`${done.frames} 条报文 frames · ${done.outfalls} 个排放口 outfalls`);
    });
};
