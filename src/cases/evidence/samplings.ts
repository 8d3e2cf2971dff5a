import { dayOf, instant, type CalendarDay } from '#kernel';
import type { StepEvent } from '../case-event.ts';
import type { CommandOf } from '../commands/index.ts';
import type { PenaltyCase } from '../penalty-case.ts';

/** One sampling of a case and what became of it. */
export interface Sampling {
  readonly samplingId: string;
  readonly spot: string;
  readonly items: string;
  readonly takenOn: CalendarDay;
  /** `itemId`: as which item of evidence it was received. */
  readonly report?: { readonly itemId?: string; readonly reportNo: string; readonly laboratory: string; readonly result: string; readonly exceeds: boolean };
  /** The notice that told the party the result. */
  readonly toldBy?: string;
  readonly comment?: { readonly statement: string; readonly objects: boolean; readonly asksRetest: boolean; readonly answer?: string; readonly retestAfter?: number };
  // `retestAfter`: a new sampling was decided; only one taken after so many of the case answers it.
}

/** Has the notice of this result reached the party? */
export const isTold = (state: PenaltyCase, { toldBy }: Sampling): boolean => toldBy !== undefined && state.arrived[toldBy] !== undefined;

/** Reached the party, and it has said nothing yet. */
export const isOpenToComment = (state: PenaltyCase, sampling: Sampling): boolean => isTold(state, sampling) && sampling.comment === undefined;

export const samplingOf = (state: PenaltyCase, samplingId: string): Sampling | undefined => state.samplings.find((s) => s.samplingId === samplingId);

/** The same case with something more known of one sampling. */
export const withSampling = (state: PenaltyCase, samplingId: string, more: Partial<Sampling>): PenaltyCase => ({
  ...state,
  samplings: state.samplings.map((s) => (s.samplingId === samplingId ? { ...s, ...more } : s)),
});

export function sampled(state: PenaltyCase, { spot, items, takenAt }: CommandOf<'RECORD_SAMPLING'>): PenaltyCase {
  const sampling: Sampling = { samplingId: `S${state.version}`, spot, items, takenOn: dayOf(instant(takenAt)) };
  return { ...state, samplings: [...state.samplings, sampling] };
}

export const told = (state: PenaltyCase, { samplingId }: CommandOf<'TELL_TEST_RESULT'>, event: StepEvent): PenaltyCase =>
  withSampling(state, samplingId, { toldBy: event.papers.find((p) => p.kind === 'TEST_RESULT_NOTICE')?.paperId ?? 'draft' });

/** Was a new sampling decided of which the party has not been told a result yet? */
export const retestOwed = (state: PenaltyCase, { comment }: Sampling): boolean =>
  comment?.retestAfter !== undefined && !state.samplings.slice(comment.retestAfter).some((later) => isTold(state, later));

/** The objection is answered; where it was right, the report contested proves nothing any more. */
export function answered(state: PenaltyCase, { samplingId, answer, accepted, retest }: CommandOf<'ANSWER_RESULT_COMMENT'>): PenaltyCase {
  const sampling = samplingOf(state, samplingId);
  if (sampling?.comment === undefined) return state;
  const owed = retest ? { retestAfter: state.samplings.length } : {};
  const known = withSampling(state, samplingId, { comment: { ...sampling.comment, answer, ...owed } });
  return accepted ? { ...known, evidence: known.evidence.filter((item) => item.itemId !== sampling.report?.itemId) } : known;
}
