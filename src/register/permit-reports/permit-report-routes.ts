import { z } from 'zod';
import { refusalFor } from '#access';
import { asId, toRfc3339, type FactorCode, type OutfallId } from '#kernel';
import { refuse as answer, type App } from '#platform/http';
import type { DisputeDeps } from '../disputes/raise-dispute.ts';
import { refuse } from '../errors.ts';
import { material, underItsName } from '../materials.ts';
import { toldRows } from '../told-files.ts';
import { filePermitReport } from './file-permit-report.ts';
import { permitReportItem } from './permit-report-item.ts';

const body = z.object({
  outfall: z.string().max(64).transform((id) => id as OutfallId), factor: z.string().max(40).transform((code) => code as FactorCode),
  year: z.number().int().min(2000).max(2100), usedKg: z.string().trim().max(20), title: z.string().trim().min(1).max(200), material,
});

/** Execution reports behind the amounts used before connection: filed by the unit, read by who may read the outfall. */
export function registerPermitReportRoutes(app: App, deps: DisputeDeps): void {
  app.post('/api/unit/permit-reports', { config: { action: 'register.file-permit-report' }, schema: { tags: ['register'], body, response: { 201: permitReportItem } } }, async (request, response) => {
    await deps.registry.refresh();
    const result = await filePermitReport(deps, request.actor, request.body);
    return result.ok ? response.code(201).send({ ...result.value, filedAt: toRfc3339(result.value.filedAt) }) : (answer(response, result) as never);
  });
  const params = z.object({ outfall: z.string(), sha256: z.string() });
  app.get('/api/outfalls/:outfall/permit-reports/:sha256', { config: { action: 'register.read' }, schema: { tags: ['register'], params } }, async (request, response) => {
    await deps.registry.refresh();
    const registry = deps.registry.current();
    const outfall = registry.outfall(asId<OutfallId>(request.params.outfall));
    const scope = outfall && { outfall: outfall.outfall, unitId: outfall.unit, authorityId: registry.authorityOf(outfall.unit) };
    const row = toldRows(registry.data, 'permitReports').find((one) => one.outfall === outfall?.outfall && one.sha256 === request.params.sha256);
    if (scope === undefined || row === undefined || refusalFor(request.actor, 'register.read', scope) !== undefined || !deps.blobs.has(row.sha256)) return answer(response, refuse('REGISTER-003'));
    return response.type('application/octet-stream').header('content-disposition', underItsName({ name: row.name || row.title, sha256: row.sha256 })).send(Buffer.from(await deps.blobs.get(row.sha256)));
  });
}
