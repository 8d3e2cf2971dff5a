export { disclosureHandlers } from './on-case-events.ts';
export { preparePublication, type DisclosureDeps } from './prepare-publication.ts';
export { answerReport, lookUpReport, reportProblem } from './public-report.ts';
export { PUBLICATION_STATES, type Publication } from './publication.ts';
export { actOnPublication, type PublicationCommand } from './publish-decision.ts';
export { redact } from './redact.ts';
export { disclosureRoutes } from './routes.ts';
export { findPublication, isPublished } from './store.ts';
