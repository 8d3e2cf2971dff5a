import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, calendarDay, weekday, type CalendarDay } from '#kernel';
import { addWorkingDays, loadLaw, rollForward, workingDaysBetween } from './index.ts';

const { calendar } = loadLaw();
const day = calendarDay;
/** Far enough from 2027 that ten working days stay inside published years. */
const published = fc.integer({ min: 0, max: 690 }).map((n) => addDays(day('2025-01-01'), n));

describe('工作日历', () => {
  it.each([
    ['2026-02-14', true, '春节调休上班的星期六'],
    ['2026-02-16', false, '春节假期内的星期一'],
    ['2026-02-24', true, '节后第一个工作日'],
    ['2026-09-20', true, '国庆调休上班的星期日'],
    ['2026-10-07', false, '国庆假期最后一日'],
    ['2026-11-21', false, '普通星期六'],
    ['2025-10-11', true, '2025年国庆调休'],
  ])('%s 是否工作日：%s（%s）', (text, expected) => {
    expect(calendar.isWorkingDay(day(text))).toBe(expected);
  });

  it('尚未公布的年份如实回答，不猜', () => {
    expect(calendar.isWorkingDay(day('2027-03-01'))).toBe('NOT_PUBLISHED');
    expect(calendar.isWorkingDay(day('2019-03-01'))).toBe('NOT_PUBLISHED');
    expect(addWorkingDays(calendar, day('2026-12-30'), 3)).toEqual({ day: '2027-01-04', provisional: true });
    expect(addWorkingDays(calendar, day('2026-12-28'), 3)).toEqual({ day: '2026-12-31', provisional: false });
  });

  it('起算日不计入：春节前一日起三个工作日', () => {
    expect(addWorkingDays(calendar, day('2026-02-13'), 3).day).toBe('2026-02-25');
  });

  it('加 n 个工作日恰好跨过 n 个工作日，且落在工作日上', () => {
    fc.assert(
      fc.property(published, fc.integer({ min: 1, max: 10 }), (start, n) => {
        const due = addWorkingDays(calendar, start, n);
        expect(calendar.isWorkingDay(due.day)).toBe(true);
        expect(workingDaysBetween(calendar, start, due.day)).toBe(n);
        expect(due.provisional).toBe(false);
      }),
    );
  });

  it('可加性：先加 a 再加 b 等于加 a+b', () => {
    fc.assert(
      fc.property(published, fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }), (start, a, b) => {
        const inTwo = addWorkingDays(calendar, addWorkingDays(calendar, start, a).day, b).day;
        expect(inTwo).toBe(addWorkingDays(calendar, start, a + b).day);
      }),
    );
  });

  it('顺延到的日子是工作日，中间没有漏掉的工作日', () => {
    fc.assert(
      fc.property(published, (start) => {
        const rolled = rollForward(calendar, start).day;
        expect(rolled >= start).toBe(true);
        expect(calendar.isWorkingDay(rolled)).toBe(true);
        expect(workingDaysBetween(calendar, addDays(start, -1), rolled)).toBe(1);
      }),
    );
  });

  it('每个调休上班日都是周末，每个节日日期都在本年', () => {
    for (const year of [2025, 2026]) {
      const notice = calendar.year(year);
      expect(notice?.status).toBe('PUBLISHED');
      for (const m of notice?.makeUp ?? []) expect(weekday(m.day as CalendarDay)).toBeGreaterThanOrEqual(6);
      for (const h of notice?.holidays ?? []) expect(h.from.slice(0, 4)).toBe(String(year));
    }
  });
});
