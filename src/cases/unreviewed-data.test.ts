import { describe, expect, it } from 'vitest';
import { calendarDay } from '#kernel';
import type { CommandKind } from './commands/index.ts';
import { GUARDS } from './guards/guards.ts';
import type { EvidenceItem, PenaltyCase } from './penalty-case.ts';
import { DATA_REF } from './testing/deps.ts';
import { law, received, start } from './testing/pure-case.ts';
import { transitionOf } from './transitions/transitions.ts';

/** Every act by which the authority relies on evidence against somebody. */
const ENFORCEMENT_ACTS: readonly CommandKind[] = [
  'PROPOSE_FILING', 'APPROVE_FILING', 'ATTACH_EVIDENCE', 'FINISH_INVESTIGATION', 'ORDER_RECTIFICATION', 'SEND_NOTICE', 'DECIDE', 'DECIDE_ON_SPOT',
  'PROPOSE_PRESERVATION', 'APPROVE_PRESERVATION', 'PROPOSE_SEALING', 'APPROVE_SEALING', 'ORDER_PRODUCTION',
  'PROPOSE_TRANSFER', 'APPROVE_TRANSFER', 'SEND_TRANSFER', 'PROPOSE_DETENTION', 'APPROVE_DETENTION', 'SEND_DETENTION',
  'PROPOSE_DAILY_PENALTY', 'SEND_DAILY_NOTICE', 'DECIDE_DAILY_PENALTY',
];
/** A case is filed on what was handed over, before anything else lies in its file. */
const ON_THE_HANDOVER: readonly CommandKind[] = ['PROPOSE_FILING', 'APPROVE_FILING'];

const item = (source: EvidenceItem['source']): EvidenceItem => ({
  itemId: 'e1', title: '自动监测数据', evidenceKind: 'ELECTRONIC_DATA', point: 'RAW_DATA', mode: 'OFFSITE', obtainedOn: calendarDay('2026-03-16'), provider: '信息平台', proves: '超标', source,
});
const reviewed = (more: { reviewId?: string; dataRef?: string } = {}) => item({ from: 'REVIEWED_DATA', dataRef: DATA_REF, reviewId: 'review-1', ...more });

/** What the act's own guard on reviewed data says about a file. */
function missing(kind: CommandKind, state: PenaltyCase, withdrawn: readonly string[] = []): readonly string[] {
  const { guards } = transitionOf(kind);
  const own = guards.filter((id) => id === 'EVIDENCE_REVIEWED' || id === 'DATA_REVIEW_PASSED');
  // ATTACH_EVIDENCE judges what is brought; the others what lies in the file.
  const command = kind === 'ATTACH_EVIDENCE' ? { command: { kind, ...state.evidence[0] } as never } : {};
  return own.flatMap((id) => GUARDS[id]({ state, law, now: start, withdrawn, ...command }));
}

describe('未经审核的电子数据不得作为任何执法行为的依据', () => {
  const sound: PenaltyCase = { ...received(), evidence: [reviewed()] };

  it('[JS-12.2] 立案、责令改正、查封、告知、移送、决定等每一执法行为都设审核关口', () => {
    for (const kind of ENFORCEMENT_ACTS) {
      const { guards } = transitionOf(kind);
      expect(guards.some((id) => id === 'EVIDENCE_REVIEWED' || id === 'DATA_REVIEW_PASSED'), kind).toBe(true);
      expect(missing(kind, sound), `${kind} on reviewed data`).toEqual([]);
    }
  });

  it('[JS-12.2] 审核不予认定或被否定的、从未审核的、审核范围以外的数据，每一执法行为均被拒绝', () => {
    const outside: PenaltyCase = { ...sound, evidence: [reviewed({ dataRef: 'data:DA999:1:2' })] };
    const another: PenaltyCase = { ...sound, evidence: [reviewed({ reviewId: 'review-of-nobody' })] };
    const never: PenaltyCase = { ...sound, evidence: [item({ from: 'FILE', sha256: 'f'.repeat(64), fileName: 'export.csv' } as never)] };
    for (const kind of ENFORCEMENT_ACTS) {
      expect(missing(kind, sound, [DATA_REF]), `${kind}: taken back`).not.toEqual([]);
      if (ON_THE_HANDOVER.includes(kind)) {
        expect(missing(kind, { ...sound, reviewId: '' }), kind).not.toEqual([]);
        continue;
      }
      for (const [why, state] of [['outside the scope', outside], ['no such review', another], ['never reviewed', never]] as const) {
        expect(missing(kind, state), `${kind}: ${why}`).not.toEqual([]);
      }
    }
  });

  it('[JS-12.2] 电子数据不因称作书证、视听资料而免于审核；审核否定的文件另作为书证提交的，同样被拒绝', () => {
    const file = { from: 'FILE', sha256: 'f'.repeat(64), fileName: '导出.pdf' } as const;
    const called = (source: EvidenceItem['source']): PenaltyCase => ({ ...sound, evidence: [{ ...item(source), evidenceKind: 'DOCUMENT' }] });
    for (const kind of ENFORCEMENT_ACTS.filter((one) => !ON_THE_HANDOVER.includes(one))) {
      expect(missing(kind, called({ from: 'PLATFORM_DATA', dataRef: 'data:DA001:1:2' })), `${kind}: of the platform`).not.toEqual([]);
      expect(missing(kind, called({ from: 'REVIEWED_DATA', reviewId: '', dataRef: 'data:DA001:1:2' })), `${kind}: said to be reviewed`).not.toEqual([]);
      expect(missing(kind, called(file), [`material:${file.sha256}`]), `${kind}: a file refused`).not.toEqual([]);
      expect([missing(kind, called(file)), missing(kind, called({ from: 'PLATFORM_DATA', dataRef: 'case:case-0:decision' })), missing(kind, called(reviewed().source))], `${kind}: papers`).toEqual([[], [], []]);
    }
  });
});
