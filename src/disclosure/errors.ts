import { defineRefusals } from '#kernel';

export const refuse = defineRefusals({
  'DISC-001': { zh: '没有这条公开信息', en: 'no such publication', status: 404 },
  'DISC-002': { zh: '当前状态下不能进行此操作', en: 'not possible in this state' },
  'DISC-003': { zh: '拟公开内容须由他人批准', en: 'what one person prepared another approves', status: 403 },
  'DISC-004': { zh: '请写明理由', en: 'state the reason', status: 422 },
  'DISC-005': { zh: '查询码不存在', en: 'no such query code', status: 404 },
  'DISC-007': { zh: '决定书尚未送达当事人，送达后方可公开', en: 'the decision has not been served yet; it is published after its service', status: 409, basis: '行政处罚法 第四十八条、第六十一条' },
  'DISC-006': { zh: '提交过于频繁，请稍后再试', en: 'too many reports, try again later', status: 429 },
});
