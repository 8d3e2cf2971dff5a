import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoAccountId } from '#access';
import { sql } from '#platform/db';
import { openStage, overflow, type Stage, type Visit } from './stage.ts';

const PICTURES = process.env['PICTURES'];
const picture = async ({ page }: Visit, name: string) => void (PICTURES !== undefined && (await page.screenshot({ path: `${PICTURES}/${name}.png`, fullPage: true })));
const day = (visit: Visit, label: string, value: string) => visit.page.getByLabel(label, { exact: false }).fill(value).then(() => visit.page.keyboard.press('Enter'));
const choose = async ({ page }: Visit, label: string, text: string) => {
  const box = page.getByRole('combobox', { name: label });
  await box.click();
  // Only what fits is drawn of a long list: people are searched for.
  if (label !== '委托的岗位') await box.fill(text);
  await page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option', { hasText: text }).first().click();
  if (label === '委托的岗位') await page.keyboard.press('Escape');
};

const WORDS = { 'Second factors': 'Roles that must have', 'Identities': 'No identity service', 'Deputies': 'Appoint a deputy' } as const;

describe('人员与权限 people and rights', { timeout: 180_000 }, () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
  }, 240_000);
  afterAll(async () => {
    await stage?.close();
  });

  it('负责人看到本机关文书还缺什么，填上代收银行，缺项随即消去；英文手机上同样看得全', async () => {
    const head = await stage.visit({ login: 'head', width: 1280, language: 'zh' });
    await head.go('/admin?tab=offices');
    const card = head.page.locator('.ant-card').filter({ hasText: '清川市生态环境局（演示）' });
    await card.getByText('✓ 齐全').waitFor();
    await card.getByLabel('账号', { exact: true }).fill('');
    await card.getByRole('button', { name: /保\s*存/ }).click();
    await card.getByText('未填写：代收罚款的银行、户名和账号').waitFor();
    await picture(head, 'offices');
    expect(await head.axe()).toEqual([]);
    const phone = await stage.visit({ login: 'head', width: 390, language: 'en' });
    await phone.go('/admin?tab=offices');
    await phone.page.getByText('Not entered: collecting bank, account name and number').waitFor();
    await picture(phone, 'offices-phone-en');
    expect({ axe: await phone.axe(), overflow: Math.max(0, await overflow(phone.page)) }).toEqual({ axe: [], overflow: 0 });
    await card.getByLabel('账号', { exact: true }).fill('0000 0000 0000 0002');
    await card.getByRole('button', { name: /保\s*存/ }).click();
    await card.getByText('✓ 齐全').waitFor();
  });

  it('负责人委托代办，受托人在手机上开始代办，页面写明代谁，撤回后恢复本人', async () => {
    const head = await stage.visit({ login: 'head', width: 1280, language: 'zh' });
    await head.go('/account');
    await head.page.getByRole('button', { name: '委托代办' }).click();
    await choose(head, '受托人（同一机关）', '梁执中');
    await choose(head, '委托的岗位', '机关负责人');
    await day(head, '起始日', '2026-09-14');
    await day(head, '终止日', '2026-09-16');
    await head.page.getByLabel('理由').fill('外出学习三天');
    await picture(head, 'delegation-form');
    await head.page.getByRole('button', { name: /OK|确\s*定/ }).click();
    await head.page.getByText('● 生效中').waitFor();
    expect(await head.axe()).toEqual([]);
    await picture(head, 'account-head');

    const deputy = await stage.visit({ login: 'enforcement', width: 360, language: 'zh' });
    await deputy.go('/account');
    await deputy.page.getByRole('button', { name: '开始代 魏司南 办理（机关负责人）' }).waitFor();
    await picture(deputy, 'account-deputy-phone');
    expect(await overflow(deputy.page)).toBeLessThanOrEqual(0);
    expect(await deputy.axe()).toEqual([]);
    await deputy.page.getByRole('button', { name: '开始代 魏司南 办理（机关负责人）' }).click();
    await deputy.page.getByText('正在代魏司南办理', { exact: false }).waitFor();
    await picture(deputy, 'account-acting-phone');
    await deputy.page.getByRole('button', { name: /菜\s*单/ }).click();
    await deputy.page.getByText('梁执中（代魏司南）').waitFor();

    await head.page.getByRole('button', { name: /撤\s*回/ }).click();
    await head.page.getByText('✗ 已撤回').waitFor();
    await deputy.go('/account');
    await deputy.page.getByText('✗ 已撤回').waitFor();
    await deputy.page.getByText('正在代魏司南办理', { exact: false }).waitFor({ state: 'detached' });
    expect([...head.errors, ...deputy.errors]).toEqual([]);
  });

  it('the security administrator keeps the factor rule, resets a factor with a reason, links an identity and arranges a deputy', async () => {
    const { db } = stage.domain.platform;
    await sql`INSERT INTO access_passkey (passkey_id, account_id, name, rp_id, credential_id, public_key, counter, transports, created_at)
      VALUES ('psk_1', ${demoAccountId('officer')}, 'U 盾', 'localhost', 'cred', 'key', 0, '{}', 1)`.execute(db);
    await sql`INSERT INTO access_identity (issuer, subject, label, first_seen, last_seen) VALUES ('https://sso.example.gov.cn', 'sub-0001', '周行舟', 1, 1)`.execute(db);
    const visit = await stage.visit({ login: 'security', width: 1280, language: 'zh' });
    const { page } = visit;
    await visit.go('/admin');
    await page.getByRole('tab', { name: '第二重验证' }).click();
    await page.getByRole('checkbox', { name: '数据审核牵头人' }).check();
    await page.getByRole('button', { name: '保存规定' }).click();
    await page.getByText('已办理：必须使用第二重验证的岗位').waitFor();
    const rule = await sql<{ roles: string[] }>`SELECT roles FROM access_factor_rule ORDER BY rule_id DESC LIMIT 1`.execute(db);
    expect(rule.rows[0]?.roles).toEqual(['review-lead']);
    await page.getByRole('row', { name: /周行舟/ }).getByRole('button').click();
    await page.getByRole('button', { name: /重\s*置/ }).last().click();
    await page.getByLabel('理由', { exact: false }).fill('U 盾遗失，已当面核实本人');
    await picture(visit, 'factors');
    expect(await visit.axe()).toEqual([]);
    await page.getByRole('dialog').getByRole('button', { name: /重\s*置/ }).click();
    await page.getByText('无人绑定').waitFor();

    await page.getByRole('tab', { name: '统一身份' }).click();
    await choose(visit, '选择账号', '周行舟 officer');
    await page.getByRole('button', { name: /关\s*联/ }).first().click();
    await page.getByRole('button', { name: '解除关联' }).waitFor();
    await picture(visit, 'identities');
    expect(await visit.axe()).toEqual([]);

    await page.getByRole('tab', { name: '代办委托' }).click();
    await page.getByRole('button', { name: '委托代办' }).click();
    await choose(visit, '委托人', '秦守正');
    await choose(visit, '受托人（同一机关）', '方正言');
    await choose(visit, '委托的岗位', '法制审核人员');
    await day(visit, '起始日', '2026-09-20');
    await day(visit, '终止日', '2026-09-25');
    await page.getByLabel('理由').fill('病假期间代办');
    await page.getByRole('button', { name: /OK|确\s*定/ }).click();
    await page.getByText('○ 未开始').waitFor();
    await picture(visit, 'delegations');
    const kept = await sql<{ act: string }>`SELECT convert_from(bytes, 'UTF8')::json->>'act' AS act FROM evidence_leaf ORDER BY idx DESC LIMIT 4`.execute(db);
    expect(kept.rows.map(({ act }) => act)).toEqual(['delegate', 'link', 'factor-reset', 'factor-rule']);
    const phone = await stage.visit({ login: 'security', width: 360, language: 'en' });
    await phone.go('/admin');
    for (const tab of ['Second factors', 'Identities', 'Deputies'] as const) {
      await phone.page.getByRole('tab', { name: tab }).press('Enter');
      await phone.page.getByRole('tabpanel').getByText(WORDS[tab], { exact: false }).first().waitFor();
      await picture(phone, `phone-${tab}`);
      expect(await overflow(phone.page)).toBeLessThanOrEqual(0);
    }
    expect([...visit.errors, ...phone.errors]).toEqual([]);
  });

  it('安全管理员结束会话、停用启用、重设密码；本人在手机上先改密码再进入，之后自行修改密码', async () => {
    const visit = await stage.visit({ login: 'security', width: 1280, language: 'zh' });
    const lab = await stage.visit({ login: 'lab', width: 360, language: 'zh' });
    const { page } = visit;
    await visit.go('/admin?tab=accounts');
    const line = page.getByRole('row', { name: /^lab 苏量清/ });
    const press = async (name: string) => {
      await line.getByRole('button', { name: new RegExp([...name].join('\\s*')) }).click();
      await page.getByRole('dialog').getByRole('button', { name: /OK|确\s*定/ }).click();
      await page.getByText(`已办理：${name}`).waitFor();
    };
    await press('结束会话');
    await lab.go('/account');
    await lab.page.getByLabel('密码', { exact: true }).waitFor();
    await press('停用');
    await line.getByText('✗ 停用').waitFor();
    await press('启用');
    await line.getByRole('button', { name: '重设密码' }).click();
    await page.getByRole('dialog').getByRole('button', { name: /OK|确\s*定/ }).click();
    const password = (await page.getByRole('dialog').locator('code').innerText()).trim();
    expect(password).toMatch(/^(\w{4}-){3}\w{4}$/);
    await picture(visit, 'given-password');
    expect(await visit.axe()).toEqual([]);
    await page.getByRole('dialog').getByRole('button', { name: /OK|确\s*定/ }).click();
    await line.getByText('密码待修改', { exact: false }).waitFor();

    await lab.page.getByLabel('账号', { exact: true }).fill('lab');
    await lab.page.getByLabel('密码', { exact: true }).fill(password);
    await lab.page.getByRole('button', { name: /登\s*录/ }).first().click();
    await lab.page.getByText('请先改为只有您自己知道的密码', { exact: false }).waitFor();
    await picture(lab, 'must-change-phone');
    expect(await overflow(lab.page)).toBeLessThanOrEqual(0);
    expect(await lab.axe()).toEqual([]);
    const change = async (current: string, next: string) => {
      await lab.page.getByLabel('现用密码').fill(current);
      await lab.page.getByLabel('新密码', { exact: false }).fill(next);
      await lab.page.getByLabel('再输入一次').fill(next);
      await lab.page.getByRole('button', { name: '修改密码' }).click();
    };
    await change(password, 'known to me alone');
    await lab.page.getByRole('heading', { name: '修改密码' }).waitFor();
    await change('known to me alone', 'mingjian-demo-2026');
    await lab.page.getByText('新密码不得与现用密码或此前五个密码相同').waitFor();
    await picture(lab, 'own-password-phone');
    expect(await overflow(lab.page)).toBeLessThanOrEqual(0);
    expect(await lab.axe()).toEqual([]);
    await change('known to me alone', 'known to nobody else');
    await lab.page.getByText('您在别处的登录已全部结束', { exact: false }).waitFor();
    // Refusals are answers of the platform, which a browser also writes down.
    expect([...visit.errors, ...lab.errors].filter((line) => !/status of (401|422)/.test(line))).toEqual([]);
    const phone = await stage.visit({ login: 'security', width: 360, language: 'en' });
    await phone.go('/admin?tab=accounts');
    await phone.page.getByRole('button', { name: 'Disable' }).first().waitFor();
    expect(await overflow(phone.page)).toBeLessThanOrEqual(0);
  });
});
