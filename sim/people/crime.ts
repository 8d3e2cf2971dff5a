import { didWhat, type Body, type CaseAct } from './case-bodies.ts';
import { chanceOf, type Troupe } from './habits.ts';
import type { UnitPerson } from './persons.ts';
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

/** Between the investigation and the police: proposed, seen by the lawyers, approved, sent, answered. */
export const TRANSFER_ACTS: Readonly<Record<string, CaseAct>> = {
  PROPOSE_TRANSFER: { who: 'officer', body: (page) => ({ suspectedCrime: '污染环境罪', reason: `按法释〔2023〕7号第一条核对：${groundsOf(page)}。涉嫌犯罪，应当移送。` }) },
  GIVE_TRANSFER_OPINION: { who: 'legal', body: () => ({ agrees: true, opinion: '事实和证据指向司法解释所列情形，同意移送，由公安机关审查。' }) },
  APPROVE_TRANSFER: { who: 'head', body: () => ({ opinion: '同意移送。' }) },
  SEND_TRANSFER: { who: 'officer', body: (page) => ({
    to: '公安机关（演示）', procuratorate: '人民检察院（演示）', reference: referenceOf(page, '移送'),
    materials: [{ material: '案件移送书和调查报告', pages: 12 }, { material: '涉案数据和原始报文清单', pages: 8 }],
  }) },
  ENTER_TWO_LAW_PLATFORM: { who: 'officer', body: (page) => ({ reference: referenceOf(page, '两法衔接') }) },
  RECORD_POLICE_FILED: { who: 'officer', body: (page, now) => ({ reference: referenceOf(page, '立案'), filedOn: chinaDay(now), note: '公安机关决定立案侦查。' }) },
  RECORD_POLICE_REFUSED: { who: 'officer', body: (page) => ({ reference: referenceOf(page, '不予立案'), reason: '公安机关审查认为现有证据不足以认定犯罪，不予立案。' }) },
  ACCEPT_REFUSAL: { who: 'head', body: () => ({ reason: '对不予立案没有异议，恢复行政处罚程序。' }) },
  HAND_OVER_GOODS: { who: 'officer', body: (_page, now) => ({ goods: '涉案数据存储介质一份，案卷材料复制件。', receivedBy: '公安机关（演示）承办人', takenAt: now }) },
};

/** What is done next with a case on its way to the police, and after how many hours. */
export function transferStep({ state }: CasePage): { readonly step: string; readonly hours: readonly [number, number] } | undefined {
  const did = (step: string): boolean => state.latest[step] !== undefined;
  switch (state.main) {
    case 'TRANSFER_PROPOSED': return { step: did('GIVE_TRANSFER_OPINION') ? 'APPROVE_TRANSFER' : 'GIVE_TRANSFER_OPINION', hours: [2, 10] };
    case 'TRANSFER_APPROVED': return { step: 'SEND_TRANSFER', hours: [1, 6] };
    case 'WITH_POLICE':
      if (!did('ENTER_TWO_LAW_PLATFORM')) return { step: 'ENTER_TWO_LAW_PLATFORM', hours: [1, 6] };
      return { step: chanceOf(state.caseId, 'police') < 50 ? 'RECORD_POLICE_FILED' : 'RECORD_POLICE_REFUSED', hours: [24, 40] };
    case 'POLICE_REFUSED': return { step: 'ACCEPT_REFUSAL', hours: [4, 20] };
    case 'CRIMINAL_CASE': return did('HAND_OVER_GOODS') ? undefined : { step: 'HAND_OVER_GOODS', hours: [2, 12] };
    default: return undefined;
  }
}

/** Is the person in charge fined beside the unit: where a provision fines persons, no crime is suspected, and nobody was charged yet. */
export const chargesPerson = ({ state, next, proposals }: CasePage): boolean =>
  state.violation === 'DATA_FALSIFY_UNIT' && state.person === undefined && !state.kin.some(({ relation }) => relation === 'JOINT_WITH') &&
  !proposals.some(({ command }) => command === 'PROPOSE_TRANSFER') && next.some(({ command }) => command === 'ADD_PERSON');

type Charged = Pick<UnitPerson, 'name' | 'post' | 'idNumber' | 'address'>;

/** The file against the person who, as the manager said when asked, had it done. */
export async function chargePerson(cast: Troupe, url: string, state: CasePage['state'], { name, post, idNumber, address }: Charged): Promise<boolean> {
  const part = `询问笔录载明，${didWhat(state) ?? '数据造假'}，由${post}${name}安排，系直接负责的主管人员。`;
  const body: Body = { kind: 'ADD_PERSON', name, idNumber, role: 'IN_CHARGE', post, address, part };
  return cast.act('enforcement', url, body);
}
