/** The offline verifier's core: Node's own crypto and pure code only, so that one file runs anywhere. */
export { checkBag, type BagCheck } from './bag.ts';
export { earlierManifest } from './check-decision.ts';
export type { PackageFrameView } from './check-content.ts';
export { runVerifier } from './command.ts';
export { COMPLETENESS_LEAVES, deviceOf, isFrameLeaf, leafJson } from './leaf-view.ts';
export * from './report.ts';
export { STATEMENT_FILE, statementText } from './statement.ts';
export {
  verifyPackage,
  type PackageReader,
  type Recompute,
  type RecomputeResult,
  type VerifyOptions,
} from './verify-package.ts';
export { readZip, unsafeName, writeZip, type ReadZip } from './zip.ts';
