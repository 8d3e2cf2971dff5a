import { expect, it } from 'vitest';
import type { ObservedFact } from '#review';
import { runFact } from '../testing/observed.ts';
import { act, filed, start } from '../testing/pure-case.ts';
import { evidence } from '../testing/sample-commands.ts';
import type { PenaltyCase } from '../penalty-case.ts';
import { mayBear } from './fits-facts.ts';

const NOX = 'a21002';
const fact: ObservedFact = { ...runFact(NOX, '2026-09-15T02', 3), outfall: 'DA001' };
const data = (outfall: string, from: number, to: number, factors?: readonly string[]) => ({ source: { from: 'REVIEWED_DATA' as const, reviewId: 'r', dataRef: `data:${outfall}:${from}:${to}` }, ...(factors === undefined ? {} : { factors }) });

it('数据只证明同一排放口、时间重叠、审核过该因子的事实；文件由执法人员判断', () => {
  const { from, to } = fact;
  expect(mayBear(data('DA001', from, to), fact)).toBe(true);
  expect(mayBear(data('DA001', from, to, [NOX]), fact)).toBe(true);
  expect(mayBear(data('DA001', from, to, ['a34013']), fact)).toBe(false);
  expect(mayBear(data('DA002', from, to), fact)).toBe(false);
  expect(mayBear(data('DA001', to, to + 1), fact)).toBe(false);
  expect(mayBear(data('DA001', from - 10, from), fact)).toBe(false);
  expect(mayBear({ source: { from: 'FILE', fileName: '记录.pdf', sha256: 'a'.repeat(64) } }, fact)).toBe(true);
});

it('其他时间、其他排放口的数据不能作为本项事实的证据附卷，指明缺什么；同期的可以', () => {
  const state: PenaltyCase = { ...filed(), observed: [{ ...fact, outfall: 'DA001' }] };
  const attach = (dataRef: string) => {
    const reviewed = { ...state, evidenceRefs: [...state.evidenceRefs, { reviewId: 'review-1', dataRef, title: '数据' }] };
    return act(reviewed, { ...evidence('AUTO_DATA', 'ELECTRONIC_DATA'), source: { from: 'REVIEWED_DATA', reviewId: 'review-1', dataRef } }, start);
  };
  expect(attach(`data:DA001:${fact.from}:${fact.to}`)).toMatchObject({ ok: true });
  for (const ref of [`data:DA001:${fact.to}:${fact.to + 3_600_000}`, `data:DA002:${fact.from}:${fact.to}`])
    expect(attach(ref)).toMatchObject({ code: 'CASE-003', missing: [expect.stringContaining('同一排放口、时间重叠的数据')] });
});
