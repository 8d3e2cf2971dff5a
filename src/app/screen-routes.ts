import { z } from 'zod';
import { actsAs, allAuthorities, colleaguesOf, refusalFor, ROLES, visibilityOf, type Actor, type Role } from '#access';
import { countByState as casesByState, listCases, STATE_TITLES, type AnyState } from '#cases';
import { countDevices, lastSeq } from '#ingest';
import { asId, dayOf, instant, toRfc3339, type ClueId, type RegionKey, type SheetId } from '#kernel';
import { CLOCK_IDS, lawBrowser, workingDaysBetween, type ClockId, type Law } from '#law';
import type { PlatformDeps } from '#platform';
import { openDeadlines, type Deadline } from '#platform/deadlines';
import type { App } from '#platform/http';
import { findTask } from '#quality';
import { findDispute, findMatter, MATTER_RULES, MATTER_SUBJECT, type LiveRegistry } from '#register';
import { clueQueues, countByState as cluesByState, findClue, type ReviewDeps } from '#review';
import { countByState as sheetsByState, findSheet, openHints, type SupervisionDeps } from '#supervision';
import { queuesOf, ROOMS } from './queues.ts';

export interface ScreenDeps {
  readonly platform: PlatformDeps;
  readonly law: Law;
  readonly registry: LiveRegistry;
  readonly review: ReviewDeps;
  readonly supervision: SupervisionDeps;
}

const texts = z.object({ zh: z.string(), en: z.string() });
const lawItem = texts.extend({
  group: z.string(), id: z.string(), region: z.string(), value: z.string(), validFrom: z.string(), validTo: z.string().nullable(), source: z.string(),
  article: z.string(), verified: z.boolean(), reviewed: z.string(), note: z.string().nullable(),
});
const lawReply = z.object({
  digest: z.string(), items: z.array(lawItem), regions: z.array(texts.extend({ key: z.string() })),
  codes: z.array(z.object({ id: z.string(), title: texts, regions: z.array(z.string()).nullable(), codes: z.array(z.object({ code: z.string(), title: texts })) })),
});

function lawRoutes(app: App, law: Law): void {
  const items = lawBrowser(law).map((entry) => ({ ...entry, validTo: entry.validTo ?? null, note: entry.note ?? null }));
  const codes = law.data.codes.map((list) => ({ id: list.key, title: list.title, regions: list.regions ?? null, codes: list.codes.map(({ code, title }) => ({ code, title })) }));
  const regions = law.data.regions.map(({ key, title }) => ({ key, ...title }));
  app.get('/api/law', { config: { action: 'law.read' }, schema: { tags: ['law'], response: { 200: lawReply } } }, async () => ({ digest: law.digest, items, regions, codes }));
}

const colleague = z.object({
  accountId: z.string(), name: z.string(), roles: z.array(z.string()),
  /** Roles handed to the person for today, and by whom. */
  deputising: z.array(z.object({ role: z.string(), for: z.string() })),
});

const body = z.object({ authorityId: z.string(), zh: z.string(), en: z.string() });

/** People of the actor's own authority, and the names of authorities: an act names the second officer, it does not type an id. */
function peopleRoutes(app: App, { platform }: ScreenDeps): void {
  app.get(
    '/api/access/colleagues',
    { config: { action: 'situation.read' }, schema: { tags: ['access'], response: { 200: z.object({ items: z.array(colleague), authorities: z.array(body) }) } } },
    async (request) => {
      const { authorityId } = request.actor;
      const authorities = (await allAuthorities(platform.db)).map((one) => ({ authorityId: one.authorityId, zh: one.nameZh, en: one.nameEn }));
      if (authorityId === undefined) return { items: [], authorities };
      const people = await colleaguesOf(platform.db, authorityId, dayOf(platform.clock.now()));
      const items = people.filter(({ roles, deputising }) => deputising.length > 0 || roles.some((role) => ROLES[role].side === 'official')).map(({ accountId, name, roles, deputising }) => ({
        accountId, name, roles: [...roles], deputising: deputising.map(({ role, principal }) => ({ role, for: principal.name })),
      }));
      return { items, authorities };
    },
  );
}

