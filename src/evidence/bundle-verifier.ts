import { join } from 'node:path';

const CORE = join(import.meta.dirname, 'verify/main.ts');

/**
 * Writes the offline verifier as ONE JavaScript file that needs Node ≥ 20 and nothing else.
 * @param entry own entry that passes a recomputation to `runVerifier`; the core verifier when not given
 */
export async function bundleVerifier(outFile: string, entry = CORE): Promise<void> {
  // Loaded only here: a running server needs no bundler.
  const { build } = await import('esbuild');
  await build({
    entryPoints: [entry],
    outfile: outFile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    charset: 'utf8',
    legalComments: 'inline',
    logLevel: 'silent',
    // CommonJS dependencies ask for Node's own modules with require().
    banner: {
      js: `#!/usr/bin/env node\nimport { createRequire as mingjianRequire } from 'node:module';\nconst require = mingjianRequire(import.meta.url);`,
    },
  });
}
