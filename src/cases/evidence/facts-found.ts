import type { ViolationKey } from '#law';
import type { ObservedFact } from '#review';
import type { PenaltyCase } from '../penalty-case.ts';

type Figures = NonNullable<ObservedFact['figures']>;
/** A fact that is told in figures of this kind. */
export type FactIn<K extends Figures['kind']> = ObservedFact & { readonly figures: Extract<Figures, { kind: K }> };

/** The facts the review handed over that are facts of this violation, without those the investigation set aside; undefined where the file holds none as data. */
export function factsFound({ observed, report }: Pick<PenaltyCase, 'observed' | 'report'>, violation: ViolationKey | undefined): readonly ObservedFact[] | undefined {
  const aside = new Set(report?.setAside?.map(({ factId }) => factId));
  return observed?.filter(({ factId, supports }) => !aside.has(factId) && (violation === undefined || supports.includes(violation)));
}

/** The facts of a file, each with its outfall: those told before it was kept are of the outfall of the file. */
export const observedAt = ({ observed, outfallId }: Pick<PenaltyCase, 'observed' | 'outfallId'>): Pick<PenaltyCase, 'observed'> =>
  observed === undefined ? {} : { observed: observed.map((fact) => (outfallId === undefined || fact.outfall !== undefined ? fact : { ...fact, outfall: outfallId })) };

/** Those told in figures of these kinds. */
export const toldIn = <K extends Figures['kind']>(facts: readonly ObservedFact[], ...kinds: readonly K[]): FactIn<K>[] =>
  facts.filter((fact): fact is FactIn<K> => fact.figures !== undefined && kinds.some((kind) => kind === fact.figures?.kind));
