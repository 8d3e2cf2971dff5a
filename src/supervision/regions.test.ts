import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { asId, HOUR, type ClueId } from '#kernel';
import { transact } from '#platform/db';
import { deadlinesOf, sweepDeadlines } from '#platform/deadlines';
import { answerSheet } from './sheet/answer-sheet.ts';
import { readConfirmed } from './confirmed-event.ts';
import { noteArrival } from './notice/issue-notice.ts';
import { recheckSheet } from './sheet/recheck-sheet.ts';
import { sendHeld, tellEnforcement } from './notice/release-held.ts';
import { findSheet, type Sheet } from './store/sheets.ts';
import { supervisionStage, type Stage } from './testing/stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await supervisionStage();
});
afterAll(() => stage.close());
beforeEach(() => stage.morning());

const feedback = { cause: 'exceedance', explanation: '脱硝喷枪堵塞，氮氧化物超标', measures: '已降负荷并更换喷枪', materials: [], marks: [] } as const;
const compared = { marks: 'NOTHING', maintenance: 'AGREES', condition: 'AGREES' } as const;
const note = '治理设施用电同期下降，与反馈一致';
const over = (hours: number) => [{ model: 'B01', version: '1.1.0', hours }];

async function only(unit: Parameters<Stage['sheetsOf']>[0]): Promise<Sheet> {
  const [sheet, ...more] = await stage.sheetsOf(unit);
  expect(more).toEqual([]);
  return sheet as Sheet;
}

