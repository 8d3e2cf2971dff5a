export { freePort } from './keep-alive.ts';
export { startPostgres, type PostgresEngine } from './postgres.ts';
export { startSeriesEngine, type SeriesEngine } from './series.ts';
