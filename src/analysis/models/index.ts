export { MODELS } from './all-models.ts';
export { CATALOGUE, MODEL_CATEGORIES, type CatalogueEntry, type ModelCategory, type ModelState } from './model-catalogue.ts';
export { FUSION_FIT, FUSION_WEIGHTS, JUDGED_KINDS, LOUDEST, voiceOf, withFit, type FusionFit, type FusionKind, type FusionWeights } from './fusion-weights.ts';
export { calibrated, fuse, groupsOf, voicesOf } from './g11-evidence-fusion.ts';
