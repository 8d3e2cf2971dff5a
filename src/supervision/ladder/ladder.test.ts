import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DEMO_PROVINCE } from '#access';
import { DAY, HOUR, instant } from '#kernel';
import { messagesOf } from '#delivery';
import { sweepDeadlines } from '#platform/deadlines';
import { answerSheet } from '../sheet/answer-sheet.ts';
import { cancelTalk, recordTalk, summonUnit } from './hold-talk.ts';
import { recheckSheet } from '../sheet/recheck-sheet.ts';
import { lapseEntries, listTalks, talkEventsOf } from '../store/talks.ts';
import { supervisionStage, type Stage } from '../testing/stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await supervisionStage();
});
afterAll(() => stage.close());
beforeEach(() => stage.morning());

type Entered = ReturnType<Stage['enter']>;

/** One more sheet that the unit leaves unanswered. */
async function silence({ unit, outfall }: Entered, id: string): Promise<void> {
  await stage.tell('clue.raised', { clueId: `${unit}-${id}`, unit, outfall: `${outfall}${id}`, tier: 'WARN', models: [{ model: 'A01', version: '1' }] });
  stage.clock.advance(49 * HOUR);
  await sweepDeadlines(stage.deps);
  await stage.drain();
}

const summons = () => ({ meetAt: instant(stage.clock.now() + 3 * DAY), place: '第一会议室', attendees: '主要负责人', topics: '督办信息反馈' });
const record = { attendees: [{ name: '王某', post: '总经理' }], recorder: '周某', said: '指出三次未按要求反馈', answered: '值班安排不到位', commitments: '专人值守' };
const talksOf = async (entered: Entered) => (await listTalks(stage.test.db, { kind: 'all' }, { unitId: entered.unit, limit: 10 })).items;

describe('不反馈、填报不规范、弄虚作假按次数升级', () => {
  it('[NMG-3.1c] 首次提醒函、二次警示函、三次约谈，各有文书；与按严重程度的三级互不影响', async () => {
    const entered = stage.enter('inner-mongolia');
    for (const id of ['a', 'b', 'c']) await silence(entered, id);
    const lapses = await lapseEntries(stage.test.db, entered.unit);
    expect(lapses.map(({ kind, ordinal, measure }) => ({ kind, ordinal, measure }))).toEqual([
      { kind: 'OVERDUE', ordinal: 1, measure: 'REMIND' }, { kind: 'OVERDUE', ordinal: 2, measure: 'WARN' }, { kind: 'OVERDUE', ordinal: 3, measure: 'TALK' },
    ]);
    expect(lapses.map((lapse) => lapse.documentNo !== null)).toEqual([true, true, false]);
    const letters = stage.papers.made.filter((paper) => paper.kind === 'FEEDBACK_LETTER' && paper.unitId === entered.unit);
    // 三（一）: the ladder belongs to the corps of the region, not to the city.
    expect(letters.map((paper) => [paper.authorityId, paper.data['contact']])).toEqual(Array(2).fill([DEMO_PROVINCE, expect.objectContaining({ name: '自治区生态环境综合行政执法总队' })]));
    expect(letters.map((paper) => [paper.data['measure'], paper.data['ordinal'], paper.data['next']])).toEqual([['提醒', '第1次', '警示'], ['警示', '第2次', '约谈']]);
    expect(await messagesOf(stage.test.db, lapses[0]?.lapseId ?? '')).not.toEqual([]);
    expect(await talksOf(entered)).toMatchObject([{ state: 'DUE', lapseIds: [lapses[2]?.lapseId] }]);
    expect((await stage.sheetsOf(entered.unit)).map((sheet) => sheet.tier)).toEqual(['WARN', 'WARN', 'WARN']);
  });

  it('不规范、不实与逾期一样计入同一阶梯', async () => {
    const entered = stage.enter('inner-mongolia');
    await stage.tell('clue.raised', { clueId: `${entered.unit}-a`, unit: entered.unit, outfall: entered.outfall, tier: 'WARN', models: [{ model: 'A01', version: '1' }] });
    const [sheet] = await stage.sheetsOf(entered.unit);
    const feedback = { cause: 'other', explanation: '正在核查处理', measures: '', materials: [], marks: [] } as const;
    const compared = { marks: 'CONTRADICTS', maintenance: 'NOTHING', condition: 'CONTRADICTS' } as const;
    const control = stage.official('monitoring-control');
    await answerSheet(stage.deps, entered.firm, sheet!.sheetId, feedback);
    await recheckSheet(stage.deps, control, sheet!.sheetId, { outcome: 'send-back', note: '未写明起止时间', falseAnswer: false, compared, against: '现场核对的台账与平台所存不同' });
    await answerSheet(stage.deps, entered.firm, sheet!.sheetId, feedback);
    await recheckSheet(stage.deps, control, sheet!.sheetId, { outcome: 'establish', note: '与用电记录矛盾', falseAnswer: true, compared, against: '现场核对的台账与平台所存不同' });
    await stage.drain();
    expect((await lapseEntries(stage.test.db, entered.unit)).map(({ kind, measure }) => [kind, measure])).toEqual([['POOR', 'REMIND'], ['FALSE', 'WARN']]);
  });

  it('超过统计期间（十二个月）的不再计次', async () => {
    const entered = stage.enter('inner-mongolia');
    await silence(entered, 'a');
    stage.clock.advance(400 * DAY);
    stage.morning();
    await silence(entered, 'b');
    expect((await lapseEntries(stage.test.db, entered.unit)).map(({ ordinal }) => ordinal)).toEqual([1, 1]);
  });
});

