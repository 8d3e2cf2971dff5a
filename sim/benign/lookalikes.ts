import type { KindTable } from '../event.ts';
import { FURNACE_AND_DRAIN_LOOKALIKES } from './furnace-and-drains.ts';
import { INSTRUMENT_LOOKALIKES } from './instrument-work.ts';
import { PLANT_LOOKALIKES } from './plant-changes.ts';

/** Planned look-alikes. Those of everyday life (stops, calibrations, rain, outages …) arise by themselves and are labelled there. */
export const LOOKALIKES: KindTable = { ...INSTRUMENT_LOOKALIKES, ...PLANT_LOOKALIKES, ...FURNACE_AND_DRAIN_LOOKALIKES };

/** How often each look-alike comes to an outfall, per 60 days. */
export const LOOKALIKE_RATE: Readonly<Record<string, number>> = {
  sensor_replaced: 0.35, analyser_fault: 0.6, fuel_switch: 0.5, low_load: 0.8, order_obeyed: 0.25, steady_plant: 0.25,
  ageing: 0.15, site_blackout: 0.3, odd_door: 0.48, resend: 0.35,
  // Placed last, so that the others lie where they always lay.
  declared_tank_schedule: 0.5, furnace_dip: 0.9, furnace_fault: 0.8, thermocouple_slag: 0.6, hydrant_test: 0.8,
};
