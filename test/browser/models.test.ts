import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOUR } from '#kernel';
import { openStage, overflow, type Stage, type Visit } from './stage.ts';

const OUTFALL = 'QY0001-DA001';
const FACTORS = ['a21002', 'a19001'];

describe('模型室 the room of models', { timeout: 90_000 }, () => {
  let stage: Stage;
  const visit = (login: string, width = 1440, language: 'zh' | 'en' = 'zh'): Promise<Visit> => stage.visit({ login, width, language });

  beforeAll(async () => {
    stage = await openStage();
    // Ten days of hours as judging copies them; on the last but one two hours lie above the limit of 50 mg/m3.
    const end = stage.clock.now() - 24 * HOUR;
    const hours = Array.from({ length: 240 }, (_, i) => {
      const start = Math.floor(end / HOUR) * HOUR - (240 - i) * HOUR;
      const nox = i === 200 || i === 201 ? 61.2 : 40 + (i % 7);
      return {
        outfall: OUTFALL, start, known_at: start + HOUR + 60_000, factor: FACTORS, avg: [nox, 6], min: [nox, 6], max: [nox, 6], cou: [1, null], zs: [nox, null],
        sampled: [null, null], flag: [1, 1], verdict: [1, 1], reason: ['OK', 'OK'],
      };
    });
    await stage.domain.platform.series.insert('hour_value', hours);
  }, 240_000);
  afterAll(async () => {
    await stage?.close();
  });

  it('[JS-10.3] a person changes a threshold, sees what would have appeared and vanished, with its curves', async () => {
    const { page, errors, go, axe } = await visit('panel');
    await go('/models/B01');
    await page.getByRole('link', { name: '回溯试验' }).click();
    await page.getByLabel('连续小时数达到此值请求工单（小时）').last().fill('2');
    await page.getByRole('button', { name: '试一试' }).click();
    await page.getByText('级别变动 1').waitFor();
    await page.getByText('2026-09').first().waitFor();
    await page.getByRole('button', { name: '看曲线' }).first().click();
    await page.getByRole('img', { name: '各来源数据（同一时间轴）' }).waitFor();
    expect(await axe()).toEqual([]);
    expect(errors).toEqual([]);
  });

  it('shows the catalogue in three states and the board of health, and fits a phone in English', async () => {
    const { page, errors, go, axe } = await visit('panel', 360, 'en');
    for (const room of ['/models', '/models/B01', '/models/B01/bench', '/model-health']) {
      await go(room);
      await page.locator('h1').first().waitFor();
      await page.waitForLoadState('networkidle');
      expect(await overflow(page), room).toBeLessThanOrEqual(0);
      expect(await axe(), room).toEqual([]);
    }
    await go('/models');
    await page.getByText('80 models in the catalogue', { exact: false }).waitFor();
    await page.getByRole('link', { name: 'Model health', exact: false }).click();
    await page.getByRole('heading', { name: 'Model health' }).waitFor();
    expect(errors).toEqual([]);
  });
});
