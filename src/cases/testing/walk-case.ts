import type { Actor } from '#access';
import type { CaseId, Instant } from '#kernel';
import { transact } from '#platform/db';
import { actOnCase } from '../act-on-case.ts';
import type { CaseCommand, CommandOf } from '../commands/index.ts';
import { foldCase } from '../fold.ts';
import { siblingsOf } from '../kin/siblings.ts';
import type { PenaltyCase } from '../penalty-case.ts';
import { handoverSchema, receiveHandover, type Handover } from '../receive-handover.ts';
import { eventsOf } from '../store/case-store.ts';
import { otherCases } from '../store/other-cases.ts';
import { cast, dataRefOf, handover, type TestDeps } from './deps.ts';
import { evidence, sample } from './sample-commands.ts';

const DAY = 86_400_000;
export const CHECKLIST: readonly CaseCommand[] = [
  evidence('DEVICE_QC', 'DOCUMENT'),
  evidence('CALC', 'DOCUMENT'),
  evidence('PARTY', 'DOCUMENT'),
  evidence('PERMIT', 'DOCUMENT'),
];

export const STAGES = [
  'RECEIVED',
  'FILED',
  'INVESTIGATED',
  'REVIEWED',
  'NOTICED',
  'DECIDED',
  'PERFORMING',
  'CLOSED',
] as const;
export type Stage = (typeof STAGES)[number];

let n = 0;

let asked = 0;

/** Cases of one test are walked at one moment, and the same two officers ask in each: a minute of its own for every inquiry. */
export const inquiryAt = (now: Instant): CaseCommand => {
  asked += 1;
  const startedAt = now - (120 + asked) * 60_000;
  return { ...(sample('RECORD_INQUIRY', now) as CommandOf<'RECORD_INQUIRY'>), startedAt, endedAt: startedAt + 60_000 };
};

/**
 * Takes a fresh case, of an outfall of its own, along the lawful path as far as asked, each step by the person whose step it is.
 * Throws with the refusal when a step is refused.
 *
 * @param more what comes with the handover beside the sample
 */
export async function walkCase(deps: TestDeps, to: Stage, more: Partial<Handover> = {}): Promise<{ caseId: CaseId; state: PenaltyCase | undefined }> {
  n += 1;
  const outfall = `DA-W${n}`;
  deps.reviewed.add(dataRefOf(outfall));
  const given = handoverSchema.parse(handover({ reviewId: `review-w${n}`, clueId: `clue-w${n}`, outfall, ...more }));
  const caseId = await transact(deps.db, (tx) => receiveHandover(tx, deps, given));
  if (caseId === undefined) throw new Error('not received');
  let state: PenaltyCase | undefined;
  const must = async (actor: Actor, command: CaseCommand) => {
    const result = await actOnCase(deps, actor, caseId, command);
    if (!result.ok) throw new Error(`${command.kind}: ${result.code} ${result.zh}`);
    state = result.value;
  };
  for (const stage of STAGES.slice(1, STAGES.indexOf(to) + 1)) await WALK[stage](deps, must, () => state, caseId);
  return { caseId, state };
}

type Must = (actor: Actor, command: CaseCommand) => Promise<void>;
type Leg = (deps: TestDeps, must: Must, state: () => PenaltyCase | undefined, caseId: CaseId) => Promise<void>;

/** The filing of a case, with the word on every other case of its outfall that lies close. */
export async function filingOf(deps: TestDeps, caseId: CaseId): Promise<CommandOf<'PROPOSE_FILING'>> {
  const now = deps.clock.now();
  const state = foldCase(await eventsOf(deps.db, caseId));
  const close = siblingsOf(state, await otherCases(deps.db, state), deps.law, now).filter((one) => one.close);
  return { ...(sample('PROPOSE_FILING', now) as CommandOf<'PROPOSE_FILING'>), beside: close.slice(0, 20).map(({ caseNo }) => ({ caseNo, way: 'SEPARATE', reason: '测试中的另一件案件。' })) };
}

const WALK: Readonly<Record<Stage, Leg>> = {
  RECEIVED: async () => {},
  FILED: async (deps, must, _state, caseId) => {
    await must(cast.officer, await filingOf(deps, caseId));
    await must(cast.enforcement, sample('APPROVE_FILING', deps.clock.now()));
  },
  INVESTIGATED: async ({ clock }, must) => {
    for (const item of CHECKLIST) await must(cast.officer, item);
    await must(cast.officer2, inquiryAt(clock.now()));
    await must(cast.officer, sample('FINISH_INVESTIGATION', clock.now()));
  },
  REVIEWED: async ({ clock }, must) => {
    await must(cast.caseReviewer, sample('PASS_CASE_REVIEW', clock.now()));
    await must(cast.officer, sample('SET_DISCRETION', clock.now()));
  },
  NOTICED: async ({ clock }, must) => {
    await must(cast.head, sample('DELIBERATE', clock.now()));
    await must(cast.head, sample('SEND_NOTICE', clock.now()));
  },
  DECIDED: async ({ clock }, must, state) => {
    await must(cast.unit, sample('SUBMIT_DEFENCE', clock.now()));
    clock.advance(8 * DAY);
    await must(cast.officer, sample('CLOSE_WINDOW', clock.now()));
    await must(cast.caseReviewer, sample('REVIEW_DEFENCE', clock.now(), state()));
    await must(cast.legal, sample('PASS_LEGAL_REVIEW', clock.now()));
    await must(cast.head, sample('DECIDE', clock.now()));
  },
  PERFORMING: async ({ clock }, must) => {
    await must(cast.head, sample('ORDER_RECTIFICATION', clock.now()));
    await must(cast.officer, sample('SEND_DECISION', clock.now()));
  },
  CLOSED: async ({ clock }, must, state) => {
    await must(cast.finance, sample('REGISTER_PAYMENT', clock.now(), state()));
    await must(cast.unit, sample('REPORT_RECTIFICATION', clock.now()));
    await must(cast.officer2, sample('CHECK_RECTIFICATION', clock.now()));
    await must(cast.officer, sample('PROPOSE_CLOSING', clock.now()));
    await must(cast.head, sample('APPROVE_CLOSING', clock.now()));
  },
};
