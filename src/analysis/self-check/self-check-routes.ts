import { z } from 'zod';
import { refusalFor, type Actor } from '#access';
import { instant, toRfc3339, type OutfallId } from '#kernel';
import { refuse as answer, type App } from '#platform/http';
import { replyInLines, type Places } from '../backtest/backtest-lines.ts';
import { refuse } from '../errors.ts';
import type { Episode } from '../clues/episode.ts';
import { modelWords } from '../governance/model-words.ts';
import { runSelfCheck, type SelfCheckDeps, type SelfCheckReport } from './run-self-check.ts';

const moment = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));
const body = z.object({ outfalls: z.array(z.string().max(64)).min(1).max(20), from: moment, to: moment });

const time = (at: number): string => toRfc3339(instant(at));

/** Checks at once in one process; units wait for units, never for the authority's bench. */
export const SELF_CHECKS: Places = { most: 2, taken: 0, full: 'ANALYSIS-031' };

/** What would be found, in the words of the clue page, without anything that only a clue has. */
function finding(deps: SelfCheckDeps, episode: Episode, title: { zh: string; en: string }) {
  const { outfall, model, tier, start, end, factors, text, clearedBy, provisional } = episode;
  const found = deps.registry.current().outfall(outfall);
  return {
    outfall, outfallName: found?.attributes['name'] ?? outfall, model, title, tier, from: time(start), to: time(end), factors,
    text: { zh: text.zh, en: text.en }, clearedBy: clearedBy.map(({ zh, en }) => ({ zh, en })),
    /** Some hours may still be marked by the unit. */
    markable: provisional,
  };
}

async function show(deps: SelfCheckDeps, report: SelfCheckReport) {
  const words = await modelWords(deps.db);
  return {
    report: {
      findings: report.episodes.map((episode) => finding(deps, episode, words(episode.model).title)),
      hours: report.hours, ms: report.ms, failed: [...new Set(report.exceptions.map(({ model }) => model))],
      /** What the stores do not hold: these checks are not exact here. */
      missing: { contacts: report.asked.includes('contacts'), peers: report.asked.includes('peers') },
    },
  };
}

const mayCheck = (deps: SelfCheckDeps, actor: Actor, outfall: string): boolean => {
  const registry = deps.registry.current();
  const found = registry.outfall(outfall as OutfallId);
  return found !== undefined && refusalFor(actor, 'analysis.self-check', { outfall, unitId: found.unit, authorityId: registry.authorityOf(found.unit) }) === undefined;
};

/**
 * A unit runs the models over its own data before their findings count. One request whose answer grows, like the bench:
 * lines of `progress`, then `report` or `refusal`; closing the connection cancels.
 */
export function registerSelfCheckRoutes(app: App, deps: SelfCheckDeps): void {
  app.post(
    '/api/unit/self-check',
    { config: { action: 'analysis.self-check', keys: 'none' }, schema: { tags: ['analysis'], summary: "The models in force over the unit's own stored data, as lines of JSON", body } },
    async (request, reply) => {
      const { outfalls, from, to } = request.body;
      if (!outfalls.every((outfall) => mayCheck(deps, request.actor, outfall))) return answer(reply, refuse('ANALYSIS-003', { field: 'outfalls' })) as never;
      return replyInLines(reply, (tell, signal) => runSelfCheck(deps, { outfalls: outfalls as OutfallId[], from, to }, tell, signal), (report) => show(deps, report), SELF_CHECKS);
    },
  );
}
