/** ⑦ Archive: dossier, catalogue, retention, and what goes into the evidence package of a case. */
export { archiveCase, currentDossier } from './archive-case.ts';
export { assembleDossier, missingPapers, type Dossier, type DossierItem, type DossierVolume } from './dossier.ts';
export { packageContentOf, type PackageDeps } from './package-content.ts';
export { archiveHandlers, freezeFile, newestFrozen, type FreezeDeps } from './freeze-file.ts';
export { frozenEditions, type FrozenEdition } from './store/frozen-files.ts';
export { archiveRoutes } from './routes.ts';
export { findDossier, listDossiers, type ArchivedDossier } from './store/dossiers.ts';
