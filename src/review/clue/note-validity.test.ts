import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from '#platform/db';
import { findClue, stepsOf } from '../store/clues.ts';
import { openDesk, unitOf, type Desk } from '../testing/desk.ts';

describe('线索所依据数据的有效性已变化', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk('validity', '2026-09-14T09:00:00+08:00');
  }, 60_000);
  afterAll(() => desk.close());

  it('记入线索经过并上链，谁手里的都不改状态；不认识的线索不动', async () => {
    const clueId = await desk.raise('jiangsu', ['B01']);
    const before = await findClue(desk.db, clueId);
    const zh = '所依据数据的有效性已变化：氮氧化物 3 小时由“有效”改判“失控期”。重新判定后，只有部分时段仍然成立。';
    const event = (id: string) => ({
      clueId: id, outfall: desk.outfallOf(clueId), unit: unitOf('jiangsu'), tier: 'WORK_ORDER', sentence: { zh: '连续三小时超过限值', en: '3 h' }, factors: ['a21002'],
      period: { from: Number(before?.periodFrom), to: Number(before?.periodTo) }, models: [{ model: 'B01', version: '1.2.0' }], validity: { zh, en: 'changed', at: 1, left: 'PARTLY_MET' },
    });
    await desk.emit('clue.validity_changed', clueId, event(clueId));
    await desk.emit('clue.validity_changed', 'stranger', event('stranger'));
    const after = await findClue(desk.db, clueId);
    expect(after).toMatchObject({ state: before?.state, sentenceZh: '连续三小时超过限值' });
    expect((await stepsOf(desk.db, clueId)).at(-1)).toMatchObject({ act: 'grow', from: before?.state, to: before?.state, detail: { note: zh, validity: 'PARTLY_MET' } });
    const { rows } = await sql<{ n: number }>`SELECT count(*)::int AS n FROM evidence_leaf WHERE convert_from(bytes, 'UTF8') LIKE '%validity-changed%'`.execute(desk.db);
    expect(rows[0]?.n).toBe(1);
  });
});
