import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import fc from 'fast-check';
import type { Actor, Role } from '#access';
import { asId, DAY, HOUR, instant, isRefusal, manualClock, type AccountId, type AuthorityId, type RegionKey } from '#kernel';
import { sql } from '#platform/db';
import { testDatabase, type TestDatabase } from '#platform/db/testing';
import { silentLogger } from '#platform/log';
import { drainOutbox } from '#platform/outbox';
import { modelById, modelCatalogue } from '../catalogue.ts';
import type { BacktestReport, BacktestRequest } from '../backtest/request.ts';
import type { Model } from '../contract.ts';
import type { RuleBody } from '../rules/rule.ts';
import { concludeProposal } from './conclude-proposal.ts';
import { decideCap, type Reviewed } from './decide-cap.ts';
import { effectiveFrom, SHADOW_DAYS } from './decide-proposal.ts';
import { LiveStanding, readStanding } from './live-standing.ts';
import { noteVerdict } from './note-verdict.ts';
import { proposeChange, reviseProposal } from './propose-change.ts';
import { PROPOSAL_STATES, PROPOSAL_TRANSITIONS } from './proposal-machine.ts';
import { showPrecision } from './show-precision.ts';
import { budgetsOf, proposalEvents } from './store/proposals.ts';
import { readCaps } from './store/standing.ts';
import { reviewedOf } from './store/verdicts.ts';
import { backtestProposal, startShadow } from './try-proposal.ts';
import { governanceHandlers } from './watch-budget.ts';

const person = (login: string, ...roles: Role[]): Actor => ({
  accountId: asId<AccountId>(login), name: login, roles, authorityId: asId<AuthorityId>('JS-QC'), region: asId<RegionKey>('jiangsu'),
});
const author = person('author', 'model-author');
const air = person('air', 'element-dept');
const approver = person('approver', 'model-approver');
const both = person('both', 'model-author', 'model-approver');
const officer = person('officer', 'enforcement-officer');

const rule: RuleBody = {
  title: { zh: '贴近限值运行', en: 'Close to the limit' }, department: 'air', family: 'emission', trigger: 'hour', media: ['gas'], factors: ['a21002'], applies: '',
  remind: 'zs(factor) > share * limit(factor)', warn: '', workOrder: '', params: { share: 0.9 }, standsAlone: false, excusedBy: [],
  text: { zh: '折算浓度 {zs(factor)}', en: 'converted {zs(factor)}' }, purpose: { zh: '提前提醒', en: 'an early reminder' }, advice: { zh: '查看治污', en: 'look at treatment' }, legalHooks: [],
};
const report = { months: [], appears: { count: 3, examples: [] }, unchanged: 0 } as unknown as BacktestReport;
const asked: BacktestRequest[] = [];
const run = (request: BacktestRequest) => {
  asked.push(request);
  return Promise.resolve(report);
};
const WHY = '核定阈值偏宽，漏报明显';

