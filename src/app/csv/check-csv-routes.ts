import { z } from 'zod';
import { refusalFor } from '#access';
import { askThread, modelById, replyInLines, SELF_CHECKS, TIER_DIGIT, type Tier } from '#analysis';
import { instant, parseId, toRfc3339, type Clock, type OutfallId, type Refusal } from '#kernel';
import { refuse as answer, type App } from '#platform/http';
import type { LiveRegistry } from '#register';
import type { CsvNote } from './csv-series.ts';
import type { CsvAnswer, CsvTask } from './check-csv-worker.ts';

interface CheckCsvDeps {
  readonly clock: Clock;
  readonly registry: LiveRegistry;
}

const no = (code: string, status: NonNullable<Refusal['status']>, zh: string, en: string): Refusal => ({ ok: false, code, status, zh, en });
type Found = { readonly alarms: readonly string[]; readonly hours: number; readonly notes: readonly CsvNote[]; readonly ms: number };

const WORKER = new URL('./check-csv-worker.ts', import.meta.url);

/** `detect --csv` in a thread of its own, which is ended when the person cancels. */
async function checkInThread(task: CsvTask, tell: (share: number, ms: number) => void, signal: AbortSignal): Promise<Found | Refusal> {
  const began = performance.now();
  const answer = await askThread<CsvAnswer>(WORKER, task, (share) => tell(share, performance.now() - began), signal);
  if (answer === undefined) return no('CSV-002', 409, '自查已取消', 'the check was cancelled');
  return 'wrong' in answer ? no('CSV-001', 422, answer.wrong, answer.wrong) : { ...answer, ms: performance.now() - began };
}

interface AlarmLine {
  readonly model: string;
  readonly tier: number;
  readonly start: number;
  readonly end: number;
  readonly factors: readonly string[];
  readonly text: { readonly zh: string; readonly en: string };
  readonly evidence: { readonly cleared_by: readonly { readonly zh: string; readonly en: string }[] };
}

const tierOf = (digit: number): Tier => (Object.keys(TIER_DIGIT) as Tier[]).find((tier) => TIER_DIGIT[tier] === digit) ?? 'REMIND';
const time = (at: number): string => toRfc3339(instant(at));

function findingOf(line: string, outfall: string, outfallName: string) {
  const { model, tier, start, end, factors, text, evidence } = JSON.parse(line) as AlarmLine;
  const title = modelById(model)?.title ?? { zh: model, en: model };
  return { outfall, outfallName, model, title, tier: tierOf(tier), from: time(start), to: time(end), factors, text, clearedBy: evidence.cleared_by, markable: false };
}

const body = z.object({ outfall: z.string().max(64), csv: z.string().min(1).max(5_000_000) });

/**
 * Check before it counts, of data that were never sent: a CSV of the unit's own, judged with the limits and the reference
 * oxygen registered for the outfall. The file is kept no longer than the check takes.
 */
export function checkCsvRoutes(app: App, deps: CheckCsvDeps): void {
  app.post(
    '/api/unit/self-check/csv',
    { config: { action: 'analysis.self-check', keys: 'none' }, schema: { tags: ['analysis'], summary: 'The models over a CSV, as lines of JSON', body } },
    async (request, reply) => {
      await deps.registry.refresh();
      const registry = deps.registry.current();
      const id = parseId<OutfallId>(request.body.outfall);
      const outfall = id === undefined ? undefined : registry.outfall(id);
      const scope = outfall && { outfall: outfall.outfall, unitId: outfall.unit, authorityId: registry.authorityOf(outfall.unit) };
      if (outfall === undefined || refusalFor(request.actor, 'analysis.self-check', scope) !== undefined) return answer(reply, no('CSV-003', 404, '没有这个排放口', 'no such outfall')) as never;
      const limits = registry.limitsOf(outfall.outfall, deps.clock.now())
        .flatMap(({ factor, limit, period, attributes }) => (period === 'instant' || attributes['side'] === 'lower' ? [] : [{ factor, limit, period }]));
      const task: CsvTask = { text: request.body.csv, options: { industry: registry.unit(outfall.unit)?.industry ?? '', o2Ref: outfall.o2Ref, limits } };
      const name = outfall.attributes['name'] ?? outfall.outfall;
      return replyInLines(reply, (tell, signal) => checkInThread(task, (share, ms) => tell({ share, ms }), signal), (found) => ({
        report: { findings: found.alarms.map((line) => findingOf(line, outfall.outfall, name)), hours: found.hours, ms: found.ms, notes: found.notes, failed: [], missing: { contacts: true, peers: true } },
      }), SELF_CHECKS);
    },
  );
}
