import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEMO_PASSWORD } from '#access';
import { DAY, HOUR } from '#kernel';
import { playDemo, type Cast } from '#sim/people/demo';
import type { CasePage, CaseRow, ClueRow, Page, SheetRow, UnitFile } from '#sim/people/shapes';
import { openWorld, type World } from './chain-world.ts';

/** Looks of one office day; nobody works at the hours between. */
const LOOKS = [9, 12.5, 17] as const;
/** Enough for whoever takes longest over each step; it ends when a case is archived. */
const DAYS = 90;

describe('演示人员 the cast of the demonstration', { timeout: 900_000 }, () => {
  let world: World;
  let cast: Cast;
  const open = () => playDemo({ base: world.base, password: DEMO_PASSWORD, now: () => world.clock.now() });
  beforeAll(async () => {
    world = await openWorld();
    await world.settle();
    cast = await open();
  }, 600_000);
  afterAll(() => world?.drop());

  it('[JS-20.2][JS-18.2] 各岗位只凭界面所见依法前行：数周后有案归档，线索都有出路，忘掉一切重来也不重复', async () => {
    for (let k = 0; k < 11; k++) {
      await world.live(4);
      await cast.act();
    }
    const midnight = Date.parse('2026-03-12T00:00:00+08:00');
    const refused: string[] = [];
    const isArchived = async () => (await world.scene.as('head').get<Page<CaseRow>>('/api/cases?state=ARCHIVED')).items.length > 0;
    for (let day = 0; day < DAYS && !(await isArchived()); day++) {
      if (new Date(midnight + day * DAY + 8 * HOUR).getUTCDay() % 6 === 0) continue;
      for (const hour of LOOKS) {
        await world.wait(midnight + day * DAY + hour * HOUR - world.clock.now());
        await cast.act();
      }
      // On some evenings everybody forgets everything: what was done stands on the server.
      if (day % 9 !== 5) continue;
      refused.push(...cast.diary.refused.map((r) => `${r.who} ${r.what} ${r.why}`));
      cast = await open();
    }
    refused.push(...cast.diary.refused.map((r) => `${r.who} ${r.what} ${r.why}`));
    const look = world.scene.as('head');
    const [cases, clues, sheets] = await Promise.all([
      look.get<Page<CaseRow>>('/api/cases'), look.get<Page<ClueRow>>('/api/review/clues?limit=200'), look.get<Page<SheetRow>>('/api/supervision/sheets?limit=200'),
    ]);
    const story = JSON.stringify([cases.items.map((c) => c.mainState), clues.items.map((c) => `${c.clueId} ${c.state}`), sheets.items.map((s) => s.state)]);
    expect(refused, story).toEqual([]);
    // Each unit filed the reports behind what it had used before it was connected, each once.
    const units = await look.get<{ items: { unitId: string }[] }>('/api/units?limit=200');
    const permits = (await Promise.all(units.items.map(({ unitId }) => look.get<UnitFile>(`/api/units/${unitId}`)))).flatMap((unit) => unit.outfallPages.flatMap((outfall) => outfall.permits));
    const used = permits.filter(({ usedBeforeStartKg }) => usedBeforeStartKg > 0);
    expect(used.length).toBeGreaterThan(0);
    expect(used.filter(({ report }) => report === null)).toEqual([]);
    const archived = cases.items.find((c) => c.mainState === 'ARCHIVED');
    expect(archived, story).toBeDefined();
    const page = await look.get<CasePage>(`/api/cases/${archived?.caseId}`);
    expect(page.clocks.filter((c) => c.overdue)).toEqual([]);
    // What was handed in is each time a file of its own, made for its own act.
    const files = page.state.evidence.flatMap(({ title, source }) => (source.from === 'FILE' ? [{ title, sha256: source.sha256 }] : []));
    expect(files.length).toBeGreaterThan(2);
    expect(new Set(files.map((file) => file.sha256)).size).toBe(files.length);
    // The order to correct came before what was done about it was weighed, and the decision refers to it.
    const steps = page.timeline.map((t) => t.step);
    expect(steps.indexOf('CHECK_RECTIFICATION')).toBeGreaterThan(-1);
    expect(steps.indexOf('CHECK_RECTIFICATION')).toBeLessThan(steps.indexOf('SET_DISCRETION'));
    // Each step once: a cast that forgot did not file or decide a second time.
    for (const step of ['PROPOSE_FILING', 'RECORD_INQUIRY', 'DECIDE', 'REGISTER_PAYMENT', 'ARCHIVE']) expect(page.timeline.filter((t) => t.step === step), step).toHaveLength(1);
    expect(sheets.items.filter((s) => s.state === 'FEEDBACK_RECEIVED'), story).toEqual([]);
  });
});
