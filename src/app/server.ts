import { runChild } from './child.ts';
import { composeDomain } from './compose-domain.ts';
import { composeServer } from './compose-server.ts';
import { openPlatform } from './open-platform.ts';

await runChild(async () => {
  const platform = await openPlatform('server');
  const domain = await composeDomain(platform);
  const app = await composeServer(domain);
  await app.listen({ host: platform.config.host, port: platform.config.httpPort });
  return {
    async stop() {
      await app.close();
      domain.close();
      await platform.close();
    },
  };
});
