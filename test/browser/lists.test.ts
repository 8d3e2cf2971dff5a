import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOUR } from '#kernel';
import { emit } from '#platform/outbox';
import { handOn } from '../../src/app/hand-on.ts';
import { openStage, overflow, type Stage, type Visit } from './stage.ts';

const OUTFALL = 'QY0001-DA001';
const CLUES = 130;
/** What a spreadsheet would run if it were let. */
const HOSTILE = '=HYPERLINK("http://example.invalid","看详情")';

/** Pictures for whoever wants to look; written only where a folder is named. */
const shot = async (page: Visit['page'], name: string): Promise<void> => {
  const folder = process.env['MINGJIAN_SHOTS'];
  if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png`, animations: 'disabled' });
};

describe('工作台的列表 the lists of the workbench', { timeout: 240_000 }, () => {
  let stage: Stage;
  const visit = (login: string, width = 1440, language: 'zh' | 'en' = 'zh'): Promise<Visit> => stage.visit({ login, width, language });
  const rows = (page: Visit['page']) => page.locator('.ant-table-row');
  /** Analysis knows nothing of clues that a test raised. */
  const own = (errors: readonly string[]) => errors.filter((line) => !line.includes('/api/analysis/clues/'));

  const take = async (page: Visit['page'], kind: 'CSV' | 'Excel'): Promise<Buffer> => {
    await page.getByRole('button', { name: '导出' }).click();
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: kind }).click()]);
    expect(download.suggestedFilename()).toBe(`线索池 2026-09-14.${kind === 'CSV' ? 'csv' : 'xlsx'}`);
    return readFileSync(await download.path());
  };

  beforeAll(async () => {
    stage = await openStage();
    const now = stage.clock.now();
    await stage.domain.platform.db.transaction().execute(async (tx) => {
      for (let i = 0; i < CLUES; i++) {
        const clueId = `${OUTFALL}.${1000 + i}`;
        const zh = i === 7 ? HOSTILE : `第 ${i} 号：氮氧化物小时折算浓度连续 6 小时超过限值`;
        await emit(tx, stage.clock, { type: 'clue.raised', subject: clueId, payload: {
          clueId, outfall: OUTFALL, unit: 'QY0001', tier: 'WORK_ORDER', factors: ['a21002'], sentence: { zh, en: `No. ${i}: NOx over its hourly limit for 6 h` },
          period: { from: now - (i + 10) * HOUR, to: now - (i + 4) * HOUR }, models: [{ model: 'B01', version: '1.0.0' }],
        } as never });
      }
    });
    while ((await handOn(stage.domain)) > 0);
  }, 240_000);
  afterAll(async () => {
    await stage?.close();
  });

  it('only rows in sight are drawn, the rest comes as it is scrolled to; j, k, Enter and ? need no mouse', async () => {
    const { page, errors, go, axe } = await visit('panel');
    await go('/clues?state=PANEL_ANALYSIS,LISTED');
    await page.getByText('已载入 60 行，还有').waitFor();
    expect(await rows(page).count()).toBeLessThan(60);
    expect(await axe()).toEqual([]);
    await shot(page, 'pool');
    await page.mouse.move(700, 600);
    for (let i = 0; i < 40 && (await page.getByText(`${CLUES} 行`, { exact: true }).count()) === 0; i++) {
      await page.mouse.wheel(0, 3_000);
      await page.waitForTimeout(100);
    }
    await page.getByText(`${CLUES} 行`, { exact: true }).waitFor();
    expect(await rows(page).count()).toBeLessThan(60);

    for (const key of ['j', 'j', 'j', 'k']) await page.keyboard.press(key);
    const second = (await page.locator('.row-active').getByRole('link').first().innerText()).trim();
    await page.keyboard.press('Shift+?');
    await page.getByRole('dialog', { name: '键盘' }).getByText('打开所在行').waitFor();
    await shot(page, 'keys');
    expect(await axe()).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('Enter');
    await page.getByText(`「${second}」`).waitFor();
    expect(own(errors)).toEqual([]);
  });

  it('the clue page goes on through the filter it was opened from, and Enter goes to the next lawful step', async () => {
    const { page, errors, go, axe } = await visit('panel');
    await go('/clues?state=PANEL_ANALYSIS');
    await rows(page).first().waitFor();
    const links = rows(page).getByRole('link');
    const [first, second] = [(await links.nth(0).innerText()).trim(), (await links.nth(1).innerText()).trim()];
    await links.nth(0).click();
    await page.getByText(`「${first}」`).waitFor();
    await page.getByText('1/60+', { exact: true }).waitFor();
    await page.keyboard.press('j');
    await page.getByText(`「${second}」`).waitFor();
    expect(new URL(page.url()).searchParams.get('state')).toBe('PANEL_ANALYSIS');
    await page.keyboard.press('k');
    await page.getByText(`「${first}」`).waitFor();
    await page.getByRole('button', { name: '下一条 · 线索' }).click();
    await page.getByText(`「${second}」`).waitFor();
    await page.getByRole('button', { name: '键盘' }).click();
    await page.getByRole('dialog', { name: '键盘' }).getByText('移到下一步的按钮，再按办理').waitFor();
    await shot(page, 'clue-keys');
    // Single keys may be turned off (WCAG 2.2, 2.1.4) and stay off.
    await page.getByRole('switch', { name: '启用单键操作' }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('j');
    await page.getByText(`「${second}」`).waitFor();
    expect(await axe()).toEqual([]);
    expect(own(errors)).toEqual([]);
  });

  it('columns are chosen and stay chosen; every row of the filter leaves as CSV and XLSX, and no cell is a formula', async () => {
    const { page, errors, go, axe } = await visit('panel');
    await go('/clues');
    await rows(page).first().waitFor();
    await page.getByRole('button', { name: /^列 / }).click();
    await page.getByRole('checkbox', { name: '状态' }).uncheck();
    expect(await axe()).toEqual([]);
    await shot(page, 'columns');
    await page.reload({ waitUntil: 'networkidle' });
    await rows(page).first().waitFor();
    expect(await page.locator('thead').getByText('状态', { exact: true }).count()).toBe(0);

    const csv: string[][] = parse(await take(page, 'CSV'), { bom: true });
    expect(csv[0]).toEqual(['级别', '线索', '单位 · 排放口', '起止', '更新']);
    expect(csv).toHaveLength(CLUES + 1);
    expect(csv.flat().filter((cell) => /^[=+\-@]/.test(cell))).toEqual([]);
    expect(csv.flat()).toContain(`'${HOSTILE}`);
    const parts = unzipSync(await take(page, 'Excel'));
    const sheet = strFromU8(parts['xl/worksheets/sheet1.xml'] as Uint8Array);
    expect(sheet.match(/<row>/g)).toHaveLength(CLUES + 1);
    expect(sheet).toContain(HOSTILE.replaceAll('"', '&quot;'));
    expect(sheet).not.toContain('<f>');

    await page.getByRole('searchbox', { name: '在本列表中查找' }).fill('第 77 号');
    await page.keyboard.press('Enter');
    await page.getByText('1 行', { exact: true }).waitFor();
    expect(new URL(page.url()).searchParams.get('find')).toBe('第 77 号');
    expect(await take(page, 'CSV').then((bytes) => (parse(bytes, { bom: true }) as string[][]).length)).toBe(2);
    expect(own(errors)).toEqual([]);
  });

  it('a phone has plain rows in English, an empty list and a refused one say so', async () => {
    const phone = await visit('panel', 360, 'en');
    for (const room of ['/clues', '/cases', '/sheets', '/sheets/held', '/reviews', '/units', '/law', '/models', '/rules', '/units/standards']) {
      await phone.go(room);
      await phone.page.getByRole('button', { name: 'Export' }).waitFor();
      await shot(phone.page, `phone${room.replaceAll('/', '-')}`);
      expect({ room, overflow: Math.max(0, await overflow(phone.page)), axe: await phone.axe(), errors: own(phone.errors) }).toEqual({ room, overflow: 0, axe: [], errors: [] });
    }
    await phone.go('/sheets/held');
    await phone.page.getByText('Nothing is held back').waitFor();
    await phone.go('/law?tab=changes');
    await phone.page.getByText('= same figures').first().waitFor();
    await shot(phone.page, 'phone-law-changes');
    expect([Math.max(0, await overflow(phone.page)), await phone.axe()]).toEqual([0, []]);
    const steward = await visit('admin');
    await steward.go('/cases');
    await steward.page.getByText('您没有查看此内容的权限').waitFor();
    await steward.go('/admin?tab=accounts');
    await steward.page.locator('thead').getByText('登录名').waitFor();
    expect(await steward.axe()).toEqual([]);
    const auditor = await visit('audit');
    await auditor.go('/admin?tab=audit');
    await auditor.page.locator('thead').getByText('路径').waitFor();
    await shot(auditor.page, 'audit');
    expect(await auditor.axe()).toEqual([]);
  });
});
