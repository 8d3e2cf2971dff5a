import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instant, isRefusal } from '#kernel';
import { COMMAND_KINDS, type CaseCommand } from './commands/index.ts';
import { decideCase } from './decide-case.ts';
import type { PenaltyCase } from './penalty-case.ts';
import { stateOn, statesOf, TRACK_KEYS } from './states.ts';
import { DATA_REF, evidence, sample } from './testing/index.ts';
import {
  act,
  DAY,
  filed,
  investigated,
  law,
  must,
  noticed,
  people,
  PURE_CHECKLIST,
  received,
  start,
  walk,
} from './testing/pure-case.ts';
import { transitionOf } from './transitions/transitions.ts';

describe('案件决定', () => {
  it('[JS-12.2] 未经审核的电子数据不得作为证据', () => {
    const raw = {
      ...evidence('AUTO_DATA', 'ELECTRONIC_DATA'),
      source: { from: 'PLATFORM_DATA', dataRef: 'data:DA001:1:2' },
    } as CaseCommand;
    expect(act(filed(), raw, start)).toMatchObject({ ok: false, code: 'CASE-004' });
    expect(act(filed(), evidence('AUTO_DATA', 'ELECTRONIC_DATA'), start)).toMatchObject({ ok: true });
  });

  it('[JS-12.2] 审核后被撤回的数据，作出决定时再次被拒', () => {
    const ready = walk(
      must(must(noticed(), sample('WAIVE_RIGHTS', start), start), sample('PASS_LEGAL_REVIEW', start), start),
      [],
      start,
    );
    const refused = decideCase(
      ready,
      sample('DECIDE', start),
      { ...people(sample('DECIDE', start)), withdrawn: [DATA_REF] },
      law,
      start,
    );
    expect(refused).toMatchObject({ ok: false, code: 'CASE-004' });
    expect(act(ready, sample('DECIDE', start), start)).toMatchObject({ ok: true });
  });

  it('[JS-14.2] [JS-20.1] 取证要点未齐不能提交审查，并说出还缺什么', () => {
    const refused = act(filed(), sample('FINISH_INVESTIGATION', start), start);
    expect(refused).toMatchObject({ ok: false, code: 'CASE-003' });
    if (!refused.ok) expect(refused.missing).toContain('当事人身份证明');
  });

  it('[JS-20.2] 不能跳步：立案前不能调查，告知前不能决定', () => {
    expect(act(received(), evidence('PERMIT', 'DOCUMENT'), start)).toMatchObject({ ok: false, code: 'CASE-002' });
    expect(act(investigated(), sample('DECIDE', start), start)).toMatchObject({ ok: false, code: 'CASE-002' });
  });

  it('陈述申辩期须满五个工作日，除非明示放弃', () => {
    const open = noticed();
    expect(open.running.T5?.dueDay).toBe('2026-03-23');
    expect(act(open, sample('CLOSE_WINDOW', start), instant(start + 6 * DAY))).toMatchObject({
      ok: false,
      code: 'CASE-003',
    });
    expect(act(open, sample('CLOSE_WINDOW', start), instant(start + 8 * DAY))).toMatchObject({
      ok: true,
      value: { to: 'LEGAL_REVIEW' },
    });
    expect(act(open, sample('WAIVE_RIGHTS', start), instant(start + DAY))).toMatchObject({ ok: true });
  });

  it('每一条申辩都要答复，不得因申辩加重', () => {
    const later = instant(start + 8 * DAY);
    const defended = must(
      must(noticed(), sample('SUBMIT_DEFENCE', start), start),
      sample('CLOSE_WINDOW', later),
      later,
    );
    expect(defended.main).toBe('DEFENCE_REVIEW');
    const silent = { ...sample('REVIEW_DEFENCE', later), answers: [] } as CaseCommand;
    expect(act(defended, silent, later)).toMatchObject({ ok: false, code: 'CASE-003' });
    const changed = must(
      defended,
      { ...sample('REVIEW_DEFENCE', later, defended), result: 'CHANGED' } as CaseCommand,
      later,
    );
    const heavier = sample('SET_DISCRETION', later) as Extract<CaseCommand, { kind: 'SET_DISCRETION' }>;
    expect(act(changed, { ...heavier, grades: { ...heavier.grades, REPEAT: 'MORE' } }, later)).toMatchObject({
      ok: false,
      code: 'CASE-003',
    });
    expect(act(changed, { ...heavier, grades: { ...heavier.grades, REPEAT: 'FIRST' } }, later)).toMatchObject({
      ok: true,
    });
  });

  it('[JS-15.5] 转现场须有法定情形', () => {
    const bad = { ...sample('SWITCH_MODE', start), ground: 'BECAUSE' } as CaseCommand;
    expect(act(filed(), bad, start)).toMatchObject({ ok: false, code: 'CASE-003' });
    expect(act(filed(), sample('SWITCH_MODE', start), start)).toMatchObject({ ok: true });
  });

  it('结案须整改核查合格或记明理由', () => {
    const decided = walk(
      must(noticed(), sample('WAIVE_RIGHTS', start), start),
      ['PASS_LEGAL_REVIEW', 'DECIDE', 'SEND_DECISION', 'RECORD_DECISION_DELIVERED'],
      start,
    );
    const paid = must(decided, sample('REGISTER_PAYMENT', start, decided), start);
    expect(paid.main).toBe('TO_CLOSE');
    expect(act(paid, sample('PROPOSE_CLOSING', start), start)).toMatchObject({ ok: false, code: 'CASE-003' });
    expect(
      act(must(paid, sample('WAIVE_RECTIFICATION', start), start), sample('PROPOSE_CLOSING', start), start),
    ).toMatchObject({ ok: true });
  });

  it('任意合法与非法命令序列：不出未定义状态，拒绝不改变案件，时钟有开有关', () => {
    const moves = fc.array(
      fc.record({ kind: fc.constantFrom(...COMMAND_KINDS), days: fc.nat(40), likely: fc.boolean() }),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(moves, (sequence) => {
        let state = received();
        let now = start;
        for (const { kind, days, likely } of sequence) {
          now = instant(now + days * DAY);
          // Half of the time a step that starts here, so that the walk gets far.
          const fitting = COMMAND_KINDS.filter((k) => transitionOf(k).from.includes(state.main));
          const chosen = likely ? (fitting[days % Math.max(1, fitting.length)] ?? kind) : kind;
          const command =
            state.main === 'INVESTIGATING' && likely
              ? (PURE_CHECKLIST[days % PURE_CHECKLIST.length] ?? sample(chosen, now, state))
              : sample(chosen, now, state);
          const result = act(state, command, now);
          if (isRefusal(result)) {
            expect(result.code).toMatch(/^(CASE|LAW)-\d{3}$/);
            expect(result.zh).not.toMatch(/\{\w+\}/);
            continue;
          }
          state = must(state, command, now);
          for (const track of TRACK_KEYS) expect(statesOf(track)).toContain(stateOn(state, track));
          const row = transitionOf(command.kind);
          expect([...row.to, ...(row.stays === true ? [result.value.from] : [])]).toContain(result.value.to);
        }
        expect(clocksLeftOpen(state)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

/** Clocks that run although the case stands where nobody could end them any more. */
function clocksLeftOpen(state: PenaltyCase): string[] {
  const byDesign = ['T13', 'T14', 'T14r', 'T18'];
  const ended = ['NOT_FILED', 'TRANSFERRED_OUT', 'CLOSED', 'ARCHIVED'].includes(state.main);
  // Correction, a report upward and a damage claim go on without the penalty.
  const side = ['TR', 'T19', 'T20', 'T26', 'TD', 'TDn'];
  return ended ? Object.keys(state.running).filter((c) => !byDesign.includes(c) && !side.includes(c)) : [];
}
