import { z } from 'zod';
import { visibilityOf } from '#access';
import { instant, toRfc3339 } from '#kernel';
import { pageQuery, pageReply, refuse as answer, type App } from '#platform/http';
import { askDevice, DEVICE_COMMANDS, type AskDeps, type CommandCode } from './ask-device.ts';
import { listCommands, type DeviceCommand } from '../store/device-commands.ts';

const code = z.enum(Object.keys(DEVICE_COMMANDS) as [CommandCode, ...CommandCode[]]);
const time = z.iso.datetime({ offset: true }).nullable().default(null);
const commandItem = z.object({
  commandId: z.string(), mn: z.string(), outfall: z.string(), cn: z.string(), zh: z.string(), en: z.string(), from: z.string().nullable(), to: z.string().nullable(),
  askedBy: z.string(), askedAt: z.string(), changedAt: z.string(), sent: z.number(), dataFrames: z.number(), result: z.string().nullable(),
  state: z.enum(['WAITING', 'SENT', 'ACCEPTED', 'DONE', 'FAILED', 'REFUSED', 'LINK_DOWN', 'TIMED_OUT']),
});

const optionalTime = (ms: number | null): string | null => (ms === null ? null : toRfc3339(instant(ms)));
const given = (text: string | null) => (text === null ? undefined : instant(Date.parse(text)));

function showCommand(row: DeviceCommand): z.infer<typeof commandItem> {
  const { zh, en } = DEVICE_COMMANDS[row.cn as CommandCode];
  const { commandId, mn, outfall, cn, askedBy, sent, dataFrames, result, state } = row;
  return {
    commandId, mn, outfall, cn, zh, en, askedBy, sent, dataFrames, result, state, from: optionalTime(row.fromAt), to: optionalTime(row.toAt),
    askedAt: toRfc3339(instant(row.askedAt)), changedAt: toRfc3339(instant(row.changedAt)),
  };
}

/** HTTP of requests to devices: asking for data that is missing, and what became of it. */
export function registerCommandRoutes(app: App, deps: AskDeps): void {
  app.post(
    '/api/ingest/devices/:mn/commands',
    {
      config: { action: 'ingest.command' },
      schema: { params: z.object({ mn: z.string().max(64) }), body: z.object({ cn: code, from: time, to: time }), response: { 200: z.object({ commandId: z.string() }) } },
    },
    async (request, reply) => {
      const { cn, from, to } = request.body;
      const asked = await askDevice(deps, request.actor, { mn: request.params.mn, cn, from: given(from), to: given(to) });
      return asked.ok ? { commandId: asked.value } : (answer(reply, asked) as never);
    },
  );
  app.get(
    '/api/ingest/commands',
    {
      config: { action: 'ingest.status' },
      schema: { querystring: pageQuery, response: { 200: pageReply(commandItem) } },
    },
    async ({ actor, query }) => {
      const { items, nextCursor } = await listCommands(deps.db, visibilityOf(actor, 'ingest.read'), query);
      return { items: items.map(showCommand), nextCursor };
    },
  );
}
