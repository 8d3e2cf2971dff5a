import type { CalendarDay, Instant, LeafIndex } from '#kernel';
import type { Json, JsonObject } from '../canonical-json.ts';

/** `notice` is what the party sees; `decision` is frozen before the decision is signed (行政诉讼法 第三十四、三十五条). */
export type PackageKind = 'review' | 'notice' | 'decision' | 'court' | 'archive';

/** One file of the payload: bytes as they are, or a JSON value written in RFC 8785 form. */
export type PackageFile = {
  /** Below its folder, e.g. `d24.pdf`. */
  readonly path: string;
  /** Leaf that fixes this very file: the file's SHA-256 stands in it. Checked when building and when verifying. */
  readonly leaf?: LeafIndex;
} & ({ readonly bytes: Uint8Array } | { readonly json: Json });

/** A frame in a package: its bytes as received and the leaf that proves them. */
export interface PackageFrame {
  /** Leaf of type frame, frame.dup, frame.conflict or backfill. */
  readonly leaf: LeafIndex;
  /** MN as received. */
  readonly device: string;
  /** China day of receipt. */
  readonly day: CalendarDay;
  /** Exact bytes as received. */
  readonly raw: Uint8Array;
  readonly receivedAt: Instant;
  readonly peer: string;
}

/** A step of the matter as screens tell it, and the leaf it is fixed in. */
export interface PackageEvent {
  /** The leaf holds `digestOf(event)` when given. */
  readonly leaf?: LeafIndex;
  readonly event: JsonObject;
}

/** Payload folders of the package (docs/files.md). */
export type PackageFolder =
  'series' | 'rules' | 'replay' | 'documents' | 'media' | 'people' | 'reviews' | 'service' | 'matter';

/** Claim that every frame, gap and back-fill leaf of these devices between two leaves is in the package. */
export interface CompletenessClaim {
  readonly devices: readonly string[];
  readonly from: LeafIndex;
  /** Exclusive. */
  readonly to: LeafIndex;
  /** Other devices' leaves as hashes only (the party's edition): the claim then cannot be checked to the end. */
  readonly othersAsHashes?: boolean;
}

/** Everything a package is made of, given by the caller: evidence knows no case. */
export interface PackageContent {
  readonly caseNo: string;
  readonly kind: PackageKind;
  readonly seq: number;
  /** Authority in charge, for `bag-info.txt`. */
  readonly organisation: string;
  readonly title: string;
  /** When the content was frozen; the only time that two builds of one state may differ in. */
  readonly frozenAt: Instant;
  readonly frames: readonly PackageFrame[];
  readonly files: Partial<Readonly<Record<PackageFolder, readonly PackageFile[]>>>;
  readonly events: readonly PackageEvent[];
  /** Further leaves to prove, e.g. rules in force. */
  readonly cites?: readonly LeafIndex[];
  readonly completeness?: CompletenessClaim;
  /** Earlier editions of the same case, each with its `manifest-sha256.txt`. */
  readonly earlier?: readonly { readonly name: string; readonly manifest: string }[];
}
