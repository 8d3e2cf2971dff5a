export * from './deps.ts';
export { openDoor } from './open-door.ts';
export { evidence, sample } from './sample-commands.ts';
export { CHECKLIST, filingOf, walkCase, type Stage } from './walk-case.ts';
