import { dayOf, instant } from '#kernel';
import { addWorkingDays, type Law } from '#law';
import type { CommandKind } from '../commands/index.ts';
import type { PaperKind } from '../papers/paper-kinds.ts';
import type { PenaltyCase } from '../penalty-case.ts';
import type { Guard } from './guards.ts';

const fine: readonly string[] = [];
const need = (holds: boolean, missing: string): readonly string[] => (holds ? fine : [missing]);
const RULE = '环境行政处罚听证程序规定（条号待核）';

export const HEARING_GUARD_ARTICLES = {
  HEARING_DUE: '行政处罚法 第六十三条',
  HEARING_NOT_DUE: '行政处罚法 第六十三条',
  HEARING_NOTICE_TERM: '行政处罚法 第六十四条',
  HEARING_DAY_REACHED: '行政处罚法 第六十四条',
  HEARING_NOTICE_ARRIVED: '行政处罚法 第六十四条',
  BEFORE_THE_HEARING: RULE,
  POSTPONED_TO_LATER: RULE,
  POSTPONEMENT_PENDING: RULE,
  POSTPONEMENT_ANSWERED: RULE,
  RECUSAL_PENDING: '行政处罚法 第六十四条',
  OTHER_HOST: '行政处罚法 第六十四条',
  RECUSAL_ANSWERED: '行政处罚法 第六十四条',
} as const;

/** Was this asked after everything that would have answered it? */
export function pending({ latest }: PenaltyCase, asked: CommandKind, answers: readonly CommandKind[]): boolean {
  const at = latest[asked]?.version;
  return at !== undefined && answers.every((kind) => (latest[kind]?.version ?? -1) < at);
}
const postponementPending = (state: PenaltyCase) => pending(state, 'REQUEST_POSTPONEMENT', ['POSTPONE_HEARING', 'REFUSE_POSTPONEMENT', 'RESUME_HEARING', 'GRANT_HEARING']);
const recusalPending = (state: PenaltyCase) => pending(state, 'ASK_HOST_RECUSAL', ['ANSWER_HOST_RECUSAL', 'GRANT_HEARING']);

/** What the party asked for and has no answer to. */
export const unansweredRequests = (state: PenaltyCase): readonly CommandKind[] => [
  ...(postponementPending(state) ? (['REQUEST_POSTPONEMENT'] as const) : []),
  ...(recusalPending(state) ? (['ASK_HOST_RECUSAL'] as const) : []),
  ...(pending(state, 'ASK_OFFICER_RECUSAL', ['ANSWER_OFFICER_RECUSAL']) ? (['ASK_OFFICER_RECUSAL'] as const) : []),
  ...(pending(state, 'REQUEST_INSTALMENTS', ['GRANT_INSTALMENTS', 'REFUSE_INSTALMENTS']) ? (['REQUEST_INSTALMENTS'] as const) : []),
];

/**
 * The party must have been told seven working days before: counted from the day the newest notice reached it, not from its issue.
 * Who was not told cannot stay away; such a hearing is postponed and notified anew (行政处罚法 第六十四条).
 */
export function toldInTime(state: PenaltyCase, law: Law, notices: readonly PaperKind[], heldAt: number | undefined): readonly string[] {
  const notice = state.papers.findLast((paper) => notices.includes(paper.kind));
  const arrived = notice === undefined ? undefined : state.arrived[notice.paperId];
  if (arrived === undefined) return [`${notice?.title ?? '听证通知书'}送达当事人的记录（未送达的，延期后重新通知）`];
  const earliest = addWorkingDays(law.calendar, arrived, 7).day;
  return need(heldAt !== undefined && dayOf(instant(heldAt)) > earliest, `听证七个工作日之前送达的通知（${arrived}送达，最早${earliest}之后举行；须延期并重新通知）`);
}

/** Each names a day of the hearing; the newest is the one that counts. */
const DAYS_TOLD = ['HEARING_SESSION_NOTICE', 'HEARING_POSTPONEMENT', 'HEARING_RESUMPTION'] as const;

export const HEARING_GUARDS = {
  HEARING_DUE: ({ state }) => need(state.proposal?.hearingRight === true, '符合听证条件的拟处罚'),
  HEARING_NOT_DUE: ({ state }) => {
    const [asked, ends] = [state.hearing?.requestedAt, state.notice?.windowEnds];
    const late = asked !== undefined && ends !== undefined && asked >= ends;
    return need(late || state.proposal?.hearingRight !== true, '本案符合听证条件且按期要求，不得拒绝');
  },
  // A new day is notified like the first one: seven working days ahead.
  HEARING_NOTICE_TERM: ({ command, law, now }) => {
    if (command?.kind !== 'GRANT_HEARING' && command?.kind !== 'POSTPONE_HEARING' && command?.kind !== 'RESUME_HEARING') return fine;
    const earliest = addWorkingDays(law.calendar, dayOf(now), 7).day;
    return need(dayOf(instant(command.heldAt)) > earliest, `听证日期晚于${earliest}（提前七个工作日通知）`);
  },
  HEARING_DAY_REACHED: ({ state, now }) =>
    need(state.hearing?.heldAt !== undefined && now >= state.hearing.heldAt, '到达通知的听证时间'),
  HEARING_NOTICE_ARRIVED: ({ state, law }) => toldInTime(state, law, DAYS_TOLD, state.hearing?.heldAt),
  BEFORE_THE_HEARING: ({ state, now }) =>
    need(state.hearing?.heldAt !== undefined && now < state.hearing.heldAt, '听证举行之前的延期申请'),
  POSTPONED_TO_LATER: ({ state, command }) => {
    if (command?.kind !== 'POSTPONE_HEARING') return fine;
    return [
      ...need(command.heldAt > (state.hearing?.heldAt ?? 0), '晚于原定时间的听证时间'),
      ...need(command.ground !== 'PARTY_ASKED' || state.latest.REQUEST_POSTPONEMENT !== undefined, '当事人的延期申请'),
    ];
  },
  POSTPONEMENT_PENDING: ({ state }) => need(postponementPending(state), '尚未答复的延期申请'),
  POSTPONEMENT_ANSWERED: ({ state }) => need(!postponementPending(state), '对延期听证申请的答复'),
  RECUSAL_PENDING: ({ state }) => need(recusalPending(state), '尚未答复的回避申请'),
  OTHER_HOST: ({ state, command }) => {
    if (command?.kind !== 'ANSWER_HOST_RECUSAL' || !command.accepted) return fine;
    return need(command.hostId !== undefined && command.hostId !== state.hearing?.hostId, '另行指定的听证主持人');
  },
  RECUSAL_ANSWERED: ({ state }) => need(!recusalPending(state), '对主持人回避申请的决定'),
} as const satisfies Record<keyof typeof HEARING_GUARD_ARTICLES, Guard>;
