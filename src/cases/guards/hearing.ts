import { openStatements } from '../recovery/demand-statements.ts';
import { obligation, OBLIGATION_KEYS } from '../recovery/obligations.ts';
import { dayOf, instant } from '#kernel';
import { addWorkingDays } from '#law';
import type { CommandKind } from '../commands/index.ts';
import { appointedHearing, HEARINGS, hearingOfStep, pending, postponementPending, recusalPending, type HearingKey } from '../hearings.ts';
import type { PenaltyCase } from '../penalty-case.ts';
import { rightsLeft } from '../waiver.ts';
import type { Guard } from './guards.ts';
import { fine, need } from './need.ts';

const RULE = '环境行政处罚听证程序规定（条号待核）';

export const HEARING_GUARD_ARTICLES = {
  RIGHT_TO_WAIVE: '行政处罚法 第四十四条、第四十五条',
  WAIVER_AUTHORISED: '生态环境行政处罚办法 第四十四条',
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

const HEARING_KEYS = Object.keys(HEARINGS) as HearingKey[];

/** What the party asked for and has no answer to. */
export const unansweredRequests = (state: PenaltyCase): readonly CommandKind[] => [
  ...HEARING_KEYS.filter((key) => postponementPending(state, key)).map((key) => HEARINGS[key].asked),
  ...HEARING_KEYS.filter((key) => recusalPending(state, key)).map((key) => HEARINGS[key].recusal),
  ...(pending(state, 'ASK_OFFICER_RECUSAL', ['ANSWER_OFFICER_RECUSAL']) ? (['ASK_OFFICER_RECUSAL'] as const) : []),
  ...OBLIGATION_KEYS.filter((key) => openStatements(state, key).length > 0).map((key) => obligation(key).steps.state),
  ...(pending(state, 'REQUEST_INSTALMENTS', ['GRANT_INSTALMENTS', 'REFUSE_INSTALMENTS']) ? (['REQUEST_INSTALMENTS'] as const) : []),
];

/** The day a hearing is held on is named by these; each is notified seven working days ahead. */
const NAMES_A_DAY: readonly CommandKind[] = ['GRANT_HEARING', 'POSTPONE_HEARING', 'RESUME_HEARING', 'NOTIFY_DAILY_HEARING', 'POSTPONE_DAILY_HEARING'];

/** Each of these looks at the hearing its step is about: that on the penalty, or that on the daily penalty. */
export const HEARING_GUARDS = {
  RIGHT_TO_WAIVE: ({ state }) => need(rightsLeft(state).length > 0, '告知书告知而尚未行使的权利'),
  WAIVER_AUTHORISED: ({ command, representative }) =>
    need(command?.kind !== 'WAIVE_RIGHTS' || representative === undefined || command.signer === representative || command.proof.length > 0, '签署人的授权委托书（不是法定代表人或者当事人本人的）'),
  HEARING_DUE: ({ state }) => need(state.proposal?.hearingRight === true, '符合听证条件的拟处罚'),
  HEARING_NOT_DUE: ({ state }) => {
    const [asked, ends] = [state.hearing?.requestedAt, state.notice?.windowEnds];
    const late = asked !== undefined && ends !== undefined && asked >= ends;
    return need(late || state.proposal?.hearingRight !== true, '本案符合听证条件且按期要求，不得拒绝');
  },
  // A new day is notified like the first one: seven working days ahead.
  HEARING_NOTICE_TERM: ({ command, law, now }) => {
    if (command === undefined || !NAMES_A_DAY.includes(command.kind) || !('heldAt' in command)) return fine;
    const earliest = addWorkingDays(law.calendar, dayOf(now), 7).day;
    return need(dayOf(instant(command.heldAt)) > earliest, `听证日期晚于${earliest}（提前七个工作日通知）`);
  },
  HEARING_DAY_REACHED: ({ state, step, now }) => {
    const { heldAt } = appointedHearing(state, hearingOfStep(step));
    return need(heldAt !== undefined && now >= heldAt, '到达通知的听证时间');
  },
  // Counted from the day the newest notice reached the party, not from its issue. Who was not told cannot stay away: such a hearing is postponed.
  HEARING_NOTICE_ARRIVED: ({ state, step, law }) => {
    const key = hearingOfStep(step);
    const { heldAt } = appointedHearing(state, key);
    const notice = state.papers.findLast((paper) => HEARINGS[key].notices.some((kind) => kind === paper.kind));
    const arrived = notice === undefined ? undefined : state.arrived[notice.paperId];
    if (arrived === undefined) return [`${notice?.title ?? '听证通知书'}送达当事人的记录（未送达的，延期后重新通知）`];
    const earliest = addWorkingDays(law.calendar, arrived, 7).day;
    return need(heldAt !== undefined && dayOf(instant(heldAt)) > earliest, `听证七个工作日之前送达的通知（${arrived}送达，须在${earliest}之后举行；延期后重新通知）`);
  },
  BEFORE_THE_HEARING: ({ state, step, now }) => {
    const { heldAt } = appointedHearing(state, hearingOfStep(step));
    return need(heldAt !== undefined && now < heldAt, '听证举行之前的延期申请');
  },
  POSTPONED_TO_LATER: ({ state, command }) => {
    if (command?.kind !== 'POSTPONE_HEARING' && command?.kind !== 'POSTPONE_DAILY_HEARING') return fine;
    const key = hearingOfStep(command.kind);
    return [
      ...need(command.heldAt > (appointedHearing(state, key).heldAt ?? 0), '晚于原定时间的听证时间'),
      ...need(command.ground !== 'PARTY_ASKED' || state.latest[HEARINGS[key].asked] !== undefined, '当事人的延期申请'),
    ];
  },
  POSTPONEMENT_PENDING: ({ state, step }) => need(postponementPending(state, hearingOfStep(step)), '尚未答复的延期申请'),
  POSTPONEMENT_ANSWERED: ({ state, step }) => need(!postponementPending(state, hearingOfStep(step)), '对延期听证申请的答复'),
  RECUSAL_PENDING: ({ state, step }) => need(recusalPending(state, hearingOfStep(step)), '尚未答复的回避申请'),
  OTHER_HOST: ({ state, command }) => {
    if ((command?.kind !== 'ANSWER_HOST_RECUSAL' && command?.kind !== 'ANSWER_DAILY_HOST_RECUSAL') || !command.accepted) return fine;
    return need(command.hostId !== undefined && command.hostId !== appointedHearing(state, hearingOfStep(command.kind)).hostId, '另行指定的听证主持人');
  },
  RECUSAL_ANSWERED: ({ state, step }) => need(!recusalPending(state, hearingOfStep(step)), '对主持人回避申请的决定'),
} as const satisfies Record<keyof typeof HEARING_GUARD_ARTICLES, Guard>;
