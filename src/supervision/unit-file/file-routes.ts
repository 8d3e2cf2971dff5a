import { z } from 'zod';
import { refusalFor } from '#access';
import { asId, toRfc3339, type UnitId } from '#kernel';
import { CODE_FACTS } from '#law';
import { refuse as answer, type App } from '#platform/http';
import { CODE_COLOURS, CODE_FACT_WORDS } from './enterprise-code.ts';
import { refuse } from '../errors.ts';
import { FILE_KINDS, unitFile, type FileKind, type UnitFile } from './unit-file.ts';
import type { UnitFacts } from '../ports.ts';
import type { SupervisionDeps } from '../sheet/step-sheet.ts';

const texts = z.object({ zh: z.string(), en: z.string() });
const colour = z.enum(['GREEN', 'YELLOW', 'RED']);
const rule = z.object({ colour, fact: z.enum(CODE_FACTS), factText: texts, count: z.number(), atLeast: z.number(), holds: z.boolean() });
const fileSchema = z.object({
  unitId: z.string(), unitName: z.string(), colour, colourText: texts, months: z.number(), source: z.string(), article: z.string(), verified: z.boolean(), rules: z.array(rule),
  kinds: z.record(z.string(), texts),
  entries: z.array(z.object({
    at: z.string(), kind: z.enum(Object.keys(FILE_KINDS) as [FileKind, ...FileKind[]]), title: texts, detail: texts.nullable(), sheetId: z.string().nullable(),
    documentId: z.string().nullable(), documentNo: z.string().nullable(),
  })),
});

function show(unit: UnitFacts, file: UnitFile): z.infer<typeof fileSchema> {
  return {
    unitId: unit.unitId, unitName: unit.name, colour: file.code.colour, colourText: CODE_COLOURS[file.code.colour], months: file.rule.months, source: file.rule.source,
    article: file.rule.article, verified: file.rule.verified, kinds: FILE_KINDS,
    rules: file.rule.rules.map(({ colour: of, fact, atLeast }) => ({ colour: of, fact, factText: CODE_FACT_WORDS[fact], count: file.counts[fact], atLeast, holds: file.counts[fact] >= atLeast })),
    entries: file.entries.map((entry) => ({ ...entry, at: toRfc3339(entry.at) })),
  };
}

/** The unit's file and its code: for officials of its authority, and for the unit itself without what was held back. */
export function fileRoutes(app: App, deps: SupervisionDeps): void {
  app.get(
    '/api/supervision/units/:unitId/file',
    { config: { action: 'supervision.read' }, schema: { tags: ['supervision'], params: z.object({ unitId: z.string() }), response: { 200: fileSchema } } },
    async (request, reply) => {
      const unit = deps.directory.unit(asId<UnitId>(request.params.unitId));
      if (unit === undefined || refusalFor(request.actor, 'supervision.read', unit) !== undefined) return answer(reply, refuse('SUPV-025')) as never;
      return show(unit, await unitFile(deps, unit, 'official'));
    },
  );
  app.get('/api/unit/file', { config: { action: 'supervision.read-own' }, schema: { tags: ['supervision'], response: { 200: fileSchema } } }, async (request, reply) => {
    const unit = request.actor.unitId === undefined ? undefined : deps.directory.unit(request.actor.unitId);
    if (unit === undefined) return answer(reply, refuse('SUPV-025')) as never;
    return show(unit, await unitFile(deps, unit, 'unit'));
  });
}
