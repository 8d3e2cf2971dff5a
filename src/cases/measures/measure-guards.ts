import { personsOf } from '#access';
import { dayOf } from '#kernel';
import type { CommandKind } from '../commands/index.ts';
import { stateOn, STATE_TITLES, TRACK_KEYS, TRACKS, type Track } from '../states.ts';
import { criminalTransferGuards } from './criminal-transfer.ts';
import { dailyPenaltyGuards } from './daily-guards.ts';
import { damageAndMajorGuards } from './damage-and-major.ts';
import { detentionGuards } from './detention.ts';
import { KEPT_APART, OF_THE_STEP } from '../guards/guard-ids.ts';
import type { PenaltyCase } from '../penalty-case.ts';
import { need, oneOf } from '../guards/need.ts';
import type { MeasureGuard } from './measure-guard.ts';
import { preservationGuards } from './preservation.ts';
import { productionGuards } from './production.ts';
import { sealingGuards } from './sealing.ts';

/** The closed list a step must name one of. */
export const SITUATION_LISTS: Readonly<Partial<Record<CommandKind, string>>> = {
  PROPOSE_PRESERVATION: 'preservation-grounds',
  PRESERVE_URGENTLY: 'preservation-grounds',
  PROPOSE_SEALING: 'sealing-situations',
  SEAL_URGENTLY: 'sealing-situations',
  RELEASE_SEALING: 'release-grounds',
  ORDER_PRODUCTION: 'production-situations',
  MARK_MAJOR_CASE: 'major-case-grounds',
  ORDER_SUBSTITUTE: 'substitute-grounds',
};

/** Whose step the approver must not have taken himself. */
const PROPOSED_BY: Readonly<Partial<Record<CommandKind, readonly CommandKind[]>>> = {
  APPROVE_PRESERVATION: ['PROPOSE_PRESERVATION'],
  REJECT_PRESERVATION: ['PROPOSE_PRESERVATION', 'PRESERVE_URGENTLY'],
  CONFIRM_PRESERVATION: ['PRESERVE_URGENTLY'],
  APPROVE_SEALING: ['PROPOSE_SEALING'],
  REJECT_SEALING: ['PROPOSE_SEALING', 'SEAL_URGENTLY'],
  CONFIRM_SEALING: ['SEAL_URGENTLY'],
  DROP_DAILY_PENALTY: ['PROPOSE_DAILY_PENALTY'],
  SEND_DAILY_NOTICE: ['PROPOSE_DAILY_PENALTY'],
  APPROVE_DETENTION: ['PROPOSE_DETENTION'],
  REJECT_DETENTION: ['PROPOSE_DETENTION'],
};

/** Where a proposal that waits for approval is made anew, e.g. with more objects. */
const MADE_ANEW = { PROPOSE_PRESERVATION: ['preservation', 'PRESERVATION_PROPOSED'], PROPOSE_SEALING: ['sealing', 'SEALING_PROPOSED'] } as const;

/** The approval whose list an act on the spot may not go beyond. */
const APPROVED_LIST = { CARRY_OUT_PRESERVATION: 'PROPOSE_PRESERVATION', CARRY_OUT_SEALING: 'PROPOSE_SEALING' } as const;

/** Tracks with a life of their own: the case may be closed while they go on. */
const OUTLIVING: readonly Track[] = ['MAIN', 'RECTIFICATION', 'REMEDY', 'DAMAGE'];

/** A daily penalty that was paid while the decision it multiplies has fallen. */
const paidWithoutFooting = ({ daily, decision }: PenaltyCase): boolean => decision?.overturned === true && (daily === 'DAILY_PAID' || daily === 'DAILY_UNRECOVERED');

