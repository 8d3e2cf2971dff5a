import { existsSync, readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { toRfc3339, instant } from '#kernel';
import { say } from '../terminal.ts';
import { moment, UsageError, type Register } from './command.ts';

/** From a file or standard input, never from the command line, where other users of the machine would see it. */
async function givenKey(file: string | undefined): Promise<string> {
  if (file !== undefined && !existsSync(file)) throw new UsageError(`没有这个文件 no such file: ${file}`);
  if (file !== undefined) return readFileSync(file, 'utf8');
  if (process.stdin.isTTY) process.stderr.write('密钥（32 位十六进制或 16 个字符，Ctrl-D 结束） key (32 hexadecimal digits or 16 characters, then Ctrl-D): ');
  return text(process.stdin);
}

/** What the use cases of keys need, of a platform. */
async function keyDeps() {
  const [ingest, { withPlatform }] = await Promise.all([import('#ingest'), import('../with-platform.ts')]);
  return { ...ingest, withPlatform };
}

export const key: Register = (program) => {
  const command = program.command('key').description('设备 SM4 密钥 (HJ 212-2025) · SM4 keys of devices');
  command
    .command('add')
    .description('给设备一把密钥，或更换；密钥由标准输入或文件读入 · gives a device a key, or another one; read from standard input or a file')
    .argument('<mn>', '设备编号')
    .option('--file <file>', '密钥文件 a file that holds the key')
    .option('--since <time>', '起效时间，默认现在 from when it counts (now)', moment('--since'))
    .action(async (mn: string, { file, since }: { file?: string; since?: number }) => {
      const { deviceKeyBox, giveDeviceKey, parseSm4Key, withPlatform } = await keyDeps();
      const sm4 = parseSm4Key(await givenKey(file));
      if (sm4 === undefined) throw new UsageError('密钥应为 32 位十六进制或 16 个可见字符 a key has 32 hexadecimal digits or 16 visible characters');
      const { openRegistry } = await import('#register');
      const given = await withPlatform(async (platform) => {
        if ((await openRegistry(platform.db)).deviceOf(mn).length === 0) throw new UsageError(`登记表中没有这台设备 the register knows no such device: ${mn}`);
        const command = { mn, key: sm4, by: 'command', since: since === undefined ? undefined : instant(since) };
        return giveDeviceKey({ ...platform, box: deviceKeyBox(platform.config.dataDir) }, command);
      });
      if (!given.ok) throw new UsageError(`${given.zh} ${given.en}`);
      say(`${mn} ${given.value}`);
    });
  command
    .command('list')
    .description('有密钥的设备，只显示指纹 · devices with a key, by fingerprint')
    .action(async () => {
      const { listDeviceKeys, withPlatform } = await keyDeps();
      for (const { mn, fingerprint, since, givenBy } of await withPlatform(({ db }) => listDeviceKeys(db))) {
        say(`${mn} ${fingerprint} ${toRfc3339(since)} ${givenBy}`);
      }
    });
  command
    .command('remove')
    .description('设备自此以明文报送；此前的报文仍可解读 · the device speaks in clear from now on; what came before stays readable')
    .argument('<mn>', '设备编号')
    .action(async (mn: string) => {
      const { deviceKeyBox, removeDeviceKey, withPlatform } = await keyDeps();
      const ended = await withPlatform((platform) => removeDeviceKey({ ...platform, box: deviceKeyBox(platform.config.dataDir) }, mn, 'command'));
      if (!ended.ok) throw new UsageError(`${ended.zh} ${ended.en}`);
    });
};
