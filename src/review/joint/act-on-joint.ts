import { accountsOf, refusalFor, type Actor } from '#access';
import { appendLeaf } from '#evidence';
import { ok, type Instant, type OutfallId, type Result, type UnitId } from '#kernel';
import { transact } from '#platform/db';
import { newId } from '#platform/ids';
import { reportInside } from '../clue/report-clue.ts';
import { refuse } from '../errors.ts';
import type { ReviewDeps } from '../ports.ts';
import { insertConclusion, insertMatter, insertWord, takeMatter, type JointMatter } from '../store/joint.ts';
import { checkConclusion, checkConvening, checkWord, JOINT_KINDS, type Convening, type JointWord } from './decide-joint.ts';

/**
 * Calls people of several departments together about a unit, with a question (宁夏方案 三（五）; 沪环执法〔2021〕75号 三（九）).
 *
 * @returns REVIEW-004, REVIEW-050, REVIEW-051, REVIEW-056, REVIEW-081, REVIEW-082
 */
export async function conveneJoint(deps: ReviewDeps, actor: Actor, unitId: UnitId, command: Convening): Promise<Result<JointMatter>> {
  const unit = deps.directory.unit(unitId);
  if (unit === undefined) return refuse('REVIEW-050', { field: 'unitId' });
  const no = refusalFor(actor, 'joint.convene', unit) ?? checkConvening(command);
  if (no !== undefined) return no;
  return transact<Result<JointMatter>>(deps.db, async (tx) => {
    const people = await accountsOf(tx, command.seats.map((seat) => seat.accountId));
    if (people.filter((one) => one.unitId === null && one.disabledAt === null).length < command.seats.length) return refuse('REVIEW-051', { field: 'seats' });
    const matter: JointMatter = {
      ...command, question: command.question.trim(), matterId: newId('jnt'), unitId, authorityId: unit.authorityId, region: unit.region, convenedBy: actor.accountId,
      convenedAt: deps.clock.now(), words: [], concluded: false, conclusion: null,
    };
    await insertMatter(tx, matter);
    await appendLeaf(tx, deps.clock, { t: 'review', ref: matter.matterId, act: 'joint-convene', state: command.kind, unit: unitId, actor: actor.accountId, seats: command.seats.length });
    return ok(matter);
  });
}

/** One department's word, by its own person; or, by who convened, why it could not be heard. */
export async function speakJoint(deps: ReviewDeps, actor: Actor, matterId: string, word: JointWord): Promise<Result<JointMatter>> {
  return transact<Result<JointMatter>>(deps.db, async (tx) => {
    const matter = await takeMatter(tx, matterId);
    if (matter === undefined) return refuse('REVIEW-080');
    const no = refusalFor(actor, 'joint.speak', matter) ?? checkWord(matter, word, actor.accountId);
    if (no !== undefined) return no;
    const at = deps.clock.now();
    const said = { ...word, text: word.text.trim() };
    await insertWord(tx, matterId, said, actor.accountId, at);
    await appendLeaf(tx, deps.clock, { t: 'review', ref: matterId, act: 'joint-speak', state: word.outcome, actor: actor.accountId, person: word.accountId });
    return ok({ ...matter, words: [...matter.words, { ...said, at }] });
  });
}

export interface ConcludeJoint {
  readonly text: string;
  /** The suspicion that goes on as a clue of its own, straight to review like that of a patrol. */
  readonly report: { readonly outfall: OutfallId | null; readonly from: Instant; readonly to: Instant; readonly sentenceZh: string } | null;
}

/** Ends the matter; what was suspected together becomes a clue before the reviewing body (江苏办法 第十条第二款). */
export async function concludeJoint(deps: ReviewDeps, actor: Actor, matterId: string, command: ConcludeJoint): Promise<Result<JointMatter>> {
  return transact<Result<JointMatter>>(deps.db, async (tx) => {
    const matter = await takeMatter(tx, matterId);
    if (matter === undefined) return refuse('REVIEW-080');
    const no = refusalFor(actor, 'joint.convene', matter) ?? checkConclusion(matter, { text: command.text, reports: command.report !== null }, actor.accountId);
    if (no !== undefined) return no;
    const clue = command.report === null ? undefined
      : await reportInside(tx, deps, actor, { ...command.report, unitId: matter.unitId, sentenceEn: '', factors: [], how: JOINT_KINDS[matter.kind].zh, materials: [] });
    if (clue?.ok === false) return clue;
    const conclusion = { text: command.text.trim(), clueId: clue?.value.clueId ?? null, at: deps.clock.now() };
    await insertConclusion(tx, matterId, conclusion, actor.accountId);
    await appendLeaf(tx, deps.clock, {
      t: 'review', ref: matterId, act: 'joint-conclude', actor: actor.accountId, ...(conclusion.clueId === null ? {} : { clue: conclusion.clueId }),
    });
    return ok({ ...matter, concluded: true, conclusion });
  });
}
