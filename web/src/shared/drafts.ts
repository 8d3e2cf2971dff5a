const PREFIX = 'mingjian.draft.';

/** What somebody began to write and has not sent, in this window only and until he signs out. */
export function draftUnder(...name: readonly string[]) {
  const key = PREFIX + name.join(' ');
  return {
    read: (): Record<string, unknown> | undefined => {
      const kept = sessionStorage.getItem(key);
      return kept === null ? undefined : (JSON.parse(kept) as Record<string, unknown>);
    },
    keep: (values: unknown): void => sessionStorage.setItem(key, JSON.stringify(values)),
    forget: (): void => sessionStorage.removeItem(key),
  };
}

export function forgetDrafts(): void {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(PREFIX)) sessionStorage.removeItem(key);
}
