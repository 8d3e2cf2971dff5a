import { readConfig } from '#platform/config';
import { silentLogger } from '#platform/log';
import type { Domain } from './compose-domain.ts';
import { runningAddresses } from './engine-addresses.ts';
import { openPlatform, type OpenPlatform } from './open-platform.ts';
import { holdData } from './hold-data.ts';
import { startEngines, type Engines } from './start-engines.ts';

/**
 * Runs a command on the platform's data: beside the running platform if there is one, else with engines started for the
 * moment of the command. Beside a demonstration it lives by the demonstration's clock.
 */
export async function withPlatform<T>(work: (platform: OpenPlatform) => Promise<T>): Promise<T> {
  const config = readConfig();
  const running = runningAddresses(config);
  const bringsOwn = running === undefined && (config.databaseUrl === undefined || config.clickhouseUrl === undefined);
  const release = bringsOwn ? holdData(config) : undefined;
  let engines: Engines | undefined;
  try {
    engines = bringsOwn ? await startEngines(config) : undefined;
    const { databaseUrl, clickhouseUrl } = running ?? engines ?? config;
    const platform = await openPlatform('command', { ofData: true, connections: 4, log: silentLogger(), config: { ...config, databaseUrl, clickhouseUrl } });
    try {
      return await work(platform);
    } finally {
      await platform.close();
    }
  } finally {
    await engines?.stop();
    release?.();
  }
}

export const withDomain = <T>(work: (domain: Domain) => Promise<T>): Promise<T> =>
  withPlatform(async (platform) => {
    // Half of what there is to load; commands that need no more than the stores answer sooner without.
    const { composeDomain } = await import('./compose-domain.ts');
    const domain = await composeDomain(platform);
    try {
      return await work(domain);
    } finally {
      domain.close();
    }
  });
