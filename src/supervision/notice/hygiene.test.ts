import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { dayOf, HOUR, instant, type UnitId } from '#kernel';
import { messagesOf, recordingChannels } from '#delivery';
import { sql } from '#platform/db';
import { decideNotice, quietUntil, type NoticeRules } from './decide-notice.ts';
import { reasonsHeld } from '../store/held.ts';
import { supervisionStage, type Stage } from '../testing/stage.ts';

const at = (text: string) => instant(Date.parse(`${text}+08:00`));
const rules: NoticeRules = {
  severityLadder: ['REMIND', 'WARN', 'WORK_ORDER'],
  partyContact: ['REMIND', 'WARN', 'AFTER_REVIEW'], airTriggerHours: 1, waterTrigger: 'HOURLY_MEAN', anomalyMayTrigger: true, evidenceFirst: [],
  quietHours: { from: 22, to: 7 }, batchMinutes: 60, dailyNotices: 6, outage: { share: '0.3', outfalls: 5, minutes: 60 },
};
const question = { event: { tier: 'REMIND', provisional: false, models: [] }, medium: 'gas', now: at('2026-09-14T09:00:00'), sentToday: 0, lastReminderAt: null } as const;
const exceeding = { tier: 'WARN', provisional: false, models: [{ model: 'B01', version: '1', hours: 2 }] } as const;

describe('when a notice waits', () => {
  it('quiet hours run over midnight and end in the morning, in China time', () => {
    expect(quietUntil(at('2026-09-14T21:59:00'), rules.quietHours)).toBeNull();
    expect(quietUntil(at('2026-09-14T22:00:00'), rules.quietHours)).toBe(at('2026-09-15T07:00:00'));
    expect(quietUntil(at('2026-09-15T06:59:00'), rules.quietHours)).toBe(at('2026-09-15T07:00:00'));
    expect(quietUntil(at('2026-09-15T07:00:00'), rules.quietHours)).toBeNull();
    expect(quietUntil(at('2026-09-15T13:30:00'), { from: 12, to: 14 })).toBe(at('2026-09-15T14:00:00'));
  });

  it('a reminder waits at night and after another one; an exceedance warning waits for nothing', () => {
    const night = at('2026-09-14T23:00:00');
    expect(decideNotice({ ...question, now: night }, rules)).toMatchObject({ kind: 'hold', reason: 'QUIET_HOURS', until: at('2026-09-15T07:00:00') });
    expect(decideNotice({ ...question, lastReminderAt: at('2026-09-14T08:30:00') }, rules)).toMatchObject({ kind: 'hold', reason: 'BATCH', until: at('2026-09-14T09:30:00') });
    expect(decideNotice({ ...question, lastReminderAt: at('2026-09-14T08:30:00'), waited: true }, rules)).toMatchObject({ kind: 'notice' });
    expect(decideNotice({ ...question, sentToday: 6 }, rules)).toMatchObject({ kind: 'hold', reason: 'FLOOD', until: at('2026-09-15T07:00:00') });
    expect(decideNotice({ ...question, event: exceeding, now: night, sentToday: 99, lastReminderAt: night }, rules)).toMatchObject({ kind: 'notice', tier: 'WARN', trigger: 'EXCEEDANCE' });
  });

  it('a warning of an anomaly waits only for the limit of the day', () => {
    const event = { tier: 'WARN', provisional: false, models: [{ model: 'C01', version: '1' }] } as const;
    expect(decideNotice({ ...question, event, now: at('2026-09-14T23:00:00') }, rules)).toMatchObject({ kind: 'notice', tier: 'WARN' });
    expect(decideNotice({ ...question, event, sentToday: 6 }, rules)).toMatchObject({ kind: 'hold', reason: 'FLOOD' });
  });

  it('[PAPER-2.3f] 分几级由地区的阶梯决定：没有的一级落到其下一级，阶梯之下的不告知', () => {
    const event = { tier: 'WARN', provisional: false, models: [{ model: 'C01', version: '1' }] } as const;
    const on = (severityLadder: NoticeRules['severityLadder']) => decideNotice({ ...question, event }, { ...rules, severityLadder });
    expect(on(['REMIND', 'WARN', 'WORK_ORDER'])).toMatchObject({ kind: 'notice', tier: 'WARN' });
    expect(on(['REMIND', 'WORK_ORDER'])).toMatchObject({ kind: 'notice', tier: 'REMIND' });
    expect(on(['WORK_ORDER'])).toMatchObject({ kind: 'hold', reason: 'NOT_CONTACTED' });
  });

  it('[PAPER-2.3f] 一地多个排放口同时静默是网络的事，不逐一告知单位；个数或比例不够、说的不只是静默的，照常', () => {
    const event = (...models: string[]) => ({ tier: 'WARN', provisional: false, models: models.map((model) => ({ model, version: '1' })) }) as const;
    const of = (silent: { outfalls: number; of: number }, ...models: string[]) => decideNotice({ ...question, event: event(...models), silent }, rules);
    expect(of({ outfalls: 30, of: 100 }, 'A01', 'A03')).toMatchObject({ kind: 'hold', reason: 'NETWORK_OUTAGE', until: null });
    expect(of({ outfalls: 29, of: 100 }, 'A01')).toMatchObject({ kind: 'notice' });
    expect(of({ outfalls: 4, of: 4 }, 'A01')).toMatchObject({ kind: 'notice' });
    expect(of({ outfalls: 30, of: 100 }, 'A01', 'C01')).toMatchObject({ kind: 'notice' });
    expect(decideNotice({ ...question, event: event('A03'), silent: { outfalls: 30, of: 100 }, forced: true }, rules)).toMatchObject({ kind: 'notice' });
  });

  it('where the law sets it, control staff may send in spite of all', () => {
    expect(decideNotice({ ...question, sentToday: 99, forced: true }, rules)).toMatchObject({ kind: 'notice' });
  });
});

