import { documentKind, documentKindKeys } from '#documents';
import type { Bilingual, Law } from '#law';

/**
 * Every name the platform keeps in both languages, for screens that are given the Chinese one only: instruments and words of `law/`, titles of
 * papers, points of proof, violations and codes. The same name twice is given once.
 */
export function englishWords({ data }: Pick<Law, 'data'>): Bilingual[] {
  const names: readonly Bilingual[] = [
    ...data.instruments,
    ...documentKindKeys.map(documentKind),
    ...data.violations.flatMap((violation) => [violation.title, ...violation.evidence.map((point) => point.title), ...violation.elements]),
    ...data.codes.flatMap((list) => [list.title, ...list.codes.map((code) => code.title)]),
  ];
  return [...new Map(names.map(({ zh, en }) => [zh, { zh, en }])).values()].filter(({ zh }) => zh.length > 1);
}
