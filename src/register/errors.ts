import { defineRefusals } from '#kernel';

export const refuse = defineRefusals({
  'REGISTER-001': { zh: '登记文件有误，未导入任何内容', en: 'the register files contain errors; nothing was imported', status: 422 },
  'REGISTER-002': { zh: '没有这个排污单位', en: 'no such unit', status: 404 },
  'REGISTER-003': { zh: '没有这个排放口', en: 'no such outfall', status: 404 },
  'REGISTER-004': { zh: '标记的结束不得早于开始', en: 'a mark must not end before it starts', status: 422 },
  'REGISTER-005': { zh: '只能标记已经开始的时段', en: 'only hours that have begun can be marked', status: 422 },
});
