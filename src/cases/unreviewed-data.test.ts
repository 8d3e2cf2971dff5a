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
  'PROPOSE_FILING', 'ATTACH_EVIDENCE', 'FINISH_INVESTIGATION', 'ORDER_RECTIFICATION', 'SEND_NOTICE', 'DECIDE', 'DECIDE_ON_SPOT',
  'PROPOSE_PRESERVATION', 'APPROVE_PRESERVATION', 'PROPOSE_SEALING', 'APPROVE_SEALING', 'ORDER_PRODUCTION',
  'PROPOSE_TRANSFER', 'APPROVE_TRANSFER', 'PROPOSE_DETENTION', 'APPROVE_DETENTION',
];

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
      if (kind === 'PROPOSE_FILING') {
        expect(missing(kind, { ...sound, reviewId: '' }), kind).not.toEqual([]);
        continue;
      }
      for (const [why, state] of [['outside the scope', outside], ['no such review', another], ['never reviewed', never]] as const) {
        expect(missing(kind, state), `${kind}: ${why}`).not.toEqual([]);
      }
    }
  });
});
