import { unstopped } from './accounts.ts';
import { alteredAtIn, whoDid } from './alteration.ts';
import { didWhat, type Body, type CaseAct } from './case-bodies.ts';
import { chanceOf, type Troupe } from './habits.ts';
import { DIRECTOR, type UnitPerson } from './persons.ts';
import { casesOf, chinaDay, type CasePage, type Ground } from './shapes.ts';

const shownCases = (grounds: readonly Ground[]): Ground[][] => casesOf(grounds).filter((together) => together.every(({ holds }) => holds === 'YES'));

/** Does the file point to a crime, every ground of one sufficient case shown by the platform, and was it not yet put before the police? */
export function pointsToCrime({ proposals, state }: CasePage): boolean {
  const asked = proposals.find(({ command }) => command === 'PROPOSE_TRANSFER');
  if (asked === undefined || state.person !== undefined || state.latest['PROPOSE_TRANSFER'] !== undefined) return false;
  return shownCases(asked.grounds).length > 0;
}

const groundsOf = ({ proposals }: CasePage): string => shownCases(proposals.find(({ command }) => command === 'PROPOSE_TRANSFER')?.grounds ?? []).flat().map(({ zh }) => `${zh}——符合`).join('；');
const referenceOf = ({ state }: CasePage, what: string): string => `${what}-${state.caseNo}`;

/** What officers saw at the place, in the words of their record; undefined where the file holds data and statements only. */
const seenThere = ({ latest, evidence }: CasePage['state']): string | undefined => {
  const found = latest['RECORD_SITE_INSPECTION']?.command['found'];
  return typeof found === 'string' && evidence.some(({ shows = [], source }) => shows.length > 0 && source?.from !== 'REVIEWED_DATA') ? found : undefined;
};

/** The brief of a transfer (移送规定 第六条): by which means, when, found where, and who is named by whom. */
function briefOf({ state }: CasePage): string {
  const found = seenThere(state);
  const { director, hand } = whoDid(state);
  const at = alteredAtIn(found);
  const asked = state.latest['RECORD_INQUIRY']?.command['asked'] as { readonly name?: string; readonly role?: string } | undefined;
  return [
    found === undefined ? '案卷现有的是经审核的自动监测数据，现场没有查获直接证据。' : `现场检查（勘察）笔录载明：${unstopped(found)}。`,
    ...(at === undefined ? [] : [`实施时间为${at}。`]),
    ...(asked?.name === undefined || found === undefined ? [] : [`${asked.name}（${asked.role ?? ''}）在询问中指认：由${director.name}（${director.post}）要求，${hand.name}（${hand.post}）操作。`]),
  ].join('');
}

/** What officers took into keeping by a record of it, and the file; nothing that nobody took. */
function goodsOf({ state: { latest, papers } }: CasePage): string {
  const taken = ['CARRY_OUT_PRESERVATION', 'PRESERVE_URGENTLY', 'CARRY_OUT_SEALING', 'SEAL_URGENTLY'].some((step) => latest[step] !== undefined);
  const lists = taken ? papers.filter(({ title = '' }) => /清单/u.test(title)).map(({ title = '', number }) => `《${title}》${number}所列物品`) : [];
  return `${lists.length === 0 ? '本案没有先行登记保存、查封、扣押的物品' : lists.join('、')}；案卷材料复制件一套。`;
}

/** Between the investigation and the police: proposed, seen by the lawyers, approved, sent, answered. */
export const TRANSFER_ACTS: Readonly<Record<string, CaseAct>> = {
  PROPOSE_TRANSFER: { who: 'officer', body: (page) => ({ suspectedCrime: '污染环境罪', reason: `${briefOf(page)}按法释〔2023〕7号第一条核对：${groundsOf(page)}。涉嫌犯罪，应当移送。` }) },
  GIVE_TRANSFER_OPINION: { who: 'legal', body: () => ({ agrees: true, opinion: '事实和证据指向司法解释所列情形，同意移送，由公安机关审查。' }) },
  APPROVE_TRANSFER: { who: 'head', body: () => ({ opinion: '同意移送。' }) },
  SEND_TRANSFER: { who: 'officer', body: (page) => ({ to: '公安机关', procuratorate: '人民检察院', reference: referenceOf(page, '移送') }) },
  ENTER_TWO_LAW_PLATFORM: { who: 'officer', body: (page) => ({ reference: referenceOf(page, '两法衔接') }) },
  RECORD_POLICE_FILED: { who: 'officer', body: (page, now) => ({ reference: referenceOf(page, '立案'), filedOn: chinaDay(now), note: '公安机关决定立案侦查。' }) },
  RECORD_POLICE_REFUSED: { who: 'officer', body: (page) => ({
    reference: referenceOf(page, '不予立案'),
    reason: seenThere(page.state) === undefined ? '移送的材料只有监测数据的统计特征，没有证明实施行为的直接证据，不足以认定犯罪事实。' : '现场查获的情况能够证明数据被改动，但行为人主观明知和改动期间实际排放污染物的证据不足，不予立案。',
  }) },
  ASK_REFUSAL_REVIEW: { who: 'head', body: (page) => ({ body: 'POLICE', reason: `对不予立案决定（${refusalOf(page)}）有异议：${briefOf(page)}上述证据相互印证，符合法释〔2023〕7号第一条所列情形，提请复议。` }) },
  RECORD_REFUSAL_UPHELD: { who: 'officer', body: (page) => ({ reference: referenceOf(page, '复议维持'), note: '公安机关复议后维持不予立案，认为主观明知的证据仍然不足。' }) },
  RECORD_REFUSAL_REVERSED: { who: 'officer', body: (page, now) => ({ reference: referenceOf(page, '复议立案'), filedOn: chinaDay(now), note: '公安机关复议后决定立案侦查。' }) },
  ACCEPT_REFUSAL: { who: 'head', body: (page) => ({
    reason: page.state.latest['ASK_REFUSAL_REVIEW'] === undefined
      ? '案卷只有监测数据的统计特征和当事人陈述，没有现场查获的程序、参数等直接证据，提请复议没有新的依据，不提请复议；恢复行政处罚程序，以后查明的再行移送。'
      : '公安机关复议维持不予立案，本机关没有新的证据，不再建议检察机关立案监督；恢复行政处罚程序，以后查明的再行移送。',
  }) },
  HAND_OVER_GOODS: { who: 'officer', body: (page, now) => ({ goods: goodsOf(page), receivedBy: '公安机关承办人', takenAt: now }) },
};

