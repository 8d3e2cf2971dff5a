/** Where a narrative lists a run hour by hour; its number of hours and its peak stand in the sentence before. */
const HOURS = /，逐小时为：([^；。\n]+)|; hour by hour: ([^;.\n]+(?:\.\d[^;.\n]*)*)/gu;

/** The sentences without the lists of hours, and the lists. */
export function withoutHours(text: string): { readonly text: string; readonly runs: readonly string[] } {
  const runs: string[] = [];
  const rest = text.replace(HOURS, (_all, zh: string | undefined, en: string | undefined) => {
    runs.push(zh ?? en ?? '');
    return '';
  });
  return { text: rest, runs };
}
