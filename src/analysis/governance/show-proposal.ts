import { z } from 'zod';
import { nameActed, type Actor } from '#access';
import { DAY, instant, isRefusal, toRfc3339 } from '#kernel';
import type { Database } from '#platform/db';
import type { Comparison } from '../backtest/compare.ts';
import type { BacktestExample, BacktestReport } from '../backtest/request.ts';
import { modelCatalogue } from '../catalogue.ts';
import type { Params } from '../contract.ts';
import { compareShadow } from './compare-shadow.ts';
import { decideAct, SHADOW_DAYS } from './decide-proposal.ts';
import { currentModel, readStanding } from './live-standing.ts';
import { PROPOSAL_ACTS, PROPOSAL_STATES, type ProposalAct } from './proposal-machine.ts';
import { CHANGE_KINDS, needsTrial, type Proposal } from './proposal.ts';
import { proposalEvents, proposalHistory } from './store/proposals.ts';
import { episodesSince, shadowEpisodes, shadowFailures } from './store/shadow.ts';

const texts = z.object({ zh: z.string(), en: z.string() });
const tier = z.enum(['REMIND', 'WARN', 'WORK_ORDER']);
const tiers = z.object({ REMIND: z.number(), WARN: z.number(), WORK_ORDER: z.number() });
const example = z.object({ model: z.string(), outfall: z.string(), from: z.string(), to: z.string(), inForce: tier.nullable(), changed: tier.nullable(), factors: z.array(z.string()), text: texts });
const failures = z.array(z.object({ outfall: z.string(), reason: z.string() }));
const difference = z.object({ count: z.number(), examples: z.array(example) });
export const comparisonView = z.object({
  months: z.array(z.object({ month: z.string(), inForce: tiers, changed: tiers })), appears: difference, vanishes: difference, moves: difference, unchanged: z.number(),
});
export const reportView = comparisonView.extend({
  from: z.string(), to: z.string(), outfalls: z.number(), hours: z.number(), ms: z.number(), exceptions: failures,
});

export const proposalRow = z.object({
  proposal: z.string(), kind: z.string(), kindText: texts, model: z.string(), version: z.string(), state: z.string(), stateText: texts, open: z.boolean(), title: texts,
  reason: z.string(), owner: z.string(), proposedBy: z.string(), proposedAt: z.string(), changedAt: z.string(), validFrom: z.string().nullable(),
});

export const proposalPage = proposalRow.extend({
  needsTrial: z.boolean(),
  /** Parameters that change, with what is in force now; empty for other kinds. */
  parameters: z.array(z.object({ name: z.string(), before: z.number().nullable(), after: z.number() })),
  rule: z.unknown().nullable(),
  backtest: reportView.nullable(),
  shadow: comparisonView.extend({ from: z.string(), until: z.string().nullable(), ripeAt: z.string(), exceptions: failures }).nullable(),
  events: z.array(z.object({ at: z.string(), act: z.string(), actText: texts, actorId: z.string(), /** The name a deputy acted under. */ actedAs: z.string().nullable(), reason: z.string() })),
  next: z.array(z.object({ act: z.string(), text: texts, refusal: texts.nullable() })),
});

const time = (at: number): string => toRfc3339(instant(Math.round(at)));

export function showRow(p: Proposal): z.infer<typeof proposalRow> {
  const state = PROPOSAL_STATES[p.state];
  const { zh, en } = CHANGE_KINDS[p.change.kind];
  return {
    proposal: p.proposal, kind: p.change.kind, kindText: { zh, en }, model: p.model, version: p.version, state: p.state, stateText: { zh: state.zh, en: state.en },
    open: state.open, title: { zh: p.titleZh, en: p.titleEn }, reason: p.reason, owner: p.owner, proposedBy: p.proposedBy, proposedAt: time(p.proposedAt),
    changedAt: time(p.changedAt), validFrom: p.validFrom === null ? null : time(p.validFrom),
  };
}

