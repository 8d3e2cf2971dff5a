import { z } from 'zod';
import { actsAs, allAuthorities, can, colleaguesOf, ROLES, visibilityOf, type Role } from '#access';
import { countByState as casesByState } from '#cases';
import { countDevices, lastSeq } from '#ingest';
import { dayOf, toRfc3339 } from '#kernel';
import { correspondences, lawBrowser, PENALTY_TITLES, type Law, type LegalBasis } from '#law';
import type { PlatformDeps } from '#platform';
import type { App } from '#platform/http';
import type { LiveRegistry } from '#register';
import { clueQueues, countByState as cluesByState, openByUnit, type ReviewDeps } from '#review';
import { countByState as sheetsByState, openHints, type SupervisionDeps } from '#supervision';
import { deliveryDutiesOf, deliveryDutiesReply } from './delivery-duties.ts';
import { queuesOf, ROOMS } from './queues.ts';
import { clockReply, nextClocks, riskReply, risksOf } from './risks.ts';
import { englishWords } from './english-words.ts';
import { unverifiedLaw, unverifiedReply } from './unverified-law.ts';

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
const basis = z.object({
  instrument: z.string(), article: z.string(), broken: z.string().nullable(), penalties: z.array(texts), fine: z.object({ min: z.number(), max: z.number() }).nullable(), personalFine: z.object({ min: z.number(), max: z.number() }).nullable(),
  validFrom: z.string(), validTo: z.string().nullable(), verified: z.boolean(),
});
const lawReply = z.object({
  /** Old and new article of each violation side by side, and which weighs lighter by its figures. */
  successions: z.array(texts.extend({ violation: z.string(), change: z.enum(['LIGHTER', 'HEAVIER', 'SAME', 'CANNOT_TELL']), old: basis, next: basis })),
  digest: z.string(), items: z.array(lawItem),
  /** English names of the texts that bases of law name. */
  instruments: z.array(texts), regions: z.array(texts.extend({ key: z.string() })),
  codes: z.array(z.object({ id: z.string(), title: texts, regions: z.array(z.string()).nullable(), codes: z.array(z.object({ code: z.string(), title: texts })) })),
});

const showBasis = ({ instrument, article, broken, penalties, fine, personalFine, validFrom, validTo, verified }: LegalBasis): z.infer<typeof basis> => ({
  instrument, article, broken: broken ?? null, penalties: penalties.map((kind) => PENALTY_TITLES[kind]), fine: fine ?? null, personalFine: personalFine ?? null, validFrom, validTo: validTo ?? null, verified,
});

