import { userInfo } from 'node:os';
import type { Action, Actor, KeepDeps } from '#access';
import { asId, type AccountId, type RegionKey, type Result } from '#kernel';
import { UsageError } from './command.ts';

/** `os:` and the name under which the operating system knows him; where it knows none, his number. */
function nameAtTheMachine(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.() ?? 'unknown');
  }
}

/** Who sits at the machine: an administrator of system and people, in no authority and in no case. */
export function operator(region: string): Actor {
  const name = nameAtTheMachine();
  return { accountId: asId<AccountId>(`os:${name}`), name, roles: ['admin', 'security-admin'], region: asId<RegionKey>(region) };
}

/** @throws UsageError where the law has no profile of the region; names those there are */
export async function requireRegion(key: string): Promise<void> {
  const { loadLaw } = await import('#law');
  const { region, data } = loadLaw();
  if (region(asId<RegionKey>(key)) === undefined) throw new UsageError(`没有这个区域 no such region: ${key} (${data.regions.map((one) => one.key).join(', ')})`);
}

/**
 * Does one administrative act as whoever sits at the machine: through the same permission, use case and leaf as anybody, and noted in
 * the trail whether done or refused.
 *
 * @throws UsageError with the words of the refusal
 */
export async function asOperator<T>(action: Action, words: string, work: (deps: KeepDeps, actor: Actor) => Promise<Result<T>>): Promise<T> {
  const [{ noteCommand, refusalFor }, { appendLeaf }, { withPlatform }] = await Promise.all([import('#access'), import('#evidence'), import('../with-platform.ts')]);
  const result = await withPlatform(async (platform) => {
    const { db, clock, config } = platform;
    const actor = operator(config.regionKey);
    const done: Result<T> = refusalFor(actor, action) ?? (await work({ db, clock, seal: (tx, leaf) => appendLeaf(tx, clock, leaf) }, actor));
    await noteCommand(platform, actor, action, words, done.ok ? 200 : (done.status ?? 409));
    return done;
  });
  if (!result.ok) throw new UsageError(`${result.code}${result.field === undefined ? '' : ` ${result.field}:`} ${result.zh} ${result.en}`);
  return result.value;
}
