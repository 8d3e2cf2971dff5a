import { addDays, asId, dayOf, instant, isRefusal, type CaseId, type Instant, type UnitId } from '#kernel';
import { loadLaw } from '#law';
import type { ReceivedEvent } from '../case-event.ts';
import type { CaseCommand, CommandKind } from '../commands/index.ts';
import type { ActingContext, LookedUp } from '../acting-context.ts';
import { decideCase } from '../decide-case.ts';
import { applyEvent, foldCase } from '../fold.ts';
import { personAsParty } from '../kin/liable-person.ts';
import { filingClocks } from '../clocks/open-clock.ts';
import type { CaseActor, PenaltyCase } from '../penalty-case.ts';
import { paperEntry } from '../papers/paper-kinds.ts';
import { transitionOf } from '../transitions/transitions.ts';
import { at, cast, DATA_REF, frozenAt, handover, partyFacts, UNIT } from './deps.ts';
import { evidence, sample } from './sample-commands.ts';
import { GROWN_CLUE, SUGGESTED } from './sample-terms.ts';

/** A case without a database: the pure decision and fold only. */
export const law = loadLaw();
export const DAY = 86_400_000;
export const start = at('2026-03-16T10:00:00+08:00');

const actorOf = (a: (typeof cast)[keyof typeof cast]): CaseActor => ({
  accountId: a.accountId,
  name: a.name,
  ...('certificate' in a && a.certificate !== undefined ? { certificate: a.certificate } : {}),
  ...('unitId' in a ? { unitId: a.unitId } : {}),
});

export function received(): PenaltyCase {
  const h = handover();
  const event: ReceivedEvent = {
    kind: 'RECEIVED',
    at: start,
    actor: actorOf(cast.officer),
    papers: [],
    opened: filingClocks(law, { region: asId(h.region), handedOverAt: instant(h.handedOverAt) }),
    origin: {
      caseId: asId<CaseId>('case-1'),
      caseNo: 'JS-QC-2026-0001',
      authorityId: asId(h.groupId),
      region: asId(h.region),
      unitId: UNIT,
      clueId: h.clueId,
      reviewId: h.reviewId,
      facts: h.facts.zh,
      factors: h.factors,
      actStart: instant(h.period.from),
      actEnd: instant(h.period.to),
      suggestions: ['AIR_EXCEED'],
      evidenceRefs: [{ reviewId: 'review-1', dataRef: DATA_REF, title: '自动监测数据' }],
      handedOverAt: instant(h.handedOverAt),
      history: [],
    },
  };
  return foldCase([event]);
}

/** Whose step it is, by the duty it takes up; what the platform or the party does is nobody's conflict. */
function performer(kind: CommandKind): CaseActor {
  const { duty, actor, papers } = transitionOf(kind);
  if (papers.some((paper) => paperEntry(paper).by === 'PARTY')) return actorOf(cast.unit);
  if (duty === 'investigator' || actor === 'case.close') return actorOf(cast.officer);
  if (duty === 'hearing-host') return actorOf(cast.hearing);
  return actorOf(duty === 'legal-reviewer' ? cast.legal : cast.head);
}

export function people(command: CaseCommand): ActingContext {
  const actor = performer(command.kind);
  const names = command.kind === 'PROPOSE_FILING' || command.kind === 'ASSIGN_OFFICERS';
  const withReview =
    command.kind === 'ATTACH_EVIDENCE' ? { passed: [{ reviewId: 'review-1', dataRef: DATA_REF, title: '' }] } : {};
  return { actor, ...kinOf(command), ...OPEN_POINTS[command.kind], ...withReview, ...(names ? { assistant: actorOf(cast.officer2) } : {}) };
}

/** What the use case looks up for the answers to open points. */
const OPEN_POINTS: { readonly [K in CommandKind]?: LookedUp } = { SETTLE_LATER_FINDINGS: { clue: GROWN_CLUE }, ANSWER_SUGGESTION: { suggestions: [SUGGESTED] } };

