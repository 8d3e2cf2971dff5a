/** Evidence: fix once, append, prove. See `#evidence/log` (pure) and `#evidence/verify` (offline verifier). */
export { appendLeaf, appendLeaves } from './append-leaves.ts';
export { appendingLeaves } from './store/index.ts';
export { benchEvidence, type EvidenceBench } from './bench-evidence.ts';
export { canonicalJson, type Json, type JsonObject } from './canonical-json.ts';
export { checkLog, renderLogCheck, type CheckOptions, type LogCheck } from './check-log.ts';
export type { FrameDigests, SealedFrames } from './check-frames.ts';
export { digestOf, sha256Hex, sm3Hex } from './digest.ts';
export { evidenceOf, type EvidenceDeps } from './deps.ts';
export { frameDigestIn, type Finding, type FindingKind } from './finding.ts';
export {
  checkLeafSize,
  encodeFrameLeaf,
  encodeLeaf,
  leafToken,
  MAX_LEAF_BYTES,
  type FrameLeaf,
  type LeafInput,
  type LeafType,
} from './leaf.ts';
export { loadLogKeys, type LogKeys } from './log-keys.ts';
export { makeCheckpoint, type CheckpointOutcome } from './make-checkpoint.ts';
export { checkAtStart, openLog } from './open-log.ts';
export { consistencyBetween, leavesHold, proofOf, type LeafProof } from './prove-leaf.ts';
export { readCheckpointNote, readLogResource } from './read-log.ts';
export { leafBadge, logStatus, policyText, publicLeaf, type LeafBadge, type LogStatus } from './leaf-badge.ts';
export { recordAccess } from './record-access.ts';
export { registerEvidenceRoutes } from './routes.ts';
export { buildPackage, type BuiltPackage } from './package/build-package.ts';
export type {
  CompletenessClaim,
  PackageContent,
  PackageEvent,
  PackageFile,
  PackageFolder,
  PackageFrame,
  PackageKind,
} from './package/content.ts';
export { claimFor, MAX_CLAIM_LEAVES } from './package/claim.ts';
export { firstLeafAt, lastCheckpoint, logHead, readLeaves as leavesBetween } from './store/index.ts';
export { bundleVerifier } from './bundle-verifier.ts';
