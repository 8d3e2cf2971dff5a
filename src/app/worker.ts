import { sealReadings } from '#access';
import { judgeArrivals } from '#analysis';
import { appendLeaf, openLog } from '#evidence';
import { sealFrames, sweepIncompleteMessages } from '#ingest';
import { dataFolder } from '#platform/config';
import { sweepDeadlines } from '#platform/deadlines';
import { sweepKeys } from '#platform/http';
import { raiseMarks } from '#platform/outbox';
import { newId } from '#platform/ids';
import { createMetrics, shareMetrics } from '#platform/metrics';
import { checkDaily } from './check-daily.ts';
import { runChild, StartRefused } from './child.ts';
import { quotaSweep, releaseHeld } from '#supervision';
import { composeDomain } from './compose-domain.ts';
import { handOn, HANDLERS, seal } from './hand-on.ts';
import { yieldProcessor } from '#platform/processor';
import { openPlatform } from './open-platform.ts';
import { repeat } from './repeat.ts';
import { showWorker } from './worker-metrics.ts';

const DRAIN_MS = 300;
const SWEEP_MS = 1_000;
const CHECKPOINT_MS = 10_000;
const QUOTA_MS = 5_000;
const RELEASE_MS = 2_000;
const SPLIT_SWEEP_MS = 60_000;
const KEYS_MS = 60_000;
const MARKS_MS = 600_000;
const READINGS_MS = 5_000;
const SEAL_MS = 60_000;
/** How often is looked whether the daily walk is due. */
const CHECK_MS = 600_000;

// Where they share processors, an acknowledgement comes before a judgement.
yieldProcessor();

await runChild(async () => {
  const platform = await openPlatform('worker');
  const domain = await composeDomain(platform);
  const opened = await openLog(domain.evidence, newId('node'));
  if (!opened.ok) throw new StartRefused(`${opened.zh} ${opened.en}`);
  const lookAtAmounts = quotaSweep(domain.supervision);
  const metrics = createMetrics('worker');
  const rounds = showWorker(metrics, platform);
  const judge = { ...platform, registry: domain.registry, devices: domain.devices, memoryBytes: platform.config.judgeMemoryMb * 1024 ** 2 };
  const judging = judgeArrivals(judge, (ok, seconds) => rounds.note('judging', ok, seconds));
  const loop = (pauseMs: number, what: string, work: () => Promise<unknown>, first?: 'after a pause') => repeat(pauseMs, platform.log, what, rounds.counted(what, work), first);
  const loops = [
    loop(DRAIN_MS, 'outbox', () => handOn(domain)),
    loop(MARKS_MS, 'marks of the outbox', () => raiseMarks(platform, HANDLERS)),
    loop(SWEEP_MS, 'deadlines', () => sweepDeadlines(platform)),
    loop(CHECKPOINT_MS, 'checkpoint', () => seal(domain)),
    loop(RELEASE_MS, 'held notices', () => releaseHeld(domain.supervision)),
    // A few in each turn, never a burst: no amount is in a hurry.
    loop(QUOTA_MS, 'permitted quantities', async () => void (await lookAtAmounts())),
    loop(READINGS_MS, 'readings of evidence', async () => void (await sealReadings({ db: platform.db, seal: (tx, leaf) => appendLeaf(tx, platform.clock, leaf) }))),
    loop(SEAL_MS, 'sealing of frames', () => sealFrames(platform)),
    loop(CHECK_MS, 'walk of the evidence log', () => checkDaily(domain), 'after a pause'),
    loop(KEYS_MS, 'keys of acts', () => sweepKeys(platform)),
    loop(SPLIT_SWEEP_MS, 'split messages', () => sweepIncompleteMessages(platform)),
  ];
  const sharing = shareMetrics(metrics.registry, dataFolder(platform.config, 'run'), 'worker', platform.log);
  return {
    async stop() {
      await Promise.all([sharing.stop(), judging.stop(), ...loops.map((one) => one.stop())]);
      await seal(domain).catch(() => undefined);
      domain.close();
      await platform.close();
    },
  };
});
