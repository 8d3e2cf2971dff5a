import { existsSync } from 'node:fs';
import { asId, type RegionKey } from '#kernel';
import { say } from '../terminal.ts';
import { UsageError, type Register } from './command.ts';

export const region: Register = (program) => {
  const command = program.command('region').description('区域的法律参数 regional profiles of the law: files under law/regions, no settings of a running platform');
  command
    .command('list')
    .description('全部区域 every region')
    .action(async () => {
      const { loadLaw } = await import('#law');
      for (const { key, title, measures, parameters, clocks } of loadLaw().data.regions) {
        say(`${key.padEnd(16)} ${title.zh} ${title.en} · ${measures.title.zh} · 参数 parameters ${parameters.length} · 期限 clocks ${clocks.length}`);
      }
    });
  command
    .command('show')
    .description('一个区域自己的参数、期限和条文出处 what a region sets itself, with its articles; the rest is national')
    .argument('<id>', '区域 region, e.g. jiangsu')
    .action(async (id: string) => {
      const { lawBrowser, loadLaw } = await import('#law');
      const law = loadLaw();
      const profile = law.region(asId<RegionKey>(id));
      if (profile === undefined) throw new UsageError(`没有这个区域 no such region: ${id} (${law.data.regions.map(({ key }) => key).join(', ')})`);
      say(`${profile.key} ${profile.title.zh} ${profile.title.en}\n${profile.measures.title.zh}`);
      for (const { group, id: what, zh, value, validFrom, validTo, source, article, verified } of lawBrowser(law).filter((line) => line.region === id)) {
        say(`${group.padEnd(14)} ${what}${zh === what ? '' : ` ${zh}`} = ${value}\n${' '.repeat(15)}${validFrom}–${validTo ?? ''} ${source} ${article}${verified ? '' : ' （未核实 not verified）'}`);
      }
    });
  command
    .command('check')
    .description('检查一个区域文件，逐处列出错误 check a profile; every problem with file, line and field')
    .argument('<file>', 'YAML')
    .action(async (file: string) => {
      if (!existsSync(file)) throw new UsageError(`没有这个文件 no such file: ${file}`);
      const { checkRegion } = await import('#law');
      const { profile, problems } = checkRegion(file);
      for (const problem of problems) process.stderr.write(`${problem}\n`);
      say(problems.length > 0 || profile === undefined
        ? `${problems.length} 处有误 problems`
        : `可用 holds: ${profile.key} ${profile.title.zh} · 参数 parameters ${profile.parameters.length} · 期限 clocks ${profile.clocks.length} · 未核实 not verified ${profile.parameters.filter(({ verified }) => !verified).length}`);
      process.exitCode = problems.length > 0 ? 1 : 0;
    });
};
