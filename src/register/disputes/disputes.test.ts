import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unitLogin } from '#access';
import { asId, DAY, instant, type OutfallId } from '#kernel';
import { sql } from '#platform/db';
import { deadlinesOf } from '#platform/deadlines';
import { DESK_NOW as NOW, E1, E2, FILES, openDesk, type Desk } from '../testing/desk.ts';
import { registerDisputeRoutes } from './dispute-routes.ts';

const O1 = asId<OutfallId>('O1');

interface Value { kind: string; key: string; field: string; value: string; openDispute: string | null; thresholds: { value: string }[] }
interface Item { disputeId: string; state: string; mayAnswer: boolean; dueAt: string; article: string; registered: string; newValue: string | null; newFrom: string | null; answer: string | null }

describe('登记参数异议 disputes of registered values', () => {
  let desk: Desk;
  beforeAll(async () => void (desk = await openDesk(registerDisputeRoutes)));
  afterAll(() => desk.close());
  const call: Desk['call'] = (...given) => desk.call(...given);
  const own = unitLogin(E1);
  const valueOf = async (kind: string, field: string): Promise<Value> => {
    const { values } = (await call(own, 'GET', '/api/unit/register-values')).json<{ values: Value[] }>();
    return values.find((one) => one.kind === kind && one.field === field) ?? expect.fail(`no ${kind} ${field}`);
  };
  const raise = (value: Value, proposed: string, more: object = {}) =>
    call(own, 'POST', '/api/unit/disputes', { kind: value.kind, key: value.key, field: value.field, proposed, reason: '许可证已变更', ...more });
  const limitOn = (day: string) => desk.registry.current().limitsOf(O1, instant(Date.parse(`${day}T12:00:00+08:00`))).map((limit) => limit.limit);

  it('[JS-1.2] the unit sees what it is judged by, with the lines that follow from a permitted amount', async () => {
    expect(await valueOf('limits', 'limit')).toMatchObject({ value: '35', openDispute: null });
    expect((await valueOf('permits', 'annualKg')).thresholds.map((one) => one.value)).toEqual(['8000 kg', '10000 kg']);
    expect((await call(unitLogin(E2), 'GET', '/api/unit/register-values')).json<{ values: Value[] }>().values.filter((one) => one.key.startsWith('O1'))).toEqual([]);
  });

  it('one dispute at a time per value, with a clock; no text that is no number; nobody disputes a stranger\'s value', async () => {
    const limit = await valueOf('limits', 'limit');
    expect((await raise(limit, 'fifty')).json()).toMatchObject({ code: 'REGISTER-022' });
    expect((await raise(limit, '35')).json()).toMatchObject({ code: 'REGISTER-023' });
    expect((await raise(limit, '50', { materials: [{ name: '副本.pdf', sha256: 'a'.repeat(64) }] })).json()).toMatchObject({ code: 'REGISTER-028' });
    expect((await call(unitLogin(E2), 'POST', '/api/unit/disputes', { ...limit, proposed: '50', reason: '不是我的' })).json()).toMatchObject({ code: 'REGISTER-021' });
    const sha256 = await desk.blobs.put(Buffer.from('副本第 12 页'));
    const raised = await raise(limit, '50', { from: '2026-08-01', materials: [{ name: '副本.pdf', sha256 }] });
    expect(raised.statusCode).toBe(201);
    const { disputeId, dueAt } = raised.json<Item>();
    // 14 September 2026 is a Monday; the tenth working day after it lies behind Mid-Autumn and National Day holidays.
    expect(Date.parse(dueAt)).toBeGreaterThan(NOW + 9 * DAY);
    expect(await deadlinesOf(desk.t.db, 'register-dispute', disputeId)).toMatchObject([{ clockId: 'T1r', state: 'OPEN', dueAt: Date.parse(dueAt) }]);
    expect((await raise(limit, '60')).json()).toMatchObject({ code: 'REGISTER-024' });
    expect((await valueOf('limits', 'limit')).openDispute).toBe(disputeId);
  });

  it('the department that owns the value answers it, nobody else; accepted is a new dated version and the old one stays', async () => {
    const { items: [open] } = (await call('air', 'GET', `/api/register/disputes?outfall=O1&open=true`)).json<{ items: Item[] }>();
    const { disputeId } = open ?? expect.fail('no dispute');
    const answer = (login: string, body: object) => call(login, 'POST', `/api/register/disputes/${disputeId}/answer`, { accept: true, answer: '副本属实', ...body });
    expect((await answer('monitor', {})).json()).toMatchObject({ code: 'REGISTER-027' });
    expect((await answer('officer', {})).statusCode).toBe(403);
    expect((await answer(own, {})).statusCode).toBe(403);
    expect((await call('neighbour', 'GET', '/api/register/disputes')).json<{ items: Item[] }>().items).toEqual([]);
    expect(limitOn('2026-09-14')).toEqual(['35']);
    expect((await answer('air', { answer: ' ' })).statusCode).toBe(400);
    expect((await answer('air', {})).json()).toMatchObject({ state: 'ACCEPTED', newValue: '50', newFrom: '2026-08-01', mayAnswer: false });
    expect([limitOn('2026-07-31'), limitOn('2026-08-01'), limitOn('2026-09-14')]).toEqual([['35'], ['50'], ['50']]);
    expect((await answer('air', {})).json()).toMatchObject({ code: 'REGISTER-026' });
    const { rows } = await sql<{ key: string; before: unknown; after: { limit: string } }>`SELECT key, before, after FROM register_change WHERE import_id = ${disputeId} ORDER BY seq`.execute(desk.t.db);
    expect(rows.map((row) => [row.before === null, row.after.limit])).toEqual(expect.arrayContaining([[false, '35'], [true, '50']]));
    expect(await deadlinesOf(desk.t.db, 'register-dispute', disputeId)).toMatchObject([{ state: 'MET' }]);
  });

  it('rejected and withdrawn disputes change nothing in the register and stay; then the value may be disputed again', async () => {
    const flow = await valueOf('outfalls', 'designFlow');
    const first = (await raise(flow, '900000')).json<Item>();
    const rejected = await call('air', 'POST', `/api/register/disputes/${first.disputeId}/answer`, { accept: false, answer: '设计文件为 800000' });
    expect(rejected.json()).toMatchObject({ state: 'REJECTED', answer: '设计文件为 800000', newValue: null });
    const second = (await raise(flow, '850000')).json<Item>();
    expect((await call(own, 'POST', `/api/unit/disputes/${second.disputeId}/withdrawal`)).json()).toMatchObject({ state: 'WITHDRAWN' });
    expect((await call(unitLogin(E2), 'POST', `/api/unit/disputes/${second.disputeId}/withdrawal`)).statusCode).toBe(404);
    expect(await valueOf('outfalls', 'designFlow')).toMatchObject({ value: '800000', openDispute: null });
    const { items: disputes } = (await call(own, 'GET', '/api/register/disputes')).json<{ items: Item[] }>();
    expect(disputes.map((one) => one.state).sort()).toEqual(['ACCEPTED', 'REJECTED', 'WITHDRAWN']);
  });

  it('an undated value is rewritten with what stood before in the ledger; its device figures are answered by monitoring control', async () => {
    const span = await valueOf('factors', 'span');
    const { disputeId } = (await raise(span, '200')).json<Item>();
    expect((await call('air', 'POST', `/api/register/disputes/${disputeId}/answer`, { accept: true, answer: '已核' })).json()).toMatchObject({ code: 'REGISTER-027' });
    expect((await call('monitor', 'POST', `/api/register/disputes/${disputeId}/answer`, { accept: true, answer: '已现场核对铭牌' })).json()).toMatchObject({ state: 'ACCEPTED', newValue: '200' });
    expect(desk.registry.current().factorsOf(O1)[0]?.span).toBe(200);
    const { rows } = await sql<{ before: { span: number }; after: { span: number } }>`SELECT before, after FROM register_change WHERE import_id = ${disputeId}`.execute(desk.t.db);
    expect(rows).toMatchObject([{ before: { span: 100 }, after: { span: 200 } }]);
  });

  it('the same files imported again undo no accepted dispute; a value nobody disputed is news', async () => {
    expect(await desk.importFiles()).toMatchObject({ imported: true, changed: 0, added: 0, kept: [{ kind: 'factors' }, { kind: 'limits' }], problems: [] });
    await desk.registry.refresh();
    expect([limitOn('2026-07-31'), limitOn('2026-08-01')]).toEqual([['35'], ['50']]);
    expect(desk.registry.current().factorsOf(O1)[0]?.span).toBe(200);
    expect(await desk.importFiles({ 'factors.csv': FILES['factors.csv'].replace('mg/m3,100', 'mg/m3,300') })).toMatchObject({ changed: 1, kept: [{ kind: 'limits' }] });
    await desk.registry.refresh();
    expect(desk.registry.current().factorsOf(O1)[0]?.span).toBe(300);
  });

  it('attachments are for the unit and its authority only', async () => {
    const { items: disputes } = (await call(own, 'GET', '/api/register/disputes')).json<{ items: (Item & { materials: { sha256: string }[] })[] }>();
    const withFile = disputes.find((one) => one.materials.length > 0) ?? expect.fail('no file');
    const url = `/api/register/disputes/${withFile.disputeId}/materials/${withFile.materials[0]?.sha256}`;
    expect((await call('air', 'GET', url)).body).toBe('副本第 12 页');
    expect((await call(own, 'GET', url)).statusCode).toBe(200);
    expect((await call(unitLogin(E2), 'GET', url)).statusCode).toBe(404);
    expect((await call('neighbour', 'GET', url)).statusCode).toBe(404);
  });
});
