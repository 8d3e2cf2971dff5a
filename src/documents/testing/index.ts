export * from './ofd-writer.ts';
