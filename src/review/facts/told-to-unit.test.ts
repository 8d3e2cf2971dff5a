import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOUR, instant, type FactorCode, type OutfallId } from '#kernel';
import { sql } from '#platform/db';
import { noticesSent } from '#supervision';
import { openDesk, type Desk } from '../testing/desk.ts';
import type { Observation } from './observations.ts';
import { firstTold, toldOf, type ToldClue } from './told-to-unit.ts';

const FROM = instant(Date.parse('2026-10-17T06:00:00+08:00'));
const later = (hours: number) => instant(FROM + hours * HOUR);
const fact: Observation = {
  model: 'C01', title: { zh: '', en: '' }, factors: [], codes: ['a21026'], from: FROM, to: later(24), stats: {}, unit: '', standard: null, converted: false, hourly: [],
};
const finding = (model: string, factor: string, zh: string): ToldClue['findings'][number] => ({ model, factors: [factor as FactorCode], start: FROM, end: later(5), text: { zh, en: '' } });
const [constant, furnace] = [finding('C01', 'a21026', '二氧化硫连续 5 小时恒值。'), finding('B08', 'i33101', '炉膛温度 1 次低于 850 ℃。')];
const notice = (claim: string, ...findings: ToldClue['findings']): ToldClue => ({ claim: { zh: claim, en: '' }, findings });

describe('which notice shows that the unit knew', () => {
  const told = notice('二氧化硫连续 5 小时恒值；同时，炉膛温度 1 次低于 850 ℃。', constant, furnace);

  it('发生以后、结束以前发出，说的是同一事实的，才算告知', () => {
    expect(toldOf(told, later(5), fact)).toBe(true);
    // Sent before it began, at its beginning, and when it was over.
    expect([-6, 0, 24, 30].map((hours) => toldOf(told, later(hours), fact))).toEqual([false, false, false, false]);
  });

  it('说的是另一因子、另一种情形、另一次的，或者没有说到的，不算', () => {
    expect(toldOf(notice('炉膛温度 1 次低于 850 ℃。', furnace), later(5), fact)).toBe(false);
    expect(toldOf(told, later(5), { ...fact, codes: ['a21002'] })).toBe(false);
    expect(toldOf(told, later(5), { ...fact, model: 'A01' })).toBe(false);
    expect(toldOf(notice(told.claim.zh, { ...constant, start: later(-90), end: later(-80) }), later(5), fact)).toBe(false);
    // Known to the platform by then, but not among the words of the notice.
    expect(toldOf(notice('炉膛温度 1 次低于 850 ℃。', furnace, constant), later(5), fact)).toBe(false);
  });

  it('不涉及因子的情形，以同样不涉及因子的提示为准', () => {
    const silence = { ...fact, model: 'A01', codes: [] };
    const found = { ...finding('A01', '', '设备连续 5 小时未传数据。'), factors: [] };
    expect(toldOf(notice('设备连续 5 小时未传数据。', found), later(5), silence)).toBe(true);
    expect(toldOf(notice('设备连续 5 小时未传数据。', { ...found, factors: ['a21026' as FactorCode] }), later(5), silence)).toBe(false);
  });
});

describe('the notice in the ledger, the clue as it was known then', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk('told', '2026-10-17T11:00:00+08:00');
  });
  afterAll(() => desk.close());

  /** What ③ knows of a clue: one finding of it, from the beginning of the fact. */
  async function know(id: string, outfall: OutfallId, { model, text, ...rest }: ToldClue['findings'][number]): Promise<void> {
    const [known, episode] = [desk.clock.now(), `ep-${id}`];
    const rows: readonly (readonly ['clue' | 'episode', object])[] = [['episode', { id: episode, model, text, ...rest }], ['clue', { id, claim: text, episodes: [episode] }]];
    for (const [what, body] of rows)
      await (what === 'clue'
        ? sql`INSERT INTO analysis_clue_version (clue, version, known_at, body) VALUES (${id}, 1, ${known}, ${JSON.stringify(body)}::jsonb)`
        : sql`INSERT INTO analysis_episode (episode, version, known_at, outfall, model, model_version, tier, raised_at, start_at, end_at, body)
            VALUES (${episode}, 1, ${known}, ${outfall}, ${model}, '1', 'WARN', ${known}, ${rest.start}, ${rest.end}, ${JSON.stringify(body)}::jsonb)`).execute(desk.db);
    await sql`INSERT INTO analysis_clue (clue, version, known_at, outfall, unit_id, tier, raised_at, start_at, end_at, models, factors, provisional, cleared, score, body)
      VALUES (${id}, 1, ${known}, ${outfall}, 'U', 'WARN', ${known}, ${rest.start}, ${rest.end}, '{}', '{}', false, false, 1, '{}')`.execute(desk.db);
  }

  it('同一排放口的督办单说的是别的情形，不算告知；说到本情形的，取其文号和发出时间', async () => {
    for (const [found, told] of [[furnace, null], [constant, { number: '示环警告〔2026〕7号', at: later(5) }]] as const) {
      const clueId = await desk.raise('jiangsu', ['C01'], { tier: 'WARN' });
      const outfall = desk.outfallOf(clueId);
      await know(clueId, outfall, found);
      const [sent, ...more] = await noticesSent(desk.db, outfall, { from: FROM, to: later(24) });
      expect(more).toEqual([]);
      await sql`INSERT INTO document (document_id, kind, title, number, authority_id, authority_name, subject_kind, subject_id, data, sha256, unsigned_sha256, bytes, pages, sealed, provider, prepared_by, issued_at)
        VALUES (${sent?.documentId ?? ''}, 'WARNING_NOTICE', '预警警告单', '示环警告〔2026〕7号', 'A', '', 'sheet', 's', '{}', ${'a'.repeat(64)}, ${'a'.repeat(64)}, 1, 1, false, 'development', 'platform', 1)`.execute(desk.db);
      expect(await firstTold(desk.db, outfall, [fact])).toEqual(told);
      expect(await firstTold(desk.db, outfall, [{ ...fact, from: later(6) }])).toBeNull();
    }
  });
});