describe('with the real store', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await supervisionStage();
  });
  afterAll(() => stage.close());
  beforeEach(() => stage.morning());

  it('[NMG-1.1a] 督办单同时以短信、微信、APP告知企业和监控人员，逐条留有结果', async () => {
    const { unit, outfall } = stage.enter('inner-mongolia');
    await stage.tell('clue.raised', { clueId: `${unit}-a`, unit, outfall, tier: 'WORK_ORDER', models: [{ model: 'B01', version: '1', hours: 3 }] });
    const [sheet] = await stage.sheetsOf(unit);
    const sent = await messagesOf(stage.test.db, sheet?.sheetId ?? '');
    expect(sent.filter((m) => m.audience === 'UNIT').map((m) => m.channel).sort()).toEqual(['APP', 'SMS', 'WECHAT']);
    // Every one of the control staff hears of it.
    expect([...new Set(sent.filter((m) => m.audience === 'STAFF').map((m) => m.channel))].sort()).toEqual(['APP', 'SMS', 'WECHAT']);
    expect(new Set(sent.map((m) => m.state))).toEqual(new Set(['RECORDED']));
    expect(sent[0]?.body).toContain(sheet?.documentNo);
    expect(sent[0]?.body).not.toContain('氮氧化物');
  });

  it('夜里暂缓的提醒加重为警告，当即发出：警告不算暂缓过；先后两份文书各留发出时的话', async () => {
    const night = stage.enter('jiangsu');
    stage.clock.advance(14 * HOUR);
    const clueId = `${night.unit}-a`;
    const tell = (type: string, { unit, outfall }: typeof night, more: object) => stage.tell(type, { clueId: `${unit}-a`, unit, outfall, ...more });
    const worse = { tier: 'WARN', models: [{ model: 'B01', version: '1', hours: 2 }], sentence: { zh: '连续 2 小时超标', en: 'two hours over' } };
    await tell('clue.raised', night, { models: [{ model: 'C01', version: '1' }] });
    expect(await stage.heldOf(night.unit)).toMatchObject([{ clueId, tier: 'REMIND', reason: 'QUIET_HOURS', state: 'HELD' }]);
    await tell('clue.escalated', night, worse);
    const [warned] = await stage.sheetsOf(night.unit);
    expect(warned).toMatchObject({ tier: 'WARN', sentAt: stage.clock.now() });
    expect(await reasonsHeld(stage.test.db, [warned!.sheetId])).toEqual([]);
    // By day the reminder goes out first: its paper keeps its words when the warning follows.
    stage.morning();
    const day = stage.enter('jiangsu');
    await tell('clue.raised', day, { models: [{ model: 'C01', version: '1' }] });
    await tell('clue.escalated', day, worse);
    const said = stage.papers.sent.filter(({ unitId }) => unitId === day.unit).map(({ title, about }) => [title, about?.zh]);
    expect(said).toEqual([['预警提醒单', `${day.outfall}排放口：氮氧化物数据异常`], ['预警警告单', `${day.outfall}排放口：连续 2 小时超标`]]);
  });

  it('六家同时断线：一份也不发给单位，逐一留有原因；只有一家断线的照常提醒', async () => {
    const start = stage.clock.now() - 2 * HOUR;
    const fallSilent = async ({ unit, outfall }: { unit: UnitId; outfall: string }, from: number) => {
      await sql`INSERT INTO analysis_clue (clue, version, known_at, outfall, unit_id, tier, raised_at, start_at, end_at, models, factors, provisional, cleared, score, body)
        VALUES (${`${unit}-s`}, 1, 0, ${outfall}, ${unit}, 'REMIND', ${from}, ${from}, ${stage.clock.now()}, '{A03}', '{}', false, false, 1, '{}')`.execute(stage.test.db);
      return () => stage.tell('clue.raised', { clueId: `${unit}-s`, unit, outfall, tier: 'REMIND', models: [{ model: 'A03', version: '1' }], period: { from, to: null } });
    };
    const alone = stage.enter('shanghai');
    await (await fallSilent(alone, start))();
    expect(await stage.heldOf(alone.unit)).toEqual([]);
    const many = Array.from({ length: 6 }, () => stage.enter('ningxia'));
    const told = [];
    for (const [i, one] of many.entries()) told.push(await fallSilent(one, start + i * 60_000));
    for (const tell of told) await tell();
    for (const { unit } of many) {
      expect(await stage.sheetsOf(unit)).toEqual([]);
      expect(await stage.heldOf(unit)).toMatchObject([{ reason: 'NETWORK_OUTAGE', state: 'HELD', until: null }]);
    }
  });

  it('网络故障中别家陆续恢复、一家仍不恢复：再升级时照常告知这一家；都还没恢复时不告知', async () => {
    const from = stage.clock.now() - 2 * HOUR;
    const many = Array.from({ length: 12 }, () => stage.enter('shandong'));
    for (const { unit, outfall } of many) {
      await sql`INSERT INTO analysis_clue (clue, version, known_at, outfall, unit_id, tier, raised_at, start_at, end_at, models, factors, provisional, cleared, score, body)
        VALUES (${`${unit}-s`}, 1, 0, ${outfall}, ${unit}, 'REMIND', ${from}, ${from}, ${stage.clock.now()}, '{A03}', '{}', false, false, 1, '{}')`.execute(stage.test.db);
    }
    const [dark, still] = many as [(typeof many)[number], (typeof many)[number]];
    const grow = (...silent: { unit: UnitId }[]) =>
      sql`UPDATE analysis_clue SET end_at = ${stage.clock.now()} WHERE clue = ANY(${silent.map(({ unit }) => `${unit}-s`)})`.execute(stage.test.db);
    const tell = ({ unit, outfall }: (typeof many)[number], type = 'clue.escalated') =>
      stage.tell(type, { clueId: `${unit}-s`, unit, outfall, tier: 'WARN', models: [{ model: 'A03', version: '1' }], period: { from, to: stage.clock.now() } });
    await tell(dark, 'clue.raised');
    stage.clock.advance(36 * HOUR);
    await grow(...many);
    await tell(dark);
    expect(await stage.heldOf(dark.unit)).toMatchObject([{ reason: 'NETWORK_OUTAGE', state: 'HELD' }]);
    // Ten come back; these two do not.
    stage.clock.advance(12 * HOUR);
    await grow(dark, still);
    await tell(dark);
    expect(await stage.heldOf(dark.unit)).toMatchObject([{ reason: 'NETWORK_OUTAGE', state: 'SENT' }]);
    expect(await stage.sheetsOf(dark.unit)).toMatchObject([{ tier: 'WARN', outfall: dark.outfall }]);
  });

  it('江苏只用短信；夜间的提醒次日一早发出，几份合成一条消息', async () => {
    const { unit, outfall } = stage.enter('jiangsu');
    stage.clock.advance(14 * HOUR);
    for (const id of ['a', 'b', 'c']) await stage.tell('clue.raised', { clueId: `${unit}-${id}`, unit, outfall: `${outfall}${id}` });
    expect(await stage.sheetsOf(unit)).toEqual([]);
    expect((await stage.heldOf(unit)).map((row) => row.reason)).toEqual(['QUIET_HOURS', 'QUIET_HOURS', 'QUIET_HOURS']);
    await stage.pass(7);
    expect(await stage.sheetsOf(unit)).toEqual([]);
    await stage.pass(1);
    const sheets = await stage.sheetsOf(unit);
    expect(sheets).toHaveLength(3);
    expect((await stage.heldOf(unit)).map((row) => row.state)).toEqual(['SENT', 'SENT', 'SENT']);
    const messages = await messagesOf(stage.test.db, sheets[0]?.sheetId ?? '');
    expect(messages.filter((m) => m.audience === 'UNIT')).toMatchObject([{ channel: 'SMS', subjectIds: expect.arrayContaining(sheets.map((s) => s.sheetId)) }]);
  });

  it('a channel that fails is tried again by the outbox, and every failure stays written', async () => {
    const { unit, outfall } = stage.enter('jiangsu');
    let failures = 2;
    stage.channels.SMS = { send: async () => (failures-- > 0 ? Promise.reject(new Error('网关无应答')) : { result: 'SENT', receipt: 'gw-1' }) };
    await stage.tell('clue.raised', { clueId: `${unit}-a`, unit, outfall });
    const [sheet] = await stage.sheetsOf(unit);
    const unitMessage = async () => (await messagesOf(stage.test.db, sheet?.sheetId ?? '')).find((m) => m.audience === 'UNIT');
    for (let i = 0; i < 6; i++) {
      stage.clock.advance(60_000);
      await stage.drain();
    }
    Object.assign(stage.channels, recordingChannels());
    const done = await unitMessage();
    expect(done).toMatchObject({ state: 'SENT', receipt: 'gw-1' });
    const { rows } = await sql<{ ok: boolean; detail: string }>`SELECT ok, detail FROM delivery_message_attempt WHERE message_id = ${done?.messageId} ORDER BY attempt`.execute(stage.test.db);
    expect(rows.at(-1)).toEqual({ ok: true, detail: 'gw-1' });
    expect(rows.filter((row) => !row.ok).every((row) => row.detail === '网关无应答')).toBe(true);
  });

  it('a channel nobody has connected is a failure that is seen, not a silence', async () => {
    const { unit, outfall } = stage.enter('jiangsu');
    delete stage.channels.SMS;
    await stage.tell('clue.raised', { clueId: `${unit}-a`, unit, outfall });
    Object.assign(stage.channels, recordingChannels());
    const [sheet] = await stage.sheetsOf(unit);
    expect((await messagesOf(stage.test.db, sheet?.sheetId ?? ''))[0]).toMatchObject({ state: 'FAILED', reason: 'NO_ADAPTER' });
  });

  it('一事一单：任意顺序的线索，同一排放口从不同时有两张在办的单；单位每天收到的不超过上限', async () => {
    const step = fc.record({
      outfall: fc.integer({ min: 0, max: 8 }), clue: fc.integer({ min: 0, max: 2 }), tier: fc.constantFrom('REMIND', 'WARN', 'WORK_ORDER'),
      model: fc.constantFrom('B01', 'C01', 'A01'), hours: fc.integer({ min: 1, max: 4 }), wait: fc.integer({ min: 0, max: 5 }), provisional: fc.boolean(),
    });
    const limit = 6;
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('jiangsu', 'inner-mongolia'), fc.array(step, { minLength: 10, maxLength: 40 }), async (region, steps) => {
        const { unit, outfall } = stage.enter(region);
        for (const { outfall: n, clue, tier, model, hours, wait, provisional } of steps) {
          const id = `${unit}-${n}-${clue}`;
          await stage.tell('clue.raised', { clueId: id, unit, outfall: `${outfall}${n}`, tier, provisional, models: [{ model, version: '1', hours }] });
          if (wait > 2) await stage.pass(wait);
        }
        await stage.pass(12);
        await expectOneOpen(stage, unit);
        await expectNoFlood(stage, unit, limit);
      }),
      { numRuns: 6 },
    );
  }, 120_000);
});

