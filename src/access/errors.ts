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
  'ACCESS-020': { zh: '口令至少十二位', en: 'the password needs at least twelve characters', status: 422 },
  'ACCESS-021': { zh: '用户名已被使用', en: 'the user name is taken', status: 409 },
});