const risk = z.object({
  deadlineId: z.string(), clockId: z.string(), title: texts, article: z.string(), holder: z.string(), dueAt: z.string(), workingDaysLeft: z.number(),
  overdue: z.boolean(), paused: z.boolean(), provisional: z.boolean(), subjectKind: z.string(), subjectId: z.string(), unitId: z.string(), unitName: z.string(), about: texts,
});
const situationReply = z.object({
  now: z.string(), frames: z.number(), devices: z.object({ known: z.number(), silent: z.number() }),
  clues: z.record(z.string(), z.number()), cases: z.record(z.string(), z.number()), deadlines: z.array(risk),
});

type Subject = { readonly unitId: string; readonly unitName: string; readonly about: { readonly zh: string; readonly en: string } };
const SHOWN = 60;

const isClock = (id: string): id is ClockId => CLOCK_IDS.some((one) => one === id);

/** Whose matter a clock belongs to, when the actor may see it; undefined otherwise. */
async function subjectOf(deps: ScreenDeps, actor: Actor, row: Deadline, cases: ReadonlyMap<string, Subject>): Promise<Subject | undefined> {
  const { db } = deps.platform;
  const unitName = (id: string) => deps.registry.current().unit(asId(id))?.name ?? id;
  if (row.subjectKind === 'case') return cases.get(row.subjectId);
  if (row.subjectKind === 'clue') {
    const clue = await findClue(db, asId<ClueId>(row.subjectId));
    if (clue === undefined || refusalFor(actor, 'clue.read', clue) !== undefined) return undefined;
    return { unitId: clue.unitId, unitName: unitName(clue.unitId), about: { zh: clue.sentenceZh, en: clue.sentenceEn } };
  }
  if (row.subjectKind === 'sheet') {
    const sheet = await findSheet(db, asId<SheetId>(row.subjectId));
    if (sheet === undefined || refusalFor(actor, 'supervision.read', sheet) !== undefined) return undefined;
    return { unitId: sheet.unitId, unitName: unitName(sheet.unitId), about: { zh: sheet.sentenceZh, en: sheet.sentenceEn } };
  }
  if (row.subjectKind === 'register-dispute') {
    const dispute = await findDispute(db, row.subjectId);
    if (dispute === undefined || refusalFor(actor, 'register.disputes', dispute) !== undefined) return undefined;
    return { unitId: dispute.unitId, unitName: unitName(dispute.unitId), about: { zh: `登记值 ${dispute.registered} 的异议：${dispute.reason}`, en: `dispute of the registered value ${dispute.registered}: ${dispute.reason}` } };
  }
  if (row.subjectKind === MATTER_SUBJECT) {
    const matter = await findMatter(db, row.subjectId);
    if (matter === undefined || refusalFor(actor, 'register.device-matters', matter) !== undefined) return undefined;
    const { zh, en } = MATTER_RULES[matter.kind];
    return { unitId: matter.unitId, unitName: unitName(matter.unitId), about: { zh: `${zh} ${matter.device}：${matter.reason}`, en: `${en} ${matter.device}: ${matter.reason}` } };
  }
  if (row.subjectKind === 'data-truthing') {
    const task = await findTask(db, row.subjectId);
    if (task === undefined || refusalFor(actor, 'truthing.read', task) !== undefined) return undefined;
    return { unitId: task.unitId, unitName: unitName(task.unitId), about: { zh: `数据归真：${task.what}`, en: `putting data right: ${task.what}` } };
  }
  return undefined;
}

