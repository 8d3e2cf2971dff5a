import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOUR } from '#kernel';
import { chineseOn, openStage, overflow, type Stage, type Visit } from './stage.ts';

const OUTFALL = 'QY0001-DA001';
const FACTORS = ['a21026', 'a21002', 'a34013'];
const MONTH = 30 * 24 * 60;
const FIVE_YEARS = 5 * 365 * 24;

/** Pictures for whoever wants to look; written only where a folder is named. */
const shot = async (page: Visit['page'], name: string): Promise<void> => {
  const folder = process.env['MINGJIAN_SHOTS'];
  if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
};

describe('排放口页 the page of an outfall', { timeout: 120_000 }, () => {
  let stage: Stage;
  const visit = (login: string, width = 1440, language: 'zh' | 'en' = 'zh'): Promise<Visit> => stage.visit({ login, width, language });
  beforeAll(async () => void (stage = await openStage()), 240_000);
  afterAll(async () => {
    await stage?.close();
  });

  it('years by zoom, verdict versions with their trace, and the page as it was known then; in English on a phone', async () => {
    const { series } = stage.domain.platform;
    const end = Math.floor(stage.clock.now() / HOUR) * HOUR;
    const hour = (start: number, known_at: number, reason: string, cause: string, ref: string) => ({
      outfall: OUTFALL, start, known_at, factor: [...FACTORS, 'a19001'], avg: [...FACTORS.map(() => 4), 6], min: [...FACTORS.map(() => 3), 5], max: [...FACTORS.map(() => 5), 7],
      cou: [...FACTORS.map(() => 12), null], zs: [...FACTORS.map(() => (start === end - 5 * HOUR ? 900 : 4)), null], sampled: [null, null, null, null], flag: [1, 1, 1, 1],
      verdict: [...FACTORS.map(() => (reason === 'OK' ? 1 : 0)), 1], reason: [...FACTORS.map(() => reason), 'OK'], cause, ref,
    });
    await series.insert('hour_value', Array.from({ length: 60 * 24 }, (_, i) => hour(end - (i + 1) * HOUR, end - i * HOUR, 'OK', 'FRAME', '')));
    await series.insert('hour_value', [hour(end - 9 * HOUR, end - HOUR, 'MARKED', 'MARK', 'mrk-1')]);
    const { page, errors, go, axe } = await visit('panel');
    await go(`/outfalls/${OUTFALL}`);
    await page.getByText('有效性与判定 · ').waitFor();
    await page.getByText('超标 1', { exact: true }).waitFor();
    await page.getByText('企业按期标记').first().waitFor();
    await page.getByText('(mrk-1)').waitFor();
    await page.getByText('现在所知', { exact: true }).waitFor();
    const slider = page.getByRole('slider', { name: '当时所知' });
    await slider.focus();
    for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowLeft');
    await page.getByText('这段时间没有改判过的小时').waitFor();
    expect(await axe()).toEqual([]);
    // Without a mouse: the cursor moves, reads what stands there, is moved in finer steps when zoomed, and opens the frames.
    const cursor = page.getByRole('slider', { name: '时间光标：各来源数据（同一时间轴）' });
    const at = async () => Number(await cursor.getAttribute('aria-valuenow'));
    const moved = async (key: string) => {
      const before = await at();
      await page.keyboard.press(key);
      return (await at()) - before;
    };
    await cursor.focus();
    const step = await moved('ArrowLeft');
    await page.keyboard.press('+');
    const finer = await moved('ArrowLeft');
    expect([step < 0, Math.round((step / finer) * 10) / 10]).toEqual([true, 2]);
    expect(await cursor.getAttribute('aria-valuetext')).toMatch(/2026-09-\d\d .*二氧化硫 \d/);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByText('原始报文', { exact: false }).first().waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: '回到现在' }).click();
    await page.getByText('(mrk-1)').waitFor();
    await page.getByText('1 年', { exact: true }).click();
    await page.getByText('· 按日').waitFor();
    await page.getByText('3 年', { exact: true }).click();
    await page.getByText('· 按月').waitFor();
    await page.getByText('替代量只计入总量').waitFor();
    expect(errors).toEqual([]);

    const phone = await visit('panel', 360, 'en');
    await phone.go(`/outfalls/${OUTFALL}`);
    await phone.page.getByText('Validity and judgement').waitFor();
    await phone.page.getByText('marked by the unit in time').first().waitFor();
    await phone.page.getByRole('button', { name: 'Zoom in' }).first().click();
    await phone.page.getByRole('button', { name: 'Earlier' }).first().click();
    expect(await overflow(phone.page)).toBeLessThanOrEqual(0);
    expect(phone.errors).toEqual([]);
  });

  it('a month of minutes and five years of hours come thinned, on one axis, and are moved along', async () => {
    const { series } = stage.domain.platform;
    const end = Math.floor(stage.clock.now() / HOUR) * HOUR;
    const ALL = [...FACTORS, 'a19001', 'a00000', 'a01011', 'a01012', 'a01013', 'a01014'];
    const wave = (i: number, k: number) => 20 + 10 * Math.sin(i / (30 + k)) + ((i * 7919 + k * 104_729) % 100) / 25;
    const minute = (i: number) => ({ outfall: OUTFALL, start: end - (i + 1) * 60_000, known_at: end - i * 60_000, factor: ALL, avg: ALL.map((_, k) => wave(i, k)), flag: ALL.map(() => 1) });
    for (let from = 0; from < MONTH; from += 10_000) await series.insert('step_value', Array.from({ length: Math.min(10_000, MONTH - from) }, (_, i) => minute(from + i)));
    const none = ALL.map(() => null);
    const hour = (i: number) => ({
      outfall: OUTFALL, start: end - (i + 1) * HOUR, known_at: end - i * HOUR, factor: ALL, avg: ALL.map((_, k) => wave(i, k)), min: none, max: none, cou: none, zs: none, sampled: none,
      flag: ALL.map(() => 1), verdict: ALL.map(() => 1), reason: ALL.map(() => 'OK'), cause: 'FRAME', ref: '',
    });
    for (let from = 24 * 70; from < FIVE_YEARS; from += 10_000) await series.insert('hour_value', Array.from({ length: Math.min(10_000, FIVE_YEARS - from) }, (_, i) => hour(from + i)));

    const { page, errors, go } = await visit('panel');
    const answers: { stepMs: number; most: number; ms: number }[] = [];
    page.on('response', async (response) => {
      if (!response.url().includes('/series?')) return;
      const body = (await response.json().catch(() => undefined)) as { stepMs: number; lanes: { curves?: { points: unknown[] }[] }[] } | undefined;
      if (body === undefined) return; // the page went on before the answer had come
      const { stepMs, lanes } = body;
      answers.push({ stepMs, most: Math.max(...lanes.flatMap((lane) => (lane.curves ?? []).map((curve) => curve.points.length))), ms: response.request().timing().responseStart });
    });
    await go(`/outfalls/${OUTFALL}`);
    const chart = page.getByRole('img', { name: '各来源数据（同一时间轴）' });
    await page.getByText('30 天', { exact: true }).click();
    await page.waitForLoadState('networkidle');
    await chart.waitFor();
    await expect.poll(() => answers.at(-1)?.stepMs, { timeout: 60_000 }).toBe(10 * 60_000);
    const box = await chart.boundingBox();
    if (box === null) throw new Error('no chart');
    const [x, y] = [box.x + box.width * 0.6, Math.min(box.y + 60, 700)];
    await page.mouse.move(x, y);
    for (let i = 0; i < 6; i++) await page.mouse.wheel(0, -400);
    await page.mouse.down();
    for (let i = 0; i < 20; i++) await page.mouse.move(x - i * 12, y);
    await page.mouse.up();
    await shot(page, 'month-of-minutes');
    await page.getByText('5 年', { exact: true }).click();
    await page.getByText('· 按月').waitFor();
    await page.waitForLoadState('networkidle');
    await expect.poll(() => answers.at(-1)?.stepMs, { timeout: 60_000 }).toBe(HOUR);
    await shot(page, 'five-years');
    for (const { most } of answers) expect(most).toBeLessThan(1_600);
    if (process.env['MINGJIAN_SHOTS'] !== undefined) console.info(JSON.stringify(answers));

    await page.getByText('1 年', { exact: true }).click();
    await page.getByRole('button', { name: '前一段' }).click();
    await page.getByText('2024-09-14 – 2025-09-14').waitFor();
    await page.getByRole('button', { name: '后一段' }).click();
    await page.getByText('2025-09-14 – 2026-09-14').waitFor();
    expect(await page.getByRole('button', { name: '后一段' }).isDisabled()).toBe(true);
    expect(errors).toEqual([]);
  });

  it('[NMG-2.1d] [JS-6.4] a standard is imported and the limits held against it; data to be put right are asked for here and checked', async () => {
    const { page, errors, go, axe } = await visit('monitor');
    const choose = (rows: readonly string[]) => page.getByLabel('选择标准文件').setInputFiles({ name: 'standards.csv', mimeType: 'text/csv', buffer: Buffer.from(['standard,industry,factor,factor_zh,limit,unit,period,basis,valid_from,source', ...rows].join('\n')) });
    await go('/units/standards');
    await page.getByText('没有宽于标准或与标准不符的', { exact: false }).waitFor();
    await choose(['GB 13223-2011,coal_power,a21026,二氧化硫,三十,mg/m3,hour,zs,2026-01-01,修改单']);
    await page.getByText('第2行 limit “三十”：不是十进制数').waitFor();
    errors.length = 0; // the refusal
    await choose(['GB 13223-2011,coal_power,a21026,二氧化硫,30,mg/m3,hour,zs,2026-01-01,修改单']);
    await page.getByText('新增 1 条', { exact: false }).waitFor();
    await page.getByText('登记限值 35 mg/m3 宽于 GB 13223-2011', { exact: false }).waitFor();
    await page.getByText('不改变任何判定', { exact: false }).waitFor();
    await shot(page, 'standards');
    expect(await axe()).toEqual([]);

    await go(`/outfalls/${OUTFALL}`);
    await page.getByText('! 宽于标准').waitFor();
    await page.getByRole('button', { name: '交办数据归真' }).first().click();
    await page.getByLabel('要归真的内容').fill('9月13日 8 时至 12 时二氧化硫小时数据');
    await shot(page, 'raise-task');
    await page.getByRole('dialog').getByRole('button', { name: '交办数据归真' }).click();
    await page.getByText('◌ 待办理').waitFor();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await shot(page, 'outfall-task');
    expect(await axe()).toEqual([]);
    await go('/units/truthing');
    await page.getByText('9月13日 8 时至 12 时二氧化硫小时数据').first().waitFor();
    await shot(page, 'tasks');
    expect(errors).toEqual([]);

    for (const path of ['/units/standards', '/units/truthing']) {
      const phone = await visit('monitor', 360, 'en');
      await phone.go(path);
      await phone.page.getByText(path.endsWith('standards') ? 'nothing here changes a verdict' : 'to be done', { exact: false }).waitFor();
      await shot(phone.page, `phone${path.replaceAll('/', '-')}`);
      // A task is told in the words of whoever set it, by name; a standard is the platform's own.
      if (path.endsWith('standards')) expect(await chineseOn(phone.page)).toEqual([]);
      expect({ path, overflow: Math.max(0, await overflow(phone.page)), axe: await phone.axe(), errors: phone.errors }).toEqual({ path, overflow: 0, axe: [], errors: [] });
    }
  });
});
