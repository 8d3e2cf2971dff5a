import { defineRefusals } from '#kernel';
import { own } from '#law';

/** Numbered refusals of the documents module. */
export const refuseDocument = defineRefusals({
  'DOC-001': {
    zh: '文书内容不完整或不符合格式：{what}',
    en: 'the document data are incomplete or malformed: {what}',
    basis: '生态环境行政执法文书制作要求',
    status: 422,
  },
  'DOC-002': {
    zh: '字库缺少字符 {characters}，文书不能生成',
    en: 'the fonts cannot draw {characters}; the document is not made',
    status: 422,
  },
  'DOC-003': { zh: '文书排版失败：{reason}', en: 'typesetting failed: {reason}', status: 422 },
  'DOC-004': { zh: '文书超过允许页数（{pages} 页）', en: 'the document is too long ({pages} pages)', status: 413 },
  'DOC-005': { zh: '没有这种文书：{kind}', en: 'no such kind of document: {kind}', status: 404 },
  'DOC-006': { zh: '文书不存在', en: 'no such document', status: 404 },
  'DOC-007': {
    zh: '用印须有他人批准：批准人不得与承办人为同一人',
    en: 'a seal needs approval by another person than the one who prepared the document',
    basis: own('seal'),
  },
  'DOC-008': {
    zh: '批准已超过三十分钟，请重新批准后用印',
    en: 'the approval is older than thirty minutes; approve again before sealing',
  },
  'DOC-009': { zh: '该文书须加盖印章，缺少批准记录', en: 'this document must be sealed and has no approval' },
  'DOC-010': {
    zh: '生产模式不得使用开发测试印章',
    en: 'production mode refuses the development seal provider',
    basis: '电子签名法 第十三条',
    status: 503,
  },
  'DOC-011': { zh: '印章已锁定：连续两次用印失败', en: 'the seal is locked after two failures in a row', status: 503 },
  'DOC-012': { zh: '文书没有可供签名的位置：{slot}', en: 'the document has no place for this signature: {slot}', status: 422 },
  'DOC-014': { zh: '文号 {number} 不能使用：{state}', en: 'number {number} cannot be used: {state}' },
  'DOC-016': { zh: '请提交 PDF 文件（application/pdf）', en: 'send a PDF file (application/pdf)', status: 400 },
  'DOC-018': { zh: '文件为空或者超过 64 MB（{bytes} 字节）', en: 'the file is empty or larger than 64 MB ({bytes} bytes)', status: 413 },
  'DOC-015': { zh: '您不能查阅这份文书', en: 'you may not read this document', status: 403 },
});
