import { defineRefusals } from '#kernel';

export const refuse = defineRefusals({
  'QUALITY-001': { zh: '没有这个排放口', en: 'no such outfall', status: 404 },
});
