import { asId, calendarDay, type AccountId, type AuthorityId, type RegionKey, type UnitId } from '#kernel';
import type { Authority } from '../authority.ts';
import type { Office } from '../offices/office.ts';
import type { Role } from '../roles.ts';
import type { Certificate } from '../store/accounts.ts';

const id = (text: string) => asId<AuthorityId>(text);

/** Where a demonstration plays: an invented city of a region, with a branch office and a neighbour that must see nothing. */
export interface DemoPlace {
  readonly region: RegionKey;
  readonly authorities: readonly Authority[];
  /** What its papers print: invented like the places themselves, and saying so. */
  readonly offices: readonly Office[];
  readonly province: AuthorityId;
  readonly city: AuthorityId;
  readonly neighbour: AuthorityId;
  /** First sign of its enforcement certificates. */
  readonly sign: string;
}

type Names = readonly [zh: string, en: string, prefix: string];
/** The town or district an authority belongs to, and its level of government. */
type Seat = readonly [zh: string, en: string];

/** Bodies, bank and account that exist nowhere: a fine paid there would reach nobody. */
const invented = (authorityId: AuthorityId, [zh, en]: Seat, n: number): Office => ({
  authorityId, address: `${zh}演示路 ${n} 号`, phone: `0000-1236${n}`,
  reconsideration: { zh: `${zh}人民政府（演示）`, en: `People's Government of ${en} (demonstration)` },
  court: { zh: `${zh}人民法院（演示）`, en: `People's Court of ${en} (demonstration)` },
  collection: {
    bank: { zh: `演示银行${zh}支行（虚构）`, en: `Demonstration Bank, ${en} branch (invented)` }, accountName: { zh: `${zh}财政罚没收入专户（虚构）`, en: `Fines account of the treasury of ${en} (invented)` },
    accountNo: `0000 0000 0000 000${n}`,
  },
});

function place(key: string, code: string, sign: string, seats: readonly [province: Seat, city: Seat, neighbour: Seat], province: Names, city: Names, branch: Names, neighbour: Names): DemoPlace {
  const region = asId<RegionKey>(key);
  const ids = { province: id(code), city: id(`${code}-QC`), branch: id(`${code}-QC-HD`), neighbour: id(`${code}-NZ`) };
  const authority = (authorityId: AuthorityId, level: Authority['level'], parentId: AuthorityId | null, [zh, en, docPrefix]: Names): Authority => ({
    authorityId, nameZh: `${zh}（演示）`, nameEn: `${en} (demonstration)`, level, parentId, region, docPrefix,
  });
  return {
    region, sign, province: ids.province, city: ids.city, neighbour: ids.neighbour,
    // A branch office decides under the government of its city.
    offices: [invented(ids.province, seats[0], 1), invented(ids.city, seats[1], 2), invented(ids.branch, seats[1], 3), invented(ids.neighbour, seats[2], 4)],
    authorities: [
      authority(ids.province, 'province', null, province),
      authority(ids.city, 'city', ids.province, city),
      authority(ids.branch, 'branch', ids.city, branch),
      authority(ids.neighbour, 'city', ids.province, neighbour),
    ],
  };
}

/** One place for each regional profile of `law/regions`. */
const DEMO_PLACES: readonly DemoPlace[] = [
  place('jiangsu', 'JS', '苏', [['江苏省', 'Jiangsu Province'], ['清川市', 'Qingchuan'], ['南洲市', 'Nanzhou']],
    ['江苏省生态环境厅', 'Provincial authority', '苏演环'], ['清川市生态环境局', 'Qingchuan city authority', '苏清环'],
    ['清川市河东生态环境局', 'Hedong branch office', '苏清河环'], ['南洲市生态环境局', 'Nanzhou city authority', '苏南环']),
  place('ningxia', 'NX', '宁', [['宁夏回族自治区', 'Ningxia'], ['沙湾市', 'Shawan'], ['贺东市', 'Hedong']],
    ['宁夏回族自治区生态环境厅', 'Regional authority', '宁演环'], ['沙湾市生态环境局', 'Shawan city authority', '宁沙环'],
    ['沙湾市渠东生态环境局', 'Qudong branch office', '宁沙渠环'], ['贺东市生态环境局', 'Hedong city authority', '宁贺环']),
  place('inner-mongolia', 'NM', '蒙', [['内蒙古自治区', 'Inner Mongolia'], ['白原市', 'Baiyuan'], ['青岭市', 'Qingling']],
    ['内蒙古自治区生态环境厅', 'Regional authority', '蒙演环'], ['白原市生态环境局', 'Baiyuan city authority', '蒙白环'],
    ['白原市河套生态环境局', 'Hetao branch office', '蒙白河环'], ['青岭市生态环境局', 'Qingling city authority', '蒙青环']),
  place('shanghai', 'SH', '沪', [['上海市', 'Shanghai'], ['沪滨区', 'Hubin'], ['浦源区', 'Puyuan']],
    ['上海市生态环境局', 'Municipal authority', '沪演环'], ['沪滨区生态环境局', 'Hubin district authority', '沪滨环'],
    ['沪滨区江湾生态环境所', 'Jiangwan office', '沪滨江环'], ['浦源区生态环境局', 'Puyuan district authority', '沪源环']),
];

/** @throws RangeError when no demonstration plays in the region */
export function demoPlace(region: string): DemoPlace {
  const found = DEMO_PLACES.find((each) => each.region === region);
  if (found === undefined) throw new RangeError(`没有 ${region} 的演示 no demonstration plays in ${region}: ${DEMO_PLACES.map((each) => each.region).join(', ')}`);
  return found;
}

