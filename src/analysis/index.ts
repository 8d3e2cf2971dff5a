export type { Evaluation, Finding, Model, Outcome, Params, SourceFamily, Tier, Trigger } from './contract.ts';
export { alarmLine, alarmLines, TIER_DIGIT } from './alarm.ts';
export { modelById, modelCatalogue } from './catalogue.ts';
export type { Clue } from './clue.ts';
export type { Episode, Texts, TierStep } from './episode.ts';
export { OutfallEngine, type EngineOptions, type EngineSnapshot, type ModelAnswer } from './engine.ts';
export { runDetect, type DetectOptions, type DetectReport } from './detect.ts';
export { readCapture, type CaptureLine } from './read-capture.ts';
