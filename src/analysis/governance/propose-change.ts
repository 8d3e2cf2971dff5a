import { areaOf, refusalFor, type Actor } from '#access';
import { isRefusal, ok, type Refusal, type Result } from '#kernel';
import { transact, type Tx } from '#platform/db';
import { newId } from '#platform/ids';
import { modelCatalogue } from '../catalogue.ts';
import { g11 } from '../models/g11-evidence-fusion.ts';
import { LOUDEST } from '../models/index.ts';
import { readRule } from '../rules/read-rule.ts';
import { ruleId, type RuleBody } from '../rules/rule.ts';
import { checkChange, checkReason, decideAct } from './decide-proposal.ts';
import { refitVoices } from './decide-refit.ts';
import type { GovernanceDeps } from './deps.ts';
import { refuse } from './errors.ts';
import { currentModel, readStanding } from './live-standing.ts';
import { transitionOf } from './proposal-machine.ts';
import { CHANGE_KINDS, type Budget, type Change, type Proposal } from './proposal.ts';
import { recordStep, sealProposal } from './step-proposal.ts';
import { readCaps } from './store/standing.ts';
import { reviewedClues } from './store/verdicts.ts';
import { findProposal, insertProposal, listProposals, nextRuleNumber, proposalHistory, readRules } from './store/proposals.ts';

/** What a person asks for. A rule without a model id becomes a new one; with an id, its next version. */
export type Wish =
  | { readonly kind: 'PARAMETERS'; readonly model: string; readonly set: Readonly<Record<string, number>> }
  /** Voices of evidence fusion, from what people found of reviewed clues. */
  | { readonly kind: 'REFIT' }
  | { readonly kind: 'RULE'; readonly model?: string | undefined; readonly rule: RuleBody }
  | { readonly kind: 'RELEASE'; readonly model: string; readonly inForce: boolean }
  | { readonly kind: 'RESTORE'; readonly model: string }
  | { readonly kind: 'BUDGET'; readonly model: string; readonly budgets: readonly Budget[] };

interface Aim {
  readonly model: string;
  readonly version: string;
  readonly change: Change;
  readonly title: { readonly zh: string; readonly en: string };
}

function ruleRefusal(rule: RuleBody): Refusal | undefined {
  const { problems } = readRule(rule);
  const first = problems[0];
  if (first === undefined) return undefined;
  return refuse('ANALYSIS-048', { args: { n: problems.length, first: first.zh, firstEn: first.en }, field: first.field, missing: problems.map((one) => `${one.field}:${one.at + 1} ${one.zh}`) });
}

async function aimAtRule(tx: Tx, actor: Actor, wish: Wish & { kind: 'RULE' }): Promise<Aim | Refusal> {
  const no = ruleRefusal(wish.rule);
  if (no !== undefined) return no;
  const change: Change = { kind: 'RULE', rule: wish.rule, area: areaOf(actor) };
  if (wish.model === undefined) return { model: ruleId(await nextRuleNumber(tx)), version: '1', change, title: wish.rule.title };
  const versions = (await readRules(tx)).filter((rule) => rule.rule === wish.model);
  const last = versions.at(-1);
  if (last === undefined) return refuse('ANALYSIS-053', { field: 'model' });
  // A rule stays with the authority that answers for it.
  if (!areaOf(actor).includes(last.owner)) return refuse('ANALYSIS-053', { field: 'model' });
  return { model: last.rule, version: String(last.version + 1), change, title: wish.rule.title };
}

/** A refit is a change of parameters like others: back-tested, run in the shadow, decided by another person. */
async function aimAtRefit(tx: Tx, actor: Actor, now: number): Promise<Aim | Refusal> {
  const { standing } = await readStanding(tx, modelCatalogue);
  const set = refitVoices(await reviewedClues(tx), LOUDEST, standing.paramsOf(g11, now));
  return isRefusal(set) ? set : aimOf(tx, actor, { kind: 'PARAMETERS', model: g11.id, set }, now);
}

