import { personsOf, registerAccess, visibilityOf } from '#access';
import { registerAnalysisRoutes, registerValidityRoutes } from '#analysis';
import { archiveRoutes } from '#archive';
import { caseFileRoutes, caseHoldsPaper, caseRoutes, inquiryRoutes } from '#cases';
import { registerDeliveryRoutes } from '#delivery';
import { disclosureRoutes } from '#disclosure';
import { registerDocumentRoutes } from '#documents';
import { appendLeaf, registerEvidenceRoutes } from '#evidence';
import { registerIngestRoutes } from '#ingest';
import { asId } from '#kernel';
import { localBasis } from '#law';
import type { PlatformDeps } from '#platform';
import { sql } from '#platform/db';
import { createHttp, keepAnswers, type App } from '#platform/http';
import { systemClock } from '#platform/clock';
import { dataFolder } from '#platform/config';
import { allMetrics, createMetrics } from '#platform/metrics';
import { registerQualityRoutes, registerTruthingRoutes } from '#quality';
import { registerDeviceRoutes, registerDisputeRoutes, registerPermitReportRoutes, registerRegisterRoutes, registerStandardRoutes } from '#register';
import { clueHoldsPaper, findClue, reviewRoutes } from '#review';
import { supervisionRoutes } from '#supervision';
import type { Domain } from './compose-domain.ts';
import { checkCsvRoutes } from './csv/check-csv-routes.ts';
import { demoRoutes } from './routes.ts';
import { screenRoutes } from './situation/screen-routes.ts';
import { BUILT_SCREENS, serveScreens } from './screens.ts';

/** All routes of the platform and its built screens behind one gate. Also used by tests, which call it without a port. */
export async function composeServer(domain: Domain, screens = BUILT_SCREENS): Promise<App> {
  const { platform, disclosure, evidence, documents, delivery, supervision, review, cases, registry } = domain;
  const app = await createHttp({ log: platform.log, trustedProxies: platform.config.trustedProxies, cite: (basis, { actor }) => localBasis(domain.law, basis, actor.region) });
  registerAccess(app, { ...platform, seal: (tx, leaf) => appendLeaf(tx, platform.clock, leaf) });
  keepAnswers(app, { ...platform, who: ({ actor }) => personsOf(actor).join(' for ') });
  registerEvidenceRoutes(app, evidence);
  registerRegisterRoutes(app, { ...platform, registry });
  registerStandardRoutes(app, { ...platform, registry, law: domain.law });
  registerDisputeRoutes(app, { ...platform, registry, law: domain.law });
  registerDeviceRoutes(app, { ...platform, registry, law: domain.law });
  registerPermitReportRoutes(app, { ...platform, registry, law: domain.law });
  registerIngestRoutes(app, { ...platform, registry, law: domain.law });
  registerQualityRoutes(app, { ...platform, registry, law: domain.law });
  registerTruthingRoutes(app, { ...platform, registry, law: domain.law, clueOwner: (clueId) => findClue(platform.db, asId(clueId)) });
  registerAnalysisRoutes(app, { ...platform, registry, law: domain.law });
  registerValidityRoutes(app, { ...platform, registry, law: domain.law });
  registerDocumentRoutes(app, {
    ...documents, inReadableFile: async (actor, documentId) => (await caseHoldsPaper(platform.db, visibilityOf(actor, 'case.read'), documentId))
      || clueHoldsPaper(platform.db, visibilityOf(actor, 'review.read'), documentId),
  });
  registerDeliveryRoutes(app, delivery);
  supervisionRoutes(app, supervision);
  reviewRoutes(app, review);
  caseRoutes(app, cases);
  caseFileRoutes(app, cases, documents);
  inquiryRoutes(app, cases, platform.config.iceServers);
  archiveRoutes(app, { ...cases, blobs: platform.blobs });
  disclosureRoutes(app, disclosure);
  checkCsvRoutes(app, { ...platform, registry });
  screenRoutes(app, domain);
  demoRoutes(app, { ...platform, registry });
  operate(app, platform);
  app.get('/api/openapi.json', { config: { action: 'public' }, schema: { hide: true } }, async () => app.swagger());
  serveScreens(app, screens);
  await app.ready();
  return app;
}

/** Health, readiness, metrics: for the machine room, metrics for this machine only. */
function operate(app: App, deps: PlatformDeps): void {
  const metrics = createMetrics('server');
  app.get('/healthz', { config: { action: 'public' }, schema: { hide: true } }, async () => ({ ok: true }));
  app.get('/readyz', { config: { action: 'public' }, schema: { hide: true } }, async (_request, reply) => {
    const [records, series] = await Promise.allSettled([sql`SELECT 1`.execute(deps.db), deps.series.query('SELECT 1')]);
    const state = { records: records.status === 'fulfilled', series: series.status === 'fulfilled' };
    return reply.code(state.records && state.series ? 200 : 503).send(state);
  });
  app.get('/metrics', { config: { action: 'public' }, schema: { hide: true } }, async (request, reply) => {
    // What came through a proxy on this machine came from somewhere else.
    const near = (request.ip === '127.0.0.1' || request.ip === '::1') && request.headers['x-forwarded-for'] === undefined && request.headers['forwarded'] === undefined;
    if (!near) return reply.callNotFound();
    return reply.header('content-type', metrics.registry.contentType).send(await allMetrics(metrics.registry, dataFolder(deps.config, 'run'), systemClock().now()));
  });
}