describe('约谈', () => {
  async function due(): Promise<{ entered: Entered; talkId: string }> {
    const entered = stage.enter('inner-mongolia');
    for (const id of ['a', 'b', 'c']) await silence(entered, id);
    const [talk] = await talksOf(entered);
    return { entered, talkId: talk?.talkId ?? '' };
  }

  it('[NMG-3.1c] 由自治区执法总队通知、进行并形成记录；未到时间不能补写', async () => {
    const { entered, talkId } = await due();
    const corps = stage.official('enforcement-lead', DEMO_PROVINCE);
    expect(await summonUnit(stage.deps, stage.official('enforcement-lead'), talkId, summons())).toMatchObject({ code: 'SUPV-014', basis: '内环办〔2021〕103号 三（一）' });
    expect(await summonUnit(stage.deps, stage.official('monitoring-control', DEMO_PROVINCE), talkId, summons())).toMatchObject({ status: 403 });
    expect(await recordTalk(stage.deps, corps, talkId, record)).toMatchObject({ code: 'SUPV-015' });
    expect(await summonUnit(stage.deps, corps, talkId, { ...summons(), meetAt: stage.clock.now() })).toMatchObject({ code: 'SUPV-017' });
    expect(await summonUnit(stage.deps, corps, talkId, { ...summons(), place: ' ' })).toMatchObject({ code: 'SUPV-018', field: 'place' });
    expect(await summonUnit(stage.deps, corps, talkId, summons())).toMatchObject({ value: { state: 'SUMMONED', noticeNo: expect.any(String) } });
    expect(await recordTalk(stage.deps, corps, talkId, record)).toMatchObject({ code: 'SUPV-019' });
    stage.clock.advance(3 * DAY);
    expect(await recordTalk(stage.deps, corps, talkId, { ...record, attendees: [] })).toMatchObject({ code: 'SUPV-018', field: 'attendees' });
    expect(await recordTalk(stage.deps, corps, talkId, record)).toMatchObject({ value: { state: 'HELD', recordNo: expect.any(String) } });
    expect(stage.papers.made.slice(-2).map((paper) => [paper.kind, paper.authorityId])).toEqual([['REGULATORY_TALK_NOTICE', DEMO_PROVINCE], ['REGULATORY_TALK_RECORD', DEMO_PROVINCE]]);
    expect((await talkEventsOf(stage.test.db, entered.unit)).map((event) => event.act)).toEqual(['open', 'summon', 'hold']);
    expect(await cancelTalk(stage.deps, corps, talkId, '已经约谈过了')).toMatchObject({ code: 'SUPV-015' });
  });

  it('约谈以后仍不反馈：不再约谈，移交执法专项检查，该单不再退回', async () => {
    const { entered, talkId } = await due();
    const corps = stage.official('enforcement-lead', DEMO_PROVINCE);
    await summonUnit(stage.deps, corps, talkId, summons());
    stage.clock.advance(3 * DAY);
    await recordTalk(stage.deps, corps, talkId, record);
    await silence(entered, 'd');
    const [last] = (await lapseEntries(stage.test.db, entered.unit)).slice(-1);
    expect(last).toMatchObject({ ordinal: 4, measure: 'ENFORCE', documentNo: expect.any(String) });
    expect(await talksOf(entered)).toMatchObject([{ talkId, state: 'HELD' }]);
    expect(stage.papers.made.findLast((paper) => paper.kind === 'FEEDBACK_LETTER')?.data).toMatchObject({ measure: '移交执法专项检查', demand: expect.stringContaining('现场检查') });
    const sheetId = last!.sheetId;
    const compared = { marks: 'NOTHING', maintenance: 'NOTHING', condition: 'SILENT' } as const;
    const control = stage.official('monitoring-control');
    await answerSheet(stage.deps, entered.firm, sheetId, { cause: 'other', explanation: '正在核查处理', measures: '', materials: [], marks: [] });
    expect(await recheckSheet(stage.deps, control, sheetId, { outcome: 'send-back', note: '未写明起止时间', falseAnswer: false, compared, against: '现场核对的台账与平台所存不同' })).toMatchObject({ code: 'SUPV-010', basis: '内环办〔2021〕103号 三（一）' });
    expect(await recheckSheet(stage.deps, control, sheetId, { outcome: 'establish', note: '未说明原因，异常属实', falseAnswer: false, compared, against: '现场核对的台账与平台所存不同' })).toMatchObject({ value: { state: 'ESTABLISHED' } });
  });

  it('一单最多退回到阶梯用尽；没有记录印证的反馈不能排除，属实的超标不能以自行纠正了结', async () => {
    const entered = stage.enter('inner-mongolia');
    await stage.tell('clue.raised', { clueId: `${entered.unit}-a`, unit: entered.unit, outfall: entered.outfall, tier: 'WARN', models: [{ model: 'B01', version: '1', hours: 7 }] });
    const [sheet] = await stage.sheetsOf(entered.unit);
    const compared = { marks: 'NOTHING', maintenance: 'NOTHING', condition: 'AGREES' } as const;
    const control = stage.official('monitoring-control');
    const find = (outcome: 'send-back' | 'explain' | 'accept' | 'establish', said: Readonly<Record<keyof typeof compared, 'NOTHING' | 'AGREES'>> = compared) => recheckSheet(stage.deps, control, sheet!.sheetId, { outcome, note: '比对三类记录', falseAnswer: false, compared: said, against: '现场核对的台账与平台所存不同' });
    for (const _ of [1, 2, 3]) {
      await answerSheet(stage.deps, entered.firm, sheet!.sheetId, { cause: 'other', explanation: '正在核查处理', measures: '', materials: [], marks: [] });
      expect(await find('send-back')).toMatchObject({ ok: true });
    }
    await answerSheet(stage.deps, entered.firm, sheet!.sheetId, { cause: 'exceedance', explanation: '确属超标，已检修', measures: '', materials: [], marks: [] });
    expect(await find('send-back')).toMatchObject({ code: 'SUPV-010' });
    expect(await find('accept')).toMatchObject({ code: 'SUPV-010', basis: '内环办〔2021〕103号 二（二）' });
    expect(await find('explain', { ...compared, condition: 'NOTHING' })).toMatchObject({ code: 'SUPV-028' });
    expect(await find('establish')).toMatchObject({ value: { state: 'ESTABLISHED' } });
  });

  it('约谈未进行前再次不反馈，并入同一次约谈；不再约谈须写明理由', async () => {
    const { entered, talkId } = await due();
    await silence(entered, 'd');
    expect(await talksOf(entered)).toMatchObject([{ talkId, lapseIds: [expect.any(String), expect.any(String)] }]);
    const corps = stage.official('enforcement-officer', DEMO_PROVINCE);
    expect(await cancelTalk(stage.deps, corps, talkId, '')).toMatchObject({ code: 'SUPV-018', field: 'reason' });
    expect(await cancelTalk(stage.deps, corps, talkId, '单位已停产注销')).toMatchObject({ value: { state: 'CANCELLED' } });
    await silence(entered, 'e');
    expect((await talksOf(entered)).map((talk) => talk.state).sort()).toEqual(['CANCELLED', 'DUE']);
  });
});
