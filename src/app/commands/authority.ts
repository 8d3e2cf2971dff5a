import { asId, type AuthorityId, type RegionKey } from '#kernel';
import type { Command } from 'commander';
import { say } from '../terminal.ts';
import { oneOf, type Register } from './command.ts';
import { asOperator, requireRegion } from './operator.ts';

interface AddOptions {
  zh: string;
  en: string;
  level: string;
  prefix: string;
  parent?: string;
  region?: string;
}

function listing(command: Command): void {
  command
    .command('list')
    .description('全部机关 every authority')
    .option('--json', '输出 JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const [{ allAuthorities }, { withPlatform }] = await Promise.all([import('#access'), import('../with-platform.ts')]);
      const all = await withPlatform(({ db }) => allAuthorities(db));
      if (json === true) return say(JSON.stringify(all));
      for (const { authorityId, nameZh, nameEn, level, parentId, region, docPrefix } of all) {
        say(`${authorityId.padEnd(16)} ${level.padEnd(8)} ${parentId ?? '—'} ${region} ${docPrefix} ${nameZh} ${nameEn}`);
      }
    });
}

function adding(command: Command): void {
  command
    .command('add')
    .description('新增机关 add an authority, those above first')
    .argument('<id>', '编号 capital letters, digits and hyphens')
    .requiredOption('--zh <name>', '中文名称 name in Chinese')
    .requiredOption('--en <name>', '英文名称 name in English')
    .requiredOption('--level <level>', '层级 province, city or branch')
    .requiredOption('--prefix <letters>', '文号代字 letters of its document numbers')
    .option('--parent <id>', '上级机关 the authority above')
    .option('--region <key>', '区域，不写则为本平台的区域 region; that of this platform when not given')
    .action(async (id: string, { zh, en, level, prefix, parent, region }: AddOptions) => {
      const { addAuthority } = await import('#access');
      const wanted = oneOf('--level', level, ['province', 'city', 'branch'] as const);
      if (region !== undefined) await requireRegion(region);
      say(await asOperator('access.grant', `authority add ${id}`, (deps, actor) => addAuthority(deps, actor, {
        authorityId: asId<AuthorityId>(id), nameZh: zh, nameEn: en, level: wanted, docPrefix: prefix,
        parentId: parent === undefined ? null : asId<AuthorityId>(parent), region: region === undefined ? actor.region : asId<RegionKey>(region),
      })));
    });
}

export const authority: Register = (program) => {
  const command = program.command('authority').description('机关管理 authorities');
  for (const part of [listing, adding]) part(command);
};
