export { sql } from 'kysely';
export { beforeCommit, openDatabase, transact, type Database, type OpenOptions, type Tables, type Tx } from './database.ts';
export { behindCursor, inListOrder, pageOf, type ListOrder, type PageAsked, type PageOf } from './list-page.ts';
export { migrate, readMigrations, type Migration } from './migrate.ts';
export { packable, packBytes, type PackedBytes, packNumbers, packTexts } from './packed.ts';
export { EVERY_ROW, type RowKey, withRows } from './row-key.ts';
