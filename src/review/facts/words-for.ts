import type { Blanks, Narratives, ObservationWords, ViolationKey } from '#law';
import type { Observation } from './observations.ts';

/** Whether words are about something that bears these values. */
export const fits = (words: Pick<ObservationWords, 'when'>, blanks: Blanks): boolean =>
  Object.entries(words.when ?? {}).every(([name, value]) => String(blanks[name]) === value);

/** The words for a finding; undefined where none fit. */
export const wordsFor = ({ observations }: Narratives, observed: Observation): ObservationWords | undefined =>
  observations.find((words) =>
    (words.models?.includes(observed.model) === true || words.families?.includes(observed.model.charAt(0)) === true) && fits(words, observed.stats));

/** Whether papers tell what was observed as a fact of the violation, or of any: the words of a rule are told of whatever is chosen. */
export const isFactOf = (narratives: Narratives, observed: Observation, violation?: ViolationKey): boolean => {
  if (observed.rule !== undefined) return true;
  const supports = wordsFor(narratives, observed)?.supports ?? [];
  return violation === undefined ? supports.length > 0 : supports.includes(violation);
};

/** Whether something observed would be a fact of the violation, had its values counted or its outage gone beyond the terms of a fault: then no other words make it one. */
export const wouldBeFact = (narratives: Narratives, { observations = [] }: { readonly observations?: readonly Observation[] }, violation: ViolationKey): boolean =>
  observations.some((observed) => {
    const { valuesAre, outage, ...stats } = observed.stats;
    return (valuesAre !== undefined || outage !== undefined) && isFactOf(narratives, { ...observed, stats }, violation);
  });
