import { z } from 'zod';
import type { Clock, Result } from '#kernel';
import type { Database } from '#platform/db';
import { refuse as answer, type App } from '#platform/http';
import type { Logger } from '#platform/log';
import type { Series } from '#platform/series';
import type { LiveRegistry } from '#register';
import { runBacktest } from '../backtest/run-backtest.ts';
import { replyInLines } from '../backtest/backtest-lines.ts';
import { concludeProposal } from './conclude-proposal.ts';
import { refuse } from './errors.ts';
import { proposeChange, reviseProposal } from './propose-change.ts';
import { PROPOSAL_STATES, type ProposalState } from './proposal-machine.ts';
import type { Proposal } from './proposal.ts';
import { proposalPage, proposalRow, showProposal, showRow } from './show-proposal.ts';
import { showStanding, standingItem } from './show-standing.ts';
import { findProposal, listProposals } from './store/proposals.ts';
import { backtestProposal, startShadow } from './try-proposal.ts';
import { ruleBody } from '../rules/rule-schema.ts';

export interface GovernanceRouteDeps {
  readonly db: Database;
  readonly series: Series;
  readonly clock: Clock;
  readonly log: Logger;
  readonly registry: LiveRegistry;
}

const tags = ['analysis'];
const params = z.object({ proposal: z.string() });
const reason = z.string().max(2000);
const model = z.string().max(16);
const set = z.record(z.string().max(32), z.number());
const budget = z.object({ days: z.number().int().min(7).max(365), share: z.number().gt(0).lt(1), least: z.number().int().min(5).max(1000) });

const wish = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('PARAMETERS'), model, set }),
  z.object({ kind: z.literal('REFIT') }).describe('voices of evidence fusion (G11), from what people found of reviewed clues'),
  z.object({ kind: z.literal('RULE'), model: model.optional(), rule: ruleBody }),
  z.object({ kind: z.literal('RELEASE'), model, inForce: z.boolean() }),
  z.object({ kind: z.literal('RESTORE'), model }),
  z.object({ kind: z.literal('BUDGET'), model, budgets: z.array(budget).min(1).max(4) }),
]);
const revision = z.discriminatedUnion('kind', [z.object({ kind: z.literal('PARAMETERS'), set }), z.object({ kind: z.literal('RULE'), rule: ruleBody })]);

const listQuery = z.object({ model: model.optional(), state: z.string().max(80).optional().describe('one or more states, joined by commas'), cursor: z.string().max(80).optional(), limit: z.coerce.number().int().min(1).max(200).default(50) });

async function replyWith(deps: GovernanceRouteDeps, reply: Parameters<typeof answer>[0], result: Result<Proposal>): Promise<never> {
  if (!result.ok) return answer(reply, result) as never;
  return (await showProposal(deps.db, result.value, reply.request.actor, deps.clock.now())) as never;
}

function readRoutes(app: App, deps: GovernanceRouteDeps): void {
  const config = { action: 'model.proposals' };
  app.get('/api/analysis/proposals', { config, schema: { tags, querystring: listQuery, response: { 200: z.object({ items: z.array(proposalRow), nextCursor: z.string().nullable() }) } } }, async (request) => {
    const { state, cursor, limit, ...filter } = request.query;
    const states = state?.split(',').filter((one): one is ProposalState => Object.hasOwn(PROPOSAL_STATES, one));
    const [changedAt, proposal] = cursor?.split('~') ?? [];
    const before = changedAt === undefined || proposal === undefined || !Number.isFinite(Number(changedAt)) ? undefined : { changedAt: Number(changedAt), proposal };
    const found = await listProposals(deps.db, { ...filter, states, before, limit });
    const last = found.at(-1);
    return { items: found.map(showRow), nextCursor: found.length === limit && last !== undefined ? `${last.changedAt}~${last.proposal}` : null };
  });
  app.get('/api/analysis/proposals/:proposal', { config, schema: { tags, params, response: { 200: proposalPage } } }, async (request, reply) => {
    const found = await findProposal(deps.db, request.params.proposal);
    return found === undefined ? (answer(reply, refuse('ANALYSIS-041')) as never) : showProposal(deps.db, found, request.actor, deps.clock.now());
  });
  app.get('/api/analysis/standing', { config: { action: 'model.read' }, schema: { tags, querystring: z.object({ model: model.optional() }), response: { 200: z.object({ items: z.array(standingItem) }) } } }, async (request) => ({
    items: await showStanding(deps.db, deps.clock.now(), request.query.model),
  }));
}

/** Proposals on models: put forward, tried, decided; and how every model stands. */
export function registerGovernanceRoutes(app: App, deps: GovernanceRouteDeps): void {
  const response = { 200: proposalPage };
  const propose = { action: 'model.propose' };
  readRoutes(app, deps);
  app.post('/api/analysis/proposals', { config: propose, schema: { tags, body: z.object({ wish, reason }), response } }, async (request, reply) =>
    replyWith(deps, reply, await proposeChange(deps, request.actor, request.body.wish, request.body.reason)));
  app.post('/api/analysis/proposals/:proposal/revision', { config: propose, schema: { tags, params, body: z.object({ change: revision, reason }), response } }, async (request, reply) =>
    replyWith(deps, reply, await reviseProposal(deps, request.actor, request.params.proposal, request.body.change, request.body.reason)));
  const backtest = { tags, params, body: z.object({ days: z.number().int().min(1).max(366) }), summary: 'The back-test a proposal calls for, as lines of JSON; attached when it is done' };
  app.post('/api/analysis/proposals/:proposal/backtest', { config: { action: 'model.backtest', keys: 'none' }, schema: backtest }, (request, reply) =>
    replyInLines(
      reply,
      async (tell, signal) => {
        const result = await backtestProposal(deps, (trial) => runBacktest(deps, trial, tell, signal), request.actor, request.params.proposal, request.body.days);
        return result.ok ? result.value : result;
      },
      async (proposal) => ({ proposal: await showProposal(deps.db, proposal, request.actor, deps.clock.now()) }),
    ));
  app.post('/api/analysis/proposals/:proposal/shadow', { config: propose, schema: { tags, params, response } }, async (request, reply) =>
    replyWith(deps, reply, await startShadow(deps, request.actor, request.params.proposal)));
  const conclusion = z.object({ act: z.enum(['approve', 'refuse']), reason });
  app.post('/api/analysis/proposals/:proposal/decision', { config: { action: 'model.approve' }, schema: { tags, params, body: conclusion, response } }, async (request, reply) =>
    replyWith(deps, reply, await concludeProposal(deps, request.actor, request.params.proposal, request.body.act, request.body.reason)));
  app.post('/api/analysis/proposals/:proposal/withdrawal', { config: propose, schema: { tags, params, body: z.object({ reason }), response } }, async (request, reply) =>
    replyWith(deps, reply, await concludeProposal(deps, request.actor, request.params.proposal, 'withdraw', request.body.reason)));
}
