import { directoryOfRegister, Gateway } from '#ingest';
import { followRegistry } from '#register';
import { runChild } from './child.ts';
import { openPlatform } from './open-platform.ts';

const REGISTER_LOOK_MS = 1_000;

await runChild(async () => {
  const platform = await openPlatform('gateway', { connections: 6 });
  const registry = await followRegistry(platform.db);
  const looking = setInterval(() => void registry.refresh().catch(() => undefined), REGISTER_LOOK_MS);
  const directory = directoryOfRegister(() => registry.current());
  const gateway = new Gateway({ db: platform.db, clock: platform.clock, log: platform.log, directory });
  await gateway.listen(platform.config.hj212Port, platform.config.host);
  return {
    async stop() {
      clearInterval(looking);
      await gateway.stop();
      await platform.close();
    },
  };
});
