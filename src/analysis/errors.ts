import { defineRefusals } from '#kernel';

export const refuse = defineRefusals({
  'ANALYSIS-001': { zh: '没有这条线索', en: 'no such clue', status: 404 },
  'ANALYSIS-002': { zh: '没有这个模型', en: 'no such model', status: 404 },
  'ANALYSIS-003': { zh: '没有这个排放口', en: 'no such outfall', status: 404 },
  'ANALYSIS-004': { zh: '时段应为正且不超过400天', en: 'the period must be positive and at most 400 days', status: 422 },
});
