import type { Text } from '../i18n.tsx';

/** What became of a frame at the door, why it was refused, and what it carries along as a warning (HJ 212); one table for every screen. */
const FRAME_WORDS: Readonly<Record<string, Text>> = {
  ACCEPTED: { zh: '已接收', en: 'accepted' }, PART: { zh: '分包', en: 'part of a message' }, DUPLICATE: { zh: '重复报文', en: 'duplicate' }, CONFLICT: { zh: '同键不同文', en: 'same key, other text' },
  QUARANTINED: { zh: '未知设备（隔离）', en: 'unknown device, set aside' }, REFUSED: { zh: '拒收', en: 'refused' }, OK: { zh: '格式正确', en: 'well formed' },
  NOISE: { zh: '非报文字节', en: 'bytes between frames' }, LENGTH_MISMATCH: { zh: '数据段长度不符', en: 'length does not agree' }, CRC_MISMATCH: { zh: 'CRC 校验不符', en: 'CRC does not agree' },
  TRUNCATED: { zh: '报文不完整', en: 'cut short' }, TOO_LONG: { zh: '超长', en: 'too long' }, BAD_SEGMENT: { zh: '数据段格式错误', en: 'malformed data segment' }, MISSING_FIELD: { zh: '缺少必填字段', en: 'a field is missing' },
  BAD_FLAG: { zh: '拆分应答标志错误', en: 'wrong Flag' }, BAD_TIME: { zh: '时间格式错误', en: 'malformed time' }, BAD_SPLIT: { zh: '分包信息错误', en: 'wrong numbering of parts' }, DECRYPT_FAILED: { zh: '无法解密', en: 'could not be decrypted' },
  BACKFILL: { zh: '补传', en: 'sent later' }, FUTURE: { zh: '时间超前', en: 'ahead of the clock' }, IMPORTED: { zh: '历史导入', en: 'imported history' }, SUSPECT_PEER: { zh: '来源地址可疑', en: 'suspect address' },
  WRONG_PW: { zh: '访问密码不符', en: 'wrong device password' }, RESENT: { zh: '重发', en: 'sent again' }, ENCRYPTED: { zh: '加密传输', en: 'encrypted' },
};

/** A code of a frame in words; one the platform adds later is shown as it came. */
export const frameWords = (code: string): Text => FRAME_WORDS[code] ?? { zh: code, en: code };
