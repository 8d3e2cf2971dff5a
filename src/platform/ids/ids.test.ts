import { expect, it } from 'vitest';
import { newId } from './index.ts';

it('identifiers stand in the order in which they were made, also within one millisecond, and no two are alike', () => {
  const ids = Array.from({ length: 5_000 }, () => newId('t'));
  expect(ids.toSorted()).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids[0]).toMatch(/^t_[0-9a-z]{29}$/);
});