/** Checks that several measures share. */
const sharedGuards = {
  LISTED_SITUATION: {
    article: OF_THE_STEP,
    check: ({ command, law }) => {
      const list = command === undefined ? undefined : SITUATION_LISTS[command.kind];
      if (command === undefined || list === undefined) return [];
      const given = 'situation' in command ? command.situation : 'ground' in command ? command.ground : '';
      const known = law.codes(list);
      return need(known.codes.some((c) => c.code === given), oneOf(known));
    },
  },
  // Terms of others' acts run from the day those happened, which is told afterwards; what is reported as done is done.
  NAMED_BY_NOW: {
    article: OF_THE_STEP,
    check: ({ command, now }) => {
      if (command?.kind === 'MARK_MAJOR_CASE') return need(command.happenedAt <= now, '不晚于现在的案发时间');
      if (command === undefined) return [];
      const day = command.kind === 'RECEIVE_MONITORING_REPORT' ? command.receivedOn : 'filedOn' in command ? command.filedOn : 'completedOn' in command ? command.completedOn : undefined;
      return need(day === undefined || day <= dayOf(now), '不晚于今日的日期');
    },
  },
  ANOTHER_PERSON: {
    article: KEPT_APART,
    check: ({ state, command, actor }) => {
      const kinds = command === undefined ? [] : (PROPOSED_BY[command.kind] ?? []);
      const proposers = kinds.flatMap((kind) => (state.latest[kind] === undefined ? [] : personsOf(state.latest[kind].actor)));
      return need(actor === undefined || !personsOf(actor).some((one) => proposers.includes(one)), '呈批人以外的审批人');
    },
  },
  // Otherwise who proposed first could approve what another proposed after him.
  SAME_PROPOSER: {
    article: KEPT_APART,
    check: ({ state, command, actor }) => {
      if (actor === undefined || (command?.kind !== 'PROPOSE_PRESERVATION' && command?.kind !== 'PROPOSE_SEALING')) return [];
      const [track, waiting] = MADE_ANEW[command.kind];
      const before = state.latest[command.kind];
      return need(state[track] !== waiting || before === undefined || personsOf(before.actor).some((one) => personsOf(actor).includes(one)), '原呈批人（他人呈批的，先由审批人退回）');
    },
  },
  // Who is not there cannot sign: then a witness does (行政强制法 第十八条第九项).
  ON_THE_SPOT: {
    article: '行政强制法 第十八条、第二十条；行政处罚法 第五十五条',
    check: ({ command, now }) => {
      if (command === undefined || !('takenAt' in command) || !('partyPresent' in command)) return [];
      return [
        ...need(command.takenAt < command.endedAt && command.endedAt <= now, '先后正确且不晚于现在的起止时间'),
        ...need(!command.partyPresent || command.partyName !== '', '到场当事人的姓名'),
        ...need(command.partyPresent || command.witness !== '', '当事人不到场时的见证人'),
      ];
    },
  },
  // Order and list are handed over at the place; the post is for the party that is not there.
  ORDER_HANDED_OVER: {
    article: '行政强制法 第二十四条；行政处罚法 第五十六条',
    check: ({ command }) => {
      if (command?.kind !== 'CARRY_OUT_PRESERVATION' && command?.kind !== 'CARRY_OUT_SEALING') return [];
      return need(command.partyPresent === (command.orderHandedTo !== ''), command.partyPresent ? '当场交付决定书和清单的接收人' : '当事人不到场的，决定书另行送达，不填接收人');
    },
  },
  WITHIN_THE_APPROVAL: {
    article: '行政强制法 第二十三条、第二十四条',
    check: ({ state, command }) => {
      if (command?.kind !== 'CARRY_OUT_PRESERVATION' && command?.kind !== 'CARRY_OUT_SEALING') return [];
      const approved = new Set(state.latest[APPROVED_LIST[command.kind]]?.command.things.map((t) => t.item));
      return command.things.filter((t) => !approved.has(t.item)).map((t) => `对“${t.item}”的批准`);
    },
  },
  MEASURES_SETTLED: {
    article: '行政强制法 第二十五条；按日连续处罚办法；限制生产停产整治办法',
    check: ({ state }) => [
      ...need(!paidWithoutFooting(state), '撤销失去依据（原处罚决定已被撤销）的按日连续处罚决定'),
      ...TRACK_KEYS.filter((track) => !OUTLIVING.includes(track)).flatMap((track) => {
        const here = stateOn(state, track);
        const settled = here === TRACKS[track].initial || STATE_TITLES[here].atRest === true;
        return need(settled, `${TRACKS[track].zh}的了结（现为“${STATE_TITLES[here].zh}”）`);
      }),
    ],
  },
} as const satisfies Record<string, MeasureGuard>;

export const MEASURE_GUARDS = {
  ...sharedGuards,
  ...preservationGuards,
  ...sealingGuards,
  ...productionGuards,
  ...dailyPenaltyGuards,
  ...criminalTransferGuards,
  ...detentionGuards,
  ...damageAndMajorGuards,
};
export type MeasureGuardId = keyof typeof MEASURE_GUARDS;

const entries = Object.entries(MEASURE_GUARDS) as [MeasureGuardId, MeasureGuard][];
const column = <T>(of: (guard: MeasureGuard) => T) =>
  Object.fromEntries(entries.map(([id, guard]) => [id, of(guard)])) as Record<MeasureGuardId, T>;

export const measureChecks = column((guard) => guard.check);
export const measureArticles = column((guard) => guard.article);
/** Guards that keep a step off the page while they fail. */
export const measureGates = entries.filter(([, guard]) => guard.gate === true).map(([id]) => id);
