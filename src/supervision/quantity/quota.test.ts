import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEMO_PROVINCE } from '#access';
import { addMonths, calendarDay, DAY, dayOf, Decimal, instant, startOfDay } from '#kernel';
import { sql } from '#platform/db';
import type { PermitCap } from '#quality';
import { readConfirmed } from '../confirmed-event.ts';
import { confirmQuota, reportQuotas } from './confirm-quota.ts';
import { amountTexts, daysToNextLook, ratioToTell } from './quota.ts';
import { listQuotas } from '../store/quotas.ts';
import { supervisionStage, type Stage } from '../testing/stage.ts';
import { quotaSweep } from './warn-quota.ts';

const year: PermitCap = { period: 'YEAR', start: startOfDay(calendarDay('2026-01-01')), end: startOfDay(calendarDay('2027-01-01')), kg: '1000' };
const NOX = 'a21002';
let stage: Stage;
beforeAll(async () => {
  stage = await supervisionStage();
  sweep = quotaSweep(stage.deps);
});
afterAll(() => stage.close());

const quotasOf = async (unitId: Parameters<Stage['sheetsOf']>[0]) => (await listQuotas(stage.test.db, { kind: 'all' }, { unitId, limit: 20 })).items;
let sweep: () => Promise<number>;
async function everyLook(): Promise<void> {
  while ((await sweep()) > 0);
  await stage.drain();
}
const b05 = (entered: ReturnType<Stage['enter']>, tier: string) =>
  ({ clueId: `${entered.unit}-q`, unit: entered.unit, outfall: entered.outfall, tier, factors: [NOX], models: [{ model: 'B05', version: '1.0.0' }] });

