import { afterAll, beforeAll, expect, it } from 'vitest';
import { DEMO_CITY } from '#access';
import { messagesOf } from '#delivery';
import { HOUR } from '#kernel';
import { lawOfFive } from '#law/testing';
import { sweepDeadlines } from '#platform/deadlines';
import { readConfirmed } from './confirmed-event.ts';
import { recheckSheet } from './sheet/recheck-sheet.ts';
import { answerSheet } from './sheet/answer-sheet.ts';
import { eventsOf } from './store/sheets.ts';
import { lapseEntries, listTalks } from './store/talks.ts';
import { supervisionStage, type Stage } from './testing/stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await supervisionStage('2026-09-14T09:00:00+08:00', lawOfFive());
});
afterAll(() => stage.close());

const over = (hours: number) => [{ model: 'B01', version: '1.1.0', hours }];

it('第五个省的督办全由数据文件决定：触发、渠道、时限、阶梯、复核移交和所依据的条文', async () => {
  const { unit, outfall, firm } = stage.enter('fifth');
  const clue = { clueId: `${unit}-a`, unit, outfall, tier: 'WORK_ORDER' };
  await stage.tell('clue.raised', { ...clue, models: over(1) });
  expect(await stage.heldOf(unit)).toMatchObject([{ reason: 'BELOW_TRIGGER', basis: '某省办法 第九条' }]);
  await stage.tell('clue.raised', { clueId: `${unit}-r`, unit, outfall: `${outfall}r`, tier: 'REMIND' });
  expect(await stage.heldOf(unit)).toContainEqual(expect.objectContaining({ outfall: `${outfall}r`, reason: 'NOT_CONTACTED' }));
  await stage.tell('clue.grown', { ...clue, models: over(2) });
  const [sheet] = await stage.sheetsOf(unit);
  expect(sheet).toMatchObject({ tier: 'WORK_ORDER', feedbackDue: stage.clock.now() + 30 * HOUR });
  expect((await messagesOf(stage.test.db, sheet!.sheetId)).filter((one) => one.audience === 'UNIT').map((one) => [one.channel, one.body.startsWith('【某省企业通】')])).toEqual([['WECHAT', true]]);
  expect(stage.papers.made.at(-1)).toMatchObject({ kind: 'SUPERVISION_SHEET', data: { feedback: expect.stringContaining('某省企业通') } });

  await answerSheet(stage.deps, firm, sheet!.sheetId, { cause: 'exceedance', explanation: '脱硝喷枪堵塞，氮氧化物超标', measures: '已更换喷枪', materials: [], marks: [] });
  const recheck = { outcome: 'establish', note: '反馈确认属实，超标属实', falseAnswer: false, compared: { marks: 'NOTHING', maintenance: 'NOTHING', condition: 'NOTHING' } } as const;
  expect(await recheckSheet(stage.deps, stage.official('monitoring-control'), sheet!.sheetId, recheck)).toMatchObject({ value: { state: 'ESTABLISHED' } });
  expect((await stage.events<unknown>('supervision.confirmed', clue.clueId)).map(readConfirmed)).toMatchObject([{ region: 'fifth', route: 'RECHECKED', paper: { kind: 'CONTROL_RECHECK_NOTE' } }]);
  expect(new Set((await eventsOf(stage.test.db, sheet!.sheetId)).map(({ basis }) => basis))).toEqual(new Set(['某省办法 第五条']));
});

it('按次数的阶梯也是：某省首次警示、二次约谈，由市级进行', async () => {
  const { unit, outfall } = stage.enter('fifth');
  for (const id of ['a', 'b']) {
    await stage.tell('clue.raised', { clueId: `${unit}-${id}`, unit, outfall: `${outfall}${id}`, tier: 'WARN', models: [{ model: 'A01', version: '1' }] });
    stage.clock.advance(31 * HOUR);
    await sweepDeadlines(stage.deps);
    await stage.drain();
  }
  expect((await lapseEntries(stage.test.db, unit)).map(({ ordinal, measure }) => [ordinal, measure])).toEqual([[1, 'WARN'], [2, 'TALK']]);
  expect((await listTalks(stage.test.db, { kind: 'all' }, { unitId: unit, limit: 10 })).items).toMatchObject([{ state: 'DUE', authorityId: DEMO_CITY }]);
});
