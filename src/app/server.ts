import { loadLaw } from '#law';
import { runChild } from './child.ts';
import { composeServer } from './compose-server.ts';
import { openPlatform } from './open-platform.ts';

await runChild(async () => {
  const platform = await openPlatform('server');
  const law = loadLaw();
  const app = await composeServer({ ...platform, law });
  await app.listen({ host: platform.config.host, port: platform.config.httpPort });
  return {
    async stop() {
      await app.close();
      await platform.close();
    },
  };
});
