/** What an audit of the log can find wrong. */
export type FindingKind =
  | 'changed'
  | 'swapped'
  | 'deleted'
  | 'inserted'
  | 'time-back'
  | 'sealed-file'
  | 'sealed-entry'
  | 'tile-root'
  | 'tile-missing'
  | 'head-signature'
  | 'head-root'
  | 'head-beyond-log'
  | 'body-missing'
  | 'body-changed'
  | 'body-unknown'
  | 'frames-record';

/** One thing wrong with the log, with the row or file it is about. */
export interface Finding {
  readonly kind: FindingKind;
  /** The row or file: `leaf 17`, `tile 0/3`, `head of size 512`. */
  readonly where: string;
  readonly leaf?: number;
  readonly zh: string;
  readonly en: string;
  readonly detail?: string;
  /** Leaf hash as sealed and as found, hex. */
  readonly expected?: string;
  readonly found?: string;
}

export const FINDING_TEXT = {
  changed: { zh: '存证内容被改动', en: 'leaf was changed' },
  swapped: { zh: '两条存证被对调', en: 'two leaves were swapped' },
  deleted: { zh: '存证被删除', en: 'leaf was deleted' },
  inserted: { zh: '日志之外多出存证', en: 'leaf was inserted beyond the log' },
  'time-back': { zh: '记录时间倒退', en: 'known time goes back' },
  'sealed-file': { zh: '封存文件缺失或被改动', en: 'sealed file is missing or was changed' },
  'sealed-entry': { zh: '封存条目与封存哈希不符', en: 'sealed entry does not match its sealed hash' },
  'tile-root': { zh: '封存块的根不符', en: 'root of a sealed tile does not match' },
  'tile-missing': { zh: '检查点之下的封存块缺失', en: 'tile under a head was not sealed' },
  'head-signature': { zh: '检查点签名或内容不成立', en: 'signature or text of a head does not hold' },
  'head-root': { zh: '日志算不出检查点的根', en: 'log does not lead to the root of a head' },
  'head-beyond-log': { zh: '检查点之下的存证缺失', en: 'log is shorter than a head' },
  'body-missing': { zh: '报文原文缺失', en: 'frame body is missing' },
  'body-changed': { zh: '报文原文被改动', en: 'frame body was changed' },
  'body-unknown': { zh: '报文原文没有对应存证', en: 'frame body has no leaf' },
  'frames-record': { zh: '报文封存记录与存证不符', en: 'record of sealed frames does not match its leaf' },
} as const satisfies Record<FindingKind, { zh: string; en: string }>;

const FRAME = /"sha256":"([0-9a-f]{64})".*"t":"(?:frame|frame\.dup|frame\.conflict|backfill)"/s;

/** SHA-256 of the frame body a leaf fixes; undefined for leaves of other kinds. Members of a leaf are sorted, so one look will do. */
export const frameDigestIn = (leaf: Uint8Array): string | undefined => FRAME.exec(Buffer.from(leaf).toString())?.[1];

/** What a leaf of kind `frames` fixes: a sealed file with every frame from one leaf to another. */
export interface FixedFrames {
  readonly first: number;
  readonly last: number;
  readonly frames: number;
  readonly sha256: string;
}

/** Sealed frames a leaf fixes; undefined for leaves of other kinds, and for one that was changed until it cannot be read. */
export function framesIn(leaf: Uint8Array): FixedFrames | undefined {
  const text = Buffer.from(leaf).toString();
  if (!text.includes('"t":"frames"')) return undefined;
  try {
    return JSON.parse(text) as FixedFrames;
  } catch {
    return undefined;
  }
}
