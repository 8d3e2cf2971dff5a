import { asId, calendarDay, type AccountId, type AuthorityId, type RegionKey, type UnitId } from '#kernel';
import type { Authority } from './authority.ts';
import type { Role } from './roles.ts';
import type { Certificate } from './store/accounts.ts';

const jiangsu = asId<RegionKey>('jiangsu');
const id = (text: string) => asId<AuthorityId>(text);

export const DEMO_PROVINCE = id('JS');
export const DEMO_CITY = id('JS-QC');

/** An invented province's tree: one city with everything, one branch office, and a neighbour that must see nothing. */
export const DEMO_AUTHORITIES: readonly Authority[] = [
  { authorityId: DEMO_PROVINCE, nameZh: '江苏省生态环境厅（演示）', nameEn: 'Provincial authority (demonstration)', level: 'province', parentId: null, region: jiangsu, docPrefix: '苏演环' },
  { authorityId: DEMO_CITY, nameZh: '清川市生态环境局（演示）', nameEn: 'Qingchuan city authority (demonstration)', level: 'city', parentId: DEMO_PROVINCE, region: jiangsu, docPrefix: '苏清环' },
  { authorityId: id('JS-QC-HD'), nameZh: '清川市河东生态环境局（演示）', nameEn: 'Hedong branch office (demonstration)', level: 'branch', parentId: DEMO_CITY, region: jiangsu, docPrefix: '苏清河环' },
  { authorityId: id('JS-NZ'), nameZh: '南洲市生态环境局（演示）', nameEn: 'Nanzhou city authority (demonstration)', level: 'city', parentId: DEMO_PROVINCE, region: jiangsu, docPrefix: '苏南环' },
];

export interface CastMember {
  readonly login: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly authorityId: AuthorityId;
  readonly certificate?: Certificate;
  readonly legalQualification?: string;
}

const certificate = (serial: string): Certificate => ({ number: `苏ZF-${serial}`, from: calendarDay('2024-01-01'), to: calendarDay('2029-12-31') });

/** Names are invented. Duties are spread so that the separation of duties can hold in every matter. */
export const DEMO_CAST: readonly CastMember[] = [
  { login: 'monitor', name: '陆闻笛', roles: ['monitoring-control'], authorityId: DEMO_CITY },
  { login: 'panel', name: '沈知微', roles: ['panel-member'], authorityId: DEMO_CITY },
  { login: 'panel-lead', name: '顾长风', roles: ['panel-lead', 'panel-member'], authorityId: DEMO_CITY },
  { login: 'review-tech', name: '江映秋', roles: ['review-technical'], authorityId: DEMO_CITY },
  { login: 'review-legal', name: '方正言', roles: ['review-legal'], authorityId: DEMO_CITY, legalQualification: 'LQ-0001' },
  { login: 'review-lead', name: '韩秉直', roles: ['review-lead'], authorityId: DEMO_CITY },
  { login: 'officer', name: '周行舟', roles: ['enforcement-officer'], authorityId: DEMO_CITY, certificate: certificate('060001') },
  { login: 'officer2', name: '吴听澜', roles: ['enforcement-officer'], authorityId: DEMO_CITY, certificate: certificate('060002') },
  { login: 'officer3', name: '郑未央', roles: ['enforcement-officer'], authorityId: DEMO_CITY, certificate: { number: '苏ZF-060003', from: calendarDay('2019-01-01'), to: calendarDay('2023-12-31') } },
  { login: 'enforcement', name: '梁执中', roles: ['enforcement-lead'], authorityId: DEMO_CITY, certificate: certificate('060010') },
  { login: 'case-reviewer', name: '许明审', roles: ['case-reviewer'], authorityId: DEMO_CITY },
  { login: 'legal', name: '秦守正', roles: ['legal'], authorityId: DEMO_CITY, legalQualification: 'LQ-0002' },
  { login: 'hearing', name: '孟持衡', roles: ['hearing-host'], authorityId: DEMO_CITY },
  { login: 'head', name: '魏司南', roles: ['authority-head'], authorityId: DEMO_CITY },
  { login: 'seal', name: '田印泥', roles: ['seal-keeper'], authorityId: DEMO_CITY },
  { login: 'finance', name: '钱有据', roles: ['fine-clerk'], authorityId: DEMO_CITY },
  { login: 'archivist', name: '卷长青', roles: ['archivist'], authorityId: DEMO_CITY },
  { login: 'lab', name: '苏量清', roles: ['lab'], authorityId: DEMO_CITY },
  { login: 'air', name: '云淡远', roles: ['element-dept'], authorityId: DEMO_CITY },
  { login: 'model-author', name: '贺推演', roles: ['model-author'], authorityId: DEMO_CITY },
  { login: 'model-approver', name: '程复核', roles: ['model-approver'], authorityId: DEMO_CITY },
  { login: 'inspector', name: '夏巡查', roles: ['inspector'], authorityId: DEMO_PROVINCE },
  { login: 'neighbour', name: '邻市员', roles: ['enforcement-officer', 'panel-member', 'review-lead'], authorityId: id('JS-NZ'), certificate: certificate('070001') },
  { login: 'admin', name: '系统管理员', roles: ['admin'], authorityId: DEMO_PROVINCE },
  { login: 'security', name: '安全管理员', roles: ['security-admin'], authorityId: DEMO_PROVINCE },
  { login: 'audit', name: '审计管理员', roles: ['audit-admin'], authorityId: DEMO_PROVINCE },
];

export const DEMO_REGION = jiangsu;

/** One sign-in password for the whole cast; known to everybody, therefore only ever set with `--demo`. */
export const DEMO_PASSWORD = 'mingjian-demo-2026';

export const demoAccountId = (login: string): AccountId => asId<AccountId>(`demo-${login}`);

/** Sign-in name of a unit's person, e.g. `unit-e001`. */
export const unitLogin = (unitId: UnitId): string => `unit-${unitId.toLowerCase()}`;
