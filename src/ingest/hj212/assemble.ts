import { type Instant, SECOND } from '#kernel';
import { encodeCp, type Group } from './encode.ts';
import type { Frame } from './message.ts';

/** A message whose parts have all come. The parts themselves are kept as frames; this only counts once. */
export interface Assembled {
  readonly mn: string | null;
  readonly st: string | null;
  readonly cn: string;
  /** QN of the first part; every part has its own (HJ 212-2017 表 C.49). */
  readonly qn: string | null;
  readonly dataAt: Instant | null;
  readonly pnum: number;
  /** Stream offsets of the parts, by packet number. */
  readonly parts: readonly number[];
  readonly cp: readonly Group[];
}

/** What a part did: completed its message, waits, or was of no use. */
export type AssemblyStep =
  | { readonly kind: 'whole' }
  | { readonly kind: 'waiting'; readonly have: number; readonly of: number }
  | { readonly kind: 'repeated' }
  | { readonly kind: 'contradiction'; readonly reason: string }
  | { readonly kind: 'assembled'; readonly message: Assembled };

/** A message that will never be whole: what came of it and what did not. */
export interface Incomplete {
  readonly mn: string | null;
  readonly cn: string;
  readonly dataAt: Instant | null;
  readonly have: readonly number[];
  readonly missing: readonly number[];
}

interface Open {
  readonly first: Frame;
  readonly since: Instant;
  readonly parts: Map<number, Frame>;
  readonly pnum: number;
  done: boolean;
}

/** How long and how many parts are waited for. */
export interface AssemblerOptions {
  /** How long a part is waited for. Three resends of 10 s each on mobile links (HJ 212-2017 6.5), and some. */
  readonly timeoutMs?: number;
  /** Messages open at once; the oldest gives way. */
  readonly maxOpen?: number;
}

/** More parts than any real message has; a larger PNUM is not believed. */
const MAX_PARTS = 1000;

/**
 * Puts split messages together. Parts are matched on MN, ST, CN, DataTime and PNUM, never on QN, because each part
 * carries a QN of its own. They may come in any order, mixed with other messages, and more than once.
 */
export class Assembler {
  readonly #open = new Map<string, Open>();
  readonly #timeoutMs: number;
  readonly #maxOpen: number;

  constructor(options: AssemblerOptions = {}) {
    this.#timeoutMs = options.timeoutMs ?? 60 * SECOND;
    this.#maxOpen = options.maxOpen ?? 256;
  }

  /** Takes a frame that came at `at` and says what it completes. */
  offer(frame: Frame, at: Instant): AssemblyStep {
    if (frame.pnum === null || frame.pno === null || frame.pnum <= 1) return { kind: 'whole' };
    if (frame.pnum > MAX_PARTS) return { kind: 'contradiction', reason: `PNUM=${frame.pnum} is not believable` };
    const key = `${frame.mn}|${frame.st}|${frame.cn}|${frame.dataAt}|${frame.pnum}`;
    let open = this.#open.get(key);
    if (!open) {
      if (this.#open.size >= this.#maxOpen) this.#open.delete(this.#open.keys().next().value as string);
      open = { first: frame, since: at, parts: new Map(), pnum: frame.pnum, done: false };
      this.#open.set(key, open);
    }
    const earlier = open.parts.get(frame.pno);
    if (earlier) {
      if (encodeCp(earlier.cp) === encodeCp(frame.cp)) return { kind: 'repeated' };
      return { kind: 'contradiction', reason: `packet ${frame.pno} of ${frame.pnum} came twice with different data` };
    }
    open.parts.set(frame.pno, frame);
    if (open.parts.size < open.pnum) return { kind: 'waiting', have: open.parts.size, of: open.pnum };
    open.done = true;
    return { kind: 'assembled', message: join(open) };
  }

  /** Gives up messages open longer than the time-out. Whole ones are only forgotten. */
  expire(now: Instant): Incomplete[] {
    const given: Incomplete[] = [];
    for (const [key, open] of this.#open) {
      if (now - open.since < this.#timeoutMs) continue;
      this.#open.delete(key);
      if (!open.done) given.push(incomplete(open));
    }
    return given;
  }

  /** What is still open, whatever its age; used when a stream ends. */
  rest(): Incomplete[] {
    return [...this.#open.values()].filter((open) => !open.done).map(incomplete);
  }
}

function incomplete(open: Open): Incomplete {
  const numbers = Array.from({ length: open.pnum }, (_, i) => i + 1);
  return {
    mn: open.first.mn,
    cn: open.first.cn,
    dataAt: open.first.dataAt,
    have: numbers.filter((n) => open.parts.has(n)),
    missing: numbers.filter((n) => !open.parts.has(n)),
  };
}

function join(open: Open): Assembled {
  const parts = Array.from({ length: open.pnum }, (_, i) => open.parts.get(i + 1) as Frame);
  const first = parts[0] as Frame;
  const cp = parts.flatMap((part, i) => (i === 0 ? part.cp : part.cp.filter((group) => !isDataTime(group))));
  return {
    mn: first.mn,
    st: first.st,
    cn: first.cn,
    qn: first.qn,
    dataAt: first.dataAt,
    pnum: open.pnum,
    parts: parts.map((part) => part.offset),
    cp,
  };
}

/** Every part repeats DataTime; the whole message says it once. */
const isDataTime = (group: Group): boolean => group.length === 1 && group[0]?.[0].trim() === 'DataTime';
