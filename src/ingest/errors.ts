import { defineRefusals } from '#kernel';

/** Numbered refusals of ingest. */
export const refuse = defineRefusals({
  'INGEST-001': { zh: '没有这个排放口的在线设备', en: 'no device is registered for this outfall', status: 404 },
  'INGEST-002': { zh: '结束时间早于开始时间', en: 'the end lies before the start', status: 422 },
  'INGEST-003': { zh: '事件时间晚于当前时间', en: 'the event lies in the future', status: 422 },
  'INGEST-004': { zh: '时间范围超过 {days} 天', en: 'the period is longer than {days} days', status: 422 },
});