describe('内蒙古：先督办、企业反馈、监控复核、移交执法', () => {
  it('[NMG-2.2a] 废气连续两小时超标不发，第三小时自动发送督办单，并留下此前未发的理由', async () => {
    const { unit, outfall } = stage.enter('inner-mongolia');
    const clue = { clueId: `${unit}-a`, unit, outfall };
    await stage.tell('clue.raised', { ...clue, tier: 'WARN', models: over(2) });
    expect(await stage.sheetsOf(unit)).toEqual([]);
    expect(await stage.heldOf(unit)).toMatchObject([{ reason: 'BELOW_TRIGGER', state: 'HELD', basis: '内环办〔2021〕103号 二（二）' }]);
    await stage.tell('clue.escalated', { ...clue, tier: 'WORK_ORDER', models: over(3) });
    expect(await only(unit)).toMatchObject({ tier: 'WORK_ORDER', state: 'FEEDBACK_PENDING' });
    expect(stage.papers.made.at(-1)?.kind).toBe('SUPERVISION_SHEET');
    expect((await stage.heldOf(unit)).map((row) => row.state)).toEqual(['SENT']);
  });

  it('[NMG-2.2a] 因浓度高先成工单的，也到第三小时才发；只长小时数的消息也算', async () => {
    const { unit, outfall } = stage.enter('inner-mongolia');
    const clue = { clueId: `${unit}-a`, unit, outfall, tier: 'WORK_ORDER' };
    await stage.tell('clue.raised', { ...clue, models: over(1) });
    expect(await stage.sheetsOf(unit)).toEqual([]);
    await stage.tell('clue.grown', { ...clue, models: over(3) });
    expect((await only(unit)).tier).toBe('WORK_ORDER');
  });

  it('[NMG-2.2a] 废水按日均值：小时超标不发，日均值超标发', async () => {
    const { unit, outfall } = stage.enter('inner-mongolia', 'W');
    await stage.tell('clue.raised', { clueId: `${unit}-a`, unit, outfall, tier: 'WARN', models: over(8) });
    expect(await stage.sheetsOf(unit)).toEqual([]);
    await stage.tell('clue.escalated', { clueId: `${unit}-a`, unit, outfall, tier: 'WARN', models: [...over(8), { model: 'B02', version: '1' }] });
    expect((await only(unit)).tier).toBe('WARN');
  });

  it('[NMG-2.2b] 十二小时自发送起算，尚未送达也在走；到期未反馈即逾期，送达只作记录', async () => {
    const { unit, outfall } = stage.enter('inner-mongolia');
    stage.papers.arrives = false;
    await stage.tell('clue.raised', { clueId: `${unit}-a`, unit, outfall, tier: 'WORK_ORDER', models: over(3) });
    stage.papers.arrives = true;
    const sheet = await only(unit);
    expect(sheet).toMatchObject({ state: 'FEEDBACK_PENDING', sentAt: stage.clock.now(), deliveredAt: null, feedbackDue: stage.clock.now() + 12 * HOUR });
    await stage.pass(13);
    await sweepDeadlines(stage.deps);
    await stage.drain();
    expect((await only(unit)).state).toBe('FEEDBACK_OVERDUE');
    await transact(stage.test.db, (tx) => noteArrival(tx, stage.deps, sheet.sheetId, { documentId: sheet.documentId as string, deliveryId: sheet.deliveryId as string, arrivedAt: stage.clock.now() }));
    expect(await only(unit)).toMatchObject({ state: 'FEEDBACK_OVERDUE', deliveredAt: stage.clock.now(), feedbackDue: sheet.feedbackDue });
    expect(await deadlinesOf(stage.test.db, 'sheet', sheet.sheetId)).toHaveLength(1);
    // Decided without an answer: nobody owes one any more.
    await recheckSheet(stage.deps, stage.official('monitoring-control'), sheet.sheetId, { outcome: 'establish', note, falseAnswer: false, compared, against: '现场核对的台账与平台所存不同' });
    expect((await deadlinesOf(stage.test.db, 'sheet', sheet.sheetId)).map(({ state }) => state)).toEqual(['CANCELLED']);
  });

  it('[NMG-2.2c] 与平台记录不一致的认定须写明理由，理由印在复核单上；与记录一致的不须写', async () => {
    const asked = async () => {
      const { unit, outfall, firm } = stage.enter('inner-mongolia');
      await stage.tell('clue.raised', { clueId: `${unit}-a`, unit, outfall, tier: 'WORK_ORDER', models: over(3) });
      const { sheetId } = await only(unit);
      await answerSheet(stage.deps, firm, sheetId, feedback);
      return (more: object) => recheckSheet(stage.deps, stage.official('monitoring-control'), sheetId, { outcome: 'establish', note, falseAnswer: false, ...more });
    };
    const find = await asked();
    for (const against of [undefined, '', '  无  ']) {
      expect(await find({ compared, against })).toMatchObject({ code: 'SUPV-029', field: 'against', zh: '对运维、校准记录、生产和治理设施工况的认定与平台记录不一致，须写明理由' });
    }
    expect(await find({ compared, against: ' 调取的纸质台账载明当日更换采样泵 ' })).toMatchObject({ ok: true });
    expect(stage.papers.made.at(-1)?.data).toMatchObject({ against: '调取的纸质台账载明当日更换采样泵' });
    const plain = await asked();
    expect(await plain({ compared: { marks: 'NOTHING', maintenance: 'NOTHING', condition: 'NOTHING' } })).toMatchObject({ ok: true });
    expect(stage.papers.made.at(-1)?.data).toMatchObject({ against: '' });
  });

  it('[NMG-2.2c][NMG-1.1d][NMG-3.3a] 复核须逐项比对并成文；属实的带复核单移交执法，不经研判专班', async () => {
    const { unit, outfall, firm } = stage.enter('inner-mongolia');
    await stage.tell('clue.raised', { clueId: `${unit}-a`, unit, outfall, tier: 'WORK_ORDER', models: over(3) });
    await stage.tell('clue.raised', { clueId: `${unit}-b`, unit, outfall, tier: 'REMIND' });
    const held = (id: string, factor: string, hours: number, zh: string) =>
      stage.hold({ id: asId<ClueId>(`${unit}-${id}`), unit, outfall, factors: [factor], start: stage.clock.now() - hours * HOUR, end: stage.clock.now(), claim: { zh, en: '' } });
    await held('a', 'a21002', 3, '氮氧化物连续 3 小时超过限值。');
    await held('b', 'a21026', 7, '二氧化硫校准未做。');
    const { sheetId } = await only(unit);
    await answerSheet(stage.deps, firm, sheetId, feedback);
    const control = stage.official('monitoring-control');
    expect(await recheckSheet(stage.deps, control, sheetId, { outcome: 'establish', note, falseAnswer: false, compared: { marks: 'AGREES' }, against: '现场核对的台账与平台所存不同' })).toMatchObject({ code: 'SUPV-009', field: 'compared' });
    expect(await recheckSheet(stage.deps, control, sheetId, { outcome: 'refer', note, falseAnswer: false, compared, against: '现场核对的台账与平台所存不同' })).toMatchObject({ code: 'SUPV-010', basis: '内环办〔2021〕103号 二（二）' });
    expect(await recheckSheet(stage.deps, control, sheetId, { outcome: 'establish', note, falseAnswer: false, compared, against: '现场核对的台账与平台所存不同' })).toMatchObject({ value: { state: 'ESTABLISHED' } });
    const paper = stage.papers.made.at(-1);
    expect(paper).toMatchObject({ kind: 'CONTROL_RECHECK_NOTE', data: { against: '现场核对的台账与平台所存不同', falseAnswer: false, comparisons: ['无相关记录（时段内没有标记，视为数据有效）', '与反馈一致（时段内没有设备运维、校准记录）', '与反馈一致（没有用电记录）'].map((result) => ({ result })) } });
    // Every clue of the sheet by itself, and that its data are reviewed apart from the answer.
    expect(paper?.data).toMatchObject({
      matters: [
        { clueNo: `${unit}-a`, factor: 'a21002', period: expect.stringMatching(/ 06:00 至 \S+ 09:00$/), finding: '氮氧化物连续 3 小时超过限值。' },
        { clueNo: `${unit}-b`, factor: 'a21026', period: expect.stringMatching(/ 02:00 至 \S+ 09:00$/), finding: '二氧化硫校准未做。' },
      ],
      dataReview: expect.stringContaining('法制审核人员'),
    });
    for (const clue of ['a', 'b']) {
      const [event, ...more] = (await stage.events<unknown>('supervision.confirmed', `${unit}-${clue}`)).map(readConfirmed);
      expect(more).toEqual([]);
      expect(event).toMatchObject({ sheetId, unitId: unit, region: 'inner-mongolia', route: 'RECHECKED', confirmedBy: control.accountId, paper: { number: expect.any(String) } });
    }
    expect(await stage.events('sheet.referred', `${unit}-a`)).toEqual([]);
  });

  it('[NMG-2.2c] 督办单发出以后并入的线索没有问过单位：不随该单的反馈认定，复核后另行督办；复核只比对问过的时段', async () => {
    const { unit, outfall, firm } = stage.enter('inner-mongolia');
    const asked = stage.clock.now();
    const at = (from: number, to: number) => ({ period: { from: asked + from * HOUR, to: asked + to * HOUR } });
    const held = (id: string, factor: string, from: number, to: number) =>
      stage.hold({ id: asId<ClueId>(`${unit}-${id}`), unit, outfall, factors: [factor], start: asked + from * HOUR, end: asked + to * HOUR, claim: { zh: `${factor}连续超过限值。`, en: '' } });
    await stage.tell('clue.raised', { clueId: `${unit}-a`, unit, outfall, tier: 'WORK_ORDER', models: over(3), ...at(-3, 0) });
    await held('a', 'a34013', -3, 0);
    const { sheetId } = await only(unit);
    await stage.pass(5);
    await stage.tell('clue.raised', { clueId: `${unit}-b`, unit, outfall, tier: 'WORK_ORDER', models: over(3), sentence: { zh: '氮氧化物连续 3 小时超过限值。', en: '' }, ...at(1, 4) });
    await held('b', 'a21002', 1, 4);
    expect((await only(unit)).sheetId).toBe(sheetId);
    await answerSheet(stage.deps, firm, sheetId, feedback);
    await recheckSheet(stage.deps, stage.official('monitoring-control'), sheetId, { outcome: 'establish', note, falseAnswer: false, compared: { marks: 'NOTHING', maintenance: 'NOTHING', condition: 'NOTHING' } });
    const paper = stage.papers.made.findLast(({ kind }) => kind === 'CONTROL_RECHECK_NOTE');
    expect(paper?.data).toMatchObject({ matters: [{ clueNo: `${unit}-a` }], period: expect.stringMatching(/ 06:00 至 \S+ 09:00$/) });
    expect(await stage.events('supervision.confirmed', `${unit}-a`)).toHaveLength(1);
    expect(await stage.events('supervision.confirmed', `${unit}-b`)).toEqual([]);
    await stage.drain();
    const [own] = (await stage.sheetsOf(unit)).filter((one) => one.sheetId !== sheetId);
    expect(own).toMatchObject({ state: 'FEEDBACK_PENDING', sentenceZh: '氮氧化物连续 3 小时超过限值。', periodFrom: asked + HOUR, periodTo: asked + 4 * HOUR });
  });

  it('[NMG-2.4] 疑似造假的工单先由监控人员掌握：告知执法或决定发督办单，企业此前不知', async () => {
    const { unit, outfall, firm } = stage.enter('inner-mongolia');
    const clue = { unit, outfall, tier: 'WORK_ORDER', models: [{ model: 'C01', version: '1' }] };
    await stage.tell('clue.raised', { ...clue, clueId: `${unit}-a` });
    await stage.tell('clue.raised', { ...clue, clueId: `${unit}-b`, outfall: `${outfall}x` });
    expect(await stage.sheetsOf(unit)).toEqual([]);
    const held = await stage.heldOf(unit);
    expect(held.map((row) => row.reason)).toEqual(['EVIDENCE_FIRST', 'EVIDENCE_FIRST']);
    const [a, b] = ['a', 'b'].map((id) => held.find((row) => row.clueId === `${unit}-${id}`)?.heldId ?? '');
    const control = stage.official('monitoring-control');
    expect(await tellEnforcement(stage.deps, firm, a as string, note)).toMatchObject({ status: 403 });
    expect(await tellEnforcement(stage.deps, control, a as string, '')).toMatchObject({ code: 'SUPV-005' });
    expect(await tellEnforcement(stage.deps, control, a as string, note)).toMatchObject({ value: { state: 'REPORTED' } });
    expect((await stage.events<unknown>('supervision.confirmed', `${unit}-a`)).map(readConfirmed)).toMatchObject([{ route: 'EVIDENCE_FIRST', sheetId: null }]);
    expect(await tellEnforcement(stage.deps, control, a as string, note)).toMatchObject({ code: 'SUPV-012' });
    expect((await sendHeld(stage.deps, control, b as string)).ok).toBe(true);
    await stage.drain();
    expect((await only(unit)).tier).toBe('WORK_ORDER');
  });

  it('低于触发条件的，不能当作造假线索直接告知执法', async () => {
    const { unit, outfall } = stage.enter('inner-mongolia');
    await stage.tell('clue.raised', { clueId: `${unit}-a`, unit, outfall, tier: 'REMIND', models: over(1) });
    const [held] = await stage.heldOf(unit);
    expect(await tellEnforcement(stage.deps, stage.official('monitoring-control'), held?.heldId ?? '', note)).toMatchObject({ code: 'SUPV-013' });
  });

  it('[NMG-1.1b] 异常与超标一样可以督办；企业解释清楚的，线索不再发', async () => {
    const { unit, outfall } = stage.enter('inner-mongolia');
    await stage.tell('clue.raised', { clueId: `${unit}-a`, unit, outfall, tier: 'WARN', models: [{ model: 'A01', version: '1' }] });
    expect((await only(unit)).tier).toBe('WARN');
    await stage.tell('clue.raised', { clueId: `${unit}-b`, unit, outfall: `${outfall}x`, tier: 'REMIND', models: over(1) });
    await stage.tell('clue.withdrawn', { clueId: `${unit}-b`, unit, outfall: `${outfall}x`, tier: 'REMIND', models: over(1) });
    expect((await stage.heldOf(unit)).map((row) => row.state)).toEqual(['CLEARED']);
  });
});

