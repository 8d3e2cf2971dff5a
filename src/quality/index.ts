export * from './flags.ts';
export * from './series.ts';
export * from './marks.ts';
export * from './conversion.ts';
export * from './means.ts';
export * from './rollup.ts';
export * from './facts.ts';
export { factsOf, stampOf, type FactProfile } from './read-facts.ts';