async function aimOf(tx: Tx, actor: Actor, wish: Wish, now: number): Promise<Aim | Refusal> {
  if (wish.kind === 'RULE') return aimAtRule(tx, actor, wish);
  if (wish.kind === 'REFIT') return aimAtRefit(tx, actor, now);
  const { standing, models } = await readStanding(tx, modelCatalogue);
  const model = currentModel(models, standing, now)(wish.model);
  if (model === undefined) return refuse('ANALYSIS-053', { field: 'model' });
  const { model: _model, ...change } = wish;
  const no = checkChange(change, model, standing.paramsOf(model, now), ((await readCaps(tx, model.id)).at(-1)?.cap ?? null) !== null);
  if (no !== undefined) return no;
  const what = CHANGE_KINDS[wish.kind];
  return { model: model.id, version: model.version, change, title: { zh: `${model.title.zh} · ${what.zh}`, en: `${model.title.en} · ${what.en}` } };
}

const OPEN = ['PROPOSED', 'BACKTESTED', 'IN_SHADOW'] as const;

/** A change of what is judged, put forward with its reason by somebody of an authority. */
export async function proposeChange(deps: GovernanceDeps, actor: Actor, wish: Wish, reason: string): Promise<Result<Proposal>> {
  const row = transitionOf('START', 'propose');
  const no = refusalFor(actor, 'model.propose') ?? checkReason(reason);
  if (no !== undefined || row === undefined) return no ?? refuse('ANALYSIS-042');
  const owner = actor.authorityId;
  if (owner === undefined) return refuse('ANALYSIS-052');
  return transact<Result<Proposal>>(deps.db, async (tx) => {
    const now = deps.clock.now();
    const aim = await aimOf(tx, actor, wish, now);
    if ('ok' in aim) return aim;
    const [other] = await listProposals(tx, { model: aim.model, states: OPEN, limit: 1 });
    if (other !== undefined) return refuse('ANALYSIS-050', { args: { other: other.proposal } });
    const proposal: Proposal = {
      proposal: newId('prp'), model: aim.model, version: aim.version, state: 'PROPOSED', owner, titleZh: aim.title.zh, titleEn: aim.title.en, reason: reason.trim(),
      change: aim.change, backtest: undefined, shadowFrom: null, shadowUntil: null, validFrom: null, proposedBy: actor.accountId, proposedAt: now, decidedBy: null, changedAt: now,
    };
    await insertProposal(tx, proposal);
    const after = await recordStep(tx, deps.clock, { proposal, row, actor, reason }, true);
    await sealProposal(tx, deps.clock, after, 'propose', actor);
    return ok(after);
  });
}

/** The proposer changes his own proposal; what was tried before says nothing of it any more. */
export async function reviseProposal(deps: GovernanceDeps, actor: Actor, id: string, change: Pick<Change, 'kind'> & Partial<{ set: Record<string, number>; rule: RuleBody }>, reason: string): Promise<Result<Proposal>> {
  return transact<Result<Proposal>>(deps.db, async (tx) => {
    const proposal = await findProposal(tx, id, true);
    if (proposal === undefined || proposal.change.kind !== change.kind) return refuse('ANALYSIS-041');
    const row = decideAct(proposal, 'revise', actor, await proposalHistory(tx, id), deps.clock.now());
    if (!row.ok) return row;
    const next = revised(proposal.change, change);
    const no = checkReason(reason) ?? (next.kind === 'RULE' ? ruleRefusal(next.rule) : undefined);
    if (no !== undefined) return no;
    const title = next.kind === 'RULE' ? { titleZh: next.rule.title.zh, titleEn: next.rule.title.en } : {};
    const after = await recordStep(tx, deps.clock, { proposal: { ...proposal, ...title, change: next, backtest: undefined }, row: row.value, actor, reason });
    await sealProposal(tx, deps.clock, after, 'revise', actor);
    return ok(after);
  });
}

function revised(before: Change, change: { readonly set?: Record<string, number>; readonly rule?: RuleBody }): Change {
  if (before.kind === 'RULE' && change.rule !== undefined) return { ...before, rule: change.rule };
  if (before.kind === 'PARAMETERS' && change.set !== undefined) return { ...before, set: change.set };
  return before;
}
