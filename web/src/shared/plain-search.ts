/**
 * What stands behind the `?` of an address, as plain words: `?open=false`. The router's own way writes JSON there and quotes a text
 * that reads like JSON a second time (`?open=%22false%22`); everything our addresses carry is text.
 */
export const plainSearch = {
  parseSearch: (text: string): Record<string, string> => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: (search: Readonly<Record<string, unknown>>): string => {
    const words = Object.entries(search).flatMap(([key, value]) => (value === undefined || value === null ? [] : [[key, String(value)] as [string, string]]));
    return words.length === 0 ? '' : `?${new URLSearchParams(words).toString()}`;
  },
};
