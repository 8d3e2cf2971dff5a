import type { Random } from './random.ts';

/**
 * Invented geography and names. The counties lie on a grid at Jiangsu-like latitude and exist nowhere; the division
 * codes 329901… (in other regions 1599…, 3199…, 6499…) are assigned to no place, so that no credit code of this province can be a real one.
 */
export interface County {
  readonly name: string;
  readonly short: string;
  readonly code: string;
  readonly lat: number;
  readonly lon: number;
}

const county = (i: number, name: string, short: string): County => ({
  name,
  short,
  code: `3299${String(i + 1).padStart(2, '0')}`,
  lat: 32.1 + 0.55 * Math.floor(i / 4),
  lon: 118.7 + 0.6 * (i % 4),
});

export const COUNTIES: readonly County[] = [
  county(0, '澄岚区', '澄岚'), county(1, '望川区', '望川'), county(2, '溪和县', '溪和'), county(3, '霁湖县', '霁湖'),
  county(4, '鹤渚县', '鹤渚'), county(5, '青埠区', '青埠'), county(6, '芦汀县', '芦汀'), county(7, '岚桥县', '岚桥'),
];

/** The invented city in which the province of a region stands. In a municipality it is a district, and what lies in it are sub-districts and towns. */
interface Seat {
  readonly city: string;
  readonly parts?: Readonly<Record<string, string>>;
}
const SEATS: Readonly<Record<string, Seat>> = {
  jiangsu: { city: '清川市' }, ningxia: { city: '沙湾市' }, 'inner-mongolia': { city: '白原市' }, shanghai: { city: '沪滨区', parts: { 区: '街道', 县: '镇' } },
};
const seatIn = (region: string): Seat => SEATS[region] ?? { city: '清川市' };
export const cityIn = (region: string): string => seatIn(region).city;
/** The name of a county, or a text that begins with it, as it reads in that city. */
export const countyIn = (region: string, text: string): string => text.replace(/^(\p{sc=Han}{2})([区县])/u, (_, name: string, kind: string) => name + (seatIn(region).parts?.[kind] ?? kind));

const BRANDS = [
  '晖源', '瀚峤', '霁川', '翊和', '穹澜', '衡峪', '旻晟', '谧泉', '砺行', '琅朔', '沣禾', '谌远', '昀拓', '弈澄', '峻渟', '彧恒',
  '璟淮', '澹宁', '珩岳', '旭屹', '泓铄', '钧澈', '宸湜', '禹湛', '稷辰', '苇舟', '烁岩', '筠庭', '垣朗', '曦埠',
] as const;
const OPERATORS = ['睿测', '清衡', '智巡', '恒澈', '云析', '明量', '德测', '远衡'] as const;
const SURNAMES = ['陆', '顾', '沈', '严', '葛', '柏', '窦', '章', '云', '苏', '潘', '范', '彭', '鲁', '韦', '昌', '马', '苗', '花', '俞'] as const;
const GIVEN = [
  '启明', '思远', '文澜', '静姝', '亦安', '承泽', '雨桐', '立群', '景行', '书瑶', '怀瑾', '北辰', '知微', '若谷', '振邦', '晓岚',
  '云舟', '子衿', '乐山', '清和', '望舒', '德音', '维桢', '慕白',
] as const;
const ROADS = ['兴澄路', '望江路', '工业一路', '创新大道', '滨河西路', '东环路', '科创路', '临港大道'] as const;

export const personName = (random: Random): string => random.pick(SURNAMES) + random.pick(GIVEN);

/** Company names of a county never repeat: the serial number picks the brand, then the tail. */
export const companyName = (place: County, serial: number, suffixes: readonly string[]): string => {
  const brand = BRANDS[serial % BRANDS.length] ?? '晖源';
  const round = Math.floor(serial / BRANDS.length);
  const mark = round === 0 ? '' : (BRANDS[(serial + 7 * round) % BRANDS.length] ?? '')[0] ?? '';
  return `${place.short}${brand}${mark}${suffixes[serial % suffixes.length] ?? ''}`;
};

export const operatorName = (random: Random, count: number): string =>
  `${OPERATORS[random.int(0, Math.max(0, Math.min(count, OPERATORS.length) - 1))] ?? '睿测'}环境监测运维有限公司`;

/** Within its city. */
export const roadAddress = (random: Random, place: County): string =>
  `${place.name}${random.pick(ROADS)}${random.int(1, 388)}号`;

const CREDIT_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const CREDIT_WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

/** Unified social credit code with the check character of GB 32100-2015, on an unassigned division code. */
export function creditCode(random: Random, place: County): string {
  let body = `91${place.code}MA`;
  while (body.length < 17) body += CREDIT_ALPHABET[random.int(0, 30)];
  return checked(body);
}

function checked(body: string): string {
  const sum = [...body].reduce((s, c, i) => s + CREDIT_ALPHABET.indexOf(c) * (CREDIT_WEIGHTS[i] ?? 0), 0);
  return body + CREDIT_ALPHABET[(31 - (sum % 31)) % 31];
}

/** Division codes that are assigned to no place, by region: its own two digits, then 99. */
const DIVISIONS: Readonly<Record<string, string>> = { jiangsu: '3299', ningxia: '6499', 'inner-mongolia': '1599', shanghai: '3199' };

/** The division code of a county as it reads where its province stands. */
const divisionIn = (region: string, code: string): string => `${DIVISIONS[region] ?? '3299'}${code.slice(4)}`;

/** The credit code of a unit as it reads where its province stands. */
export const creditCodeIn = (region: string, code: string): string => checked(`91${divisionIn(region, code.slice(2, 8))}${code.slice(8, 17)}`);

const IDENTITY_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** Number of an identity card with the check character of GB 11643-1999, on an unassigned division code: nobody bears it. */
export function identityNumber(random: Random, region: string, place: County): string {
  const two = (n: number): string => String(n).padStart(2, '0');
  const body = `${divisionIn(region, place.code)}${random.int(1966, 1998)}${two(random.int(1, 12))}${two(random.int(1, 28))}${String(random.int(1, 999)).padStart(3, '0')}`;
  const sum = [...body].reduce((s, digit, i) => s + Number(digit) * (IDENTITY_WEIGHTS[i] ?? 0), 0);
  return body + '10X98765432'[sum % 11];
}
