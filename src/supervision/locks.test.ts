import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOUR, type SheetId } from '#kernel';
import { sql, transact } from '#platform/db';
import { readClueEvent } from './clue-event.ts';
import { takeClue } from './notice/open-sheet.ts';
import type { Papers } from './ports.ts';
import { answerSheet } from './sheet/answer-sheet.ts';
import { recheckSheet } from './sheet/recheck-sheet.ts';
import { supervisionStage, type Stage } from './testing/stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await supervisionStage();
});
afterAll(() => stage.close());

/** Until another connection of this database waits for a lock. */
async function somebodyWaits(): Promise<void> {
  for (let i = 0; i < 200; i++) {
    const { rows } = await sql<{ n: number }>`SELECT count(*)::int AS n FROM pg_locks WHERE NOT granted
      AND (database IS NULL OR database = (SELECT oid FROM pg_database WHERE datname = current_database()))`.execute(stage.test.db);
    if ((rows[0]?.n ?? 0) > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error('nobody waits for a lock');
}

describe('两人同时办理同一企业的事项（docs/decisions/0009）', () => {
  it('监控人员复核的同时平台收到同一排放口的新线索：后到者等候，谁也不被数据库中止', async () => {
    const { unit, outfall, firm } = stage.enter('inner-mongolia');
    const clue = (id: string) => ({ clueId: `${unit}-${id}`, unit, outfall, tier: 'WARN', models: [{ model: 'A01', version: '1' }] });
    await stage.tell('clue.raised', clue('a'));
    const sheetId = (await stage.sheetsOf(unit))[0]?.sheetId as SheetId;
    await answerSheet(stage.deps, firm, sheetId, { cause: 'other', explanation: '正在核查处理', measures: '', materials: [], marks: [] });

    const { promise: started, resolve: start } = Promise.withResolvers<void>();
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    // The recheck stands still at its note: the sheet is read and decided about, the failure not yet counted.
    const papers: Papers = { ...stage.papers, make: async (tx, request) => {
      start();
      await released;
      return stage.papers.make(tx, request);
    } };
    const compared = { marks: 'CONTRADICTS', maintenance: 'NOTHING', condition: 'CONTRADICTS' } as const;
    const recheck = recheckSheet({ ...stage.deps, papers }, stage.official('monitoring-control'), sheetId, { outcome: 'send-back', note: '与用电记录矛盾', falseAnswer: true, compared, against: '现场核对的台账与平台所存不同' });
    await started;
    const event = readClueEvent({ ...clue('b'), sentence: { zh: '恒值', en: 'constant' }, period: { from: stage.clock.now() - HOUR, to: null } });
    const taken = transact(stage.test.db, (tx) => takeClue(tx, stage.deps, event));
    await somebodyWaits();
    release();

    expect(await recheck).toMatchObject({ ok: true, value: { state: 'FEEDBACK_PENDING' } });
    await taken;
    expect(await stage.sheetsOf(unit)).toMatchObject([{ sheetId, state: 'FEEDBACK_PENDING' }]);
  });
});
