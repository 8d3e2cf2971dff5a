import type { Instant } from '#kernel';
import type { DeviceProfile } from '../hj212/index.ts';

/** What ingest has to know of a registered device. */
export interface Device {
  readonly mn: string;
  /** Outfalls it reports for; a door or power device may serve several of a site. */
  readonly outfalls: readonly string[];
  readonly role: 'data' | 'door' | 'power' | 'inlet' | 'process';
  readonly profile?: DeviceProfile;
  /** SM4 key for what was received at a moment (HJ 212-2025). */
  keyAt?(at: Instant): Uint8Array | undefined;
  /** That key, the one before it and the one after it, as far as there are any. */
  keysAbout?(at: Instant): Uint8Array[];
  /** Access password; where set, another one makes the frame suspect (sec:X01). Never logged. */
  readonly password?: string;
  /** Peer addresses it may come from; where set, any other is suspect. */
  readonly peers?: readonly string[];
}

/** The register as the gateway sees it: an answer at once, from memory. */
export interface DeviceDirectory {
  deviceOf(mn: string): Device | undefined;
  /** Takes in keys given since the last look, where there are any to follow. */
  renew?(): Promise<void>;
}

/** How to read what a device sent and we received at `at`; undefined where nothing departs from the standard. */
export function profileAt(device: Device | undefined, at: Instant): DeviceProfile | undefined {
  const key = device?.keyAt?.(at);
  return key === undefined ? device?.profile : { ...device?.profile, key };
}

/** A directory over a fixed list. */
export function directoryOf(devices: Iterable<Device>): DeviceDirectory {
  const byMn = new Map<string, Device>();
  for (const device of devices) byMn.set(device.mn, device);
  return { deviceOf: (mn) => byMn.get(mn) };
}
