import { defineRefusals } from '#kernel';

export const refuse = defineRefusals({
  'SUPV-001': { zh: '督办单不存在', en: 'no such sheet', status: 404 },
  'SUPV-002': { zh: '当前状态“{state}”下不能“{act}”', en: 'not possible in state {stateEn}: {actEn}' },
  'SUPV-003': { zh: '此项操作须由{who}作出', en: 'this act belongs to {whoEn}', status: 403 },
  'SUPV-004': { zh: '请写明原因', en: 'state the cause', status: 422 },
  'SUPV-005': { zh: '请写明核查结论的理由', en: 'state the reason for the finding', status: 422 },
  'SUPV-006': { zh: '佐证材料不存在：{name}', en: 'no such material: {name}', status: 422 },
  'SUPV-007': { zh: '已确认收到', en: 'receipt is already confirmed' },
  'SUPV-009': { zh: '复核须逐项比对：缺少{missing}', en: 'the recheck must compare each source; missing: {missingEn}', basis: '内环办〔2021〕103号 二（二）', status: 422 },
  'SUPV-010': { zh: '本地区复核结论不包括“{outcome}”', en: 'not a way of this region: {outcomeEn}', status: 422 },
  'SUPV-011': { zh: '没有这条暂缓记录', en: 'no such held notice', status: 404 },
  'SUPV-012': { zh: '该记录已处理', en: 'this was dealt with already' },
  'SUPV-013': { zh: '只有疑似造假、设备不正常运行的线索才直接告知执法部门', en: 'only suspected falsification is passed on without asking the unit', basis: '内环办〔2021〕103号 二（四）' },
  'SUPV-008': { zh: '告知文书尚未送达', en: 'the notice has not arrived yet' },
});
