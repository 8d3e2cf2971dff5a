import { GAS_INDUSTRIES } from './gas-industries.ts';
import type { Industry, IndustryRow } from './industry.ts';
import { WATER_INDUSTRIES } from './water-industries.ts';

/** Every industry the simulator knows. The order is the default order in which a province is filled. */
export const INDUSTRIES: Readonly<Record<Industry, IndustryRow>> = { ...GAS_INDUSTRIES, ...WATER_INDUSTRIES };

/** The first four trades of the demonstration province; the others are asked for by name. */
export const DEFAULT_INDUSTRIES: readonly Industry[] = ['coal_power', 'waste_inc', 'municipal', 'electroplating'];

export const isIndustry = (text: string): text is Industry => Object.hasOwn(INDUSTRIES, text);
