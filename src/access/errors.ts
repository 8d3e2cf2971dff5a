import { defineRefusals } from '#kernel';

export const refuse = defineRefusals({
  'ACCESS-001': { zh: '请先登录', en: 'sign in first', status: 401 },
  'ACCESS-002': { zh: '用户名或口令不正确', en: 'wrong user name or password', status: 401 },
  'ACCESS-003': { zh: '尝试次数过多，请稍后再试', en: 'too many attempts, try again later', status: 429 },
  'ACCESS-004': { zh: '您的岗位没有此项权限，由{zh}办理', en: 'your role does not allow {action}; it is for: {en}', status: 403 },
  'ACCESS-005': { zh: '未找到', en: 'not found', status: 404 },
  'ACCESS-006': { zh: '会话已失效，请重新登录', en: 'the session has ended, sign in again', status: 401 },
  'ACCESS-007': { zh: '请求来自其他站点，已拒绝', en: 'request from another site refused', status: 403 },
  'ACCESS-010': { zh: '职责分离：同一人不得既担任“{held}”又担任“{duty}”', en: 'separation of duties: one person cannot be both {heldEn} and {dutyEn}', status: 403 },
  'ACCESS-011': { zh: '该人员与本案有利害关系，应当回避', en: 'this person has declared an interest and must stand aside', status: 403, basis: '行政处罚法 第四十三条' },
  'ACCESS-012': { zh: '执法证件未登记或不在有效期内', en: 'enforcement certificate missing or not valid on the day', status: 403, basis: '行政处罚法 第四十二条' },
  'ACCESS-013': { zh: '验证码不正确', en: 'the code is not right', status: 401 },
  'ACCESS-014': { zh: '该验证码已经用过，请等待下一个', en: 'this code has been used, wait for the next', status: 401 },
  'ACCESS-015': { zh: '本岗位登录须有第二重验证，请先绑定', en: 'this role needs a second factor: enrol one first', status: 403, basis: 'GB/T 22239-2019 8.1.4.1' },
  'ACCESS-016': { zh: '已绑定身份验证器，请先解除', en: 'an authenticator is enrolled already: remove it first', status: 409 },
  'ACCESS-017': { zh: '本岗位须有第二重验证，不得解除最后一种', en: 'this role needs a second factor: the last one cannot be removed', status: 409, basis: 'GB/T 22239-2019 8.1.4.1' },
  'ACCESS-018': { zh: '没有待确认的绑定，请重新开始', en: 'no enrolment is waiting to be confirmed: begin again', status: 409 },
  'ACCESS-020': { zh: '口令至少十二位', en: 'the password needs at least twelve characters', status: 422 },
  'ACCESS-021': { zh: '用户名已被使用', en: 'the user name is taken', status: 409 },
});
