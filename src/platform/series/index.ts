export { migrateSeries, openSeries, type Series } from './client.ts';
export type { Column, ColumnTable } from './native.ts';
