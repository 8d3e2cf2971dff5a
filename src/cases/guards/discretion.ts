import { dayOf, startOfDay } from '#kernel';
import { applicableLaw } from '#law';
import { chargedActs } from '../charged-acts.ts';
import type { Guard } from './guards.ts';
import { runDiscretion } from '../run-discretion.ts';

const fine: readonly string[] = [];
const need = (holds: boolean, missing: string): readonly string[] => (holds ? fine : [missing]);

export const DISCRETION_GUARD_ARTICLES = {
  BASIS_APPLIES: '行政处罚法 第三十七条',
  BENCHMARK_EXISTS: '行政处罚法 第三十四条',
  NOT_HEAVIER: '行政处罚法 第四十五条',
  NEW_VIOLATION: '生态环境行政处罚办法 第十八条；行政处罚法 第三十六条',
  RIGHT_SUBJECT: '生态环境行政执法案卷评查细则（环执法发〔2024〕4号） 第4项；行政处罚法 第四条',
} as const;

/** What must hold before a violation is charged or weighed, for each violation of the case. */
export const DISCRETION_GUARDS = {
  BASIS_APPLIES: ({ state, command, law, now }) => {
    const acts = chargedActs(state);
    if (acts.length === 0) return ['违法行为类型与行为时间'];
    if (command?.kind !== 'SET_DISCRETION') return fine;
    return acts.flatMap((act, i) => {
      const { cause } = law.violation(act.violation);
      const chosen = i === 0 ? command : command.further.find((f) => f.violation === act.violation);
      if (chosen === undefined) return [`${cause}的裁量`];
      const answer = applicableLaw(law.violation(act.violation), act.actStart, act.actEnd, dayOf(now));
      return [
        ...need(
          answer.candidates.some((b) => b.id === chosen.basisId),
          `可适用的处罚依据：${answer.candidates.map((b) => b.id).join('、')}`,
        ),
        ...need(!answer.choiceRequired || chosen.basisReason !== '', `选择适用法律的理由（${answer.reason}）`),
      ];
    });
  },
  BENCHMARK_EXISTS: ({ state, law }) =>
    chargedActs(state)
      .filter((act) => law.discretionTable(act.violation, state.region, act.actEnd) === undefined)
      .map((act) => `${law.violation(act.violation).cause}的裁量基准`),
  NOT_HEAVIER: ({ state, command, law }) => {
    if (command?.kind !== 'SET_DISCRETION' || state.amountCap === undefined) return fine;
    const runs = [
      runDiscretion(state, command, law),
      ...command.further.map(({ violation, ...input }) => runDiscretion(state, input, law, violation)),
    ];
    const sum = runs.reduce((total, run) => total + (run.ok ? run.value.amount : 0), 0);
    return need(
      runs.some((run) => !run.ok) || sum <= state.amountCap,
      `不高于原拟罚款 ${state.amountCap} 元（不得因陈述申辩加重）`,
    );
  },
  NEW_VIOLATION: ({ state, command, law, now }) => {
    if (command?.kind !== 'ADD_VIOLATION') return fine;
    const last = law.due('T28', state.region, startOfDay(command.actEnd)).dueDay;
    return [
      ...need(!chargedActs(state).some((a) => a.violation === command.violation), '本案尚未包括的违法行为'),
      ...need(command.actStart <= command.actEnd && command.actEnd <= dayOf(now), '先后正确的行为起止日期'),
      ...need(dayOf(now) <= last, `违法行为自${command.actEnd}起两年内被发现`),
    ];
  },
  RIGHT_SUBJECT: ({ command, partyType, law }) => {
    if ((command?.kind !== 'PROPOSE_FILING' && command?.kind !== 'ADD_VIOLATION') || partyType === undefined) return fine;
    const { subjects, cause } = law.violation(command.violation);
    const words = { DISCHARGE_UNIT: '排放污染物的单位', THIRD_PARTY_AGENCY: '第三方机构' } as const;
    return need(subjects.includes(partyType), `${cause}的当事人（应为${subjects.map((s) => words[s]).join('或者')}）`);
  },
} as const satisfies Record<keyof typeof DISCRETION_GUARD_ARTICLES, Guard>;
