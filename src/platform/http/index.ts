export { createHttp, problemOf, refuse, type App } from './http.ts';
export { keepAnswers, sweepKeys } from './idempotency.ts';
export { pageQuery, pageReply } from './paged.ts';
export { takesKey } from './keyed-routes.ts';
