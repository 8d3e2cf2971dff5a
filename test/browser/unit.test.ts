import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOUR } from '#kernel';
import { emit } from '#platform/outbox';
import { handOn } from '../../src/app/hand-on.ts';
import { openStage, overflow, type Stage, type Visit } from './stage.ts';

const LOGIN = 'unit-qy0001';
const OUTFALL = 'QY0001-DA001';
const ROOMS = ['/unit', '/unit/outfalls', `/unit/outfalls/${OUTFALL}`, '/unit/marks', '/unit/sheets', '/unit/file', '/unit/registered', '/unit/self-check', '/unit/agents', '/unit/notices', '/unit/suspicions', '/unit/cases', '/unit/consent'];

describe('企业端 the unit portal', { timeout: 150_000 }, () => {
  let stage: Stage;
  const visit = (width: number, language: 'zh' | 'en', login: string | undefined = LOGIN): Promise<Visit> => stage.visit({ width, language, ...(login === '' ? {} : { login }) });
  beforeAll(async () => {
    stage = await openStage();
    const { platform } = stage.domain;
    const payload = {
      clueId: `${OUTFALL}-1`, outfall: OUTFALL, unit: 'QY0001', tier: 'WARN', factors: ['a21002'], rule: 'B01',
      sentence: { zh: '氮氧化物小时折算浓度连续 6 小时超过限值 50 mg/m3', en: 'NOx: hourly converted mean over the limit of 50 mg/m3 for 6 h' },
      period: { from: stage.clock.now() - 9 * HOUR, to: stage.clock.now() - 3 * HOUR },
    };
    await platform.db.transaction().execute((tx) => emit(tx, stage.clock, { type: 'clue.raised', subject: payload.clueId, payload }));
    while ((await handOn(stage.domain)) > 0);
  }, 180_000);
  afterAll(async () => {
    await stage?.close();
  });

  it('a person signs in on a phone and sees what to answer, by when and by which article', async () => {
    const { page, errors, go, axe } = await visit(360, 'zh', '');
    await go('/unit');
    errors.length = 0; // the question "who am I" is answered 401 before the sign-in, which the browser notes
    await page.getByLabel('账号').fill(LOGIN);
    await page.getByLabel('密码', { exact: true }).fill('wrong');
    await page.getByRole('button', { name: /登\s*录/ }).click();
    await page.getByRole('alert').first().waitFor();
    expect(await axe()).toEqual([]);
    errors.length = 0;
    await page.getByLabel('密码', { exact: true }).fill('mingjian-demo-2026');
    await page.getByRole('button', { name: /登\s*录/ }).click();
    await page.getByText('警告待反馈', { exact: false }).waitFor();
    await page.getByText('剩 48 小时').or(page.getByText('剩 4 小时')).or(page.getByText('剩 2 天')).first().waitFor();
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    expect(await axe()).toEqual([]);
    expect(errors).toEqual([]);
  });

  it('[NMG-1.1b] the unit confirms receipt and explains itself with a file; the answer is kept', async () => {
    const { page, errors, go, axe } = await visit(360, 'zh');
    await go('/unit/sheets');
    await page.getByRole('link', { name: /./ }).filter({ has: page.locator('strong') }).first().click();
    await page.getByText('氮氧化物小时折算浓度连续 6 小时', { exact: false }).first().waitFor();
    await page.getByRole('button', { name: '确认收到' }).click();
    await page.getByText('确认收到', { exact: false }).filter({ hasText: '✓' }).first().waitFor();
    await page.getByRole('button', { name: '提交反馈' }).click();
    await page.getByText('请填写').first().waitFor();
    await page.getByRole('combobox', { name: '原因' }).click();
    await page.getByTitle('治理设施故障').click();
    await page.getByLabel('说明', { exact: true }).fill('脱硝喷氨管堵塞，03:10 发现，09:00 疏通恢复。');
    await page.getByLabel('选择文件').setInputFiles({ name: '检修记录.txt', mimeType: 'text/plain', buffer: Buffer.from('03:10 发现堵塞') });
    await page.getByText('检修记录.txt').waitFor();
    expect(await axe()).toEqual([]);
    await page.getByRole('button', { name: '提交反馈' }).click();
    await page.getByRole('heading', { name: '已提交的反馈' }).waitFor();
    await page.getByText('脱硝喷氨管堵塞', { exact: false }).first().waitFor();
    expect(errors).toEqual([]);
  });

  it('[NMG-2.1b] marks its own data and is told what the mark does and until when it counts', async () => {
    const { page, errors, go } = await visit(390, 'zh');
    await go('/unit/marks');
    await page.getByText('2026-09-13 的数据可标记至 2026-09-14 12:00').waitFor();
    await page.getByRole('combobox', { name: '情形' }).click();
    await page.getByTitle('停运', { exact: true }).click();
    const [from, to] = [page.getByPlaceholder('开始日期'), page.getByPlaceholder('结束日期')];
    await from.click();
    // Every day and hour of the calendar lies on the screen of a phone.
    const calendar = await page.locator('.ant-picker-panel-container').first().boundingBox();
    expect(Math.min(0, calendar?.x ?? -1)).toBe(0);
    expect((calendar?.x ?? 0) + (calendar?.width ?? 999)).toBeLessThanOrEqual(390);
    if (process.env['MINGJIAN_SHOTS'] !== undefined) await page.screenshot({ path: `${process.env['MINGJIAN_SHOTS']}/marks-picker2.png` });
    await from.fill('2026-09-13 08:00');
    await from.press('Enter');
    await to.fill('2026-09-13 10:00');
    await to.press('Enter');
    await page.getByLabel('说明', { exact: true }).fill('更换采样泵并做零点校准');
    await page.getByRole('button', { name: '提交标记' }).click();
    await page.getByText('✓ 按期 2 小时').waitFor();
    expect(errors).toEqual([]);
  });

  it('[JS-17.3] reads a notice as PDF and agrees to electronic service after being told what it means', async () => {
    const { page, errors, go } = await visit(360, 'en');
    await go('/unit/notices');
    await page.getByRole('link', { name: /Warning notice/ }).first().click();
    const open = page.getByRole('link', { name: 'Open the paper (PDF)' });
    const file = await page.context().request.get(new URL(await open.getAttribute('href') ?? '', stage.base).href);
    expect((await file.body()).subarray(0, 5).toString()).toBe('%PDF-');
    await go('/unit/consent');
    await page.getByText('The day a paper reaches this account', { exact: false }).waitFor();
    await page.getByLabel('Post of the signer').fill('厂长');
    await page.getByLabel('Recipient').fill('环保部');
    await page.getByRole('button', { name: 'Sign and agree' }).click();
    await page.getByText('Please confirm that you have read it').waitFor();
    await page.getByRole('checkbox').check();
    await page.getByRole('button', { name: 'Sign and agree' }).click();
    await page.getByText('Electronic service is agreed').waitFor({ timeout: 20_000 });
    expect(errors).toEqual([]);
  });

  it("somebody else's sheet and case look like none at all", async () => {
    const { page, go } = await visit(360, 'zh', 'unit-qy0002');
    const { items } = (await (await page.context().request.get(`${stage.base}/api/unit/sheets`)).json()) as { items: unknown[] };
    expect(items).toEqual([]);
    await go('/unit/cases/case_00000000000000');
    await page.getByText('没有找到').waitFor();
  });

  it.each([[360, 'zh'], [1440, 'en']] as const)('every room at %i px in %s is accessible, fits and is quiet', async (width, language) => {
    const { page, errors, go, walk, axe } = await visit(width, language);
    await go('/unit');
    for (const room of ROOMS) {
      await walk(room);
      await page.getByRole('heading', { level: 1 }).waitFor();
      expect({ room, axe: await axe(), overflow: Math.max(0, await overflow(page)) }).toEqual({ room, axe: [], overflow: 0 });
    }
    expect(errors).toEqual([]);
  });
});
