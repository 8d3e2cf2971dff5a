import { existsSync } from 'node:fs';
import { say } from '../terminal.ts';
import { UsageError, type Register } from './command.ts';

const SIDE_FILES = { doors: '开门记录 doors', power: '用电读数 meter readings', videos: '视频事件 camera events' } as const;

export const registry: Register = (program) => {
  const command = program.command('registry').description('登记表的导入与导出 import and export of register files');
  command
    .command('import')
    .description('导入登记表；有错行则一行也不导入 · imports nothing unless all rows are well')
    .argument('<dir>', '登记表文件夹')
    .option('--partial', '保留正确的行 keep the good rows')
    .option('--authority <id>', '单位所属机关 authority the units belong to', 'JS-QC')
    .option('--region <key>', '区域，默认为本平台的区域 region; by default the one of this platform')
    .action(async (dir: string, { partial = false, authority, region }: { partial?: boolean; authority: string; region?: string }) => {
      if (!existsSync(dir)) throw new UsageError(`没有这个文件夹 no such folder: ${dir}`);
      const [{ wordsOfStandardFinding }, { importRegisterFolder }, { withPlatform }, { loadLaw }] = await Promise.all([import('#register'), import('../csv/register-folder.ts'), import('../with-platform.ts'), import('#law')]);
      const outcome = await withPlatform((platform) => importRegisterFolder({ ...platform, law: loadLaw() }, { dir, by: 'command', home: { authority, region: region ?? platform.config.regionKey }, partial }));
      for (const { file, line, column, value, zh, en } of outcome.problems) {
        process.stderr.write(`${file}:${line} ${column} = ${JSON.stringify(value)}: ${zh} ${en}\n`);
      }
      for (const { kind, key } of outcome.kept) process.stderr.write(`${kind} ${key}: 企业异议已成立，保留更正后的值 an accepted dispute put this right; its outcome stands\n`);
      say(outcome.imported
        ? `新增 added ${outcome.added} · 变更 changed ${outcome.changed} · 不变 unchanged ${outcome.unchanged} · 标记 marks ${outcome.marks}`
        : `${outcome.problems.length} 处有误，未导入 problems; nothing was imported`);
      for (const [kind, { added, changed, unchanged }] of Object.entries(outcome.side)) {
        if (added + changed + unchanged > 0) say(`${SIDE_FILES[kind as keyof typeof SIDE_FILES]} 新增 added ${added} · 变更 changed ${changed} · 不变 unchanged ${unchanged}`);
      }
      for (const finding of outcome.held) {
        const { zh, en } = wordsOfStandardFinding(finding);
        say(`${finding.limit.outfall} ${finding.limit.factor}: ${zh} ${en}`);
      }
      process.exitCode = outcome.problems.length > 0 ? 1 : 0;
    });
  command
    .command('export')
    .description('导出登记表 write the register files')
    .argument('<dir>', '输出文件夹')
    .action(async (dir: string) => {
      const [{ exportRegisterFolder }, { withPlatform }] = await Promise.all([import('../csv/register-folder.ts'), import('../with-platform.ts')]);
      const files = await withPlatform(({ db }) => exportRegisterFolder(db, dir));
      for (const file of files) say(file);
    });
};
