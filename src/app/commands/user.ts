import { createInterface } from 'node:readline/promises';
import type { KeepDeps, Role } from '#access';
import { asId, type AuthorityId, type Result, type RegionKey, type UnitId } from '#kernel';
import type { Command } from 'commander';
import { say } from '../terminal.ts';
import { UsageError, type Register } from './command.ts';
import { asOperator, requireRegion } from './operator.ts';

interface AddOptions {
  name: string;
  roles: string;
  region?: string;
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

async function readRoles(text: string): Promise<Role[]> {
  const { isRole, ROLES } = await import('#access');
  const wanted = text.split(',').map((role) => role.trim()).filter((role) => role !== '');
  const unknown = wanted.filter((role) => !isRole(role));
  if (unknown.length > 0) throw new UsageError(`没有这个角色 no such role: ${unknown.join(', ')} (${Object.keys(ROLES).join(', ')})`);
  return [...new Set(wanted.filter(isRole))];
}

function listing(command: Command): void {
  command
    .command('list')
    .description('全部账号 every account')
    .option('--json', '输出 JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const [{ allAccounts }, { withPlatform }] = await Promise.all([import('#access'), import('../with-platform.ts')]);
      const accounts = (await withPlatform(({ db }) => allAccounts(db))).map(({ passwordHash: _hash, ...shown }) => shown);
      if (json === true) return say(JSON.stringify(accounts));
      for (const { login, name, authorityId, unitId, company, roles, disabledAt } of accounts) {
        say(`${login.padEnd(20)} ${disabledAt === null ? '在用 active  ' : '停用 disabled'} ${name}（${authorityId ?? unitId ?? company ?? '—'}）${roles.join(', ')}`);
      }
    });
}

function adding(command: Command): void {
  command
    .command('add')
    .description('新增账号 add an account; the password comes from MINGJIAN_PASSWORD or the terminal')
    .argument('<login>')
    .requiredOption('--name <name>', '姓名')
    .requiredOption('--roles <roles>', '角色，逗号分隔 roles, by comma')
    .option('--region <key>', '区域，不写则为本平台的区域 region; that of this platform when not given')
    .option('--authority <id>', '所属机关')
    .option('--unit <id>', '所属单位')
    .action(async (login: string, { name, roles, region, authority, unit }: AddOptions) => {
      const { createAccount } = await import('#access');
      const wanted = await readRoles(roles);
      if (region !== undefined) await requireRegion(region);
      const password = await askPassword();
      say(await asOperator('access.grant', `user add ${login}`, (deps, { accountId, region: own }) => createAccount(deps, {
        login, name, password, roles: wanted, region: region === undefined ? own : asId<RegionKey>(region),
        ...(authority === undefined ? {} : { authorityId: asId<AuthorityId>(authority) }),
        ...(unit === undefined ? {} : { unitId: asId<UnitId>(unit) }),
      }, accountId)));
    });
}

function ending(command: Command): void {
  for (const [act, words] of [['disable', '停用：立即失去权限并退出全部会话 end a person\'s rights and sessions at once'], ['enable', '恢复：以原有角色重新登录 let a person in again'] ] as const) {
    command.command(act).description(words).argument('<login>').action(async (login: string) => {
      const { disableAccount, enableAccount } = await import('#access');
      const work = act === 'disable' ? disableAccount : enableAccount;
      say(await asOperator('access.keep-accounts', `user ${act} ${login}`, (deps, actor) => work(deps, actor, login)));
    });
  }
}

/** Factors of a person who is named by his sign-in name. */
async function takeFactorsOff(deps: KeepDeps, login: string, by: Parameters<typeof import('#access').resetFactors>[2], reason: string): Promise<Result<null>> {
  const { accountByLogin, refuseAccess, resetFactors } = await import('#access');
  const account = await accountByLogin(deps.db, login);
  return account === undefined ? refuseAccess('ACCESS-005', { field: 'login' }) : resetFactors(deps, account.accountId, by, reason);
}

function resetting(command: Command): void {
  command
    .command('reset')
    .description('重设密码（本人下次登录须改），或解除全部第二重验证 give a new password, to be changed at the next sign-in, or take all second factors off')
    .argument('<login>')
    .option('--password', '新密码经 MINGJIAN_PASSWORD 或终端输入 a new password, from MINGJIAN_PASSWORD or the terminal')
    .option('--factors <reason>', '解除全部第二重验证，写明理由 take all second factors off, with the reason')
    .action(async (login: string, { password, factors }: { password?: boolean; factors?: string }) => {
      if (password !== true && factors === undefined) throw new UsageError('须指明 --password 或 --factors say which: --password or --factors');
      if (password === true) {
        const { resetPassword } = await import('#access');
        const given = await askPassword();
        await asOperator('access.keep-accounts', `user reset ${login} --password`, (deps, actor) => resetPassword(deps, actor, login, given));
        say('密码已重设，原会话已结束 the password is new, open sessions have ended');
      }
      if (factors !== undefined) {
        await asOperator('access.factor-reset', `user reset ${login} --factors`, (deps, { accountId }) => takeFactorsOff(deps, login, accountId, factors));
        say('第二重验证已解除 second factors are taken off');
      }
    });
}

function granting(command: Command): void {
  command
    .command('roles')
    .description('查看角色，或以 --set 改为这些 roles of an account, or with --set exactly these')
    .argument('<login>')
    .option('--set <roles>', '角色，逗号分隔 roles, by comma')
    .action(async (login: string, { set }: { set?: string }) => {
      const { accountByLogin, ROLES, setRoles } = await import('#access');
      if (set !== undefined) {
        const wanted = await readRoles(set);
        await asOperator('access.grant', `user roles ${login}`, (deps, actor) => setRoles(deps, actor, login, wanted));
      }
      const { withPlatform } = await import('../with-platform.ts');
      const account = await withPlatform(({ db }) => accountByLogin(db, login));
      if (account === undefined) throw new UsageError(`没有这个账号 no such account: ${login}`);
      for (const role of account.roles) say(`${role.padEnd(20)} ${ROLES[role].zh} ${ROLES[role].en}`);
    });
}

export const user: Register = (program) => {
  const command = program.command('user').description('账号管理 accounts');
  for (const part of [listing, adding, ending, resetting, granting]) part(command);
};
