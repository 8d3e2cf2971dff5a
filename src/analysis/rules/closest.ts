/** Edits (insert, delete, replace, swap two neighbours) from one word to another: optimal string alignment. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? (before[j - 2] as number) + 1 : replaced;
      next.push(Math.min(replaced, swapped, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    [before, row] = [row, next];
  }
  return row[b.length] as number;
}

/** The word that was probably meant: at most a third of its letters differ, whatever the case. */
export function closest(given: string, words: readonly string[]): string | undefined {
  const lower = given.slice(0, 40).toLowerCase();
  const near = words
    .map((word) => ({ word, far: distance(lower, word.toLowerCase()) }))
    .filter(({ word, far }) => far <= Math.max(1, Math.floor(word.length / 3)) || (lower.length >= 3 && word.toLowerCase().startsWith(lower)))
    .sort((a, b) => a.far - b.far || (a.word < b.word ? -1 : 1));
  return near[0]?.word;
}