const HOME = demoPlace('jiangsu');
/** The province authority of the demonstration. */
export const DEMO_PROVINCE = HOME.province;
/** The city authority of the demonstration, where most of its cases run. */
export const DEMO_CITY = HOME.city;
/** The region whose profile the demonstration follows. */
export const DEMO_REGION = HOME.region;
/** Every authority of the demonstration. */
export const DEMO_AUTHORITIES = HOME.authorities;

export interface CastMember {
  readonly login: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly authorityId: AuthorityId;
  readonly certificate?: Certificate;
  readonly legalQualification?: string;
}

const certificate = (serial: string, from = '2024-01-01', to = '2029-12-31'): Certificate => ({ number: `ZF-${serial}`, from: calendarDay(from), to: calendarDay(to) });

type Part = Omit<CastMember, 'authorityId'> & { readonly at: 'city' | 'province' | 'neighbour' };

/** Names are invented. Duties are spread so that the separation of duties can hold in every matter. */
const PARTS: readonly Part[] = [
  { login: 'monitor', name: '陆闻笛', roles: ['monitoring-control'], at: 'city' },
  { login: 'monitor2', name: '唐静渊', roles: ['monitoring-control'], at: 'city' },
  { login: 'monitor3', name: '严观微', roles: ['monitoring-control'], at: 'city' },
  { login: 'monitor-lead', name: '闻总衡', roles: ['monitoring-control'], at: 'city' },
  { login: 'region-monitor', name: '总观澜', roles: ['monitoring-control'], at: 'province' },
  { login: 'panel', name: '沈知微', roles: ['panel-member'], at: 'city' },
  { login: 'panel-lead', name: '顾长风', roles: ['panel-lead', 'panel-member'], at: 'city' },
  { login: 'review-tech', name: '江映秋', roles: ['review-technical'], at: 'city' },
  { login: 'review-tech2', name: '洛清源', roles: ['review-technical'], at: 'city' },
  { login: 'review-legal', name: '方正言', roles: ['review-legal'], at: 'city', legalQualification: 'LQ-0001' },
  { login: 'review-lead', name: '韩秉直', roles: ['review-lead'], at: 'city' },
  { login: 'officer', name: '周行舟', roles: ['enforcement-officer'], at: 'city', certificate: certificate('060001') },
  { login: 'officer2', name: '吴听澜', roles: ['enforcement-officer'], at: 'city', certificate: certificate('060002') },
  { login: 'officer3', name: '郑未央', roles: ['enforcement-officer'], at: 'city', certificate: certificate('060003', '2019-01-01', '2023-12-31') },
  { login: 'enforcement', name: '梁执中', roles: ['enforcement-lead'], at: 'city', certificate: certificate('060010') },
  { login: 'case-reviewer', name: '许明审', roles: ['case-reviewer'], at: 'city' },
  { login: 'legal', name: '秦守正', roles: ['legal'], at: 'city', legalQualification: 'LQ-0002' },
  { login: 'hearing', name: '孟持衡', roles: ['hearing-host'], at: 'city' },
  { login: 'head', name: '魏司南', roles: ['authority-head'], at: 'city' },
  { login: 'seal', name: '田印泥', roles: ['seal-keeper'], at: 'city' },
  { login: 'finance', name: '钱有据', roles: ['fine-clerk'], at: 'city' },
  { login: 'archivist', name: '卷长青', roles: ['archivist'], at: 'city' },
  { login: 'lab', name: '苏量清', roles: ['lab'], at: 'city' },
  { login: 'lab2', name: '衡如水', roles: ['lab'], at: 'city' },
  { login: 'lab-lead', name: '量守恒', roles: ['lab'], at: 'city' },
  { login: 'air', name: '云淡远', roles: ['element-dept'], at: 'city' },
  { login: 'model-author', name: '贺推演', roles: ['model-author'], at: 'city' },
  { login: 'model-approver', name: '程复核', roles: ['model-approver'], at: 'city' },
  { login: 'region-enforcement', name: '岑远舟', roles: ['enforcement-lead'], at: 'province', certificate: certificate('050001') },
  { login: 'inspector', name: '夏巡查', roles: ['inspector'], at: 'province' },
  { login: 'neighbour', name: '邻市员', roles: ['enforcement-officer', 'panel-member', 'review-lead'], at: 'neighbour', certificate: certificate('070001') },
  { login: 'admin', name: '系统管理员', roles: ['admin'], at: 'province' },
  { login: 'security', name: '安全管理员', roles: ['security-admin'], at: 'province' },
  { login: 'audit', name: '审计管理员', roles: ['audit-admin'], at: 'province' },
];

/** The cast of a demonstration, each at the authority of that place. */
export const demoCast = (at: DemoPlace): readonly CastMember[] =>
  PARTS.map(({ at: where, certificate: held, ...part }) => ({
    ...part, authorityId: at[where], ...(held === undefined ? {} : { certificate: { ...held, number: `${at.sign}${held.number}` } }),
  }));

/** Officials of the demonstration: enough people with different duties that separation of duties can hold. */
export const DEMO_CAST = demoCast(HOME);

/** One sign-in password for the whole cast; known to everybody, therefore only ever set with `--demo`. */
export const DEMO_PASSWORD = 'mingjian-demo-2026';

/** Id of a demonstration account; the same at every start, so that stories can name people. */
export const demoAccountId = (login: string): AccountId => asId<AccountId>(`demo-${login}`);

/** Sign-in name of a unit's person, e.g. `unit-e001`. */
export const unitLogin = (unitId: UnitId): string => `unit-${unitId.toLowerCase()}`;
