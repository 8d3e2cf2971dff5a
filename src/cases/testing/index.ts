export * from './deps.ts';
export { openDoor } from './open-door.ts';
export { evidence, sample } from './sample-commands.ts';
export { CHECKLIST, filingOf, inquiryAt, walkCase, type Stage } from './walk-case.ts';
