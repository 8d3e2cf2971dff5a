import type { Attributes, DeviceRole, Registry } from '#register';
import type { DeviceKeys } from './device-keys.ts';
import type { Device, DeviceDirectory } from './device-directory.ts';
import type { CrcVariant, DeviceProfile, Edition } from '../hj212/index.ts';

const EDITIONS: ReadonlySet<string> = new Set(['2005', '2017', '2025']);
const VARIANTS: ReadonlySet<string> = new Set(['modbus', 'modbus-swapped', 'short', 'none']);

/**
 * The profile of a device from extra columns of `outfalls.csv` (docs/register-files.md), which the import has checked:
 * those of its role (`door_hj212_crc`) before those of the outfall (`hj212_crc`). Undefined when nothing departs from the standard.
 */
export function profileOf(attributes: Attributes, role: DeviceRole = 'data'): DeviceProfile | undefined {
  const said = (name: string) => attributes[`${role}_hj212_${name}`] ?? attributes[`hj212_${name}`];
  const edition = said('edition');
  const dataTime = said('data_time');
  const units = said('units');
  const crc = (said('crc') ?? '')
    .split('|')
    .filter((text) => text !== '')
    .map((text): CrcVariant => (VARIANTS.has(text) ? (text as CrcVariant) : { constant: text }));
  const profile: DeviceProfile = {
    ...(edition !== undefined && EDITIONS.has(edition) ? { edition: edition as Edition } : {}),
    ...(crc.length > 0 ? { crc } : {}),
    ...(said('length') === 'tolerate' ? { tolerateLength: true } : {}),
    ...(said('reading') === 'strict' ? { strict: true } : {}),
    ...(dataTime === 'start' || dataTime === 'end' ? { dataTimeMarks: dataTime } : {}),
    ...(units === undefined ? {} : { units: unitsOf(units) }),
  };
  return Object.keys(profile).length > 0 ? profile : undefined;
}

/** `w00000=m3/h|a34013=ug/m3` → unit by factor. */
const unitsOf = (text: string): Record<string, string> =>
  Object.fromEntries(text.split('|').map((pair) => pair.split('=').map((part) => part.trim()) as [string, string]));

/**
 * The register as ingest sees it. `registry` is asked anew each time, so a change counts from the next frame on.
 * `keys` are the SM4 keys of devices, which are not in the register files; without them nothing is deciphered.
 */
export function directoryOfRegister(registry: () => Registry, keys?: DeviceKeys): DeviceDirectory {
  let known: Registry | undefined;
  let devices = new Map<string, Device | undefined>();
  return {
    ...(keys === undefined ? {} : { renew: () => keys.renew() }),
    deviceOf(mn) {
      const current = registry();
      if (current !== known) {
        known = current;
        devices = new Map();
      }
      if (!devices.has(mn)) {
        // Strangers' MNs are made up without end; they are not remembered.
        const device = lookUp(current, mn, keys);
        if (device === undefined) return undefined;
        devices.set(mn, device);
      }
      return devices.get(mn);
    },
  };
}

function lookUp(registry: Registry, mn: string, keys: DeviceKeys | undefined): Device | undefined {
  const [first] = registry.deviceOf(mn);
  if (first === undefined) return undefined;
  const [outfall] = first.outfalls;
  const attributes = outfall === undefined ? {} : (registry.outfall(outfall)?.attributes ?? {});
  const profile = profileOf(attributes, first.role);
  const peers = (attributes[`${first.role}_hj212_peers`] ?? attributes['hj212_peers'])?.split('|').filter((text) => text !== '');
  return {
    mn,
    outfalls: first.outfalls,
    role: first.role,
    ...(profile ? { profile } : {}),
    ...(keys ? { keyAt: (at) => keys.keyAt(mn, at), keysAbout: (at) => keys.keysAbout(mn, at) } : {}),
    ...(peers && peers.length > 0 ? { peers } : {}),
  };
}
