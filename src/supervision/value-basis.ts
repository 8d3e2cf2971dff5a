import type { RegionKey } from '#kernel';
import { localBasis, type Law, type LawValue, type ParameterKey } from '#law';

/** What a value rests on, as screens say it: a value that is only modelled on another province's text says so (参照). */
export const shownBasis = (law: Law, { source, article }: Pick<LawValue<ParameterKey>, 'source' | 'article'>, region: RegionKey): string =>
  localBasis(law, `${source} ${article}`, region);

/** The same in a paper to a unit: the region's own text, or else that the authority works so; no default and no other province's text. */
export const paperBasis = ({ source, article, region: set }: Pick<LawValue<ParameterKey>, 'source' | 'article' | 'region'>, region: RegionKey): string =>
  set === region ? `${source} ${article}` : '本机关督办工作要求';
