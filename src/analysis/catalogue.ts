import { MODELS } from './models/index.ts';
import type { Model } from './contract.ts';

/** Every model, in the order of their ids. */
export const modelCatalogue: readonly Model[] = [...MODELS].sort((a, b) => (a.id < b.id ? -1 : 1));

/** The model of the catalogue with this id (`A01` … `G11`); undefined where there is none. */
export const modelById = (id: string): Model | undefined => modelCatalogue.find((model) => model.id === id);