const showExample = (e: BacktestExample): z.infer<typeof example> => ({
  model: e.model, outfall: e.outfall, from: time(e.start), to: time(e.end), inForce: e.tierInForce ?? null, changed: e.tierChanged ?? null, factors: [...e.factors], text: { zh: e.text.zh, en: e.text.en },
});
const showDifference = (d: Comparison['appears']) => ({ count: d.count, examples: d.examples.map(showExample) });

export const showComparison = (c: Comparison): z.infer<typeof comparisonView> => ({
  months: c.months.map(({ month, inForce, changed }) => ({ month, inForce: { ...inForce }, changed: { ...changed } })), appears: showDifference(c.appears),
  vanishes: showDifference(c.vanishes), moves: showDifference(c.moves), unchanged: c.unchanged,
});

export const showReport = (r: BacktestReport): z.infer<typeof reportView> => ({
  ...showComparison(r), from: time(r.from), to: time(r.to), outfalls: r.outfalls, hours: r.hours, ms: r.ms,
  exceptions: r.exceptions.slice(0, 20).map(({ outfall, reason }) => ({ outfall, reason })),
});

/** What the trial saw so far, beside what was in force in the same time. */
async function showShadow(db: Database, p: Proposal, now: number): Promise<z.infer<typeof proposalPage>['shadow']> {
  if (p.shadowFrom === null) return null;
  const [inForce, tried, exceptions] = await Promise.all([episodesSince(db, p.model, p.shadowFrom, p.shadowUntil ?? now), shadowEpisodes(db, p.proposal), shadowFailures(db, p.proposal)]);
  return {
    exceptions, ...showComparison(compareShadow(inForce, tried)), from: time(p.shadowFrom), until: p.shadowUntil === null ? null : time(p.shadowUntil),
    ripeAt: time(p.shadowFrom + SHADOW_DAYS * DAY),
  };
}

async function parametersOf(db: Database, p: Proposal, now: number): Promise<z.infer<typeof proposalPage>['parameters']> {
  if (p.change.kind !== 'PARAMETERS') return [];
  const { standing, models } = await readStanding(db, modelCatalogue);
  const at = p.validFrom === null ? now : p.validFrom - 1;
  const model = currentModel(models, standing, at)(p.model);
  const before: Params = model === undefined ? {} : standing.paramsOf(model, at);
  return Object.entries(p.change.set).map(([name, after]) => ({ name, before: before[name] ?? null, after }));
}

const ACTS = Object.keys(PROPOSAL_ACTS) as ProposalAct[];

/** The proposal with all a decision rests on, and the next acts: each with what stands in its way, if anything does. */
export async function showProposal(db: Database, p: Proposal, actor: Actor, now: number): Promise<z.infer<typeof proposalPage>> {
  const [events, history, shadow, parameters] = await Promise.all([proposalEvents(db, p.proposal), proposalHistory(db, p.proposal), showShadow(db, p, now), parametersOf(db, p, now)]);
  const next = ACTS.filter((act) => act !== 'propose').flatMap((act) => {
    const decided = decideAct(p, act, actor, history, now);
    // An act that the state does not know is not shown at all; one that is refused for another reason says why.
    if (isRefusal(decided) && decided.code === 'ANALYSIS-042') return [];
    return [{ act, text: PROPOSAL_ACTS[act], refusal: isRefusal(decided) ? { zh: decided.zh, en: decided.en } : null }];
  });
  return {
    ...showRow(p), needsTrial: needsTrial(p.change), parameters, rule: p.change.kind === 'RULE' ? p.change.rule : null,
    backtest: p.backtest === undefined ? null : showReport(p.backtest as BacktestReport), shadow,
    events: events.map((e) => ({ at: time(e.at), act: e.act, actText: PROPOSAL_ACTS[e.act], actorId: e.actorId, actedAs: nameActed(e, '') || null, reason: e.reason })), next,
  };
}
