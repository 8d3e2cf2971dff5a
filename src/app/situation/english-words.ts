import { documentKind, documentKindKeys } from '#documents';
import type { Bilingual, Law } from '#law';

/**
 * Every name the platform keeps in both languages, for screens that are given the Chinese one only: instruments and words of `law/`, titles of
 * papers, points of proof, violations, grounds for no penalty and codes. The same name twice is given once.
 */
export function englishWords({ data }: Pick<Law, 'data'>): Bilingual[] {
  const names: readonly Bilingual[] = [
    ...documentKindKeys.map(documentKind),
    ...data.violations.flatMap((violation) => [violation.title, ...violation.evidence.map((point) => point.title), ...violation.elements]),
    ...data.exemptions.map(({ title }) => title),
    ...data.codes.flatMap((list) => [list.title, ...list.codes.map((code) => code.title)]),
  ];
  const ofRegions = data.regions.flatMap(({ measures }) => [measures.title, ...measures.cited.map((zh) => ({ zh, en: measures.title.en }))]);
  // A name of one character would be found inside of other words.
  return [...new Map([...names.filter(({ zh }) => zh.length > 1), ...ofRegions, ...data.instruments].map(({ zh, en }) => [zh, { zh, en }])).values()];
}
