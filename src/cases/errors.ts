import { defineRefusals } from '#kernel';

/** What the case module refuses, with the article or paper that stands in the way. */
export const refuse = defineRefusals({
  'CASE-001': { zh: '未找到', en: 'not found', status: 404 },
  'CASE-002': {
    zh: '案件处于“{state}”，不能“{step}”',
    en: 'the case is at {stateEn}; the step {stepEn} does not start there',
    status: 409,
  },
  'CASE-003': { zh: '“{step}”还缺：{list}', en: 'the step {stepEn} still lacks something', status: 422 },
  'CASE-004': {
    zh: '未经数据审核或者审核未通过的电子数据不得作为行政执法的证据',
    en: 'electronic data without a passed review cannot be evidence',
    status: 422,
  },
  'CASE-005': {
    zh: '该步骤由平台根据送达、归档结果登记，不能由人提交',
    en: 'this step is recorded by the platform, not by a person',
    status: 403,
  },
  'CASE-006': {
    zh: '协办执法人员不存在、不在本机关或者证件无效',
    en: 'the second officer is unknown, of another authority, or without a valid certificate',
    status: 422,
    basis: '行政处罚法 第四十二条',
  },
  'CASE-007': { zh: '案件已被他人更新，请刷新后重试', en: 'the case has moved on; reload and try again', status: 409 },
  'CASE-008': {
    zh: '本案承办人员以外的人不得办理该步骤',
    en: 'only the officers of this case may take this step',
    status: 403,
    basis: '行政处罚法 第四十二条',
  },
  'CASE-009': { zh: '没有可用的处罚依据', en: 'no usable legal basis', status: 422, basis: '行政处罚法 第三十七条' },
  'CASE-010': {
    zh: '听证主持人须由指定的非本案调查人员担任',
    en: 'the hearing is led by the appointed host, who did not investigate',
    status: 403,
    basis: '行政处罚法 第六十四条',
  },
  'CASE-011': { zh: '这份文书之前没有可以对照的文书', en: 'no earlier paper to compare this one with', status: 409 },
  'CASE-012': { zh: '还没有填写完整：{fields}', en: 'not filled in yet: {fields}', status: 422 },
  'CASE-013': { zh: '请以 application/octet-stream 提交文件内容', en: 'send the file as application/octet-stream', status: 400 },
  'CASE-014': { zh: '调查取证阶段以外不能开启远程询问', en: 'a remote inquiry is held during the investigation', status: 409, basis: '行政处罚法 第五十五条' },
  'CASE-016': { zh: '平台没有收存这份文件，请先把文件送入本案', en: 'no such file is kept; bring it to the case first', status: 422, basis: '行政处罚法 第四十六条' },
  'CASE-017': { zh: '“{step}”只适用于单位，不适用于对个人的案件', en: 'the step {stepEn} is for units, not for a case against a person', status: 422, basis: '行政处罚法 第四条' },
  'CASE-018': { zh: '本案执法人员{names}正在另一场远程询问中（案件{caseNo}），先结束那一场', en: 'an officer of this case ({names}) is in another remote inquiry (case {caseNo}); end that one first', status: 409, basis: '行政处罚法 第四十二条、第五十五条' },
  'CASE-015': { zh: '没有这场询问，或者询问已经结束', en: 'no such inquiry, or it has ended', status: 404 },
});
