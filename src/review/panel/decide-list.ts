/** One clue as a version of the list holds it. */
export interface ListEntry {
  readonly clueId: string;
  readonly unit: string;
  readonly sentence: string;
}

export const CHANGES = {
  ADDED: { zh: '新增', en: 'added' },
  CHANGED: { zh: '变更', en: 'changed' },
  REMOVED: { zh: '移出', en: 'removed' },
} as const;

/** What a version changed against the one before, and why. */
export interface ListChange {
  readonly clueId: string;
  readonly change: keyof typeof CHANGES;
  readonly why: string;
}

/** The same content twice is no change: order of entries does not matter. Pure. */
export function listChanges(before: readonly ListEntry[], now: readonly ListEntry[], why: (clueId: string) => string): readonly ListChange[] {
  const old = new Map(before.map((entry) => [entry.clueId, entry]));
  const here = new Set(now.map((entry) => entry.clueId));
  const came = now.flatMap((entry): ListChange[] => {
    const known = old.get(entry.clueId);
    if (known === undefined) return [{ clueId: entry.clueId, change: 'ADDED', why: why(entry.clueId) }];
    return known.sentence === entry.sentence && known.unit === entry.unit ? [] : [{ clueId: entry.clueId, change: 'CHANGED', why: why(entry.clueId) }];
  });
  const gone = before.filter((entry) => !here.has(entry.clueId)).map((entry): ListChange => ({ clueId: entry.clueId, change: 'REMOVED', why: why(entry.clueId) }));
  return [...came, ...gone];
}
