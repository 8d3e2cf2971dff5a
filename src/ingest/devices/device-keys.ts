import type { Instant } from '#kernel';
import type { Database } from '#platform/db';
import type { Logger } from '#platform/log';
import { lazyBox, type SecretBox } from '#platform/secrets';
import { deviceKeysAfter } from '../store/device-keys.ts';

/** SM4 keys of devices in memory (HJ 212-2025): an answer at once, for the live path. */
export interface DeviceKeys {
  /** The key of a device for what was received at `at`; undefined where it had none. */
  keyAt(mn: string, at: Instant): Uint8Array | undefined;
  /** That key, the one before it and the one after it, as far as there are any. */
  keysAbout(mn: string, at: Instant): Uint8Array[];
  /** Takes in what was given since the last look. */
  renew(): Promise<void>;
}

/** The box that device keys are sealed in: key file `device-keys.key`, or `MINGJIAN_DEVICE_KEY` from a key store. */
export const deviceKeyBox = (dataDir: string | undefined): (() => SecretBox) => lazyBox(dataDir, 'device-keys.key', 'MINGJIAN_DEVICE_KEY');

interface Held {
  readonly since: number;
  readonly key: Uint8Array | undefined;
}

/** Reads all keys and follows what is added. A key that does not open (the key file was lost) is logged and counts as none. */
export async function followDeviceKeys({ db, log }: { readonly db: Database; readonly log: Logger }, box: () => SecretBox): Promise<DeviceKeys> {
  const held = new Map<string, Held[]>();
  let seen = 0;
  const opened = (mn: string, sealed: string): Uint8Array | undefined => {
    try {
      return box().open(sealed, mn);
    } catch (error) {
      log.error({ err: error, mn }, 'the key of a device does not open: what it enciphers cannot be read');
      return undefined;
    }
  };
  const renew = async (): Promise<void> => {
    for (const { seq, mn, since, sealed } of await deviceKeysAfter(db, seen)) {
      if (seq <= seen) continue;
      held.set(mn, [...(held.get(mn) ?? []), { since, key: sealed === null ? undefined : opened(mn, sealed) }]);
      seen = seq;
    }
  };
  await renew();
  return {
    renew,
    keyAt: (mn, at) => held.get(mn)?.findLast(({ since }) => since <= at)?.key,
    keysAbout(mn, at) {
      const all = held.get(mn) ?? [];
      const now = all.findLastIndex(({ since }) => since <= at);
      return [all[now], all[now - 1], all[now + 1]].flatMap((one) => one?.key ?? []);
    },
  };
}
