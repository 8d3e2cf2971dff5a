import { defineRefusals } from '#kernel';

export const refuse = defineRefusals({
  'ANALYSIS-001': { zh: '没有这条线索', en: 'no such clue', status: 404 },
  'ANALYSIS-002': { zh: '没有这个模型', en: 'no such model', status: 404 },
  'ANALYSIS-003': { zh: '没有这个排放口', en: 'no such outfall', status: 404 },
  'ANALYSIS-004': { zh: '时段应为正且不超过400天', en: 'the period must be positive and at most 400 days', status: 422 },
  'ANALYSIS-005': { zh: '时段应为正；小时至多62天，日至多3年，月至多11年', en: 'the period must be positive: hours up to 62 days, days up to 3 years, months up to 11', status: 422 },
  'ANALYSIS-021': { zh: '回溯时段应为正且不超过三年', en: 'the period of a back-test must be positive and at most three years', status: 422 },
  'ANALYSIS-022': { zh: '一次只能改一个模型的参数', en: 'parameters can be changed for one model at a time', status: 422 },
  'ANALYSIS-023': { zh: '模型没有这些参数：{names}（有：{known}）', en: 'the model has no such parameters: {names} (it has: {known})', status: 422 },
  'ANALYSIS-024': { zh: '参数值应为有限的数', en: 'a parameter must be a finite number', status: 422 },
  'ANALYSIS-025': { zh: '没有符合条件的排放口', en: 'no outfall fits', status: 422 },
  'ANALYSIS-026': { zh: '回溯已取消', en: 'the back-test was cancelled', status: 409 },
  'ANALYSIS-028': { zh: '已有两次回溯在进行，请稍候', en: 'two back-tests are running already, wait for one', status: 429 },
  'ANALYSIS-030': { zh: '自查时段应为正、不在将来且不超过92天', en: 'the span must be positive, not in the future and at most 92 days', status: 422 },
  'ANALYSIS-031': { zh: '已有两次自查在进行，请稍候', en: 'two checks are running already, wait for one', status: 429 },
});
