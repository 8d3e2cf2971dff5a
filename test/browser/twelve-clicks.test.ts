import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOUR } from '#kernel';
import { emit } from '#platform/outbox';
import { handOn } from '../../src/app/hand-on.ts';
import { openStage, type Stage, type Visit } from './stage.ts';

const OUTFALL = 'QY0001-DA001';
const CLUE = `${OUTFALL}.1`;
const CLAIM = { zh: '氮氧化物小时折算浓度连续 6 小时超过限值 50 mg/m3', en: 'NOx: hourly converted mean over the limit of 50 mg/m3 for 6 h' };

interface Effort {
  readonly clicks: number;
  readonly typed: number;
}

/** Counts what the person really does in this browser: clicks, and characters put into any field. */
async function counting(visit: Visit): Promise<Visit> {
  await visit.page.addInitScript(() => {
    const here = globalThis as unknown as { sessionStorage: { getItem(key: string): string | null; setItem(key: string, value: string): void }; addEventListener(type: string, listener: (event: { isTrusted: boolean }) => void, capture: boolean): void };
    const add = (key: string) => here.sessionStorage.setItem(key, String(Number(here.sessionStorage.getItem(key) ?? 0) + 1));
    here.addEventListener('click', (event) => void (event.isTrusted && add('clicks')), true);
    here.addEventListener('beforeinput', () => add('typed'), true);
  });
  return visit;
}
const effortOf = ({ page }: Visit): Promise<Effort> =>
  page.evaluate(() => {
    const { sessionStorage } = globalThis as unknown as { sessionStorage: { getItem(key: string): string | null } };
    return { clicks: Number(sessionStorage.getItem('clicks') ?? 0), typed: Number(sessionStorage.getItem('typed') ?? 0) };
  });

