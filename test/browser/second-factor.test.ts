import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hotpOf } from './authenticator.ts';
import { openStage, overflow, type Stage } from './stage.ts';

describe('第二重验证 the second factor', { timeout: 150_000 }, () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
  }, 180_000);
  afterAll(async () => {
    await stage?.close();
  });

  it('on a phone a person enrols an authenticator, keeps the recovery codes, and is asked from then on', async () => {
    const { page, errors, go, axe } = await stage.visit({ login: 'unit-qy0001', width: 360, language: 'zh' });
    await go('/unit/account');
    await page.getByText('尚未绑定身份验证器').waitFor();
    expect(await axe()).toEqual([]);
    await page.getByRole('button', { name: '绑定身份验证器' }).click();
    await page.getByRole('img', { name: '绑定用二维码' }).waitFor();
    const secret = (await page.locator('code').first().textContent()) ?? '';
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(await axe()).toEqual([]);
    await page.getByLabel('验证码').fill(hotpOf(secret, -5));
    await page.getByRole('button', { name: '确认绑定' }).click();
    await page.getByText('验证码不正确').waitFor();
    await page.getByLabel('验证码').fill(hotpOf(secret));
    await page.getByRole('button', { name: '确认绑定' }).click();
    await page.getByText('恢复码只显示这一次', { exact: false }).first().waitFor();
    const codes = await page.getByRole('listitem').allTextContents();
    expect(codes.filter((code) => /^\w{4}-\w{4}-\w{4}$/.test(code))).toHaveLength(10);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    expect(await axe()).toEqual([]);
    await page.getByRole('button', { name: '我已保存' }).click();
    await page.getByText('剩余恢复码 10 个', { exact: false }).waitFor();

    const again = await stage.visit({ width: 360, language: 'zh' });
    await again.go('/unit');
    await again.page.getByLabel('账号').fill('unit-qy0001');
    await again.page.getByLabel('密码', { exact: true }).fill('mingjian-demo-2026');
    await again.page.getByRole('button', { name: /登\s*录/ }).click();
    await again.page.getByText('请输入身份验证器上的六位验证码', { exact: false }).waitFor();
    expect(await again.axe()).toEqual([]);
    await again.page.getByLabel('验证码').fill(codes.find((code) => code.includes('-')) ?? '');
    await again.page.getByRole('button', { name: /继\s*续/ }).click();
    await again.page.getByText('请输入身份验证器上的六位验证码', { exact: false }).waitFor({ state: 'detached' });
    await again.go('/unit/account');
    await again.page.getByText('剩余恢复码 9 个', { exact: false }).waitFor();
    expect(errors.filter((line) => !line.includes('401'))).toEqual([]);
  });
});
