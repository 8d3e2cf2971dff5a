import { COUNTIES, companyName, creditCode, operatorName, personName, roadAddress, type County } from './names.ts';
import { DEFAULT_INDUSTRIES, INDUSTRIES } from './plants/industries.ts';
import type { Industry, IndustryRow } from './plants/industry.ts';
import { makeDrainSite, makeSite, makeWorkshopSites } from './site.ts';
import { randomStream } from './random.ts';
import type { Variation } from './variation.ts';
import type { Enterprise, Site } from './world.ts';

export interface ProvinceOptions {
  readonly seed: string | number;
  /** Number of outfalls wanted, outlets of workshops and drains not counted; the last enterprise may be cut short. */
  readonly outfalls: number;
  readonly industries?: readonly Industry[];
  /** Every factor gets this resolution (acceptance runs); by default instruments differ. */
  readonly resolution?: number;
  /** Every analyser gets this cycle (acceptance runs). */
  readonly cycleHours?: number;
  /** Also the stormwater outlets of units that have one, beside the number of outfalls. Default false. */
  readonly stormDrains?: boolean;
  /** False leaves out outfalls that are unusual from birth. Default true. */
  readonly traits?: boolean;
  /** How plants and instruments differ from the page. Default: not at all. */
  readonly variation?: Variation;
}

/**
 * The register of an invented province: enterprises and outfalls, in order. Enterprise number k depends on the seed
 * and k alone, so a larger province begins with the smaller one.
 */
export function makeProvince(options: ProvinceOptions): Enterprise[] {
  const industries = options.industries ?? DEFAULT_INDUSTRIES;
  const enterprises: Enterprise[] = [];
  let left = options.outfalls;
  for (let k = 0; left > 0; k++) {
    const key = industries[k % industries.length];
    if (key === undefined) throw new Error('a province needs at least one industry');
    const enterprise = makeEnterprise(options, k, INDUSTRIES[key], left);
    left -= enterprise.outfalls.length;
    enterprises.push(enterprise);
  }
  return enterprises;
}

function makeEnterprise(options: ProvinceOptions, k: number, industry: IndustryRow, atMost: number): Enterprise {
  const id = `QY${String(k + 1).padStart(4, '0')}`;
  const random = randomStream(options.seed, id, 'enterprise');
  const place = random.pick(COUNTIES);
  const lat = round(place.lat + random.uniform(-0.2, 0.2), 6);
  const lon = round(place.lon + random.uniform(-0.22, 0.22), 6);
  const code = creditCode(random, place);
  const year = random.int(2022, 2024);
  const base = {
    id,
    name: companyName(place, k, industry.suffixes),
    industry,
    county: place.name,
    lat,
    lon,
    operator: operatorName(random, 4),
    keyPolluter: industry.key !== 'boiler' && random.chance(0.9),
    creditCode: code,
    legalRepresentative: personName(random),
    contact: personName(random),
    // 199-0000-xxxx is handed out to nobody here: the number only has the right shape.
    phone: `1990000${String(random.int(0, 9999)).padStart(4, '0')}`,
    address: roadAddress(random, place),
    permitNo: `${code}001P`,
    permitFrom: `${year}-07-01`,
    permitTo: `${year + 5}-06-30`,
  };
  const wanted = Math.min(atMost, random.int(...industry.outfallsPerSite));
  const sites: Site[] = [];
  for (let j = 0; j < wanted; j++) sites.push(makeSite(options, id, industry, j, k));
  return {
    ...base, outfalls: sites, drains: options.stormDrains === true && industry.stormDrain === true ? [makeDrainSite(options, id, industry, k)] : [],
    workshops: makeWorkshopSites(options, id, industry, k),
  };
}

export const countyOf = (enterprise: Enterprise): County =>
  COUNTIES.find((c) => c.name === enterprise.county) ?? (COUNTIES[0] as County);

const round = (x: number, digits: number): number => Number(x.toFixed(digits));
