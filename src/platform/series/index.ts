export { migrateSeries, openSeries, type Series } from './client.ts';
export { ReadingRoom } from './read-columns.ts';
export type { Column, ColumnTable } from './native.ts';
