import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'sim/**/*.test.ts', 'test/**/*.test.ts'],
    globalSetup: ['test/global-setup.ts'],
    reporters: ['default', './test/final-line-reporter.ts'],
    pool: 'forks',
    maxWorkers: 2,
    // No file changes what another imports, and every file has a database of its own: the modules are read once for each worker.
    isolate: false,
    testTimeout: 120_000,
    hookTimeout: 180_000,
  },
});
