import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addDays, calendarDay } from '#kernel';
import { lateSurcharge } from './surcharge.ts';

const payBy = calendarDay('2026-04-08');

it('按期缴纳不加处，逾期每日百分之三，以罚款本数为限', () => {
  expect(lateSurcharge(172_000, payBy, payBy)).toBe('0');
  expect(lateSurcharge(172_000, payBy, addDays(payBy, 2))).toBe('10320');
  expect(lateSurcharge(172_000, payBy, addDays(payBy, 40))).toBe('172000');
  expect(lateSurcharge(172_000, payBy, addDays(payBy, 10), 10)).toBe('0');
});

it('随天数不减，且从不超过本数', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000_000 }), fc.nat(100), fc.nat(100), (fine, a, b) => {
      const [few, many] = [Math.min(a, b), Math.max(a, b)];
      const less = Number(lateSurcharge(fine, payBy, addDays(payBy, few)));
      const more = Number(lateSurcharge(fine, payBy, addDays(payBy, many)));
      expect(less).toBeLessThanOrEqual(more);
      expect(more).toBeLessThanOrEqual(fine);
    }),
  );
});
