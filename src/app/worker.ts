import { constants, setPriority } from 'node:os';
import { sealReadings } from '#access';
import { judgeArrivals } from '#analysis';
import { appendLeaf, openLog } from '#evidence';
import { sweepIncompleteMessages } from '#ingest';
import { sweepDeadlines } from '#platform/deadlines';
import { sweepKeys } from '#platform/http';
import { newId } from '#platform/ids';
import { checkDaily } from './check-daily.ts';
import { runChild, StartRefused } from './child.ts';
import { quotaSweep, releaseHeld } from '#supervision';
import { composeDomain } from './compose-domain.ts';
import { handOn, seal } from './hand-on.ts';
import { openPlatform } from './open-platform.ts';
import { repeat } from './repeat.ts';

const DRAIN_MS = 300;
const SWEEP_MS = 1_000;
const CHECKPOINT_MS = 10_000;
const QUOTA_MS = 5_000;
const RELEASE_MS = 2_000;
const SPLIT_SWEEP_MS = 60_000;
const KEYS_MS = 60_000;
const READINGS_MS = 5_000;
const CHECK_MS = 24 * 3_600_000;

// Where they share processors, an acknowledgement comes before a judgement.
setPriority(constants.priority.PRIORITY_BELOW_NORMAL);

await runChild(async () => {
  const platform = await openPlatform('worker');
  const domain = await composeDomain(platform);
  const opened = await openLog(domain.evidence, newId('node'));
  if (!opened.ok) throw new StartRefused(`${opened.zh} ${opened.en}`);
  const lookAtAmounts = quotaSweep(domain.supervision);
  const judging = judgeArrivals({ ...platform, registry: domain.registry, memoryBytes: platform.config.judgeMemoryMb * 1024 ** 2 });
  const loops = [
    repeat(DRAIN_MS, platform.log, 'outbox', () => handOn(domain)),
    repeat(SWEEP_MS, platform.log, 'deadlines', () => sweepDeadlines(platform)),
    repeat(CHECKPOINT_MS, platform.log, 'checkpoint', () => seal(domain)),
    repeat(RELEASE_MS, platform.log, 'held notices', () => releaseHeld(domain.supervision)),
    // A few in each turn, never a burst: no amount is in a hurry.
    repeat(QUOTA_MS, platform.log, 'permitted quantities', async () => void (await lookAtAmounts())),
    repeat(READINGS_MS, platform.log, 'readings of evidence', async () => void (await sealReadings({ db: platform.db, seal: (tx, leaf) => appendLeaf(tx, platform.clock, leaf) }))),
    repeat(CHECK_MS, platform.log, 'walk of the evidence log', () => checkDaily(domain), 'after a pause'),
    repeat(KEYS_MS, platform.log, 'keys of acts', () => sweepKeys(platform)),
    repeat(SPLIT_SWEEP_MS, platform.log, 'split messages', () => sweepIncompleteMessages(platform)),
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
