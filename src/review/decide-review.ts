import type { Actor } from '#access';
import { ok, type AccountId, type Refusal, type Result } from '#kernel';
import { ACTS, CLUE_STATES, transitionOf, type ClueAct, type ClueState, type ClueTransition } from './clue-machine.ts';
import { refuse } from './errors.ts';
import { GATES, gatesOf } from './gates.ts';
import type { CheckItem, CheckOutcome, PrecheckInput, Track } from './precheck.ts';

/** Is the step in the table, and is it one of this person's role? Pure. */
export function decideStep(state: ClueState | 'START', act: ClueAct, actor: Pick<Actor, 'accountId' | 'roles'>): Result<ClueTransition> {
  const row = transitionOf(state, act);
  const shown = state === 'START' ? { zh: '未归集', en: 'not taken up' } : CLUE_STATES[state];
  if (row === undefined) {
    return refuse('REVIEW-002', { args: { state: shown.zh, act: ACTS[act].zh, stateEn: shown.en, actEn: ACTS[act].en } });
  }
  const mine = row.actors.some((who) => (who === 'platform' ? actor.accountId === 'platform' : actor.roles.includes(who)));
  return mine ? ok(row) : refuse('REVIEW-003', { basis: row.basis });
}

export interface Assessment {
  readonly item: string;
  readonly track: Track;
  readonly outcome: CheckOutcome;
  readonly note: string;
  readonly accountId: AccountId;
}

export interface Signature {
  readonly track: Track;
  readonly accountId: AccountId;
  readonly conclusion: 'PASS' | 'RETURN' | 'REJECT';
}

/** The pre-check with the newest human finding of each item laid over it. People win over the program, and say why. */
export function withAssessments(items: readonly CheckItem[], assessments: readonly Assessment[]): readonly CheckItem[] {
  return items.map((item) => {
    const last = assessments.filter((a) => a.item === item.item).at(-1);
    return last === undefined ? item : { ...item, outcome: last.outcome, detailZh: `${item.detailZh}；审核：${last.note}`, detailEn: `${item.detailEn}; reviewer: ${last.note}` };
  });
}

const TRACK_OF: Readonly<Record<Track, readonly string[]>> = { TECHNICAL: ['review-technical'], LEGAL: ['review-legal'] };

/** The track a reviewer signs. The lead coordinates and concludes; he signs neither track (江苏办法 第七条). */
export const tracksOf = (actor: Pick<Actor, 'roles'>): readonly Track[] =>
  (['TECHNICAL', 'LEGAL'] as const).filter((track) => TRACK_OF[track].some((role) => actor.roles.includes(role as never)));

/** May this person sign this track now? Two tracks, two people, once each. */
export function decideSignature(actor: Pick<Actor, 'accountId' | 'roles'>, track: Track, signed: readonly Signature[]): Refusal | undefined {
  if (!tracksOf(actor).includes(track)) return refuse('REVIEW-008');
  if (signed.some((s) => s.track === track)) return refuse('REVIEW-009');
  if (signed.some((s) => s.accountId === actor.accountId)) return refuse('REVIEW-010');
  return undefined;
}

const TRACK_NAMES = { TECHNICAL: '技术审核签署', LEGAL: '合法性审核签署' } as const;

/** What still stands between the review and a passing opinion, in words for the screen. Empty: it may pass. */
export function obstacles(input: PrecheckInput, items: readonly CheckItem[], signed: readonly Signature[]): readonly string[] {
  const unsigned = (['TECHNICAL', 'LEGAL'] as const).filter((track) => !signed.some((s) => s.track === track)).map((track) => TRACK_NAMES[track]);
  const against = signed.filter((s) => s.conclusion !== 'PASS').map((s) => `${TRACK_NAMES[s.track]}意见为不通过`);
  const open = items.filter((item) => item.force === 'MANDATORY' && item.outcome !== 'PASS').map((item) => `${item.zh}：${item.outcome === 'FAIL' ? '不符合' : '不能判断'}`);
  const gates = gatesOf(input, items)
    .filter((gate) => gate.force === 'MANDATORY' && gate.outcome !== 'PASS' && gate.gate !== 'G7')
    .map((gate) => `${gate.gate} ${GATES[gate.gate].zh}`);
  return [...unsigned, ...against, ...open, ...gates];
}

export type Conclusion = 'pass' | 'return' | 'reject';

/**
 * The group's conclusion. Passing needs both signatures in favour, every mandatory item and gate met; returning and
 * rejecting need a reason, and rejecting also both signatures: what is refused for good was looked at by both.
 */
export function decideConclusion(
  conclusion: Conclusion,
  reason: string,
  input: PrecheckInput,
  items: readonly CheckItem[],
  signed: readonly Signature[],
): Refusal | undefined {
  switch (conclusion) {
    case 'pass': {
      const missing = obstacles(input, items, signed);
      return missing.length > 0 ? refuse('REVIEW-011', { missing }) : undefined;
    }
    case 'return':
      return reason.trim().length < 5 ? refuse('REVIEW-004', { field: 'reason' }) : undefined;
    case 'reject': {
      if (reason.trim().length < 5) return refuse('REVIEW-004', { field: 'reason' });
      const missing = (['TECHNICAL', 'LEGAL'] as const).filter((track) => !signed.some((s) => s.track === track)).map((track) => TRACK_NAMES[track]);
      return missing.length > 0 ? refuse('REVIEW-011', { missing }) : undefined;
    }
  }
}
