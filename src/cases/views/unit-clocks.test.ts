import { expect, it } from 'vitest';
import { instant } from '#kernel';
import type { CaseEvent } from '../case-event.ts';
import { clockEnd } from './unit-clocks.ts';

const step = (at: number, kind: string, closed: readonly string[] = [], more: object = {}) => ({ kind: 'STEP', at: instant(at), command: { kind, ...more }, closed, cancelled: [] }) as unknown as CaseEvent;
const end = (clockId: string, state: string, ...events: readonly CaseEvent[]) => clockEnd({ clockId, state, startedAt: 10 }, events);

it('期限结束的说法：没有行使的权利不叫“已完成”，转催告的缴款也不叫', () => {
  expect(end('T12', 'OPEN')).toBeUndefined();
  expect(end('T12', 'MET', step(20, 'REGISTER_PAYMENT', ['T10', 'T12']))).toBe('NOT_USED');
  expect(end('T12', 'MET', step(15, 'REQUEST_INSTALMENTS', ['T12']))).toBe('USED');
  expect(end('T5', 'MET', step(15, 'WAIVE_RIGHTS', ['T5', 'T6']))).toBe('WAIVED');
  // 前一份告知书期间的申辩不算本次的。
  expect(end('T5', 'MET', step(5, 'SUBMIT_DEFENCE'), step(20, 'CLOSE_WINDOW', ['T5']))).toBe('NOT_USED');
  expect(end('T10', 'MET', step(20, 'REGISTER_PAYMENT', ['T10']))).toBe('DONE');
  expect(end('T10', 'OVERDUE_MET', step(20, 'REGISTER_PAYMENT', ['T10']))).toBe('DONE_LATE');
  expect(end('T10', 'OVERDUE_MET', step(20, 'REGISTER_PAYMENT'), step(30, 'ISSUE_DEMAND', ['T10']))).toBe('NOT_DONE');
  expect(end('T13', 'MET', step(20, 'RECORD_REMEDY', ['T13', 'T14'], { remedy: 'LITIGATION' }))).toBe('NOT_USED');
  expect(end('T14', 'MET', step(20, 'RECORD_REMEDY', ['T13', 'T14'], { remedy: 'LITIGATION' }))).toBe('USED');
  expect(end('T10', 'CANCELLED')).toBe('ENDED');
});
