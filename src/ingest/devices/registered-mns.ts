import type { DeviceMn } from '#kernel';
import type { Outfall, Registry } from '#register';

/** The MNs of an outfall's devices. */
export const mnsOf = ({ mn, doorMn, powerMn, inletMn, processMn }: Outfall): DeviceMn[] =>
  [mn, doorMn, powerMn, inletMn, processMn].filter((one) => one !== undefined);

/** The MNs of all registered devices, each once: a door or power device may serve several outfalls. */
export const registeredMns = (registry: Registry): DeviceMn[] => [...new Set(registry.data.outfalls.flatMap(mnsOf))];
