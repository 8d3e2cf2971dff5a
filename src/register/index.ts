export * from './registry.ts';
export { buildRegistry, limitAppliesOn } from './build-registry.ts';
export { loadRegistry, readRegister, type RegisterReading } from './read-register.ts';
export type { RegisterProblem } from './row-reader.ts';