async function expectOneOpen(stage: Stage, unit: UnitId): Promise<void> {
  const open = (await stage.sheetsOf(unit)).filter((sheet) => sheet.state !== 'REFERRED' && sheet.state !== 'ESTABLISHED');
  expect(new Set(open.map((sheet) => sheet.outfall)).size).toBe(open.length);
}

/** Notices of a day beside exceedance warnings, and messages of a day through one channel: neither above the limit. */
async function expectNoFlood(stage: Stage, unit: UnitId, limit: number): Promise<void> {
  const { rows: notices } = await sql<{ at: number; trigger: string; act: string }>`SELECT e.at, e.detail->>'trigger' AS trigger, e.act FROM supervision_event e
    JOIN supervision_sheet s USING (sheet_id) WHERE s.unit_id = ${unit} AND e.act IN ('remind', 'warn', 'order')`.execute(stage.test.db);
  const { rows: pushed } = await sql<{ created_at: number; channel: string }>`SELECT created_at, channel FROM delivery_message
    WHERE unit_id = ${unit} AND audience = 'UNIT' AND state <> 'HELD'`.execute(stage.test.db);
  const most = (keys: string[]) => Math.max(0, ...Object.values(Object.groupBy(keys, (key) => key)).map((group) => group?.length ?? 0));
  const holdable = notices.filter((n) => n.trigger !== 'EXCEEDANCE' || n.act === 'remind');
  expect(most(holdable.map((n) => dayOf(instant(n.at))))).toBeLessThanOrEqual(limit);
  expect(most(pushed.map((m) => `${m.channel} ${dayOf(instant(m.created_at))}`))).toBeLessThanOrEqual(limit);
}
