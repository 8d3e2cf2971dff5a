export { MODELS } from './all-models.ts';
export { CATALOGUE, MODEL_CATEGORIES, type CatalogueEntry, type ModelCategory, type ModelState } from './model-catalogue.ts';
