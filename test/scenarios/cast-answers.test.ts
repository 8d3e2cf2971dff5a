import { describe, expect, it } from 'vitest';
import { CAUSES } from '../../src/supervision/sheet/decide-sheet.ts';
import { answerTo, type Sheet } from '#sim/people/answers';

const sheet = (rule: string, zh: string, more: Partial<Sheet> = {}): Sheet => ({
  sheetId: 's', unitId: 'E001', unitName: '甲公司', outfallName: 'DA001', tier: 'WARN', state: 'FEEDBACK_PENDING', provisional: false, sentence: { zh }, rule, deliveryId: null, confirmedAt: null,
  feedbackDue: null, changedAt: '2026-10-01T00:00:00Z', periodFrom: '2026-10-01T00:00:00Z', periodTo: null, round: 1, rung: null, ...more,
});

describe('单位的反馈说的是督办单上的事', () => {
  it('原因、措施和材料随发现的种类而不同，原因都是平台认得的', () => {
    expect(answerTo(sheet('B08@1.0.0', '炉膛温度低于 850 ℃；'))).toMatchObject({ cause: 'exceedance', measures: expect.stringContaining('辅助燃烧器'), record: '焚烧炉燃烧调整记录' });
    expect(answerTo(sheet('F05@1.0.0', '校准逾期'))).toMatchObject({ cause: 'maintenance', measures: '补做校准，建立到期提醒。', record: '校准记录' });
    expect(answerTo(sheet('A05@1.0.0', '36 条改低')).explanation).toContain('重新计算并上传');
    for (const family of 'ABCDEFG') for (let n = 1; n <= 16; n++) expect(Object.keys(CAUSES)).toContain(answerTo(sheet(`${family}${String(n).padStart(2, '0')}@1.0.0`, '二氧化硫异常')).cause);
  });

  it('与异常一并督办的超标，答的是超标', () => {
    expect(answerTo(sheet('C01@1.0.0 B01@1.0.0', '二氧化硫连续 7 小时超标；'))).toMatchObject({ cause: 'exceedance', explanation: expect.stringContaining('“二氧化硫连续 7 小时超标”确属超标，原因是') });
  });

  it('退回以后补充时段和材料，不再原样重复', () => {
    const asked = sheet('C04@1.0.0', '尾数分布异常');
    const again = answerTo({ ...asked, round: 2 }).explanation;
    expect(again).not.toBe(answerTo(asked).explanation);
    expect(again).toContain('补充：时段为2026-10-01 08:00 至 今');
  });
});
