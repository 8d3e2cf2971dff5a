import { defineRefusals } from '#kernel';

export const refuse = defineRefusals({
  'ANALYSIS-041': { zh: '没有这份提案', en: 'no such proposal', status: 404 },
  'ANALYSIS-042': { zh: '提案处于“{state}”，不能“{act}”', en: 'the proposal is {stateEn}: {actEn} is not possible' },
  'ANALYSIS-043': { zh: '只有提案人本人可以“{act}”', en: 'only the proposer himself may {actEn}', status: 403 },
  'ANALYSIS-044': { zh: '请写明理由（至少五个字）', en: 'please state the reason (at least five characters)', status: 422 },
  'ANALYSIS-045': { zh: '影子运行未满 {days} 日，最早可于 {at} 决定', en: 'the shadow run has not lasted {days} days; a decision is possible from {at}', basis: '模型治理规则：先试后用' },
  'ANALYSIS-046': { zh: '模型没有这些参数：{names}', en: 'the model has no such parameters: {names}', status: 422 },
  'ANALYSIS-047': { zh: '提案没有改变任何东西', en: 'the proposal changes nothing', status: 422 },
  'ANALYSIS-048': { zh: '规则有 {n} 处问题，第一处：{first}', en: 'the rule has {n} problems, the first: {firstEn}', status: 422 },
  'ANALYSIS-049': { zh: '该模型没有被降级，无须恢复', en: 'the model is not capped: there is nothing to restore' },
  'ANALYSIS-050': { zh: '该模型已有未结的提案 {other}', en: 'another proposal on this model is open: {other}' },
  'ANALYSIS-052': { zh: '提案须由某一机关的人员提出', en: 'a proposal needs an authority behind it', status: 403 },
  'ANALYSIS-054': {
    zh: '复核过的线索 {n} 条（属实 {right}，不实 {wrong}），重新拟合至少需要 {least} 条，且属实、不实各不少于 {each} 条',
    en: '{n} clues were reviewed ({right} held, {wrong} did not); a refit needs {least}, and {each} of either',
  },
  'ANALYSIS-053': { zh: '没有这条规则', en: 'no such rule', status: 404 },
});
