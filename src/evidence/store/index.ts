export * from './checkpoints.ts';
export * from './leaves.ts';
export * from './tiles.ts';
