import { dayOf } from '#kernel';
import { applicableLaw, correspondences } from '#law';
import { chargedActs, weighedSum } from '../charged-acts.ts';
import type { CommandOf } from '../commands/index.ts';
import type { PenaltyCase } from '../penalty-case.ts';
import type { Guard } from './guards.ts';
import { violationFor } from '../kin/liable-person.ts';
import { dutiesOf } from '../measures/duties.ts';
import { contradictions } from '../discretion/computed-grades.ts';
import { basisOfAct, REPLACED_IN, replacedBases } from '../discretion/choice-of-law.ts';
import { runDiscretion } from '../discretion/run-discretion.ts';
import { fine, need } from './need.ts';


export const DISCRETION_GUARD_ARTICLES = {
  BASIS_APPLIES: '行政处罚法 第三十七条',
  PROVISION_KNOWN: '行政处罚法 第五条、第五十九条',
  BENCHMARK_EXISTS: '行政处罚法 第三十四条',
  GRADES_FIT_FACTS: '行政处罚法 第五条、第三十四条',
  NOT_HEAVIER: '行政处罚法 第四十五条',
  DUTIES_PROPOSED: '行政处罚法 第五条、第五十七条',
} as const;

const notAbove = (cap: number): string => `不高于原告知的 ${cap} 元（不得因陈述申辩、复议或者诉讼加重；有新的事实的，先补充调查）`;

/** What the party was told, and no more: neither another kind nor a larger sum (行政处罚法 第四十五条). */
function heavierThan(state: PenaltyCase, { outcome, penalties, confiscation = 0 }: CommandOf<'DELIBERATE'>): readonly string[] {
  const { amountCap, kindsCap } = state;
  if (outcome !== 'PENALTY' || amountCap === undefined) return fine;
  const fineSum = penalties.includes('FINE') ? weighedSum(state) : 0;
  return [
    ...need(fineSum + confiscation <= amountCap, notAbove(amountCap)),
    ...penalties.filter((kind) => kindsCap?.includes(kind) === false).map((kind) => `原告知的处罚种类（没有 ${kind}；不得因陈述申辩加重，有新的事实的，先补充调查）`),
  ];
}

/** What must hold before a violation is weighed, for each violation of the case. */
export const DISCRETION_GUARDS = {
  BASIS_APPLIES: ({ state, command, law, now }) => {
    const acts = chargedActs(state);
    if (acts.length === 0) return ['违法行为类型与行为时间'];
    if (command?.kind !== 'SET_DISCRETION') return fine;
    return acts.flatMap((act, i) => {
      const { cause } = law.violation(act.violation);
      const chosen = i === 0 ? command : command.further.find((f) => f.violation === act.violation);
      if (chosen === undefined) return [`${cause}的裁量`];
      const violation = violationFor(state, law, act.violation);
      const answer = applicableLaw(violation, act.actStart, act.actEnd, dayOf(now));
      return [
        ...need(
          answer.candidates.some((b) => b.id === chosen.basisId),
          `可适用的处罚依据：${answer.candidates.map((b) => b.id).join('、')}`,
        ),
        // A heavier law made after the act does not reach back (从旧兼从轻).
        ...correspondences(violation)
          .filter(({ next, change }) => next.id === chosen.basisId && change === 'HEAVIER' && act.actEnd < next.validFrom)
          .map(({ old }) => `行为时的规定 ${old.id}（新规定处罚较重，不溯及既往）`),
        // And a lighter one in force at the decision takes the place of the old.
        ...correspondences(violation)
          .filter(({ old, next, change }) => old.id === chosen.basisId && change === 'LIGHTER' && act.actEnd < next.validFrom && answer.candidates.includes(next))
          .map(({ next }) => `新规定 ${next.id}（处罚较轻，适用新规定）`),
        ...need(!answer.choiceRequired || chosen.basisReason.trim() !== '', `选择适用法律的理由（${answer.reason}）`),
        ...replacedBases(state, command)
          .filter((before) => before.violation === act.violation && chosen.basisReason.trim() === '')
          .map((before) => `改变所适用规定的理由（${REPLACED_IN[before.in].zh}${violation.bases.find(({ id }) => id === before.basisId)?.article ?? ''}）`),
      ];
    });
  },
  // No paper says "to be verified": where no copy of the text is at hand, an officer names the provision and where it stands.
  PROVISION_KNOWN: ({ state, command, law, now }) => {
    const given = command !== undefined && 'brokenArticle' in command && command.brokenArticle ? { article: command.brokenArticle, source: command.brokenSource } : state.namedProvision;
    const open = chargedActs(state).some((act, i) => {
      const violation = law.violation(act.violation);
      const chosen = command?.kind !== 'SET_DISCRETION' ? undefined : i === 0 ? command.basisId : command.further.find((f) => f.violation === act.violation)?.basisId;
      return (violation.bases.find((basis) => basis.id === chosen) ?? basisOfAct(state, law, act, dayOf(now)))?.broken === undefined;
    });
    return need(!open || Boolean(given?.article && given.source), '违反的条文及其出处（法规数据未载明的，由承办人写明）');
  },
  BENCHMARK_EXISTS: ({ state, law }) =>
    chargedActs(state)
      .filter((act) => law.discretionTable(act.violation, state.region, act.actEnd) === undefined)
      .map((act) => `${law.violation(act.violation).cause}的裁量基准`),
  GRADES_FIT_FACTS: ({ state, command, law, others }) => (command?.kind === 'SET_DISCRETION' ? contradictions(state, law, command.grades, others) : fine),
  // What the applied provision demands is proposed with the fine: the notice tells the party all that is to follow.
  DUTIES_PROPOSED: ({ state, command, law, now }) => {
    if (command?.kind !== 'DELIBERATE' || command.outcome !== 'PENALTY') return fine;
    const { proposal: _before, ...open } = state;
    return dutiesOf(open, law, now)
      .filter(({ duty, met }) => duty === 'LIMIT_OR_STOP' && met === 'OPEN' && !command.penalties.some((kind) => kind === 'LIMIT_PRODUCTION' || kind === 'STOP_PRODUCTION'))
      .map(({ provision, words }) => `处罚种类中的责令限制生产或者停产整治（${provision}规定“${words}”；不采取的，先说明理由和条文依据）`);
  },
  NOT_HEAVIER: ({ state, command, law }) => {
    if (state.amountCap === undefined) return fine;
    if (command?.kind === 'DELIBERATE') return heavierThan(state, command);
    if (command?.kind !== 'SET_DISCRETION') return fine;
    const runs = [
      runDiscretion(state, command, law),
      ...command.further.map(({ violation, ...input }) => runDiscretion(state, input, law, violation)),
    ];
    const sum = runs.reduce((total, run) => total + (run.ok ? run.value.amount : 0), 0);
    return need(
      runs.some((run) => !run.ok) || sum <= state.amountCap,
      notAbove(state.amountCap),
    );
  },
} as const satisfies Record<keyof typeof DISCRETION_GUARD_ARTICLES, Guard>;