/** The party and the new file a step of a joint matter is given by the use case. */
function kinOf(command: CaseCommand): Pick<ActingContext, 'other' | 'opened' | 'target'> {
  const opened = { caseId: asId<CaseId>('case-2'), caseNo: 'JS-QC-2026-0002', unitId: UNIT };
  if (command.kind === 'SPLIT_CASE') return { opened: { relation: 'SPLIT_OFF', ...opened } };
  if (command.kind === 'REOPEN_ARCHIVED') return { opened: { relation: 'REOPENED_AS', ...opened } };
  if (command.kind === 'MERGE_CASE') return { target: { ...filed(), caseId: asId<CaseId>('case-0'), caseNo: 'JS-QC-2026-0000' }, opened: { relation: 'MERGED_INTO', ...opened } };
  if (command.kind === 'ADD_PERSON') {
    const { name, idNumber, role, post, address } = command;
    const person = personAsParty(asId<UnitId>('person-1'), { name, idNumber, role, post, address, employer: { unitId: UNIT, name: '示范电力有限公司' } }, received());
    return { other: person, opened: { relation: 'JOINT_WITH', ...opened, unitId: person.unitId, idNumber } };
  }
  if (command.kind !== 'ADD_PARTY') return {};
  const unitId = asId<UnitId>(command.otherUnitId);
  return { other: partyFacts(unitId), opened: { relation: 'JOINT_WITH', ...opened, unitId } };
}

/** As the use case does: the review found for the data is written into the command. */
const named = (command: CaseCommand): CaseCommand =>
  command.kind === 'ATTACH_EVIDENCE' && command.source.from === 'REVIEWED_DATA'
    ? { ...command, source: { ...command.source, reviewId: 'review-1' } }
    : command;

/** The step as whoever normally takes it, or as somebody named. */
export function act(state: PenaltyCase, command: CaseCommand, now: Instant, by?: (typeof cast)[keyof typeof cast]) {
  const frozen = transitionOf(command.kind).guards.includes('FILE_FROZEN') ? { frozen: frozenAt(state.version) } : {};
  return decideCase(state, named(command), { ...people(command), ...(by === undefined ? {} : { actor: actorOf(by) }), ...frozen }, law, now);
}

/** Takes a step with its papers noted, or throws with the refusal. */
export function must(state: PenaltyCase, command: CaseCommand, now: Instant): PenaltyCase {
  const result = act(state, command, now);
  if (isRefusal(result)) throw new Error(`${command.kind}: ${result.zh}`);
  return applyEvent(state, {
    ...result.value,
    papers: result.value.owes.map((kind) => ({
      kind,
      paperId: kind,
      number: '1',
      title: paperEntry(kind).zh,
      sha256: 'c'.repeat(64),
      pages: 1,
    })),
  });
}

export const PURE_CHECKLIST: readonly CaseCommand[] = [
  evidence('DEVICE_QC', 'DOCUMENT'),
  evidence('CALC', 'DOCUMENT'),
  evidence('PARTY', 'DOCUMENT'),
  evidence('PERMIT', 'DOCUMENT'),
  sample('RECORD_INQUIRY', start),
];

export const walk = (state: PenaltyCase, kinds: readonly CommandKind[], now: Instant): PenaltyCase =>
  kinds.reduce((s, kind) => must(s, sample(kind, now, s), now), state);
/** The order to correct as if its last day had passed the day before `start`. */
export const orderOverdue = (state: PenaltyCase): PenaltyCase =>
  state.order === undefined ? state : { ...state, order: { ...state.order, dueOn: addDays(dayOf(start), -1) } };
export const filed = () => walk(received(), ['PROPOSE_FILING', 'APPROVE_FILING'], start);
export const investigated = () => PURE_CHECKLIST.reduce((s, c) => must(s, c, start), filed());
export const noticed = () =>
  walk(
    investigated(),
    [
      'FINISH_INVESTIGATION',
      'PASS_CASE_REVIEW',
      'SET_DISCRETION',
      'DELIBERATE',
      'SEND_NOTICE',
      'RECORD_NOTICE_DELIVERED',
    ],
    start,
  );
