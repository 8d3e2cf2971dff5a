import { defineRefusals } from '#kernel';

/** Numbered refusals of ingest. */
export const refuse = defineRefusals({
  'INGEST-001': { zh: '没有这个排放口的在线设备', en: 'no device is registered for this outfall', status: 404 },
  'INGEST-002': { zh: '结束时间早于开始时间', en: 'the end lies before the start', status: 422 },
  'INGEST-003': { zh: '事件时间晚于当前时间', en: 'the event lies in the future', status: 422 },
  'INGEST-005': { zh: '补取历史数据须给出起止时间，启动实时数据则不给', en: 'data of a period needs its first and last moment, real-time data has none', status: 422 },
  'INGEST-021': { zh: '这台设备还有一项指令未完成', en: 'a request to this device is still open', status: 409 },
  'INGEST-011': { zh: '新密钥不得早于现在，也不得早于该设备的上一密钥起效', en: 'a further key may count from now on, not before it', status: 422 },
  'INGEST-012': { zh: '这台设备没有密钥', en: 'this device has no key', status: 404 },
  'INGEST-004': { zh: '时间范围超过 {days} 天', en: 'the period is longer than {days} days', status: 422 },
});
