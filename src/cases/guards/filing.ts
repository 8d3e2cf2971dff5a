import { dayOf, startOfDay, type CalendarDay, type RegionKey } from '#kernel';
import { own, type Law } from '#law';
import { violationFor } from '../kin/liable-person.ts';
import { chargedActs } from '../charged-acts.ts';
import type { Guard } from './guards.ts';
import { fine, need, oneOf } from './need.ts';


export const FILING_GUARD_ARTICLES = {
  FILING_CONDITIONS: '生态环境行政处罚办法 第十八条',
  FACTS_OF_THE_ACT: '行政处罚法 第五十九条',
  FILING_EXTENDABLE: '生态环境行政处罚办法 第十八条',
  WITHIN_LIMITATION: '行政处罚法 第三十六条',
  HARM_FOUND: '行政处罚法 第三十六条；生态环境法典 第一千零五十四条',
  REPORTED_BEFORE_FOUND: '行政处罚法 第三十二条',
  NAMED_ACT: `${own('deviceActs')}；行政处罚法 第四条`,
  NEW_VIOLATION: '生态环境行政处罚办法 第十八条；行政处罚法 第三十六条',
  RIGHT_SUBJECT: '生态环境行政执法案卷评查细则（环执法发〔2024〕4号） 第4项；行政处罚法 第四条',
} as const;

/**
 * Last day on which an act could still be discovered in time, and in how many years: five where it did harm that counted
 * when the act ended (before the Code only harm to life and health), else two. It runs from the end of the act to its
 * discovery, not to the filing.
 */
export function limitationOf(law: Law, region: RegionKey, actEnd: CalendarDay, harm: string): { readonly last: CalendarDay; readonly years: '两' | '五' } {
  const counts = law.codes('harm-kinds').codes.find((kind) => kind.code === harm)?.validFrom;
  const long = counts !== undefined && counts <= actEnd;
  return { last: law.due(long ? 'T28h' : 'T28', region, startOfDay(actEnd)).dueDay, years: long ? '五' : '两' };
}

/** What must hold before a violation is charged, at the filing or later. */
export const FILING_GUARDS = {
  FILING_CONDITIONS: ({ command }) => {
    if (command?.kind !== 'PROPOSE_FILING') return fine;
    const c = command.conditions;
    return [
      ...need(c.initialProof, '初步证据证明有违法行为'),
      ...need(c.punishable, '依法应当或者可以处罚'),
      ...need(c.jurisdiction, '属于本机关管辖'),
      ...need(c.withinLimitation, '未超过追责时效'),
    ];
  },
  // What the review found is told for what it found: another violation is filed for on other facts.
  FACTS_OF_THE_ACT: ({ state, command }) =>
    need(command?.kind !== 'PROPOSE_FILING' || state.suggestions.length === 0 || state.suggestions.includes(command.violation) || command.facts.trim() !== state.facts.trim(),
      '与所选违法行为相符的事实（审核认定的事实属于另一种违法行为）'),
  FILING_EXTENDABLE: ({ state, now }) => {
    const term = state.running.T3c;
    return need(term !== undefined && now < term.dueAt, '尚未届满、尚未延长的立案审查期限');
  },
  WITHIN_LIMITATION: ({ state, command, law }) => {
    if (command?.kind !== 'PROPOSE_FILING') return fine;
    const { last, years } = limitationOf(law, state.region, command.actEnd, command.harm);
    return need(dayOf(state.handedOverAt) <= last, `违法行为自${command.actEnd}起${years}年内被发现`);
  },
  HARM_FOUND: ({ command, law }) => {
    if (command?.kind !== 'PROPOSE_FILING' && command?.kind !== 'ADD_VIOLATION') return fine;
    const kinds = law.codes('harm-kinds');
    return [
      ...need(kinds.codes.some((kind) => kind.code === command.harm), oneOf(kinds)),
      ...need(command.harm === 'NONE' || command.harmFinding !== '', '危害后果的认定'),
    ];
  },
  // What the authority had found already is no longer reported of one's own accord.
  REPORTED_BEFORE_FOUND: ({ state, command }) =>
    need(command?.kind !== 'RECORD_SELF_REPORT' || command.reportedOn <= dayOf(state.handedOverAt), `早于发现（${dayOf(state.handedOverAt)}）的报告`),
  // Where the region names acts of a kind of violation, the one named must be of the kind charged.
  NAMED_ACT: ({ state, command, law }) => {
    if (command?.kind !== 'PROPOSE_FILING' || command.namedAct === undefined) return fine;
    const known = law.data.codes.filter((list) => list.regions?.includes(state.region) === true).flatMap((list) => list.codes);
    const act = known.find((one) => one.code === command.namedAct);
    if (act?.violation === undefined) return ['本地区列明的违法情形之一'];
    return need(act.violation === command.violation, `与所列情形一致的案由：${law.violation(act.violation).title.zh}`);
  },
  NEW_VIOLATION: ({ state, command, law, now }) => {
    if (command?.kind !== 'ADD_VIOLATION') return fine;
    const { last, years } = limitationOf(law, state.region, command.actEnd, command.harm);
    return [
      ...need(!chargedActs(state).some((a) => a.violation === command.violation), '本案尚未包括的违法行为'),
      ...need(command.actStart <= command.actEnd && command.actEnd <= dayOf(now), '先后正确的行为起止日期'),
      ...need(dayOf(now) <= last, `违法行为自${command.actEnd}起${years}年内被发现`),
    ];
  },
  RIGHT_SUBJECT: ({ state, command, partyType, law }) => {
    if (command?.kind !== 'PROPOSE_FILING' && command?.kind !== 'ADD_VIOLATION') return fine;
    if (state.person !== undefined)
      return need(violationFor(state, law, command.violation).bases.length > 0, `对个人处以罚款的规定（${law.violation(command.violation).cause}的处罚依据没有）`);
    if (partyType === undefined) return fine;
    const { subjects, cause } = law.violation(command.violation);
    const words = { DISCHARGE_UNIT: '排放污染物的单位', THIRD_PARTY_AGENCY: '第三方机构' } as const;
    return need(subjects.includes(partyType), `${cause}的当事人（应为${subjects.map((s) => words[s]).join('或者')}）`);
  },
} as const satisfies Record<keyof typeof FILING_GUARD_ARTICLES, Guard>;
