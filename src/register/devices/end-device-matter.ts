import { platformActor, refusalFor, type Actor } from '#access';
import { appendLeaf } from '#evidence';
import { ok, type Clock, type RegionKey, type Result } from '#kernel';
import { transact, type Database, type Tx } from '#platform/db';
import { closeDeadline, type Deadline } from '#platform/deadlines';
import { emit, type Handler } from '#platform/outbox';
import { refuse } from '../errors.ts';
import { endMatter, findMatter, type DeviceMatter, type DeviceMatterState } from '../store/device-matters.ts';
import { checkEnd, MATTER_RULES, type Ender } from './decide-device-matter.ts';
import { MATTER_SUBJECT } from './report-device-matter.ts';

export interface EndCommand {
  readonly end: DeviceMatterState;
  /** What was done, the answer with its reason, or what is missing. */
  readonly answer: string;
}

const PERMISSION = { UNIT: 'register.report-device', AUTHORITY: 'register.answer-device' } as const;
const WITHDRAWN: readonly DeviceMatterState[] = ['WITHDRAWN'];

async function endInside(tx: Tx, clock: Clock, actor: Actor, matter: DeviceMatter, by: Ender, { end, answer }: EndCommand): Promise<Result<DeviceMatter>> {
  const now = clock.now();
  const no = checkEnd(matter, end, by, now);
  if (no !== undefined) return no;
  const { matterId, unitId, kind } = matter;
  const ended: DeviceMatter = { ...matter, state: end, endedBy: actor.accountId, endedAt: now, answer };
  await endMatter(tx, ended);
  const running = MATTER_RULES[kind].runs?.clock;
  if (running !== undefined) await closeDeadline(tx, { clockId: running, subjectKind: MATTER_SUBJECT, subjectId: matterId, closedAt: now, outcome: WITHDRAWN.includes(end) ? 'CANCELLED' : 'MET' });
  await emit(tx, clock, { type: 'register.device-ended', subject: matterId, payload: { matterId, unitId, kind, state: end } });
  await appendLeaf(tx, clock, { t: 'register', ref: matterId, act: 'device-end', kind, unit: unitId, state: end, by: actor.accountId });
  return ok(ended);
}

/**
 * The unit says the device is repaired or takes a request back; the authority agrees, refuses, registers or sends back.
 * REGISTER-036 not found, 037 over already, 038 not an end of this kind or side, 039 silence has become consent.
 */
export async function endDeviceMatter(deps: { readonly db: Database; readonly clock: Clock }, actor: Actor, matterId: string, by: 'UNIT' | 'AUTHORITY', command: EndCommand): Promise<Result<DeviceMatter>> {
  return transact<Result<DeviceMatter>>(deps.db, async (tx) => {
    const matter = await findMatter(tx, matterId, true);
    if (matter === undefined || refusalFor(actor, PERMISSION[by], matter) !== undefined) return refuse('REGISTER-036');
    return endInside(tx, deps.clock, actor, matter, by, command);
  });
}

/** A term of a matter ran out: where the law itself draws the consequence (逾期不答复视为同意), the platform records it. */
export const deviceHandlers: readonly Handler<{ readonly db: Database; readonly clock: Clock }>[] = [
  {
    on: 'deadline.overdue',
    name: 'register.consent-by-silence',
    async handle({ clock }, tx, event) {
      const deadline = event.payload as Deadline;
      if (deadline.subjectKind !== MATTER_SUBJECT) return;
      const matter = await findMatter(tx, deadline.subjectId, true);
      const runs = matter === undefined ? undefined : MATTER_RULES[matter.kind].runs;
      if (matter?.state !== 'OPEN' || runs?.onExpiry === undefined || runs.clock !== deadline.clockId) return;
      const done = await endInside(tx, clock, platformActor('national' as RegionKey), matter, 'LAW', { end: runs.onExpiry, answer: '' });
      if (!done.ok) throw new Error(`register: ${matter.matterId} could not be ended: ${done.code} ${done.en}`);
    },
  },
];
