export { createHttp, problemOf, refuse, type App } from './http.ts';
