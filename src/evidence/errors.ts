import { defineRefusals } from '#kernel';

/** Numbered refusals of the evidence module. */
export const refuse = defineRefusals({
  'EVID-001': {
    zh: '存证叶过大（{bytes} 字节，上限 65535）',
    en: 'leaf too large ({bytes} bytes, at most 65535)',
    status: 413,
  },
  'EVID-002': {
    zh: '存证叶不得含自由文本或个人信息：{place}',
    en: 'a leaf holds ids and digests only: {place}',
    basis: '个人信息保护法 第六条',
    status: 422,
  },
  'EVID-003': { zh: '没有这个存证序号', en: 'no such leaf', status: 404 },
  'EVID-004': { zh: '该记录尚未封存，请稍后再试', en: 'this leaf is not yet sealed', status: 409 },
  'EVID-005': {
    zh: '存证日志与最后检查点不一致，拒绝启动：{what}',
    en: 'the evidence log does not match its last checkpoint, refusing to start: {what}',
    status: 503,
  },
  'EVID-006': { zh: '没有这个日志文件', en: 'no such log resource', status: 404 },
  'EVID-007': {
    zh: '证据包内容与存证不符：{what}',
    en: 'package content does not match the log: {what}',
    status: 422,
  },
  'EVID-008': { zh: '文件名不合规或重复：{path}', en: 'file name is unsafe or repeated: {path}', status: 422 },
  'EVID-009': { zh: '证据包自检未通过：{what}', en: 'the package does not pass its own check: {what}', status: 422 },
  'EVID-011': {
    zh: '同名证据包已存在且内容不同：{name}，请使用下一序号',
    en: 'a package of this name exists with other content: {name}',
  },
  'EVID-012': {
    zh: '正在核验其他证据包，请稍后再试',
    en: 'another package is being checked, try again shortly',
    status: 503,
  },
  'EVID-010': {
    zh: '完整性范围过大（{leaves} 条）',
    en: 'completeness range too large ({leaves} leaves)',
    status: 413,
  },
});