describe('模型治理 governance of models', () => {
  let t: TestDatabase;
  const clock = manualClock(instant(Date.parse('2026-09-14T10:20:00+08:00')));
  const log = silentLogger();
  const deps = () => ({ db: t.db, clock, log });
  beforeAll(async () => void (t = await testDatabase()));
  afterAll(() => t.drop());
  const value = <T>(result: { ok: true; value: T } | { ok: false; zh: string }): T => {
    if (!result.ok) throw new Error(result.zh);
    return result.value;
  };
  const code = (result: unknown): string => (isRefusal(result) ? result.code : 'accepted');

  it('has an exit from every open state, none from a closed one, and an act for every state', () => {
    for (const [state, { open }] of Object.entries(PROPOSAL_STATES)) {
      expect(PROPOSAL_TRANSITIONS.some((row) => row.from === state)).toBe(open);
      expect(PROPOSAL_TRANSITIONS.some((row) => row.to === state)).toBe(true);
    }
  });

  it('[JS-8] 提案—回测—影子运行—批准：每步留人留因，提案人与批准人不得为同一人', async () => {
    expect(code(await proposeChange(deps(), officer, { kind: 'PARAMETERS', model: 'B01', set: { warnRun: 3 } }, WHY))).toBe('ACCESS-004');
    expect(code(await proposeChange(deps(), author, { kind: 'PARAMETERS', model: 'B01', set: { nothing: 3 } }, WHY))).toBe('ANALYSIS-046');
    expect(code(await proposeChange(deps(), author, { kind: 'PARAMETERS', model: 'B01', set: { warnRun: 2 } }, WHY))).toBe('ANALYSIS-047');
    expect(code(await proposeChange(deps(), author, { kind: 'PARAMETERS', model: 'B01', set: { warnRun: 3 } }, 'x'))).toBe('ANALYSIS-044');
    const { proposal } = value(await proposeChange(deps(), both, { kind: 'PARAMETERS', model: 'B01', set: { warnRun: 3 } }, WHY));
    expect(code(await proposeChange(deps(), author, { kind: 'PARAMETERS', model: 'B01', set: { warnRun: 4 } }, WHY))).toBe('ANALYSIS-050');
    expect(code(await concludeProposal(deps(), approver, proposal, 'approve', WHY))).toBe('ANALYSIS-042');
    expect(code(await startShadow(deps(), both, proposal))).toBe('ANALYSIS-042');
    expect(value(await backtestProposal(deps(), run, both, proposal, 30)).state).toBe('BACKTESTED');
    expect(asked.at(-1)).toMatchObject({ models: ['B01'], set: { warnRun: 3 }, baseline: 'IN_FORCE' });
    expect(code(await reviseProposal(deps(), author, proposal, { kind: 'PARAMETERS', set: { warnRun: 4 } }, WHY))).toBe('ANALYSIS-043');
    const shadow = value(await startShadow(deps(), both, proposal));
    expect(shadow).toMatchObject({ state: 'IN_SHADOW', shadowFrom: Date.parse('2026-09-14T11:00:00+08:00') });
    expect(code(await concludeProposal(deps(), approver, proposal, 'approve', WHY))).toBe('ANALYSIS-045');
    clock.advance(SHADOW_DAYS * DAY + HOUR);
    expect(code(await concludeProposal(deps(), both, proposal, 'approve', WHY))).toBe('ACCESS-010');
    const approved = value(await concludeProposal(deps(), approver, proposal, 'approve', WHY));
    const from = approved.validFrom ?? 0;
    const model = modelById('B01') as Model;
    const { standing } = await readStanding(t.db, modelCatalogue);
    expect([standing.paramsOf(model, from - 1)['warnRun'], standing.paramsOf(model, from)['warnRun']]).toEqual([2, 3]);
    expect(standing.shadowsAt(from - 1)).toMatchObject([{ proposal, params: { warnRun: 3 } }]);
    expect(standing.shadowsAt(from)).toEqual([]);
    const events = await proposalEvents(t.db, proposal);
    expect(events.map((one) => [one.act, one.actorId])).toEqual([['propose', 'both'], ['attach-backtest', 'both'], ['start-shadow', 'both'], ['approve', 'approver']]);
    expect(events.at(-1)?.reason).toBe(WHY);
    const leaves = await sql<{ n: number }>`SELECT count(*)::int AS n FROM evidence_leaf WHERE convert_from(bytes, 'UTF8')::jsonb->>'ref' = ${proposal}`.execute(t.db);
    expect(leaves.rows[0]?.n).toBe(4);
  });

  it('[NX-3.5c] 阈值修改生效前后产生的线索，由人工复核的结论分别计出属实率', async () => {
    const [change] = (await showPrecision(t.db, 'B01', [])).changes;
    const from = Date.parse(change?.from ?? '');
    const clue = async (id: string, raisedAt: number, verdict: 'RIGHT' | 'WRONG') => {
      await sql`INSERT INTO analysis_clue (clue, version, known_at, outfall, unit_id, tier, raised_at, start_at, end_at, models, factors, provisional, cleared, score, body)
        VALUES (${id}, 1, 0, 'O', 'U', 'WARN', ${raisedAt}, 0, 0, '{B01}', '{}', false, false, 1, '{}')`.execute(t.db);
      await t.db.transaction().execute((tx) => noteVerdict(tx, clock, { clueId: id, verdict, reason: 'list' }));
    };
    await clue('before-1', from - DAY, 'WRONG');
    await clue('before-2', from - 1, 'RIGHT');
    await clue('after-1', from, 'RIGHT');
    const { changes, months } = await showPrecision(t.db, 'B01', await reviewedOf(t.db, 'B01'));
    expect(changes).toMatchObject([{ kindText: { zh: '调整参数' }, reason: WHY, before: { right: 1, reviewed: 2 }, after: { right: 1, reviewed: 1 } }]);
    expect(months.reduce((sum, one) => sum + one.reviewed, 0)).toBe(3);
    await drainOutbox(deps(), governanceHandlers);
  });

  it('一条线索的结论只算在仍成立的模型上；核定给某模型的预算取代全部通用预算', async () => {
    await sql`INSERT INTO analysis_clue (clue, version, known_at, outfall, unit_id, tier, raised_at, start_at, end_at, models, factors, provisional, cleared, score, body)
      VALUES ('two', 1, 0, 'O', 'U', 'WARN', 0, 0, 0, '{D01,D02}', '{}', false, false, 1, '{"episodes":["e1","e2"]}')`.execute(t.db);
    for (const [id, version, model, body] of [['e1', 1, 'D01', '{}'], ['e1', 2, 'D01', '{"cleared":{"reason":"MARK"}}'], ['e2', 1, 'D02', '{}']] as const) {
      await sql`INSERT INTO analysis_episode (episode, version, known_at, outfall, model, model_version, tier, raised_at, start_at, end_at, clue, body)
        VALUES (${id}, ${version}, 0, 'O', ${model}, '1', 'WARN', 0, 0, 0, 'two', ${body}::jsonb)`.execute(t.db);
    }
    await t.db.transaction().execute((tx) => noteVerdict(tx, clock, { clueId: 'two', verdict: 'WRONG', reason: 'list' }));
    expect(await Promise.all(['D01', 'D02'].map(async (model) => (await reviewedOf(t.db, model)).length))).toEqual([0, 1]);
    await drainOutbox(deps(), governanceHandlers);
    expect(await budgetsOf(t.db, 'D02', clock.now())).toHaveLength(2);
    const own = { days: 60, share: 0.7, least: 5 };
    const { proposal } = value(await proposeChange(deps(), author, { kind: 'BUDGET', model: 'D02', budgets: [own] }, WHY));
    const from = value(await concludeProposal(deps(), approver, proposal, 'approve', WHY)).validFrom ?? 0;
    expect(await budgetsOf(t.db, 'D02', from)).toEqual([own]);
  });

  it('[JS-10.1] 部门规则：有错不收，逐版留存，批准之日起为模型，停用之日起不再判断', async () => {
    expect(code(await proposeChange(deps(), air, { kind: 'RULE', rule: { ...rule, remind: 'zs(fator) > 1' } }, WHY))).toBe('ANALYSIS-048');
    const one = value(await proposeChange(deps(), air, { kind: 'RULE', rule }, WHY));
    expect(one).toMatchObject({ model: 'R-001', version: '1', owner: 'JS-QC' });
    value(await backtestProposal(deps(), run, air, one.proposal, 30));
    expect(value(await reviseProposal(deps(), air, one.proposal, { kind: 'RULE', rule: { ...rule, params: { share: 0.8 } } }, WHY))).toMatchObject({ state: 'PROPOSED', backtest: undefined });
    value(await backtestProposal(deps(), run, air, one.proposal, 30));
    value(await startShadow(deps(), air, one.proposal));
    const live = await LiveStanding.open(t.db, modelCatalogue);
    clock.advance(SHADOW_DAYS * DAY + HOUR);
    const from = value(await concludeProposal(deps(), approver, one.proposal, 'approve', WHY)).validFrom ?? 0;
    expect(await live.refresh()).toBe(true);
    expect(await live.refresh()).toBe(false);
    const model = live.models.find((each) => each.id === 'R-001') as Model;
    expect(model).toMatchObject({ version: '1', params: { share: 0.8 } });
    expect([live.inForce(model, from - 1), live.inForce(model, from)]).toEqual([false, true]);
    clock.advance(DAY);
    const off = value(await proposeChange(deps(), air, { kind: 'RELEASE', model: 'R-001', inForce: false }, WHY));
    const until = value(await concludeProposal(deps(), approver, off.proposal, 'approve', WHY)).validFrom ?? 0;
    await live.refresh();
    expect([live.inForce(model, until - 1), live.inForce(model, until)]).toEqual([true, false]);
    const two = value(await proposeChange(deps(), air, { kind: 'RULE', model: 'R-001', rule }, WHY));
    expect(two.version).toBe('2');
    expect(value(await concludeProposal(deps(), air, two.proposal, 'withdraw', WHY)).state).toBe('WITHDRAWN');
  });

  it('误报超出预算的模型自行降级并留痕，恢复须经批准', async () => {
    const clue = async (id: string) => sql`INSERT INTO analysis_clue (clue, version, known_at, outfall, unit_id, tier, raised_at, start_at, end_at, models, factors, provisional, cleared, score, body)
      VALUES (${id}, 1, 0, 'O', 'U', 'WORK_ORDER', 0, 0, 0, '{C02}', '{}', false, false, 1, '{}')`.execute(t.db);
    const say = async (id: string, verdict: 'RIGHT' | 'WRONG' | 'OPEN') => {
      await t.db.transaction().execute((tx) => noteVerdict(tx, clock, { clueId: id, verdict, reason: 'model-error' }));
      await drainOutbox(deps(), governanceHandlers);
      clock.advance(60_000);
    };
    for (let i = 0; i < 9; i++) await clue(`c${i}`);
    await say('c0', 'RIGHT');
    for (let i = 1; i < 7; i++) await say(`c${i}`, 'WRONG');
    expect(await readCaps(t.db, 'C02')).toEqual([]);
    await say('c7', 'WRONG');
    const [cap] = await readCaps(t.db, 'C02');
    expect(cap).toMatchObject({ cap: 'WARN', reviewed: 8, wrong: 7, days: 30, share: 0.5 });
    expect(cap?.validFrom).toBeGreaterThan(clock.now());
    const events = await sql<{ payload: unknown }>`SELECT payload FROM outbox WHERE type = 'model.capped'`.execute(t.db);
    expect(events.rows).toMatchObject([{ payload: { model: 'C02', cap: 'WARN' } }]);
    // What was counted once is not counted again.
    await say('c8', 'WRONG');
    expect(await readCaps(t.db, 'C02')).toHaveLength(1);
    const { standing } = await readStanding(t.db, modelCatalogue);
    expect([standing.capOf('C02', (cap?.validFrom ?? 0) - 1), standing.capOf('C02', cap?.validFrom ?? 0)]).toEqual([undefined, 'WARN']);
    clock.advance(2 * HOUR);
    expect(code(await proposeChange(deps(), author, { kind: 'RESTORE', model: 'C03' }, WHY))).toBe('ANALYSIS-049');
    const restore = value(await proposeChange(deps(), author, { kind: 'RESTORE', model: 'C02' }, WHY));
    expect(code(await concludeProposal(deps(), approver, restore.proposal, 'approve', ''))).toBe('ANALYSIS-044');
    const from = value(await concludeProposal(deps(), approver, restore.proposal, 'approve', WHY)).validFrom ?? 0;
    expect((await readStanding(t.db, modelCatalogue)).standing.capOf('C02', from)).toBeUndefined();
  });
});

