import { z } from 'zod';
import { visibilityOf, visibleRows, type Action, type Actor } from '#access';
import { caseHeads, STATE_TITLES, type AnyState } from '#cases';
import { findPublication } from '#disclosure';
import { asId, dayOf, instant, toRfc3339, type CaseId, type ClueId, type Instant, type RegionKey, type SheetId } from '#kernel';
import { CLOCK_IDS, DAY_KINDS, pressingClocks, termLeft, type ClockId, type ClockRule, type Law } from '#law';
import type { PlatformDeps } from '#platform';
import { sql, type Database } from '#platform/db';
import { countDeadlines, nearestDeadlines, openDeadlines, type Deadline } from '#platform/deadlines';
import { findTask } from '#quality';
import { findDispute, findMatter, MATTER_RULES, MATTER_SUBJECT, type LiveRegistry } from '#register';
import { findClue } from '#review';
import { findSheet, sheetsOfClues } from '#supervision';

export interface RiskDeps {
  readonly platform: PlatformDeps;
  readonly law: Law;
  readonly registry: LiveRegistry;
}

const texts = z.object({ zh: z.string(), en: z.string() });

/** A running clock as people read it. `workingDaysLeft`, by the law's calendar and negative when it ran out, only of terms that count working days. */
export const clockReply = z.object({
  clockId: z.string(), title: texts, article: z.string(), holder: z.string(), dueAt: z.string(), dayKind: z.enum(DAY_KINDS), workingDaysLeft: z.number().optional(),
  overdue: z.boolean(), paused: z.boolean(), provisional: z.boolean(),
});
export const riskReply = clockReply.extend({ deadlineId: z.string(), subjectKind: z.string(), subjectId: z.string(), unitId: z.string(), unitName: z.string(), about: texts });
type ShownClock = z.infer<typeof clockReply>;

/** Kinds of matters that clocks run on: the right to see them, and what they are about. */
const SUBJECTS: Readonly<Record<string, { readonly action: Action; about(db: Database, id: string): Promise<(z.infer<typeof texts> & { readonly party?: string | null }) | undefined> }>> = {
  case: {
    action: 'case.read',
    about: async (db, id) => {
      const [head] = await caseHeads(db, [asId<CaseId>(id)]);
      const state = head && STATE_TITLES[head.mainState as AnyState];
      return head && state && { zh: `${head.caseNo} ${state.zh}`, en: `${head.caseNo} ${state.en}`, party: head.partyName };
    },
  },
  clue: {
    action: 'clue.read',
    about: async (db, id) => {
      const clue = await findClue(db, asId<ClueId>(id));
      return clue && { zh: clue.sentenceZh, en: clue.sentenceEn };
    },
  },
  sheet: {
    action: 'supervision.read',
    about: async (db, id) => {
      const sheet = await findSheet(db, asId<SheetId>(id));
      return sheet && { zh: sheet.sentenceZh, en: sheet.sentenceEn };
    },
  },
  'register-dispute': {
    action: 'register.disputes',
    about: async (db, id) => {
      const dispute = await findDispute(db, id);
      return dispute && { zh: `登记值 ${dispute.registered} 的异议：${dispute.reason}`, en: `dispute of the registered value ${dispute.registered}: ${dispute.reason}` };
    },
  },
  [MATTER_SUBJECT]: {
    action: 'register.device-matters',
    about: async (db, id) => {
      const matter = await findMatter(db, id);
      return matter && { zh: `${MATTER_RULES[matter.kind].zh} ${matter.device}：${matter.reason}`, en: `${MATTER_RULES[matter.kind].en} ${matter.device}: ${matter.reason}` };
    },
  },
  'data-truthing': {
    action: 'truthing.read',
    about: async (db, id) => {
      const task = await findTask(db, id);
      return task && { zh: `数据归真：${task.what}`, en: `putting data right: ${task.what}` };
    },
  },
  publication: {
    action: 'disclosure.read',
    about: async (db, id) => ((await findPublication(db, { publicationId: id })) === undefined ? undefined : { zh: '撤回处罚决定的公开', en: 'withdrawal of a published decision' }),
  },
};

const isClock = (id: string): id is ClockId => CLOCK_IDS.some((one) => one === id);

const ruleOf = (law: Law, clockId: string, region: RegionKey, at: Instant): ClockRule | undefined => (isClock(clockId) ? law.clock(clockId, region, dayOf(at)) : undefined);

function showClock({ law }: RiskDeps, row: Deadline, region: RegionKey, now: Instant): ShownClock {
  const rule = ruleOf(law, row.clockId, region, instant(row.startedAt));
  return {
    clockId: row.clockId, title: rule?.title ?? { zh: row.clockId, en: row.clockId }, article: row.article, holder: row.holder,
    dueAt: toRfc3339(instant(row.dueAt)), ...termLeft(law.calendar, row, now),
    overdue: (rule?.effect ?? 'OVERDUE') === 'OVERDUE' && row.state === 'OPEN' && row.dueAt < now, paused: row.state === 'PAUSED', provisional: row.provisional,
  };
}

/** Which clocks the actor may see: by the kind of the matter, from the same table that opens its page. */
function visibleClocks(actor: Actor) {
  const owner = { unit: 'unit_id', authority: 'authority_id' };
  const kinds = Object.entries(SUBJECTS).map(([kind, { action }]) => sql`(subject_kind = ${kind} AND ${visibleRows(visibilityOf(actor, action), owner)})`);
  return sql<boolean>`(${sql.join(kinds, sql` OR `)})`;
}

/** Running clocks the actor may see, the first to run out first, and how many there are and are broken in all. */
export async function risksOf(deps: RiskDeps, actor: Actor, limit: number): Promise<{ items: z.infer<typeof riskReply>[]; running: number; overdue: number }> {
  const { db, clock } = deps.platform;
  const now = clock.now();
  const filter = { visible: visibleClocks(actor), ...pressingClocks(deps.law, actor.region, now) };
  const [rows, { running, late }] = await Promise.all([openDeadlines(db, filter, limit), countDeadlines(db, filter)]);
  const items = await Promise.all(rows.map(async (row) => {
    const { party, ...about } = (await SUBJECTS[row.subjectKind]?.about(db, row.subjectId)) ?? { zh: row.subjectId, en: row.subjectId, party: null };
    return {
      ...showClock(deps, row, actor.region, now), deadlineId: row.deadlineId, subjectKind: row.subjectKind, subjectId: row.subjectId, unitId: row.unitId,
      unitName: party ?? deps.registry.current().unit(asId(row.unitId))?.name ?? row.unitId, about,
    };
  }));
  return { items, running, overdue: late };
}

/** The next clock of each matter of a list, for what the actor may see of it; a clue under supervision has that of its sheet. */
export async function nextClocks(deps: RiskDeps, actor: Actor, kind: string, ids: readonly string[]): Promise<Record<string, ShownClock>> {
  const { db, clock } = deps.platform;
  const now = clock.now();
  const filter = { visible: visibleClocks(actor), ...pressingClocks(deps.law, actor.region, now) };
  const found = await nearestDeadlines(db, filter, kind, ids);
  if (kind === 'clue') {
    const sheets = await sheetsOfClues(db, ids.filter((id) => !found.has(id)));
    const clocks = await nearestDeadlines(db, filter, 'sheet', [...new Set(sheets.values())]);
    for (const [clueId, sheetId] of sheets) {
      const row = clocks.get(sheetId);
      if (row !== undefined) found.set(clueId, row);
    }
  }
  return Object.fromEntries([...found].map(([id, row]) => [id, showClock(deps, row, actor.region, now)]));
}