function lawRoutes(app: App, law: Law): void {
  const successions = law.data.violations.flatMap((violation) =>
    correspondences(violation).map(({ old, next, change }) => ({ violation: violation.key, ...violation.title, change, old: showBasis(old), next: showBasis(next) })));
  const items = lawBrowser(law).map((entry) => ({ ...entry, validTo: entry.validTo ?? null, note: entry.note ?? null }));
  const codes = law.data.codes.map((list) => ({ id: list.key, title: list.title, regions: list.regions ?? null, codes: list.codes.map(({ code, title }) => ({ code, title })) }));
  const instruments = englishWords(law);
  const regions = law.data.regions.map(({ key, title }) => ({ key, ...title }));
  app.get('/api/law', { config: { action: 'law.read' }, schema: { tags: ['law'], response: { 200: lawReply } } }, async () => ({ digest: law.digest, items, successions, instruments, regions, codes }));
  const unverified = unverifiedLaw(law);
  app.get('/api/law/unverified', { config: { action: 'law.unverified' }, schema: { tags: ['law'], response: { 200: unverifiedReply } } }, async () => unverified);
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

const situationReply = z.object({
  now: z.string(), frames: z.number(), devices: z.object({ known: z.number(), never: z.number(), awaited: z.number(), silent: z.number() }),
  clues: z.record(z.string(), z.number()), cases: z.record(z.string(), z.number()),
  /** The clocks that run out first; how many run and are broken in all. */
  deadlines: z.object({ items: z.array(riskReply), running: z.number(), overdue: z.number() }),
});

const RISKS_SHOWN = 60;

/** 一屏: counted from the modules' own faces at the moment of asking, for what the actor may see. */
function situationRoutes(app: App, deps: ScreenDeps): void {
  app.get(
    '/api/situation',
    { config: { action: 'situation.read' }, schema: { tags: ['situation'], response: { 200: situationReply } } },
    async ({ actor }) => {
      const { db, clock } = deps.platform;
      const [last, devices, clues, cases, deadlines] = await Promise.all([
        lastSeq(db), countDevices(db, deps.law, deps.registry.current(), clock.now(), visibilityOf(actor, 'situation.read')), cluesByState(db, visibilityOf(actor, 'clue.read')), casesByState(db, visibilityOf(actor, 'case.read')),
        risksOf(deps, actor, RISKS_SHOWN),
      ]);
      return { now: toRfc3339(clock.now()), frames: last + 1, devices, clues, cases, deadlines };
    },
  );
}

const mapReply = z.object({ items: z.array(z.object({ unitId: z.string(), name: z.string(), lat: z.number(), lon: z.number(), open: z.number(), tier: z.string().nullable() })) });

/** Every unit of the actor's area that has a place, with its open clues: the map leaves none out. */
function mapRoutes(app: App, deps: ScreenDeps): void {
  app.get('/api/situation/units', { config: { action: 'situation.read' }, schema: { tags: ['situation'], response: { 200: mapReply } } }, async ({ actor }) => {
    await deps.registry.refresh();
    const registry = deps.registry.current();
    const open = new Map((await openByUnit(deps.platform.db, visibilityOf(actor, 'clue.read'))).map((row) => [row.unitId, row]));
    const items = registry.data.units.flatMap(({ unit, name, lat, lon }) => {
      if (lat === undefined || lon === undefined || !can(actor, 'register.read', { unitId: unit, authorityId: registry.authorityOf(unit) })) return [];
      const own = open.get(unit);
      return [{ unitId: unit, name, lat, lon, open: own?.open ?? 0, tier: own?.tier ?? null }];
    });
    return { items };
  });
}

const clocksQuery = z.object({
  kind: z.enum(['case', 'clue', 'sheet']),
  ids: z.string().max(20_000).transform((text) => text.split(',').slice(0, 200)),
});

/** The next clock of each matter of a list: article, what is left, who holds it. */
function clockRoutes(app: App, deps: ScreenDeps): void {
  app.get(
    '/api/situation/clocks',
    { config: { action: 'situation.read' }, schema: { tags: ['situation'], querystring: clocksQuery, response: { 200: z.object({ items: z.record(z.string(), clockReply) }) } } },
    async ({ actor, query }) => ({ items: await nextClocks(deps, actor, query.kind, query.ids) }),
  );
}

const role = texts.extend({ role: z.string() });
const queuesReply = z.object({
  /** Enforcement leads the daily work (江苏办法 第六条). */
  lead: z.array(z.string()),
  items: z.array(z.object({
    owners: z.array(role), people: z.array(z.string()), queues: z.array(texts.extend({ room: z.enum(ROOMS), waiting: z.number() })),
  })),
  papers: deliveryDutiesReply,
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
    const [papers, sheets, hints, clues, cases] = await Promise.all([
      deliveryDutiesOf(deps, actor), sheetsByState(db, visibilityOf(actor, 'supervision.read')), openHints(db, visibilityOf(actor, 'supervision.read')), clueQueues(db, visibilityOf(actor, 'clue.read')), casesByState(db, visibilityOf(actor, 'case.read')),
    ]);
    const items = await Promise.all(queuesOf({ sheets, hints, clues, cases }).map(async ({ owners, queues }) => ({
      owners: owners.map((one) => ({ role: one, zh: ROLES[one].zh, en: ROLES[one].en })), people: await named(owners), queues: [...queues],
    })));
    return { lead: await named(['enforcement-lead']), items, papers };
  });
}

/** What the workbench shows that belongs to no single module: the law as lines, people to name, the situation. */
export function screenRoutes(app: App, deps: ScreenDeps): void {
  lawRoutes(app, deps.law);
  peopleRoutes(app, deps);
  situationRoutes(app, deps);
  mapRoutes(app, deps);
  clockRoutes(app, deps);
  queueRoutes(app, deps);
}
