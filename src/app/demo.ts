import { runChild } from './child.ts';

await runChild(async () => ({ stop: async () => undefined }));
