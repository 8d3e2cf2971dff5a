import type { Instant } from '#kernel';
import type { CommandKind } from '../commands/index.ts';
import { appointedHearing, HEARINGS, postponementPending, recusalPending, type HearingKey } from '../hearings.ts';
import type { PenaltyCase } from '../penalty-case.ts';

/** What a party asked about a hearing that nobody has answered yet. */
export interface HearingRequest {
  readonly asked: 'POSTPONEMENT' | 'HOST_RECUSAL';
  readonly at: Instant;
  readonly reason: string;
}

/** A hearing of the case as its page shows it: on the penalty, or on the daily penalty beside it. */
export interface HearingView {
  readonly key: HearingKey;
  readonly zh: string;
  readonly en: string;
  readonly heldAt: Instant;
  readonly place: string | null;
  /** Account of the host. */
  readonly hostId: string | null;
  /** Absence without good reason counts as a waiver (行政处罚法 第六十四条). */
  readonly state: 'NOTICED' | 'ADJOURNED' | 'HELD' | 'ABSENT';
  readonly open: readonly HearingRequest[];
}

function stateOf(state: PenaltyCase, key: HearingKey): HearingView['state'] {
  if (key === 'MAIN') return state.hearing?.outcome ?? (state.main === 'HEARING_ADJOURNED' ? 'ADJOURNED' : 'NOTICED');
  const { NOTIFY_DAILY_HEARING: notified, HOLD_DAILY_HEARING: held } = state.latest;
  if (held === undefined || held.version < (notified?.version ?? 0)) return 'NOTICED';
  return held.command.attended ? 'HELD' : 'ABSENT';
}

function requestsOf(state: PenaltyCase, key: HearingKey): HearingRequest[] {
  const open = (asked: HearingRequest['asked'], kind: CommandKind, pending: boolean): HearingRequest[] => {
    const request = state.latest[kind];
    return !pending || request === undefined ? [] : [{ asked, at: request.at, reason: 'reason' in request.command ? String(request.command.reason) : '' }];
  };
  return [...open('POSTPONEMENT', HEARINGS[key].asked, postponementPending(state, key)), ...open('HOST_RECUSAL', HEARINGS[key].recusal, recusalPending(state, key))];
}

/** The hearings of a case that were notified, that on the penalty first. */
export function hearingViews(state: PenaltyCase): readonly HearingView[] {
  return (Object.keys(HEARINGS) as HearingKey[]).flatMap((key) => {
    const { heldAt, place, hostId } = appointedHearing(state, key);
    if (heldAt === undefined) return [];
    const { zh, en } = HEARINGS[key];
    return [{ key, zh, en, heldAt: heldAt as Instant, place: place ?? null, hostId: hostId ?? null, state: stateOf(state, key), open: requestsOf(state, key) }];
  });
}
