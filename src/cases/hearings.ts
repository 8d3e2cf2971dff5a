import type { AccountId } from '#kernel';
import type { CommandKind } from './commands/index.ts';
import type { PaperKind } from './papers/paper-kinds.ts';
import type { PenaltyCase } from './penalty-case.ts';

/** Steps of one hearing: on the penalty, or on the daily penalty beside it. Everything between notice and day is the same. */
interface HearingSteps {
  readonly zh: string;
  readonly en: string;
  readonly notified: CommandKind;
  readonly asked: CommandKind;
  readonly postponed: CommandKind;
  readonly refused: CommandKind;
  readonly recusal: CommandKind;
  readonly answered: CommandKind;
  readonly resumed?: CommandKind;
  readonly held: CommandKind;
  /** Papers that name a day of it; the newest is the one that counts. */
  readonly notices: readonly PaperKind[];
}

export const HEARINGS = {
  MAIN: {
    zh: '听证', en: 'hearing', notified: 'GRANT_HEARING', asked: 'REQUEST_POSTPONEMENT', postponed: 'POSTPONE_HEARING', refused: 'REFUSE_POSTPONEMENT', recusal: 'ASK_HOST_RECUSAL', answered: 'ANSWER_HOST_RECUSAL',
    resumed: 'RESUME_HEARING', held: 'HOLD_HEARING', notices: ['HEARING_SESSION_NOTICE', 'HEARING_POSTPONEMENT', 'HEARING_RESUMPTION'],
  },
  DAILY: {
    zh: '按日连续处罚听证', en: 'hearing on the daily penalty', notified: 'NOTIFY_DAILY_HEARING', asked: 'REQUEST_DAILY_POSTPONEMENT', postponed: 'POSTPONE_DAILY_HEARING', refused: 'REFUSE_DAILY_POSTPONEMENT', recusal: 'ASK_DAILY_HOST_RECUSAL', answered: 'ANSWER_DAILY_HOST_RECUSAL',
    held: 'HOLD_DAILY_HEARING', notices: ['DAILY_HEARING_NOTICE', 'HEARING_POSTPONEMENT'],
  },
} as const satisfies Record<'MAIN' | 'DAILY', HearingSteps>;
export type HearingKey = keyof typeof HEARINGS;

/** Which hearing a step is about. */
export const hearingOfStep = (step: CommandKind | undefined): HearingKey => (Object.values(HEARINGS.DAILY).some((one) => one === step) ? 'DAILY' : 'MAIN');

export interface AppointedHearing {
  /** Epoch ms. */
  readonly heldAt?: number;
  readonly place?: string;
  readonly hostId?: AccountId;
}

/** Day, place and host of a hearing as the newest notice and the last decision on its host left them. */
export function appointedHearing(state: PenaltyCase, key: HearingKey): AppointedHearing {
  if (key === 'MAIN') return state.hearing ?? {};
  const { NOTIFY_DAILY_HEARING: notified, POSTPONE_DAILY_HEARING: moved, ANSWER_DAILY_HOST_RECUSAL: answered } = state.latest;
  if (notified === undefined) return {};
  const since = [moved, answered].filter((taken) => taken !== undefined && taken.version > notified.version).sort((a, b) => (a?.version ?? 0) - (b?.version ?? 0));
  return since.reduce<AppointedHearing>((known, taken) => ({ ...known, ...changed(taken?.command) }), notified.command);
}

function changed(command: NonNullable<PenaltyCase['latest']['POSTPONE_DAILY_HEARING'] | PenaltyCase['latest']['ANSWER_DAILY_HOST_RECUSAL']>['command'] | undefined): AppointedHearing {
  if (command === undefined) return {};
  const host = command.hostId === undefined || (command.kind === 'ANSWER_DAILY_HOST_RECUSAL' && !command.accepted) ? {} : { hostId: command.hostId };
  return command.kind === 'POSTPONE_DAILY_HEARING' ? { heldAt: command.heldAt, place: command.place, ...host } : host;
}

/** Was this asked after everything that would have answered it? */
export function pending({ latest }: PenaltyCase, asked: CommandKind, answers: readonly CommandKind[]): boolean {
  const at = latest[asked]?.version;
  return at !== undefined && answers.every((kind) => (latest[kind]?.version ?? -1) < at);
}

export const postponementPending = (state: PenaltyCase, key: HearingKey): boolean => {
  const { asked, postponed, refused, notified, ...rest }: HearingSteps = HEARINGS[key];
  return pending(state, asked, [postponed, refused, notified, ...(rest.resumed === undefined ? [] : [rest.resumed])]);
};
export const recusalPending = (state: PenaltyCase, key: HearingKey): boolean => pending(state, HEARINGS[key].recusal, [HEARINGS[key].answered, HEARINGS[key].notified]);
