import { openPlatform } from './open-platform.ts';
import { runChild } from './child.ts';

await runChild(async () => {
  const platform = await openPlatform('worker');
  return { stop: () => platform.close() };
});