describe('许可排放量', () => {
  it('一个比例在一个期间只预警一次；更高的比例已说过，低的不再说', () => {
    expect(ratioToTell({ reached: undefined }, [])).toBeUndefined();
    expect(ratioToTell({ reached: '0.8' }, [])).toBe('0.8');
    expect(ratioToTell({ reached: '0.8' }, [{ ratio: '0.8' }])).toBeUndefined();
    expect(ratioToTell({ reached: '1.0' }, [{ ratio: '0.8' }])).toBe('1.0');
    expect(ratioToTell({ reached: '0.8' }, [{ ratio: '1.0' }])).toBeUndefined();
  });

  it('文书上的许可量、排放量与占比对得上，未到的比例不进位', () => {
    const texts = (capKg: string, usedKg: string) => amountTexts({ capKg, usedKg, share: new Decimal(usedKg).div(capKg) });
    expect(texts('0.25', '0.31675')).toEqual({ permitted: '0.25 kg', used: '0.3168 kg', share: '126.7 %' });
    expect(texts('1.2', '1.0081')).toEqual({ permitted: '1.2 kg', used: '1.008 kg', share: '84 %' });
    expect(texts('12000', '12450.04')).toEqual({ permitted: '12000 kg', used: '12450 kg', share: '103.7 %' });
    expect(texts('1000', '799.6').share).toBe('79.9 %');
  });

  it('同一天不连发两次：当天又越过更高的比例，次日按当时情况只说一次', async () => {
    const entered = stage.enter('inner-mongolia');
    stage.emitted(entered.unit, entered.outfall, NOX, year, 958);
    await stage.tell('clue.raised', b05(entered, 'REMIND'));
    stage.emitted(entered.unit, entered.outfall, NOX, year, 1026);
    await stage.tell('clue.escalated', b05(entered, 'WORK_ORDER'));
    await everyLook();
    expect((await quotasOf(entered.unit)).map(({ ratio }) => ratio)).toEqual(['0.8']);
    stage.clock.advance(DAY);
    await everyLook();
    expect((await quotasOf(entered.unit)).map(({ ratio, state }) => [ratio, state])).toEqual([['1.0', 'TO_CONFIRM'], ['0.8', 'WARNED']]);
  });

  it('看得够勤：离下一比例越近、排得越快，下次看得越早；最早次日，最迟七日', () => {
    const half = instant((year.start + year.end) / 2);
    const days = (...shares: number[]) => daysToNextLook(shares.map((share) => ({ cap: year, share: new Decimal(share) })), ['0.8', '1.0'], half);
    expect([days(0), days(0.1), days(0.7), days(0.78), days(0.79), days(0.8), days(0.99), days(1.2)]).toEqual([7, 7, 6, 1, 1, 7, 1, 7]);
    expect(days(0.1, 0.79)).toBe(1);
    expect(days()).toBe(7);
    // Even at four times its pace it cannot pass the ratio unseen.
    expect(0.7 + 4 * (0.7 / 182.5) * days(0.7)).toBeLessThan(0.8);
  });

  it('[NMG-2.3a] 达到80%自动向企业发预警单，恰好80%也算；不另发督办单，不重复', async () => {
    const entered = stage.enter('inner-mongolia');
    stage.emitted(entered.unit, entered.outfall, NOX, year, 799.9);
    await everyLook();
    expect(await quotasOf(entered.unit)).toEqual([]);
    stage.emitted(entered.unit, entered.outfall, NOX, year, 800);
    await stage.tell('clue.raised', b05(entered, 'REMIND'));
    await stage.tell('clue.escalated', b05(entered, 'WARN'));
    stage.clock.advance(DAY);
    await everyLook();
    expect(await quotasOf(entered.unit)).toMatchObject([{ ratio: '0.8', state: 'WARNED', clueId: `${entered.unit}-q`, period: 'YEAR' }]);
    const paper = stage.papers.made.at(-1);
    expect(paper).toMatchObject({ kind: 'QUOTA_WARNING', data: { exceeded: false, quantity: { share: '80 %' }, basis: '内环办〔2021〕103号 二（三）' } });
    expect(await stage.sheetsOf(entered.unit)).toEqual([]);
  });

  it('[NMG-2.3b] 超许可量由自治区监控部门确认，属实的按月报送执法部门，带着月报移交', async () => {
    const entered = stage.enter('inner-mongolia');
    stage.emitted(entered.unit, entered.outfall, NOX, year, 1050);
    await stage.tell('clue.raised', b05(entered, 'WORK_ORDER'));
    const [over] = await quotasOf(entered.unit);
    expect(over).toMatchObject({ ratio: '1.0', state: 'TO_CONFIRM' });
    const city = stage.official('monitoring-control');
    const region = stage.official('monitoring-control', DEMO_PROVINCE);
    const yes = { holds: true, note: '核对自动监测和补遗数据，情况属实' };
    expect(await confirmQuota(stage.deps, city, over!.quotaId, yes)).toMatchObject({ code: 'SUPV-014', basis: '内环办〔2021〕103号 二（三）' });
    expect(await confirmQuota(stage.deps, entered.firm, over!.quotaId, yes)).toMatchObject({ status: 403 });
    expect(await confirmQuota(stage.deps, region, over!.quotaId, { ...yes, note: '' })).toMatchObject({ code: 'SUPV-005' });
    expect(await confirmQuota(stage.deps, region, over!.quotaId, yes)).toMatchObject({ value: { state: 'CONFIRMED' } });
    expect(await confirmQuota(stage.deps, region, over!.quotaId, yes)).toMatchObject({ code: 'SUPV-021' });
    const month = dayOf(stage.clock.now()).slice(0, 7);
    expect(await reportQuotas(stage.deps, region, month)).toMatchObject({ code: 'SUPV-023' });
    expect(await stage.events('supervision.confirmed', `${entered.unit}-q`)).toEqual([]);
    stage.clock.advance(startOfDay(addMonths(calendarDay(`${month}-01`), 1)) - stage.clock.now());
    expect(await reportQuotas(stage.deps, city, month)).toMatchObject({ code: 'SUPV-014' });
    expect(await reportQuotas(stage.deps, region, month)).toMatchObject({ value: { month } });
    expect(stage.papers.made.at(-1)).toMatchObject({ kind: 'OVER_QUANTITY_REPORT', data: { items: [{ share: '105 %', confirmedOn: expect.any(String) }] } });
    expect((await stage.events<unknown>('supervision.confirmed', `${entered.unit}-q`)).map(readConfirmed)).toMatchObject([{ route: 'OVER_QUANTITY', sheetId: null }]);
    expect(await quotasOf(entered.unit)).toMatchObject([{ state: 'REPORTED' }]);
    expect(await reportQuotas(stage.deps, region, month)).toMatchObject({ code: 'SUPV-024' });
  });

  it('[NMG-2.3b] 每日巡查先发现的没有线索：线索一到即挂上，已经月报的带着该月报移交执法部门', async () => {
    const region = stage.official('monitoring-control', DEMO_PROVINCE);
    const found = async () => {
      const entered = stage.enter('inner-mongolia');
      stage.emitted(entered.unit, entered.outfall, NOX, year, 1050);
      await everyLook();
      const [over] = await quotasOf(entered.unit);
      expect(over).toMatchObject({ state: 'TO_CONFIRM', clueId: null });
      await confirmQuota(stage.deps, region, over!.quotaId, { holds: true, note: '核对自动监测和补遗数据，情况属实' });
      return entered;
    };
    const [early, late] = [await found(), await found()];
    const sent = (entered: typeof early) => stage.events<unknown>('supervision.confirmed', `${entered.unit}-q`);
    await stage.tell('clue.raised', b05(early, 'WORK_ORDER'));
    expect(await quotasOf(early.unit)).toMatchObject([{ clueId: `${early.unit}-q`, state: 'CONFIRMED' }]);
    const month = dayOf(stage.clock.now()).slice(0, 7);
    stage.clock.advance(startOfDay(addMonths(calendarDay(`${month}-01`), 1)) - stage.clock.now());
    await reportQuotas(stage.deps, region, month);
    expect([(await sent(early)).length, (await sent(late)).length]).toEqual([1, 0]);
    await stage.tell('clue.raised', b05(late, 'WORK_ORDER'));
    const report = stage.papers.made.findLast((paper) => paper.kind === 'OVER_QUANTITY_REPORT');
    expect(report).toBeDefined();
    expect((await sent(late)).map(readConfirmed)).toMatchObject([{ route: 'OVER_QUANTITY', confirmedBy: region.accountId }]);
    expect(await quotasOf(late.unit)).toMatchObject([{ clueId: `${late.unit}-q`, state: 'REPORTED' }]);
  });

  it('不属实的确认也留有理由，不进月报', async () => {
    const entered = stage.enter('inner-mongolia');
    stage.emitted(entered.unit, entered.outfall, NOX, year, 1200);
    await everyLook();
    const [over] = await quotasOf(entered.unit);
    const region = stage.official('monitoring-control', DEMO_PROVINCE);
    expect(await confirmQuota(stage.deps, region, over!.quotaId, { holds: false, note: '流量单位登记错误，实际未超' })).toMatchObject({ value: { state: 'REJECTED', note: '流量单位登记错误，实际未超' } });
  });

  it('属实按确认时重新核算的实测量：替代值不能凑成超许可量；确认后实测落到许可量以下的，先改为不属实才能月报', async () => {
    const entered = stage.enter('inner-mongolia');
    stage.emitted(entered.unit, entered.outfall, NOX, year, 1745, 1513);
    await everyLook();
    expect(stage.papers.made.at(-1)).toMatchObject({ kind: 'QUOTA_WARNING', data: { quantity: { used: '1745 kg', measured: '232 kg', standIn: '1513 kg' } } });
    const [over] = await quotasOf(entered.unit);
    const region = stage.official('monitoring-control', DEMO_PROVINCE);
    const answered = (holds: boolean) => confirmQuota(stage.deps, region, over!.quotaId, { holds, note: '核对自动监测和补遗数据' });
    expect(await answered(true)).toMatchObject({ code: 'SUPV-031', zh: expect.stringContaining('实测的排放量为 232 kg，没有达到许可量 1000 kg（缺失、无效小时的替代值 1513 kg'), basis: '内环办〔2021〕103号 二（三）' });
    stage.emitted(entered.unit, entered.outfall, NOX, year, 1745, 700);
    expect(await answered(true)).toMatchObject({ value: { state: 'CONFIRMED' } });
    const month = dayOf(stage.clock.now()).slice(0, 7);
    stage.clock.advance(startOfDay(addMonths(calendarDay(`${month}-01`), 1)) - stage.clock.now());
    stage.emitted(entered.unit, entered.outfall, NOX, year, 1745, 800);
    expect(await reportQuotas(stage.deps, region, month)).toMatchObject({ code: 'SUPV-030', missing: [expect.stringContaining('2026年')] });
    expect(await answered(true)).toMatchObject({ code: 'SUPV-021' });
    expect(await answered(false)).toMatchObject({ value: { state: 'REJECTED' } });
    expect(await reportQuotas(stage.deps, region, month)).toMatchObject({ code: 'SUPV-024' });
  });

  it('江苏没有80%的预警，也没有月报：用尽才预警，确认即止，由市级进行；每个许可量看过即待下次', async () => {
    const entered = stage.enter('jiangsu');
    stage.emitted(entered.unit, entered.outfall, NOX, { ...year, period: 'MONTH' }, 999);
    await everyLook();
    expect(await quotasOf(entered.unit)).toEqual([]);
    stage.emitted(entered.unit, entered.outfall, NOX, { ...year, period: 'MONTH' }, 1001);
    stage.clock.advance(DAY);
    await everyLook();
    expect(await sweep()).toBe(0);
    const [over] = await quotasOf(entered.unit);
    expect(await confirmQuota(stage.deps, stage.official('monitoring-control'), over!.quotaId, { holds: true, note: '核对数据属实无误' })).toMatchObject({ value: { state: 'SETTLED' } });
    expect((await listQuotas(stage.test.db, { kind: 'all' }, { open: true, unitId: entered.unit, limit: 20 })).items).toEqual([]);
    await expect(sql`DELETE FROM quota_warning`.execute(stage.test.db)).rejects.toThrow(/permission denied/);
    expect(over?.periodStart).toBe(instant(year.start));
  });
});
