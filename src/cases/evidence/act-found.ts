import { falsifies, type Bilingual, type Law, type Means } from '#law';
import { chargedKeys } from '../charged-acts.ts';
import type { EvidenceItem, PenaltyCase } from '../penalty-case.ts';

type File = Pick<PenaltyCase, 'evidence' | 'violation' | 'further'>;

/** How papers and screens name a means of the act. */
export const meansTitle = (law: Law, means: Means): Bilingual =>
  law.codes('means-of-the-act').codes.find(({ code }) => code === means)?.title ?? { zh: means, en: means };

const showing = ({ evidence }: File, means: Means): readonly EvidenceItem[] => evidence.filter(({ shows }) => shows?.includes(means));

/** Elements of the charged violations that are an act of a person, with the means by which it may be done. */
function actsCharged(state: File, law: Law) {
  const elements = chargedKeys(state).flatMap((key) => law.violation(key).elements);
  return elements.flatMap(({ means = [], ...element }) => (means.length === 0 ? [] : [{ element, means }]));
}

/** The means found for what is charged, each with the items of evidence that show it. */
export function meansFound(state: File, law: Law): readonly { readonly means: Means; readonly items: readonly EvidenceItem[] }[] {
  const asked = new Set(actsCharged(state, law).flatMap(({ means }) => means));
  return [...asked].map((means) => ({ means, items: showing(state, means) })).filter(({ items }) => items.length > 0);
}

/** Acts charged that no item of evidence shows, in words; statistics of values show none. */
export const actsNotFound = (state: File, law: Law): readonly string[] =>
  actsCharged(state, law)
    .filter(({ means }) => means.every((one) => showing(state, one).length === 0))
    .map(({ element, means }) => `“${element.zh}”的查明：方式（${means.map((one) => meansTitle(law, one).zh).join('；')}之一）和能够证明的证据`);

/** Whether what the review handed over is also a fact of falsification, or names it, while none of that kind is charged: then the report says why it was not found. */
export function falsificationLeft(state: File & Pick<PenaltyCase, 'suggestions' | 'observed'>, law: Law): boolean {
  const named = [...state.suggestions, ...(state.observed ?? []).flatMap(({ supports }) => supports)];
  const isOne = (key: (typeof named)[number]): boolean => falsifies(law.violation(key));
  return state.violation !== undefined && named.some(isOne) && !chargedKeys(state).some(isOne);
}
