/** Evidence: fix once, append, prove. See `#evidence/log` (pure) and `#evidence/verify` (offline verifier). */
export { canonicalJson, type Json, type JsonObject } from './canonical-json.ts';
export {
  checkLeafSize,
  digestOf,
  encodeFrameLeaf,
  encodeLeaf,
  leafToken,
  MAX_LEAF_BYTES,
  sha256Hex,
  sm3Hex,
  type FrameLeaf,
  type LeafInput,
  type LeafType,
} from './leaf.ts';
export { appendLeaf, appendLeaves } from './append-leaves.ts';
