export type { Brand } from './brand.ts';
export * from './calendar-day.ts';
export * from './decimal.ts';
export * from './ids.ts';
export * from './measures.ts';
export * from './result.ts';
export * from './selection.ts';
export * from './time.ts';
