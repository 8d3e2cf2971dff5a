import { defineRefusals } from '#kernel';

export const refuse = defineRefusals({
  'REGISTER-001': { zh: '登记文件有误，未导入任何内容', en: 'the register files contain errors; nothing was imported', status: 422 },
  'REGISTER-002': { zh: '没有这个排污单位', en: 'no such unit', status: 404 },
  'REGISTER-003': { zh: '没有这个排放口', en: 'no such outfall', status: 404 },
  'REGISTER-004': { zh: '标记的结束不得早于开始', en: 'a mark must not end before it starts', status: 422 },
  'REGISTER-005': { zh: '只能标记已经开始的时段', en: 'only hours that have begun can be marked', status: 422 },
  'REGISTER-011': { zh: '授权的最后一天不得早于第一天，也不得早于今天', en: 'the last day must not lie before the first one or before today', status: 422 },
  'REGISTER-012': { zh: '一次授权最长二十四个月，到期重新授权', en: 'an authorisation lasts twenty-four months at most; authorise anew when it ends', status: 422 },
  'REGISTER-013': { zh: '没有这项授权', en: 'no such authorisation', status: 404 },
  'REGISTER-014': { zh: '授权已经结束或撤回', en: 'the authorisation is over already', status: 409 },
  'REGISTER-021': { zh: '登记表中没有这个参数', en: 'the register holds no such value', status: 404 },
  'REGISTER-022': { zh: '应为非负数，至多六位小数', en: 'a number of at most six decimals, not negative', status: 422 },
  'REGISTER-023': { zh: '与现登记值相同', en: 'the register says so already', status: 422 },
  'REGISTER-024': { zh: '这个参数已有一项异议在办，答复后可再提', en: 'this value is under dispute already; wait for the answer', status: 409 },
  'REGISTER-025': { zh: '没有这项异议', en: 'no such dispute', status: 404 },
  'REGISTER-026': { zh: '异议已经办结', en: 'the dispute has ended', status: 409 },
  'REGISTER-027': { zh: '此参数由{zh}答复', en: 'this value is answered by: {en}', status: 403 },
  'REGISTER-028': { zh: '材料“{name}”没有上传成功', en: 'the file {name} was not received', status: 422 },
});
