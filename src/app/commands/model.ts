import { say } from '../terminal.ts';
import { UsageError, type Register } from './command.ts';

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

/** Models are looked at here. What is in force is changed by a proposal that one person puts forward and another approves, never by a command. */
export const model: Register = (program) => {
  const command = program.command('model').description('模型的现状 the models as they stand; changing one takes a proposal and its approval on the platform');
  command
    .command('list')
    .description('全部模型，是否启用、有无降级 every model: in force or not, and whether it lost a tier')
    .option('--json', '输出 JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const [{ showStanding }, { withPlatform }] = await Promise.all([import('#analysis'), import('../with-platform.ts')]);
      const items = await withPlatform(({ db, clock }) => showStanding(db, clock.now()));
      if (json === true) return say(JSON.stringify(items));
      for (const { model: id, version, title, inForce, cap } of items) {
        say(`${id.padEnd(6)} ${version.padEnd(7)} ${inForce ? '启用 in force' : '停用 off     '} ${title.zh} ${title.en}${cap === null ? '' : ` · 至多 at most ${cap}`}`);
      }
    });
  command
    .command('show')
    .description('一个模型：参数、依据、近三十日和复核结果 one model: parameters, grounds, last 30 days and what reviews found')
    .argument('<id>', '模型 model, e.g. B01')
    .option('--json', '输出 JSON')
    .action(async (id: string, { json }: { json?: boolean }) => {
      const [{ modelPageOf, showStanding }, { withPlatform }] = await Promise.all([import('#analysis'), import('../with-platform.ts')]);
      const wanted = id.toUpperCase();
      const found = await withPlatform(async ({ db, clock }) => {
        const page = await modelPageOf(db, wanted, clock.now());
        return page === undefined ? undefined : { page, standing: (await showStanding(db, clock.now(), wanted))[0] };
      });
      if (found === undefined) throw new UsageError(`没有这个模型 no such model: ${id}`);
      const { page, standing } = found;
      if (json === true) return say(JSON.stringify({ ...page, standing: standing ?? null }));
      say(`${page.id}@${page.version} ${page.title.zh} ${page.title.en} · ${standing?.inForce === true ? '启用 in force' : '停用 off'}${standing?.cap ? ` · 至多 at most ${standing.cap}` : ''}`);
      say(`${page.about.zh}\n${page.about.source}${page.legalHooks.length === 0 ? '' : ` · ${page.legalHooks.join(', ')}`}`);
      for (const [name, value] of Object.entries(page.params)) say(`  ${name} = ${value}${page.defaults[name] === value ? '' : ` （默认 default ${page.defaults[name]}）`}`);
      for (const { parameter, value, from, proposedBy, approvedBy } of page.history) say(`  ${from} ${parameter} → ${value} · ${proposedBy} / ${approvedBy}`);
      for (const { tier, episodes, cleared } of page.last30Days) say(`近三十日 last 30 days: ${tier} ${episodes}（排除 cleared ${cleared}）`);
      const { right, wrong, low, high } = page.reviewed;
      say(right + wrong === 0 ? '尚无复核结果 nothing reviewed yet' : `复核 reviewed: ${right} 属实 right, ${wrong} 不实 wrong · 95 % ${percent(low)}–${percent(high)}`);
    });
};
