import { dataFolder } from '#platform/config';
import { createMetrics, shareMetrics } from '#platform/metrics';
import { ackLatency, deviceKeyBox, directoryOfRegister, followDeviceKeys, Gateway, showGateway } from '#ingest';
import { followRegistry } from '#register';
import { runChild } from './child.ts';
import { openPlatform } from './open-platform.ts';

const REGISTER_LOOK_MS = 1_000;

await runChild(async () => {
  const platform = await openPlatform('gateway', { connections: 6 });
  const registry = await followRegistry(platform.db);
  const keys = await followDeviceKeys(platform, deviceKeyBox(platform.config.dataDir));
  const looking = setInterval(() => void Promise.all([registry.refresh(), keys.renew()]).catch(() => undefined), REGISTER_LOOK_MS);
  const directory = directoryOfRegister(() => registry.current(), keys);
  const metrics = createMetrics('gateway');
  const latency = ackLatency(metrics);
  const gateway = new Gateway({ db: platform.db, clock: platform.clock, log: platform.log, directory, onAnswered: (seconds) => latency.observe(seconds) });
  showGateway(metrics, () => gateway.stats());
  await gateway.listen(platform.config.hj212Port, platform.config.host);
  const sharing = shareMetrics(metrics.registry, dataFolder(platform.config, 'run'), 'gateway', platform.log);
  return {
    async stop() {
      clearInterval(looking);
      await sharing.stop();
      await gateway.stop();
      await platform.close();
    },
  };
});
