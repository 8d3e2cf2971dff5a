import { judgeArrivals } from '#analysis';
import { casesHandlers } from '#cases';
import { deliveryHandlers } from '#delivery';
import { disclosureHandlers } from '#disclosure';
import { documentsHandlers } from '#documents';
import { makeCheckpoint, openLog } from '#evidence';
import { drainOutbox } from '#platform/outbox';
import { sweepDeadlines } from '#platform/deadlines';
import { newId } from '#platform/ids';
import { reviewHandlers } from '#review';
import { supervisionHandlers } from '#supervision';
import { runChild } from './child.ts';
import { composeDomain, type Domain } from './compose-domain.ts';
import { openPlatform } from './open-platform.ts';
import { repeat } from './repeat.ts';

const DRAIN_MS = 300;
const SWEEP_MS = 1_000;
const CHECKPOINT_MS = 10_000;

/** Gives waiting events to the steps they are for; the modules stay apart, so each has its own dependencies. */
async function handOn(domain: Domain): Promise<number> {
  const { platform, supervision, review, cases } = domain;
  const rounds = [
    await drainOutbox(platform, documentsHandlers),
    await drainOutbox(platform, deliveryHandlers),
    await drainOutbox(supervision, supervisionHandlers),
    await drainOutbox(review, reviewHandlers),
    await drainOutbox(cases, casesHandlers),
    await drainOutbox(domain.disclosure, disclosureHandlers),
  ];
  return rounds.reduce((sum, handled) => sum + handled, 0);
}

async function seal(domain: Domain): Promise<void> {
  for (let more = true; more; ) {
    const outcome = await makeCheckpoint(domain.evidence);
    more = outcome.made && outcome.more;
  }
}

await runChild(async () => {
  const platform = await openPlatform('worker');
  const domain = await composeDomain(platform);
  const opened = await openLog(domain.evidence, newId('node'));
  if (!opened.ok) throw new Error(`${opened.zh} ${opened.en}`);
  const judging = judgeArrivals({ ...platform, registry: domain.registry });
  const loops = [
    repeat(DRAIN_MS, platform.log, 'outbox', () => handOn(domain)),
    repeat(SWEEP_MS, platform.log, 'deadlines', () => sweepDeadlines(platform)),
    repeat(CHECKPOINT_MS, platform.log, 'checkpoint', () => seal(domain)),
  ];
  return {
    async stop() {
      await Promise.all([judging.stop(), ...loops.map((loop) => loop.stop())]);
      await seal(domain).catch(() => undefined);
      domain.close();
      await platform.close();
    },
  };
});