describe('误报预算 the budget', () => {
  const NOW = 100 * DAY;
  const budgets = [{ days: 30, share: 0.5, least: 8 }, { days: 90, share: 0.4, least: 20 }];
  const verdicts = fc.array(fc.record({ at: fc.integer({ min: 0, max: NOW }), raisedAt: fc.integer({ min: 0, max: NOW }), wrong: fc.boolean() }), { maxLength: 60 });

  it('falls one tier at a time, never on few clues, never on a share within budget, and further wrong ones never raise it', () => {
    fc.assert(fc.property(verdicts, (reviewed: Reviewed[]) => {
      const over = decideCap(reviewed, budgets, undefined, Number.NEGATIVE_INFINITY, NOW);
      if (over !== undefined) {
        expect(over.cap).toBe('WARN');
        expect(over.reviewed).toBeGreaterThanOrEqual(over.budget.least);
        expect(over.wrong / over.reviewed).toBeGreaterThan(over.budget.share);
        expect(decideCap([...reviewed, { at: NOW, raisedAt: NOW, wrong: true }], budgets, undefined, Number.NEGATIVE_INFINITY, NOW)).toBeDefined();
        expect(decideCap(reviewed, budgets, 'WARN', Number.NEGATIVE_INFINITY, NOW)?.cap).toBe('REMIND');
      }
      expect(decideCap(reviewed, budgets, 'REMIND', 0, NOW)).toBeUndefined();
      expect(decideCap(reviewed, budgets, undefined, NOW, NOW)).toBeUndefined();
    }));
  });

  it('what was raised before a decision does not count after it, whenever people come to it', () => {
    const backlog = Array.from({ length: 30 }, (_, i) => ({ at: NOW - i, raisedAt: NOW - 20 * DAY, wrong: true }));
    expect(decideCap(backlog, budgets, undefined, NOW - 21 * DAY, NOW)?.cap).toBe('WARN');
    expect(decideCap(backlog, budgets, 'WARN', NOW - 10 * DAY, NOW)).toBeUndefined();
  });

  it('a decision holds from a full hour that lies at least two minutes ahead', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 4e12 }), (now) => {
      const from = effectiveFrom(now);
      expect(from % HOUR).toBe(0);
      expect(from - now).toBeGreaterThanOrEqual(120_000);
      expect(from - now).toBeLessThanOrEqual(HOUR + 120_000);
    }));
  });
});
