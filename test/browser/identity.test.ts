import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openIdentityProvider, type TestProvider } from '#access/testing';
import { openStage, overflow, type Stage } from './stage.ts';

const PICTURES = process.env['PICTURES'];

describe('统一身份登录 sign-in through an identity service', { timeout: 180_000 }, () => {
  let stage: Stage;
  let provider: TestProvider;
  beforeAll(async () => {
    provider = await openIdentityProvider();
    stage = await openStage({ host: 'localhost', env: { ...provider.env, MINGJIAN_OIDC_NAME: '政务统一身份' } });
    provider.register(stage.base);
  }, 240_000);
  afterAll(async () => {
    await stage?.close();
    await provider?.close();
  });

  it('the button leads out and back; a person nobody linked is told what to do, a linked one is in', async () => {
    const visit = await stage.visit({ width: 360, language: 'zh' });
    const { page } = visit;
    const goOut = async () => {
      await page.route(/\.js$/, (route) => route.abort());
      await page.getByRole('button', { name: '用政务统一身份登录' }).click();
      await page.waitForURL(/[?&]code=/);
      // The stage lays its pages over the platform's, but not over an address somebody is redirected to: what was built there, if anything,
      // must not spend the code.
      await page.unroute(/\.js$/);
      await page.reload();
    };
    await visit.go('/');
    await page.getByRole('button', { name: '用政务统一身份登录' }).waitFor();
    expect(await visit.axe()).toEqual([]);
    await goOut();
    await page.getByText('身份“名字-zhou”（zhou）尚未关联本平台账号', { exact: false }).waitFor();
    expect(new URL(page.url()).search).toBe('');
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    if (PICTURES !== undefined) await page.screenshot({ path: `${PICTURES}/sign-in-unlinked-phone.png`, fullPage: true });

    const steward = await stage.visit({ login: 'security', width: 1280, language: 'zh' });
    await steward.go('/admin');
    await steward.page.getByRole('tab', { name: '统一身份' }).click();
    const box = steward.page.getByRole('combobox', { name: '选择账号' });
    await box.click();
    await box.fill('周行舟 officer');
    await steward.page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option', { hasText: '周行舟 officer' }).first().click();
    await steward.page.getByRole('button', { name: /^关\s*联$/ }).click();
    await steward.page.getByRole('button', { name: '解除关联' }).waitFor();
    if (PICTURES !== undefined) await steward.page.screenshot({ path: `${PICTURES}/identities-linked.png`, fullPage: true });

    await goOut();
    await page.getByRole('button', { name: /菜\s*单/ }).click();
    await page.getByText('周行舟', { exact: true }).waitFor();
    const expected = new RegExp(`^outside host ${provider.issuer}|status of 40[34]|net::ERR_FAILED`);
    expect([...visit.errors, ...steward.errors].filter((line) => !expected.test(line))).toEqual([]);
  });
});
