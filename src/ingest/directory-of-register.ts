import type { Registry } from '#register';
import type { Device, DeviceDirectory } from './device-directory.ts';
import type { CrcVariant, DeviceProfile, Edition } from './hj212/index.ts';

const EDITIONS: ReadonlySet<string> = new Set(['2005', '2017', '2025']);
const VARIANTS: ReadonlySet<string> = new Set(['modbus', 'modbus-swapped', 'short', 'none']);

/**
 * The device profile from extra columns of `outfalls.csv` (docs/register-files.md): `hj212_edition`, `hj212_crc` (variants joined by `|`,
 * anything else is a constant), `hj212_length` = `tolerate`. Undefined when nothing departs from the standard.
 */
export function profileOf(attributes: Readonly<Record<string, string>>, key?: Uint8Array): DeviceProfile | undefined {
  const edition = attributes['hj212_edition'];
  const crc = (attributes['hj212_crc'] ?? '')
    .split('|')
    .filter((text) => text !== '')
    .map((text): CrcVariant => (VARIANTS.has(text) ? (text as CrcVariant) : { constant: text }));
  const profile: DeviceProfile = {
    ...(edition !== undefined && EDITIONS.has(edition) ? { edition: edition as Edition } : {}),
    ...(crc.length > 0 ? { crc } : {}),
    ...(attributes['hj212_length'] === 'tolerate' ? { tolerateLength: true } : {}),
    ...(key ? { key } : {}),
  };
  return Object.keys(profile).length > 0 ? profile : undefined;
}

/**
 * The register as ingest sees it. `registry` is asked anew each time, so a change counts from the next frame on.
 * `keyOf` gives the SM4 key of a device where one is set; keys are not in the register files.
 */
export function directoryOfRegister(
  registry: () => Registry,
  keyOf: (mn: string) => Uint8Array | undefined = () => undefined,
): DeviceDirectory {
  let known: Registry | undefined;
  let devices = new Map<string, Device | undefined>();
  return {
    deviceOf(mn) {
      const current = registry();
      if (current !== known) {
        known = current;
        devices = new Map();
      }
      if (!devices.has(mn)) {
        // Strangers' MNs are made up without end; they are not remembered.
        const device = lookUp(current, mn, keyOf);
        if (device === undefined) return undefined;
        devices.set(mn, device);
      }
      return devices.get(mn);
    },
  };
}

function lookUp(registry: Registry, mn: string, keyOf: (mn: string) => Uint8Array | undefined): Device | undefined {
  const [first] = registry.deviceOf(mn);
  if (first === undefined) return undefined;
  const [outfall] = first.outfalls;
  const attributes = outfall === undefined ? {} : (registry.outfall(outfall)?.attributes ?? {});
  const profile = profileOf(attributes, keyOf(mn));
  const peers = attributes['hj212_peers']?.split('|').filter((text) => text !== '');
  return {
    mn,
    outfalls: first.outfalls,
    role: first.role,
    ...(profile ? { profile } : {}),
    ...(peers && peers.length > 0 ? { peers } : {}),
  };
}
