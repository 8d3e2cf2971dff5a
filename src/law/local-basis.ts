import type { RegionKey } from '#kernel';
import type { Law } from './law.ts';
import { stepIn, type ProvisionKey } from './provisions.ts';

const SEPARATOR = '；';

type Regions = { readonly data: Pick<Law['data'], 'regions'> };

/** An article, and whether the region it is to be cited in has it as its own or national law, or it stands in another region's text, or in a draft of its own. */
interface Part {
  readonly text: string;
  readonly foreign: boolean;
  readonly draft: boolean;
}

/** What is in force nowhere, or elsewhere only, is no basis: a step was modelled on it. */
const isModel = ({ foreign, draft }: Part): boolean => foreign || draft;

function partsOf({ data: { regions } }: Regions, text: string, region?: RegionKey): Part[] {
  return text.split(SEPARATOR).flatMap((part): Part[] => {
    const step = stepIn(part);
    if (step === undefined) {
      const source = regions.find(({ measures }) => measures.cited.some((name) => part.startsWith(name)));
      return [{ text: part, foreign: source !== undefined && source.key !== region, draft: source?.measures.draft ?? false }];
    }
    return regions.flatMap(({ key, measures, provisions }) => {
      const article = provisions[step];
      return article === undefined ? [] : [{ text: `${measures.cited[0] ?? measures.title.zh} ${article}`, foreign: key !== region, draft: measures.draft }];
    });
  });
}

/** The region's own parts and those of national law; where there is none, all of them. */
function citable(law: Regions, text: string, region: RegionKey): Part[] {
  const parts = partsOf(law, text, region);
  const held = parts.filter(({ foreign }) => !foreign);
  return held.length > 0 ? held : parts;
}

/**
 * Articles as they may be cited in a region: a step that rests on national law and on the measures of one province is
 * taken elsewhere on national law alone. Where nothing but another region's text speaks of a step, or the region's own is a draft, it is named
 * as what the step was modelled on (参照), never as its basis.
 *
 * @param text articles separated by `；`, the region's own named by their step (`own`), e.g. `@collection；行政处罚法 第五十四条`
 */
export function localBasis(law: Regions, text: string, region: RegionKey): string {
  return citable(law, text, region).map((part) => (isModel(part) ? `参照${part.text}` : part.text)).join(SEPARATOR);
}

/** The same for readers of no region: every region's articles side by side. */
export const basisAnywhere = (law: Regions, text: string): string => partsOf(law, text).map((part) => part.text).join(SEPARATOR);

/** The number of an article nobody compared with its text, or a doubt about it, as the data of law carry them. */
const DOUBT = /(?:\s*第[^；（）]*)?（条[号文]待核）|（[^（）；]*待核）|\s*待核/gu;

/**
 * An article as a paper and the pages of a party print it: what was not compared with its text is left out, and the instrument is named alone. The
 * officials' page of the law keeps what is unverified.
 */
export const asPrinted = (article: string): string => article.replace(DOUBT, '').trim();

/** A provision as papers print it. */
type Printed = { readonly instrument: string; readonly article: string };

/** Local articles for a paper: each provision with its article, the region's own text under its full title. */
export function localProvisions(law: Regions, text: string, region: RegionKey): Printed[] {
  const measures = law.data.regions.find(({ key }) => key === region)?.measures;
  return citable(law, text, region).map((part) => {
    const [name = '', ...article] = part.text.split(' ');
    return { instrument: measures?.cited.includes(name) === true ? measures.title.zh : name, article: `${article.join(' ')}${isModel(part) ? '（参照）' : ''}` };
  });
}

/** What the region's own text says of a step, under its full title; undefined where it is silent. */
export function ownProvision(law: Regions, step: ProvisionKey, region: RegionKey): Printed | undefined {
  const profile = law.data.regions.find(({ key }) => key === region);
  const article = profile?.provisions[step];
  return profile === undefined || article === undefined ? undefined : { instrument: profile.measures.title.zh, article };
}

/** Whether a term stands in no text but is a default of this product: a paper names none for it. */
export const isOwnTerm = (source: string): boolean => source.startsWith('产品默认值');
/** What a paper says of such a term. */
export const OWN_TERM = '本机关内部办理期限';
