import { openNote } from './note.ts';
import { readCheckpoint, type Checkpoint } from './checkpoint.ts';
import { cosignatureTime, ed25519Verifier, parseVkey, type NoteVerifier } from './keys.ts';

/** Who is trusted, given from outside (C2SP tlog-policy): never taken from what is to be checked. */
export interface Policy {
  /** Log keys; several lines with one name are one log (Ed25519 and SM2, or old and new key). */
  readonly logs: readonly NoteVerifier[];
  readonly witnesses: ReadonlyMap<string, NoteVerifier>;
  readonly groups: ReadonlyMap<string, { readonly need: number; readonly members: readonly string[] }>;
  /** Name of a witness or group that must have co-signed; undefined = `none`. */
  readonly quorum: string | undefined;
}

/** Reads a policy file. Returns a sentence about the first line that is wrong instead. */
export function parsePolicy(text: string): Policy | string {
  const logs: NoteVerifier[] = [];
  const witnesses = new Map<string, NoteVerifier>();
  const groups = new Map<string, { need: number; members: string[] }>();
  let quorum: string | undefined | null = null;
  for (const [i, line] of text.split('\n').entries()) {
    const [word, ...args] = line.trim().split(/\s+/);
    const wrong = `line ${i + 1}: ${line.trim()}`;
    const taken = (name: string): boolean => witnesses.has(name) || groups.has(name) || name === 'none';
    if (word === undefined || word === '' || word.startsWith('#')) continue;
    if (word === 'log') {
      const key = readKey(args[0] ?? '', 'ed25519');
      if (key === undefined || key.kind === 'cosignature') return wrong;
      logs.push(key);
    } else if (word === 'witness') {
      const key = readKey(args[1] ?? '', 'cosignature');
      if (args[0] === undefined || taken(args[0]) || key?.kind !== 'cosignature') return wrong;
      witnesses.set(args[0], key);
    } else if (word === 'group') {
      const [name, how = '', ...members] = args;
      const need = how === 'any' ? 1 : how === 'all' ? members.length : /^[1-9]\d*$/.test(how) ? Number(how) : 0;
      if (name === undefined || taken(name) || need < 1 || need > members.length) return wrong;
      if (!members.every((m) => m !== 'none' && taken(m)) || new Set(members).size !== members.length) return wrong;
      groups.set(name, { need, members });
    } else if (word === 'quorum') {
      const name = args[0];
      if (quorum !== null || name === undefined || !taken(name)) return wrong;
      quorum = name === 'none' ? undefined : name;
    } else {
      return wrong;
    }
  }
  if (logs.length === 0) return 'no log key';
  return { logs, witnesses, groups, quorum: quorum ?? undefined };
}

/** vkey, or the bare 64-digit hex key of older sigsum policies. */
function readKey(text: string, kind: 'ed25519' | 'cosignature'): NoteVerifier | undefined {
  return /^[0-9a-f]{64}$/.test(text) ? ed25519Verifier(text, Buffer.from(text, 'hex'), kind) : parseVkey(text);
}

/** Is the quorum met by these witnesses (policy names)? */
export function quorumMet(policy: Policy, cosigned: ReadonlySet<string>): boolean {
  const met = (name: string): boolean => {
    const group = policy.groups.get(name);
    return group === undefined ? cosigned.has(name) : group.members.filter(met).length >= group.need;
  };
  return policy.quorum === undefined || met(policy.quorum);
}

/** A head that a log key of the policy signed. */
export interface SignedCheckpoint {
  readonly checkpoint: Checkpoint;
  /** Witness names of the policy with the time each stated, epoch seconds. */
  readonly cosigned: ReadonlyMap<string, bigint>;
  readonly keys: readonly NoteVerifier[];
}

/** A checkpoint held against a policy (C2SP tlog-policy). */
export type OpenedCheckpoint =
  | ({ readonly ok: true } & SignedCheckpoint)
  /** Signed by the log, but not witnessed as the policy asks. */
  | { readonly ok: false; readonly reason: string; readonly why: 'quorum'; readonly signed: SignedCheckpoint }
  | { readonly ok: false; readonly reason: string; readonly why: 'bad' | 'unknown-key' };

/** Opens a checkpoint under the policy: an Ed25519 line of a log key named like the origin, all known lines good, quorum met. */
export function openCheckpoint(note: string, policy: Policy): OpenedCheckpoint {
  const opened = openNote(note, [...policy.logs, ...policy.witnesses.values()]);
  if (!opened.ok) return opened;
  const checkpoint = readCheckpoint(opened.text);
  if (checkpoint === undefined) return { ok: false, reason: 'malformed checkpoint', why: 'bad' };
  const keys = opened.verified.map((line) => line.by);
  if (!keys.some((key) => key.kind === 'ed25519' && key.name === checkpoint.origin))
    return { ok: false, reason: `no known log key signs for ${checkpoint.origin}`, why: 'unknown-key' };
  const cosigned = new Map<string, bigint>();
  for (const [name, witness] of policy.witnesses) {
    const line = opened.verified.find((done) => done.by === witness);
    if (line !== undefined) cosigned.set(name, cosignatureTime(line.signature) as bigint);
  }
  if (!quorumMet(policy, new Set(cosigned.keys())))
    return {
      ok: false,
      reason: `quorum ${policy.quorum} of witnesses not met`,
      why: 'quorum',
      signed: { checkpoint, cosigned, keys },
    };
  return { ok: true, checkpoint, cosigned, keys };
}
