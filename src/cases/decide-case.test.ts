import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asId, instant, isRefusal, type CaseId, type Instant } from '#kernel';
import { loadLaw } from '#law';
import type { ReceivedEvent } from './case-event.ts';
import { COMMAND_KINDS, type CaseCommand, type CommandKind } from './commands/index.ts';
import { decideCase, type ActingContext } from './decide-case.ts';
import { applyEvent, foldCase } from './fold.ts';
import type { CaseActor, PenaltyCase } from './penalty-case.ts';
import { evidence, sample } from './testing/index.ts';
import { MAIN, RECTIFICATION, REMEDY } from './states.ts';
import { at, cast, DATA_REF, handover, UNIT } from './testing/index.ts';
import { transitionOf } from './transitions.ts';

const law = loadLaw();
const DAY = 86_400_000;
const start = at('2026-03-16T10:00:00+08:00');

const actorOf = (a: (typeof cast)[keyof typeof cast]): CaseActor => ({ accountId: a.accountId, name: a.name, ...('certificate' in a && a.certificate !== undefined ? { certificate: a.certificate } : {}) });

function received(): PenaltyCase {
  const h = handover();
  const due = law.due('T3a', asId(h.region), instant(h.handedOverAt));
  const { startedAt, dueAt, dueDay, provisional, article, holder, dayKind } = due;
  const event: ReceivedEvent = {
    kind: 'RECEIVED', at: start, actor: actorOf(cast.officer), papers: [], opened: [{ clock: 'T3a', startedAt, dueAt, dueDay, provisional, article, holder, dayKind }],
    origin: {
      caseId: asId<CaseId>('case-1'), caseNo: 'JS-QC-2026-0001', authorityId: asId(h.groupId), region: asId(h.region), unitId: UNIT, clueId: h.clueId, reviewId: h.reviewId,
      facts: h.facts.zh, factors: h.factors, actStart: instant(h.period.from), actEnd: instant(h.period.to), suggestions: ['AIR_EXCEED'],
      evidenceRefs: [{ reviewId: 'review-1', dataRef: DATA_REF, title: '自动监测数据' }], handedOverAt: instant(h.handedOverAt), history: [],
    },
  };
  return foldCase([event]);
}

const officerSteps: readonly CommandKind[] = ['PROPOSE_FILING', 'ASSIGN_OFFICERS', 'ATTACH_EVIDENCE', 'RECORD_INQUIRY', 'SWITCH_MODE', 'FINISH_INVESTIGATION', 'SET_DISCRETION'];
function people(command: CaseCommand): ActingContext {
  const actor = actorOf(officerSteps.includes(command.kind) ? cast.officer : cast.head);
  const names = command.kind === 'PROPOSE_FILING' || command.kind === 'ASSIGN_OFFICERS';
  const withReview = command.kind === 'ATTACH_EVIDENCE' ? { passed: [{ reviewId: 'review-1', dataRef: DATA_REF, title: '' }] } : {};
  return { actor, ...withReview, ...(names ? { assistant: actorOf(cast.officer2) } : {}) };
}

/** As the use case does: the review found for the data is written into the command. */
const named = (command: CaseCommand): CaseCommand =>
  command.kind === 'ATTACH_EVIDENCE' && command.source.from === 'REVIEWED_DATA' ? { ...command, source: { ...command.source, reviewId: 'review-1' } } : command;

function act(state: PenaltyCase, command: CaseCommand, now: Instant) {
  return decideCase(state, named(command), people(command), law, now);
}

/** Takes a step with its papers noted, or throws with the refusal. */
function must(state: PenaltyCase, command: CaseCommand, now: Instant): PenaltyCase {
  const result = act(state, command, now);
  if (isRefusal(result)) throw new Error(`${command.kind}: ${result.zh}`);
  return applyEvent(state, { ...result.value, papers: result.value.owes.map((kind) => ({ kind, paperId: kind, number: '1', title: kind, sha256: 'c'.repeat(64), pages: 1 })) });
}

const CHECKLIST: readonly CaseCommand[] = [evidence('DEVICE_QC', 'DOCUMENT'), evidence('CALC', 'DOCUMENT'), evidence('PARTY', 'DOCUMENT'), evidence('PERMIT', 'DOCUMENT'), sample('RECORD_INQUIRY', start)];

const walk = (state: PenaltyCase, kinds: readonly CommandKind[], now: Instant): PenaltyCase => kinds.reduce((s, kind) => must(s, sample(kind, now, s), now), state);
const filed = () => walk(received(), ['PROPOSE_FILING', 'APPROVE_FILING'], start);
const investigated = () => CHECKLIST.reduce((s, c) => must(s, c, start), filed());
const noticed = () => walk(investigated(), ['FINISH_INVESTIGATION', 'PASS_CASE_REVIEW', 'SET_DISCRETION', 'DELIBERATE', 'SEND_NOTICE', 'RECORD_NOTICE_DELIVERED'], start);