describe.each(['jiangsu', 'ningxia', 'shanghai'])('%s：提醒、警告先行，工单不先问企业', (region) => {
  it('[PAPER-2.3f][PAPER-3.2-1] 一小时超标即提醒，时限自送达起算；坐实的工单转研判', async () => {
    const { unit, outfall } = stage.enter(region);
    stage.papers.arrives = false;
    await stage.tell('clue.raised', { clueId: `${unit}-a`, unit, outfall, tier: 'REMIND', models: over(1) });
    stage.papers.arrives = true;
    const sheet = await only(unit);
    expect(sheet).toMatchObject({ state: 'REMINDED', feedbackDue: null });
    await stage.pass(2);
    await transact(stage.test.db, (tx) => noteArrival(tx, stage.deps, sheet.sheetId, { documentId: sheet.documentId as string, deliveryId: sheet.deliveryId as string, arrivedAt: stage.clock.now() }));
    expect(await only(unit)).toMatchObject({ state: 'FEEDBACK_PENDING', feedbackDue: stage.clock.now() + 48 * HOUR });
    await stage.tell('clue.escalated', { clueId: `${unit}-a`, unit, outfall, tier: 'WORK_ORDER', models: over(3) });
    expect(await only(unit)).toMatchObject({ state: 'REFERRED' });
    expect(await stage.events('sheet.referred', `${unit}-a`)).toHaveLength(1);
  });

  it('废水小时均值超标也可提醒；复核结论不能越过研判直接移交', async () => {
    const { unit, outfall, firm } = stage.enter(region, 'W');
    await stage.tell('clue.raised', { clueId: `${unit}-a`, unit, outfall, tier: 'REMIND', models: over(1) });
    const { sheetId } = await only(unit);
    await answerSheet(stage.deps, firm, sheetId, feedback);
    const control = stage.official('monitoring-control');
    const command = { note, falseAnswer: false } as const;
    expect(await recheckSheet(stage.deps, control, sheetId, { ...command, outcome: 'establish' })).toMatchObject({ code: 'SUPV-010' });
    expect((await recheckSheet(stage.deps, control, sheetId, { ...command, outcome: 'refer' })).ok).toBe(true);
    expect(await findSheet(stage.test.db, sheetId)).toMatchObject({ state: 'REFERRED' });
  });
});
