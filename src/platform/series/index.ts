export { migrateSeries, openSeries, type Series } from './client.ts';
export { ColumnRoom } from './column-room.ts';
export type { Column, ColumnTable } from './native.ts';