describe('从清楚的超标线索到立案', { timeout: 240_000 }, () => {
  let stage: Stage;
  const visit = async (login: string): Promise<Visit> => counting(await stage.visit({ login, width: 1440, language: 'zh' }));
  const tell = async (type: string, subject: string, payload: object): Promise<void> => {
    await stage.domain.platform.db.transaction().execute((tx) => emit(tx, stage.clock, { type, subject, payload: payload as never }));
    while ((await handOn(stage.domain)) > 0);
  };

  beforeAll(async () => {
    stage = await openStage();
    const now = stage.clock.now();
    const period = { from: now - 120 * HOUR, to: now - 114 * HOUR };
    await tell('clue.raised', CLUE, { clueId: CLUE, outfall: OUTFALL, unit: 'QY0001', tier: 'WORK_ORDER', factors: ['a21002'], sentence: CLAIM, period, models: [{ model: 'B01', version: '1.0.0' }] });
  }, 240_000);
  afterAll(async () => {
    await stage?.close();
  });

  it('研判、承办、审批三人从打开线索、案件清单到立案合计不超过十二次点击，没有一个字须键入；技术审核员逐项确认另计，每项三次点击（认定、打开、选定证明）加六次', async () => {
    const panel = await visit('panel');
    await panel.go('/clues');
    await panel.page.getByText(CLAIM.zh).first().click();
    await panel.page.getByRole('button', { name: '列入清单' }).click();
    await panel.page.getByRole('button', { name: /确\s*定/ }).click();
    await panel.page.getByText('已列入清单').first().waitFor();

    // The technical reviewer: takes the review and assesses everything open on his track in one dialog.
    const listed = await (await visit('panel-lead')).page.context().request.post(`${stage.base}/api/review/lists`);
    expect(listed.status(), await listed.text()).toBe(200);
    const reviewer = await visit('review-tech');
    await reviewer.go('/reviews');
    await reviewer.page.getByText(CLAIM.zh).first().click();
    await reviewer.page.getByRole('button', { name: '受理审核' }).click();
    await reviewer.page.getByRole('dialog', { name: '受理审核' }).getByRole('button', { name: /确\s*定/ }).click();
    await reviewer.page.getByRole('dialog').waitFor({ state: 'detached' });
    const all = reviewer.page.getByRole('button', { name: '逐项确认', exact: false });
    await all.click();
    const dialog = reviewer.page.getByRole('dialog');
    const open = await dialog.getByRole('radiogroup').count();
    expect(open).toBeGreaterThan(0);
    await dialog.locator('input[type=file]').setInputFiles({ name: '核验记录.txt', mimeType: 'text/plain', buffer: Buffer.from('核验记录') });
    await dialog.getByText('SHA-256', { exact: false }).waitFor();
    const notes = dialog.getByRole('textbox', { name: '依据和说明', exact: false });
    for (let i = 0; i < open; i++) {
      await dialog.getByRole('radiogroup').nth(i).getByLabel('✓ 符合').check();
      await notes.nth(i).fill('已与原始记录核对，符合要求。');
      await dialog.getByLabel('证明的记录或者文件', { exact: false }).nth(i).click();
      await reviewer.page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden)').getByText('核验记录.txt').click();
      await reviewer.page.keyboard.press('Escape');
    }
    expect(await reviewer.axe()).toEqual([]);
    await dialog.getByRole('button', { name: /确\s*定/ }).click();
    await all.waitFor({ state: 'detached' });
    const review = await effortOf(reviewer);
    expect(review.clicks, `${open} items`).toBeLessThanOrEqual(3 * open + 6);
    expect(reviewer.errors).toEqual([]);

    // The review group has passed the data and hands the matter over.
    const now = stage.clock.now();
    const period = { from: now - 120 * HOUR, to: now - 114 * HOUR };
    await tell('clue.handed_over', CLUE, {
      clueId: CLUE, reviewId: 'rev-clicks', unit: 'QY0001', outfall: OUTFALL, groupId: 'JS-QC', region: 'jiangsu', facts: CLAIM, factors: ['a21002'], period,
      violations: ['AIR_EXCEED'], evidence: { frames: [], materials: [] }, handedOverAt: now - HOUR, handedOverBy: 'demo-review-lead',
    });

    const officer = await visit('officer');
    await officer.go('/cases');
    await officer.page.getByText('待立案').first().click();
    await officer.page.getByRole('button', { name: '呈批立案' }).click();
    await officer.page.getByLabel('事实', { exact: true }).waitFor();
    await officer.page.getByTitle('吴听澜').waitFor();
    await officer.page.getByRole('button', { name: '以上各项均为“是”' }).click();
    await officer.page.getByRole('button', { name: '办理：呈批立案' }).click();
    await officer.page.getByText('立案审批中').first().waitFor();

    const lead = await visit('enforcement');
    await lead.go('/cases');
    await lead.page.getByText('立案审批中').first().click();
    await lead.page.getByRole('button', { name: '批准立案' }).click();
    await lead.page.getByRole('button', { name: '填入：同意立案。' }).click();
    await lead.page.getByRole('button', { name: '办理：批准立案' }).click();
    await lead.page.getByText('还缺', { exact: false }).first().waitFor();

    const efforts = await Promise.all([panel, officer, lead].map(effortOf));
    expect(efforts.map((one) => one.typed)).toEqual([0, 0, 0]);
    expect(efforts.map((one) => one.clicks)).toEqual([3, 4, 4]);
    expect(efforts.reduce((sum, one) => sum + one.clicks, 0)).toBeLessThanOrEqual(12);

    // What was filed is what the clue said, word for word.
    const answer = await officer.page.context().request.get(`${stage.base}/api/cases?limit=10`);
    const { items } = (await answer.json()) as { items: { caseId: string; mainState: string }[] };
    expect(items[0]?.mainState).toBe('INVESTIGATING');
    const page = (await (await officer.page.context().request.get(`${stage.base}/api/cases/${encodeURIComponent(items[0]?.caseId ?? '')}`)).json()) as { state: { filing: { facts: string; violation: string } } };
    expect(page.state.filing).toMatchObject({ facts: CLAIM.zh, violation: 'AIR_EXCEED' });
    expect([...panel.errors, ...officer.errors, ...lead.errors].filter((line) => !line.includes('/api/analysis/clues/'))).toEqual([]);
  });
});
