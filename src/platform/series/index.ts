export { migrateSeries, openSeries, type Series } from './client.ts';
