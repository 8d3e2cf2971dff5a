import { openPlatform } from './open-platform.ts';
import { runChild } from './child.ts';

await runChild(async () => {
  const platform = await openPlatform('gateway');
  return { stop: () => platform.close() };
});
