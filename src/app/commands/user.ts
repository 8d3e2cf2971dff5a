import { createInterface } from 'node:readline/promises';
import { asId, type AccountId, type AuthorityId, type RegionKey, type UnitId } from '#kernel';
import { say } from '../terminal.ts';
import { UsageError, type Register } from './command.ts';

interface Options {
  name: string;
  roles: string;
  region: string;
  authority?: string;
  unit?: string;
}

/** From the environment or the terminal, never from the command line, where other users of the machine would see it. */
async function askPassword(): Promise<string> {
  const given = process.env['MINGJIAN_PASSWORD'];
  if (given !== undefined) return given;
  if (!process.stdin.isTTY) throw new UsageError('密码经 MINGJIAN_PASSWORD 或终端输入 give the password in MINGJIAN_PASSWORD or at a terminal');
  const line = createInterface({ input: process.stdin, output: process.stderr });
  const password = await line.question('密码 password: ');
  line.close();
  return password;
}

export const user: Register = (program) =>
  void program
    .command('user')
    .description('账号管理 accounts')
    .command('add')
    .argument('<login>')
    .requiredOption('--name <name>', '姓名')
    .requiredOption('--roles <roles>', '角色，逗号分隔 roles, by comma')
    .option('--region <key>', '区域', 'jiangsu')
    .option('--authority <id>', '所属机关')
    .option('--unit <id>', '所属单位')
    .action(async (login: string, { name, roles, region, authority, unit }: Options) => {
      const { createAccount, ROLES } = await import('#access');
      const wanted = roles.split(',').map((role) => role.trim());
      const known = Object.keys(ROLES);
      const unknown = wanted.filter((role) => !known.includes(role));
      if (unknown.length > 0) throw new UsageError(`没有这个角色 no such role: ${unknown.join(', ')} (${known.join(', ')})`);
      const password = await askPassword();
      const { withPlatform } = await import('../with-platform.ts');
      const made = await withPlatform((platform) =>
        createAccount(platform, {
          login, name, password, roles: wanted as (keyof typeof ROLES)[], region: asId<RegionKey>(region),
          ...(authority === undefined ? {} : { authorityId: asId<AuthorityId>(authority) }),
          ...(unit === undefined ? {} : { unitId: asId<UnitId>(unit) }),
        }, asId<AccountId>('command')));
      if (!made.ok) throw new UsageError(`${made.zh} ${made.en}`);
      say(made.value);
    });
