import { describe, expect, it } from 'vitest';
import { calendarDay, instant } from '#kernel';
import { nextClockOf, type ClockView } from './clock-views.ts';

const NOW = instant(1_000_000);
const clock = (clockId: string, holder: string, dueAt: number, effect = 'OVERDUE', state = 'OPEN'): ClockView =>
  ({ clockId, title: clockId, titleEn: clockId, article: '', holder, state, startedAt: 0, dueAt, dueDay: calendarDay('2026-03-02'), provisional: false, overdue: false, effect, verified: true });
const next = (...clocks: readonly ClockView[]) => nextClockOf(clocks, 'unit', NOW)?.clockId;

describe('the clock of the headline', () => {
  const mine = clock('T18', 'ENFORCEMENT', NOW + 900);
  it('is the authority’s own, though a right or a duty of the party ends before it', () => {
    expect(next(clock('T13', 'unit', NOW + 1, 'LAPSED'), clock('TR', 'unit', NOW - 5), mine)).toBe('T18');
    expect(next(clock('T13', 'unit', NOW + 9, 'LAPSED'), clock('TR', 'unit', NOW + 5))).toBe('TR');
  });
  it('is none that presses nobody: an earliest day, a lapsed right, a term that stands still', () => {
    expect(next(clock('T6', 'ENFORCEMENT', NOW + 1, 'EARLIEST'), clock('T8', 'ENFORCEMENT', NOW + 2, 'OVERDUE', 'PAUSED'), mine)).toBe('T18');
    expect(next(clock('T13', 'unit', NOW - 1, 'LAPSED'))).toBeUndefined();
  });
});