describe('案件决定', () => {
  it('[JS-12.2] 未经审核的电子数据不得作为证据', () => {
    const raw = { ...evidence('AUTO_DATA', 'ELECTRONIC_DATA'), source: { from: 'PLATFORM_DATA', dataRef: 'data:DA001:1:2' } } as CaseCommand;
    expect(act(filed(), raw, start)).toMatchObject({ ok: false, code: 'CASE-004' });
    expect(act(filed(), evidence('AUTO_DATA', 'ELECTRONIC_DATA'), start)).toMatchObject({ ok: true });
  });

  it('[JS-12.2] 审核后被撤回的数据，作出决定时再次被拒', () => {
    const ready = walk(must(must(noticed(), sample('WAIVE_RIGHTS', start), start), sample('PASS_LEGAL_REVIEW', start), start), [], start);
    const refused = decideCase(ready, sample('DECIDE', start), { ...people(sample('DECIDE', start)), withdrawn: [DATA_REF] }, law, start);
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
    expect(act(open, sample('CLOSE_WINDOW', start), instant(start + 6 * DAY))).toMatchObject({ ok: false, code: 'CASE-003' });
    expect(act(open, sample('CLOSE_WINDOW', start), instant(start + 8 * DAY))).toMatchObject({ ok: true, value: { to: 'LEGAL_REVIEW' } });
    expect(act(open, sample('WAIVE_RIGHTS', start), instant(start + DAY))).toMatchObject({ ok: true });
  });

  it('每一条申辩都要答复，不得因申辩加重', () => {
    const later = instant(start + 8 * DAY);
    const defended = must(must(noticed(), sample('SUBMIT_DEFENCE', start), start), sample('CLOSE_WINDOW', later), later);
    expect(defended.main).toBe('DEFENCE_REVIEW');
    const silent = { ...sample('REVIEW_DEFENCE', later), answers: [] } as CaseCommand;
    expect(act(defended, silent, later)).toMatchObject({ ok: false, code: 'CASE-003' });
    const changed = must(defended, { ...sample('REVIEW_DEFENCE', later, defended), result: 'CHANGED' } as CaseCommand, later);
    const heavier = sample('SET_DISCRETION', later) as Extract<CaseCommand, { kind: 'SET_DISCRETION' }>;
    expect(act(changed, { ...heavier, grades: { ...heavier.grades, REPEAT: 'MORE' } }, later)).toMatchObject({ ok: false, code: 'CASE-003' });
    expect(act(changed, { ...heavier, grades: { ...heavier.grades, REPEAT: 'FIRST' } }, later)).toMatchObject({ ok: true });
  });

  it('[JS-15.5] 转现场须有法定情形', () => {
    const bad = { ...sample('SWITCH_MODE', start), ground: 'BECAUSE' } as CaseCommand;
    expect(act(filed(), bad, start)).toMatchObject({ ok: false, code: 'CASE-003' });
    expect(act(filed(), sample('SWITCH_MODE', start), start)).toMatchObject({ ok: true });
  });

  it('结案须整改核查合格或记明理由', () => {
    const decided = walk(must(noticed(), sample('WAIVE_RIGHTS', start), start), ['PASS_LEGAL_REVIEW', 'DECIDE', 'SEND_DECISION', 'RECORD_DECISION_DELIVERED'], start);
    const paid = must(decided, sample('REGISTER_PAYMENT', start, decided), start);
    expect(paid.main).toBe('TO_CLOSE');
    expect(act(paid, sample('PROPOSE_CLOSING', start), start)).toMatchObject({ ok: false, code: 'CASE-003' });
    expect(act(must(paid, sample('WAIVE_RECTIFICATION', start), start), sample('PROPOSE_CLOSING', start), start)).toMatchObject({ ok: true });
  });

  it('任意合法与非法命令序列：不出未定义状态，拒绝不改变案件，时钟有开有关', () => {
    const moves = fc.array(fc.record({ kind: fc.constantFrom(...COMMAND_KINDS), days: fc.nat(40), likely: fc.boolean() }), { maxLength: 60 });
    fc.assert(
      fc.property(moves, (sequence) => {
        let state = received();
        let now = start;
        for (const { kind, days, likely } of sequence) {
          now = instant(now + days * DAY);
          // Half of the time a step that starts here, so that the walk gets far.
          const fitting = COMMAND_KINDS.filter((k) => transitionOf(k).from.includes(state.main));
          const chosen = likely ? (fitting[days % Math.max(1, fitting.length)] ?? kind) : kind;
          const command = state.main === 'INVESTIGATING' && likely ? (CHECKLIST[days % CHECKLIST.length] ?? sample(chosen, now, state)) : sample(chosen, now, state);
          const result = act(state, command, now);
          if (isRefusal(result)) {
            expect(result.code).toMatch(/^(CASE|LAW)-\d{3}$/);
            expect(result.zh).not.toMatch(/\{\w+\}/);
            continue;
          }
          state = must(state, command, now);
          expect(MAIN).toContain(state.main);
          expect(RECTIFICATION).toContain(state.rectification);
          expect(REMEDY).toContain(state.remedy);
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
  const byDesign = ['T13', 'T14', 'T18'];
  const ended = ['NOT_FILED', 'TRANSFERRED_OUT', 'CLOSED', 'ARCHIVED'].includes(state.main);
  const side = ['TR', 'T20'];
  return ended ? Object.keys(state.running).filter((c) => !byDesign.includes(c) && !side.includes(c)) : [];
}
