import type { RegionKey } from '#kernel';
import type { Law } from './law.ts';

const SEPARATOR = '；';

/**
 * Articles as they may be cited in a region: a step that rests on national law and on the measures of one province is
 * taken elsewhere on national law alone. Where nothing but another region's text speaks of a step, it is named as what
 * the step was modelled on (参照), never as its basis.
 *
 * @param text articles separated by `；`, e.g. `江苏办法 第十四条；行政处罚法 第五十四条`
 */
export function localBasis(law: Pick<Law, 'data'>, text: string, region: RegionKey): string {
  const parts = text.split(SEPARATOR);
  const foreign = (part: string): boolean =>
    law.data.regions.some(({ key, measures }) => key !== region && measures.cited.some((name) => part.startsWith(name)));
  const own = parts.filter((part) => !foreign(part));
  return own.length > 0 ? own.join(SEPARATOR) : parts.map((part) => `参照${part}`).join(SEPARATOR);
}

/** The number of an article nobody compared with its text, or a doubt about it, as the data of law carry them. */
const DOUBT = /(?:\s*第[^；（）]*)?（条[号文]待核）|（[^（）；]*待核）|\s*待核/gu;

/**
 * An article as a paper and the pages of a party print it: what was not compared with its text is left out, and the instrument is named alone. The
 * officials' page of the law keeps what is unverified.
 */
export const asPrinted = (article: string): string => article.replace(DOUBT, '').trim();

/** Local articles for a paper: each provision with its article, the region's own text under its full title. */
export function localProvisions(law: Pick<Law, 'data'>, text: string, region: RegionKey): { readonly instrument: string; readonly article: string }[] {
  const measures = law.data.regions.find(({ key }) => key === region)?.measures;
  return localBasis(law, text, region).split(SEPARATOR).map((part) => {
    const [name = '', ...article] = part.split(' ');
    return { instrument: measures?.cited.includes(name) === true ? measures.title.zh : name, article: article.join(' ') };
  });
}

/** Whether a term stands in no text but is a default of this product: a paper names none for it. */
export const isOwnTerm = (source: string): boolean => source.startsWith('产品默认值');
/** What a paper says of such a term. */
export const OWN_TERM = '本机关内部办理期限';