const refusalOf = ({ state }: CasePage): string => String(state.latest['RECORD_POLICE_REFUSED']?.command['reference'] ?? '');

interface Office {
  readonly authorityId: string;
  readonly authority: { readonly zh: string };
}

/** The police and the procuratorate of the authority's own place, by the name under which it is kept. */
export async function transferAddressees(cast: Troupe, { state }: CasePage, step: string): Promise<Body> {
  if (!['SEND_TRANSFER', 'HAND_OVER_GOODS', 'SEND_DETENTION'].includes(step)) return {};
  const offices = await cast.look<{ readonly items: readonly Office[] }>('head', '/api/access/offices');
  const name = offices?.items.find(({ authorityId }) => authorityId === state.authorityId)?.authority.zh;
  if (name === undefined) return {};
  const police = name.replace('生态环境局', '公安局');
  if (step === 'HAND_OVER_GOODS') return { receivedBy: `${police}承办人` };
  return { to: police, ...(step === 'SEND_TRANSFER' ? { procuratorate: name.replace('生态环境局', '人民检察院') } : {}) };
}

/** What is done next with a case on its way to the police, and after how many hours: a review of the refusal is asked within its three days. */
export function transferStep({ state }: CasePage): { readonly step: string; readonly hours: readonly [number, number] } | undefined {
  const did = (step: string): boolean => state.latest[step] !== undefined;
  switch (state.main) {
    case 'TRANSFER_PROPOSED': return { step: did('GIVE_TRANSFER_OPINION') ? 'APPROVE_TRANSFER' : 'GIVE_TRANSFER_OPINION', hours: [2, 10] };
    case 'TRANSFER_APPROVED': return { step: 'SEND_TRANSFER', hours: [1, 6] };
    case 'WITH_POLICE':
      if (!did('ENTER_TWO_LAW_PLATFORM')) return { step: 'ENTER_TWO_LAW_PLATFORM', hours: [1, 6] };
      return { step: chanceOf(state.caseId, 'police') < 50 ? 'RECORD_POLICE_FILED' : 'RECORD_POLICE_REFUSED', hours: [24, 40] };
    case 'POLICE_REFUSED': return { step: did('ASK_REFUSAL_REVIEW') || seenThere(state) === undefined ? 'ACCEPT_REFUSAL' : 'ASK_REFUSAL_REVIEW', hours: [2, 12] };
    case 'REFUSAL_REVIEW': return { step: chanceOf(state.caseId, 'police-review') < 40 ? 'RECORD_REFUSAL_REVERSED' : 'RECORD_REFUSAL_UPHELD', hours: [24, 60] };
    case 'CRIMINAL_CASE': return did('HAND_OVER_GOODS') ? undefined : { step: 'HAND_OVER_GOODS', hours: [2, 12] };
    default: return undefined;
  }
}

/** A person fined beside the unit, and as which. */
export interface Charged extends Pick<UnitPerson, 'name' | 'post' | 'idNumber' | 'address'> {
  readonly role: 'IN_CHARGE' | 'RESPONSIBLE';
}

/**
 * Who is charged next beside the unit: where a provision fines persons and the police do not have the case, he who ordered the act, then he who did it by hand.
 * Each is heard and told in a case of his own.
 */
export function toCharge({ state, next, proposals }: CasePage): Charged | undefined {
  const withPolice = proposals.some(({ command }) => command === 'PROPOSE_TRANSFER') && state.latest['ACCEPT_REFUSAL'] === undefined;
  if (state.violation !== 'DATA_FALSIFY_UNIT' || state.person !== undefined || withPolice || !next.some(({ command }) => command === 'ADD_PERSON')) return undefined;
  const { director, hand } = whoDid(state);
  const persons: readonly Charged[] = [{ ...director, role: 'IN_CHARGE' }, { ...hand, role: 'RESPONSIBLE' }];
  return persons[state.kin.filter(({ relation }) => relation === 'JOINT_WITH').length];
}

/** The file against a person who, as the manager said when asked, had it done or did it. */
export async function chargePerson(cast: Troupe, url: string, state: CasePage['state'], { name, post, idNumber, address, role }: Charged): Promise<boolean> {
  const did = `询问笔录载明，${didWhat(state) ?? '数据造假'}，由${post}${name}`;
  const body: Body = { kind: 'ADD_PERSON', name, idNumber, role, post, address, part: post === DIRECTOR ? `${did}安排，系直接负责的主管人员。` : `${did}操作，系其他直接责任人员。` };
  return cast.act('enforcement', url, body);
}
