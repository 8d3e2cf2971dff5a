import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY } from '#kernel';
import { waiverOf } from '#sim/people/case-bodies';
import { chinaDay } from '#sim/people/shapes';
import { openCase, sound, UNIT, type CaseWalk } from './case-walk.ts';
import type { Visit } from './stage.ts';

describe('执法工作台：未同意电子送达的案件，送达与归档都在屏幕上办', { timeout: 300_000 }, () => {
  let at: CaseWalk;
  const main = async (): Promise<string> => (await at.page()).state.main;
  const prove = async ({ page }: Visit, receiver: string, day = chinaDay(at.stage.clock.now())) => {
    const dialog = page.getByRole('dialog', { name: '登记送达回证' });
    await dialog.locator('input[type=date]').fill(day);
    await dialog.locator('input[maxlength="200"]').fill(receiver);
    // Two officers bring a paper: the other one is named.
    const second = dialog.getByRole('combobox', { name: '同去的另一名送达人员' });
    if ((await second.count()) > 0) {
      await second.click();
      await page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option').first().click();
    }
    await dialog.getByRole('button', { name: '登记送达回证' }).click();
    return dialog;
  };
  const bring = async ({ page }: Visit) => {
    await page.getByRole('dialog').getByLabel('选择文件', { exact: true }).setInputFiles({ name: '送达回证.pdf', mimeType: 'application/pdf', buffer: Buffer.from(`送达回证扫描件 ${at.stage.clock.now()}`) });
    await page.getByRole('dialog').getByText('逐项结果').or(page.getByRole('dialog').getByText('SHA-256', { exact: false })).first().waitFor();
  };
  beforeAll(async () => {
    at = await openCase();
    await at.gather();
    for (const command of ['FINISH_INVESTIGATION', 'PASS_CASE_REVIEW', 'SET_DISCRETION', 'DELIBERATE', 'SEND_NOTICE']) await at.step(command);
    await at.settle();
  }, 400_000);
  afterAll(() => at?.close());

  it('[JS-17.3] 告知书直接送达：手机上登记回证，日期不对的被拒并说明；登记后陈述申辩期开始', async () => {
    expect(await main()).toBe('NOTICE_SENT');
    const officer = await at.open('officer', 360);
    const { page } = officer;
    await page.getByText('当事人未同意电子送达', { exact: false }).waitFor();
    // The card of the next step names the paper and does the very act; nobody has to know that it stands under 送达.
    const next = page.locator('#next-step');
    await next.getByText(/待送达并登记回证：.*告知书/).waitFor();
    await next.getByText(/直接送达 · \d{4}-\d{2}-\d{2} \d{2}:\d{2} 发出，尚无回证/).waitFor();
    expect(await next.getByText('等待当事人或送达结果', { exact: false }).count()).toBe(0);
    await sound(officer, 'service-next-phone');
    await next.getByRole('button', { name: /^登记送达回证：/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: '登记送达回证', exact: true }).click();
    await page.getByText('请选择文件').waitFor();
    await bring(officer);
    const dialog = await prove(officer, '门卫 王某', chinaDay(at.stage.clock.now() - 3 * DAY));
    await dialog.getByText('送达日期不能早于发出或者晚于今天', { exact: false }).first().waitFor();
    officer.errors.length = 0; // the refusal, which the browser notes
    await sound(officer, 'service-proof-phone');
    await prove(officer, '门卫 王某');
    await dialog.waitFor({ state: 'detached' });
    await page.getByText('门卫 王某', { exact: false }).waitFor();
    expect(await page.getByRole('button', { name: /^登记送达回证/ }).count()).toBe(0);
    await at.settle();
    expect(await main()).toBe('DEFENCE_WINDOW');
    await officer.go(`/cases/${at.caseId}`);
    const link = page.getByRole('link', { name: '回证', exact: true });
    const kept = await page.context().request.get(`${at.stage.base}${await link.getAttribute('href')}`);
    expect((await kept.body()).toString()).toContain('送达回证扫描件');
    await sound(officer, 'service-proved-phone');
  });

  it('[JS-6.1] 一屏总览的待办列出待送达的文书，写明承办人，点开即到办理处', async () => {
    // Beside the notice the order to correct goes by hand, whatever the main step is.
    await at.step('ORDER_RECTIFICATION');
    await at.settle();
    const officer = await at.visit('officer');
    await officer.go('/');
    const { page } = officer;
    await page.getByText('待送达的文书').waitFor();
    const link = page.getByRole('link', { name: /责令改正.*决定书/ });
    await page.getByText('由我办理').first().waitFor();
    await sound(officer, 'service-queue');
    await link.click();
    const next = page.locator('#next-step');
    await next.getByText(/待送达并登记回证：责令改正/).waitFor();
    await next.getByRole('button', { name: /^登记送达回证：责令改正/ }).click();
    await bring(officer);
    await (await prove(officer, '门卫 王某')).waitFor({ state: 'detached' });
    await next.getByText('待送达并登记回证', { exact: false }).waitFor({ state: 'detached' });
    await sound(officer, 'service-next');
  });

  it('[JS-17.3] 决定书改为邮寄送达，写明理由；登记回执后进入履行。不得登记回证的人只看得见记录', async () => {
    await at.act(UNIT, waiverOf(await at.page(), { name: '授权委托书.pdf' }));
    await at.step('PASS_LEGAL_REVIEW');
    if (await main() === 'COLLECTIVE_DISCUSSION') await at.step('RECORD_DISCUSSION');
    await at.settle();
    await at.step('DECIDE');
    await at.act('enforcement', { kind: 'WAIVE_RECTIFICATION', ground: '超标设备已经拆除。' });
    await at.step('SEND_DECISION');
    await at.settle();
    expect(await main()).toBe('DECISION_SENT');
    const lead = await at.open('enforcement');
    const { page } = lead;
    await page.locator('#next-step').getByRole('button', { name: /^改换送达方式/ }).click();
    const dialog = page.getByRole('dialog', { name: '改换送达方式' });
    await dialog.getByLabel('送达方式').click();
    await page.getByTitle('邮寄送达', { exact: true }).click();
    await dialog.getByLabel('邮寄地址').fill('清川市演示路 1 号');
    await dialog.getByLabel('改换的理由').fill('上门两次无人签收。');
    await sound(lead, 'service-other-way');
    await dialog.getByRole('button', { name: '改换送达方式' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByText('已改用其他方式').waitFor();
    await page.getByText('清川市演示路 1 号', { exact: false }).waitFor();
    const archivist = await at.open('archivist');
    await archivist.page.getByText('已改用其他方式').waitFor();
    expect(await archivist.page.getByRole('button', { name: /^登记送达回证/ }).count()).toBe(0);
    await page.locator('#next-step').getByRole('button', { name: /^登记送达回证/ }).click();
    await page.getByRole('dialog').getByText('回执注明的收件日期').waitFor();
    await bring(lead);
    await (await prove(lead, '收发室 李某')).waitFor({ state: 'detached' });
    await at.settle();
    expect(await main()).toBe('PERFORMING');
    await lead.go(`/cases/${at.caseId}`);
    await sound(lead, 'service-decision');
  });

  it('[JS-18] 结案之后由档案管理人员在案件页归档：先看案卷目录，归档后案卷、档号可查', async () => {
    await at.wait(DAY);
    for (const command of ['REGISTER_PAYMENT', 'PROPOSE_CLOSING', 'APPROVE_CLOSING']) await at.step(command);
    await at.settle();
    expect(await main()).toBe('CLOSED');
    const archivist = await at.open('archivist');
    const { page } = archivist;
    await page.getByRole('button', { name: /^归 ?档$/ }).click();
    const dialog = page.getByRole('dialog', { name: '归档' });
    await dialog.getByText('正卷', { exact: false }).first().click();
    await dialog.getByRole('link', { name: '处罚决定书', exact: false }).first().waitFor();
    await sound(archivist, 'service-archive');
    await page.getByRole('button', { name: '办理：归档' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByText(/已归档 · 档号 /).waitFor();
    expect(await main()).toBe('ARCHIVED');
    await sound(archivist, 'service-archived');
    const phone = await at.open('officer', 360);
    await phone.page.getByText(/已归档 · 档号 /).waitFor();
    await sound(phone, 'service-archived-phone');
  });
});
