import { defineRefusals } from '#kernel';

export const refuse = defineRefusals({
  'QUALITY-001': { zh: '没有这个排放口', en: 'no such outfall', status: 404 },
  'QUALITY-011': { zh: '没有这项归真任务', en: 'no such task', status: 404 },
  'QUALITY-012': { zh: '任务现在的状态不能这样办理', en: 'the task cannot be acted on like this as it stands', status: 409 },
  'QUALITY-013': { zh: '期限不得早于今天', en: 'the day must not lie before today', status: 422 },
  'QUALITY-014': { zh: '没有这条线索，或者它不属于这个排放口', en: 'no such clue, or it does not concern this outfall', status: 422 },
  'QUALITY-015': { zh: '这个排放口没有这次未通过的质控检查', en: 'the outfall has no such failed check', status: 422 },
  'QUALITY-016': { zh: '材料“{name}”没有上传成功', en: 'the file {name} was not received', status: 422 },
  'QUALITY-017': { zh: '这项任务由排污单位自己办理', en: 'this task is for the unit itself', status: 403 },
});
