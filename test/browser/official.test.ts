import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOUR } from '#kernel';
import { emit } from '#platform/outbox';
import { handOn } from '../../src/app/hand-on.ts';
import { openStage, overflow, type Stage, type Visit } from './stage.ts';

const OUTFALL = 'QY0001-DA001';
const CLUE = `${OUTFALL}.1`;
const CLAIM = { zh: '氮氧化物小时折算浓度连续 6 小时超过限值 50 mg/m3', en: 'NOx: hourly converted mean over the limit of 50 mg/m3 for 6 h' };
const ROOMS = [
  '/', '/clues', `/clues/${CLUE}`, '/sheets', '/sheets/held', '/sheets/quotas', '/sheets/hints', '/sheets/talks', '/units/QY0001/file', '/reviews', `/reviews/${CLUE}`, '/cases', '/units', '/units/devices', '/units/QY0001', `/outfalls/${OUTFALL}`, '/models', '/models/C01', '/law', '/evidence', '/devices', '/admin',
];

describe('执法工作台 the official workbench', { timeout: 240_000 }, () => {
  let stage: Stage;
  const visit = (login: string, width = 1440, language: 'zh' | 'en' = 'zh'): Promise<Visit> => stage.visit({ login, width, language });
  const tell = async (type: string, subject: string, payload: object): Promise<void> => {
    await stage.domain.platform.db.transaction().execute((tx) => emit(tx, stage.clock, { type, subject, payload: payload as never }));
    while ((await handOn(stage.domain)) > 0);
  };

  beforeAll(async () => {
    stage = await openStage();
    const now = stage.clock.now();
    const period = { from: now - 120 * HOUR, to: now - 114 * HOUR };
    const models = [{ model: 'B01', version: '1.0.0' }];
    await tell('clue.raised', CLUE, { clueId: CLUE, outfall: OUTFALL, unit: 'QY0001', tier: 'WORK_ORDER', factors: ['a21002'], sentence: CLAIM, period, models });
    // A second matter of the same unit is already with enforcement: the review's part is shown by its own tests.
    await tell('clue.handed_over', `${OUTFALL}.0`, {
      clueId: `${OUTFALL}.0`, reviewId: 'rev-1', unit: 'QY0001', outfall: OUTFALL, groupId: 'JS-QC', region: 'jiangsu', facts: CLAIM, factors: ['a21002'], period,
      violations: ['AIR_EXCEED'], evidence: { frames: [], materials: [] }, handedOverAt: now - HOUR, handedOverBy: 'demo-review-lead',
    });
  }, 240_000);
  afterAll(async () => {
    await stage?.close();
  });

  it('[JS-10] the panel finds a clue by keys, sees why it was raised, and lists it', async () => {
    const { page, errors, go, axe } = await visit('panel');
    await go('/clues');
    await page.getByText(CLAIM.zh).first().waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.getByText(`「${CLAIM.zh}」`).waitFor();
    expect(page.url()).toContain(`/clues/${CLUE}`);
    await page.getByText('四性预检').waitFor();
    await page.getByRole('button', { name: '列入清单' }).click();
    const words = page.getByRole('dialog', { name: '列入清单' }).getByLabel('说明', { exact: true });
    await words.waitFor();
    // The form comes filled from the clue: nobody types a fact twice.
    expect(await words.inputValue()).toBe(CLAIM.zh);
    await page.getByRole('button', { name: /确\s*定/ }).click();
    await page.getByText('已列入清单').first().waitFor();
    await page.getByText('受理审核：线索尚未随清单移送审核（', { exact: false }).waitFor();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await axe()).toEqual([]);
    expect(errors.filter((line) => !line.includes('/api/analysis/clues/'))).toEqual([]);
    await page.getByText('冻结清单并移送审核：由', { exact: false }).waitFor();

    const lead = await visit('panel-lead');
    await lead.go(`/clues/${CLUE}`);
    await lead.page.getByRole('button', { name: '冻结清单并移送审核' }).click();
    // What is frozen and sent cannot be taken back: it says so, and is done at the second press.
    await lead.page.getByText('办理后不可撤回。').waitFor();
    await lead.page.getByRole('button', { name: /确\s*定/ }).click();
    await lead.page.getByText('已办理：冻结清单', { exact: false }).waitFor();
    await lead.go('/reviews');
    await lead.page.getByText('第 1 版 · 1 条线索').waitFor();
  });

  it('[JS-11] the review shows four properties, gates, and what is missing before it can pass', async () => {
    const { page, errors, go, axe } = await visit('review-tech');
    await go(`/reviews/${CLUE}`);
    await page.getByRole('button', { name: '受理审核' }).click();
    await page.getByRole('dialog', { name: '受理审核' }).getByRole('button', { name: /确\s*定/ }).click();
    await page.getByText('通过审核还缺').waitFor();
    await page.getByText('技术审核签署').waitFor();
    await page.getByRole('button', { name: /改\s*判/ }).first().click();
    await page.getByLabel('依据和说明').fill('与原始报文逐条比对一致。');
    await page.getByLabel('✓ 符合').check();
    await page.getByRole('button', { name: /确\s*定/ }).click();
    await page.getByText('审核人认定：符合，与原始报文逐条比对一致', { exact: false }).waitFor();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await axe()).toEqual([]);
    expect(errors).toEqual([]);
  });

  it('[JS-14] filing: the form is drawn from the command and filled from the file; the next step says what is missing', async () => {
    const officer = await visit('officer');
    await officer.go('/cases');
    await officer.page.getByText('待立案').first().click();
    await officer.page.getByRole('button', { name: '呈批立案' }).click();
    const facts = officer.page.getByLabel('事实', { exact: true });
    await facts.waitFor();
    expect(await facts.inputValue()).toBe(CLAIM.zh);
    await officer.page.getByTitle('吴听澜').waitFor();
    // Whether the conditions hold is for the officer to say.
    await officer.page.getByRole('button', { name: '以上各项均为“是”' }).click();
    await officer.page.getByRole('button', { name: '办理：呈批立案' }).click();
    await officer.page.getByText('立案审批中').first().waitFor();
    await officer.page.getByRole('button', { name: '办理：呈批立案' }).waitFor({ state: 'detached' });
    expect(await officer.axe()).toEqual([]);
    expect(officer.errors).toEqual([]);

    const lead = await visit('enforcement');
    await lead.go(new URL(officer.page.url()).pathname);
    await lead.page.getByRole('button', { name: '批准立案' }).click();
    await lead.page.getByRole('button', { name: '填入：同意立案。' }).click();
    await lead.page.getByRole('button', { name: '办理：批准立案' }).click();
    await lead.page.getByText('调查取证').first().waitFor();
    await lead.page.getByText('还缺', { exact: false }).first().waitFor();
    expect(lead.errors).toEqual([]);

    const neighbour = await visit('neighbour');
    await neighbour.go(new URL(officer.page.url()).pathname);
    await neighbour.page.getByText('没有找到').waitFor();
  });

  it('[SH-16.2] the head replays a year under a changed discretion table; the officer is not offered it', async () => {
    const { page, errors, go, axe } = await visit('head');
    await go('/cases');
    await page.getByRole('link', { name: '裁量基准推演' }).click();
    await page.getByText('超标倍数').first().waitFor();
    await page.getByRole('button', { name: /重\s*算/ }).click();
    await page.getByText('这一年没有可重算的罚款决定').waitFor();
    expect(await axe()).toEqual([]);
    expect(errors).toEqual([]);
    const officer = await visit('officer');
    await officer.go('/cases');
    await officer.page.getByText('办理中').first().waitFor();
    expect(await officer.page.getByRole('link', { name: '裁量基准推演' }).count()).toBe(0);
  });

  it('设备事项：the factor officer agrees to a request for stopping a device, with its term and article beside it', async () => {
    const unit = (await visit('unit-qy0001', 360)).page.context().request;
    const asked = await unit.post(`${stage.base}/api/unit/device-matters`, { data: {
      kind: 'STOP', outfall: OUTFALL, device: '氮氧化物分析仪', factors: ['a21002'], since: '2026-10-08T08:00:00+08:00', reason: '机组大修', meanwhile: '停炉期间不排放，复产前手工监测',
    } });
    expect(asked.status(), await asked.text()).toBe(201);
    const { page, errors, go, axe } = await visit('air');
    await go('/');
    await page.getByRole('link', { name: '停用设备 氮氧化物分析仪：机组大修' }).click();
    await page.getByText('逾期不答复视为同意', { exact: false }).waitFor();
    await page.getByText('第八条', { exact: false }).first().waitFor();
    await page.getByLabel('情况说明（写明理由）').fill('同意停用，恢复运行前须比对');
    expect(await axe()).toEqual([]);
    await page.getByRole('button', { name: /^同\s*意$/ }).click();
    await page.getByText('✓ 同意').first().waitFor();
    expect(errors).toEqual([]);
  });

  it('every room opens in Chinese without an error and passes axe', async () => {
    const { page, errors, go, walk, axe } = await visit('panel');
    await go('/');
    for (const room of ROOMS) {
      errors.length = 0;
      await walk(room);
      await page.locator('h1').first().waitFor();
      expect(await axe(), room).toEqual([]);
      expect(errors.filter((line) => !line.includes('/api/analysis/clues/')), room).toEqual([]);
    }
  });

  it('speaks English and fits a phone', async () => {
    const { page, errors, go, walk } = await visit('panel', 360, 'en');
    await go('/');
    for (const room of ['/', '/clues', `/clues/${CLUE}`, '/cases', '/law', `/outfalls/${OUTFALL}`]) {
      await walk(room);
      await page.locator('h1').first().waitFor();
      expect(await overflow(page), room).toBeLessThanOrEqual(0);
    }
    await go('/clues');
    await page.getByText(CLAIM.en).first().waitFor();
    expect(errors.filter((line) => !line.includes('/api/analysis/clues/'))).toEqual([]);
  });

  it('shows a unit the way to its own room, and a steward no case', async () => {
    const unit = await visit('unit-qy0001');
    await unit.go('/');
    await unit.page.getByText('前往企业端').waitFor();
    const admin = await visit('admin');
    await admin.go('/admin');
    await admin.page.getByText('权限矩阵').waitFor();
    expect(await admin.page.getByRole('link', { name: '案件' }).count()).toBe(0);
  });
});