async function risks(deps: ScreenDeps, actor: Actor, region: RegionKey): Promise<z.infer<typeof risk>[]> {
  const { db, clock } = deps.platform;
  const now = clock.now();
  const rows = await openDeadlines(db, 400);
  const unitName = (id: string) => deps.registry.current().unit(asId(id))?.name ?? id;
  const open = await listCases(db, visibilityOf(actor, 'case.read'), { open: true, limit: 500 });
  const cases = new Map(open.map((row): [string, Subject] => {
    const state = STATE_TITLES[row.mainState as AnyState];
    return [row.caseId, { unitId: row.unitId, unitName: unitName(row.unitId), about: { zh: `${row.caseNo} ${state.zh}`, en: `${row.caseNo} ${state.en}` } }];
  }));
  const shown: z.infer<typeof risk>[] = [];
  for (const row of rows) {
    if (shown.length >= SHOWN) break;
    const subject = await subjectOf(deps, actor, row, cases);
    if (subject === undefined) continue;
    const rule = isClock(row.clockId) ? deps.law.clock(row.clockId, region, dayOf(instant(row.startedAt))) : undefined;
    // Before what may not be done yet nothing is at risk.
    if (rule?.effect === 'EARLIEST') continue;
    shown.push({
      deadlineId: row.deadlineId, clockId: row.clockId, title: rule?.title ?? { zh: row.clockId, en: row.clockId }, article: row.article, holder: row.holder,
      dueAt: toRfc3339(instant(row.dueAt)), workingDaysLeft: workingDaysBetween(deps.law.calendar, dayOf(now), dayOf(instant(row.dueAt - 1))),
      // Only a broken duty is overdue; a right that lapsed is not.
      overdue: (rule?.effect ?? 'OVERDUE') === 'OVERDUE' && row.dueAt < now, paused: row.state === 'PAUSED', provisional: row.provisional,
      subjectKind: row.subjectKind, subjectId: row.subjectId, ...subject,
    });
  }
  return shown;
}

/** 一屏: counted from the modules' own faces at the moment of asking, for what the actor may see. */
function situationRoutes(app: App, deps: ScreenDeps): void {
  app.get(
    '/api/situation',
    { config: { action: 'situation.read' }, schema: { tags: ['situation'], response: { 200: situationReply } } },
    async ({ actor }) => {
      const { db, clock } = deps.platform;
      const [last, devices, clues, cases, deadlines] = await Promise.all([
        lastSeq(db), countDevices(db, deps.law, deps.registry.current(), clock.now()), cluesByState(db, visibilityOf(actor, 'clue.read')), casesByState(db, visibilityOf(actor, 'case.read')),
        risks(deps, actor, actor.region),
      ]);
      return { now: toRfc3339(clock.now()), frames: last + 1, devices, clues, cases, deadlines };
    },
  );
}

const role = texts.extend({ role: z.string() });
const queuesReply = z.object({
  /** Enforcement leads the daily work (江苏办法 第六条). */
  lead: z.array(z.string()),
  items: z.array(z.object({
    owners: z.array(role), people: z.array(z.string()), queues: z.array(texts.extend({ room: z.enum(ROOMS), waiting: z.number() })),
  })),
});

/** Which queue is whose: by the tables that let people act, with the people of the actor's own authority. */
function queueRoutes(app: App, deps: ScreenDeps): void {
  const { db } = deps.platform;
  app.get('/api/queues', { config: { action: 'situation.read' }, schema: { tags: ['situation'], response: { 200: queuesReply } } }, async ({ actor }) => {
    const named = async (roles: readonly Role[]) => {
      const { authorityId } = actor;
      const found = authorityId === undefined ? [] : await colleaguesOf(db, authorityId, dayOf(deps.platform.clock.now()));
      return found.filter((one) => roles.some((role) => actsAs(one, role))).map((one) => one.name);
    };
    const [sheets, hints, clues, cases] = await Promise.all([
      sheetsByState(db, visibilityOf(actor, 'supervision.read')), openHints(db, visibilityOf(actor, 'supervision.read')), clueQueues(db, visibilityOf(actor, 'clue.read')), casesByState(db, visibilityOf(actor, 'case.read')),
    ]);
    const items = await Promise.all(queuesOf({ sheets, hints, clues, cases }).map(async ({ owners, queues }) => ({
      owners: owners.map((one) => ({ role: one, zh: ROLES[one].zh, en: ROLES[one].en })), people: await named(owners), queues: [...queues],
    })));
    return { lead: await named(['enforcement-lead']), items };
  });
}

/** What the workbench shows that belongs to no single module: the law as lines, people to name, the situation. */
export function screenRoutes(app: App, deps: ScreenDeps): void {
  lawRoutes(app, deps.law);
  peopleRoutes(app, deps);
  situationRoutes(app, deps);
  queueRoutes(app, deps);
}
