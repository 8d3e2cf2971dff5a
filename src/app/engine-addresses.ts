import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataFolder, type Config } from '#platform/config';
import { holderOf } from './hold-data.ts';

/** Where the engines of a running platform listen, for commands that are typed beside it. */
export interface EngineAddresses {
  readonly pid: number;
  readonly databaseUrl: string;
  readonly clickhouseUrl: string;
}

const fileOf = (config: Config): string => join(dataFolder(config, 'engines'), 'running.json');

export const tellAddresses = (config: Config, addresses: EngineAddresses): void =>
  writeFileSync(fileOf(config), JSON.stringify(addresses), { mode: 0o600 });

export const forgetAddresses = (config: Config): void => rmSync(fileOf(config), { force: true });

/** The addresses of the platform that runs on this data folder; undefined when none does. */
export function runningAddresses(config: Config): EngineAddresses | undefined {
  if (!existsSync(fileOf(config))) return undefined;
  try {
    const addresses = JSON.parse(readFileSync(fileOf(config), 'utf8')) as EngineAddresses;
    return holderOf(config) === addresses.pid ? addresses : undefined;
  } catch {
    return undefined;
  }
}
