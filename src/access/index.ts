export * from './actor.ts';
export * from './decide-access.ts';
export * from './duties.ts';
export * from './permissions.ts';
export * from './roles.ts';
