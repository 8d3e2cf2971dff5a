import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY, dayOf } from '#kernel';
import { openCase, sound, UNIT, type CaseWalk } from './case-walk.ts';
import type { Visit } from './stage.ts';

describe('企业端在手机上：从事先告知到缴款、整改', { timeout: 300_000 }, () => {
  let at: CaseWalk;
  const open = async (): Promise<Visit> => {
    const visit = await at.visit(UNIT, 360);
    await visit.go(`/unit/cases/${at.caseId}`);
    await visit.page.getByRole('heading', { name: '现在可以办理' }).waitFor();
    return visit;
  };
  /** Unfolds a right and gives its form; the first one lies open already. */
  const right = async ({ page }: Visit, name: string) => {
    const head = page.getByRole('button', { name: new RegExp(`${name} `) }).first();
    await head.waitFor();
    if ((await head.getAttribute('aria-expanded')) !== 'true') await head.click();
    const item = page.locator('.ant-collapse-item').filter({ has: page.getByRole('button', { name: new RegExp(`${name} `) }) });
    await item.locator('form').waitFor();
    return item;
  };
  const acts = ({ page }: Visit) => page.getByRole('region', { name: '您已办理的事项' });
  beforeAll(async () => {
    at = await openCase();
    await at.gather();
    await at.notify();
  }, 400_000);
  afterAll(() => at?.close());

  it('[JS-17.1] 收到告知书：先看到期限和权利，打开文书，逐点陈述申辩，要求听证', async () => {
    const phone = await open();
    const { page } = phone;
    await page.getByText('当事人陈述、申辩').waitFor();
    // What is proposed, by which law and until when it may be answered stands on the page before any paper is opened.
    const proposed = page.getByRole('region', { name: /^拟作出的处罚/ });
    for (const text of ['拟处罚款', '责令限制生产、罚款', '处罚依据', '要求听证']) await proposed.getByText(text, { exact: false }).first().waitFor();
    await sound(phone, 'unit-case-notice');
    const paper = page.getByRole('link', { name: '打开文书（PDF）' }).first();
    const file = await page.context().request.get(new URL((await paper.getAttribute('href')) ?? '', at.stage.base).href);
    expect((await file.body()).subarray(0, 5).toString()).toBe('%PDF-');
    const defence = await right(phone, '陈述申辩');
    await defence.getByRole('button', { name: '陈述申辩', exact: true }).click();
    await defence.getByText('请填写').waitFor();
    await defence.getByLabel('第 1 点意见').fill('超标系除尘器滤袋突发破损所致，发现后立即检修。');
    await defence.getByLabel('依据或材料说明').fill('检修记录');
    await defence.getByRole('button', { name: '再加一点' }).click();
    await defence.getByLabel('第 2 点意见').fill('首次违法，请求从轻处理。');
    await defence.getByRole('button', { name: '陈述申辩', exact: true }).click();
    await page.getByRole('region', { name: '您的陈述、申辩与答复' }).getByText('首次违法，请求从轻处理。').waitFor();
    const hearing = await right(phone, '要求听证');
    await hearing.getByLabel('理由').fill('对折算方法有异议。');
    await hearing.getByRole('button', { name: '要求听证', exact: true }).click();
    await acts(phone).getByText('要求听证').waitFor();
    await page.getByText('听证由非本案调查人员主持', { exact: false }).waitFor();
    await sound(phone, 'unit-case-defended');
  });

  it('[JS-17] 申请延期听证：申请后显示待答复，答复后显示新的时间', async () => {
    await at.act('head', { kind: 'GRANT_HEARING', hostId: 'demo-hearing', heldAt: at.stage.clock.now() + 20 * DAY, place: '第一听证室' });
    await at.settle();
    const phone = await open();
    const { page } = phone;
    await page.getByRole('region', { name: '期限' }).getByText('第一听证室').waitFor();
    const later = await right(phone, '申请延期听证');
    await later.getByLabel('理由').fill('鉴定意见须迟几天。');
    await later.getByRole('button', { name: '申请延期听证', exact: true }).click();
    await acts(phone).getByText('◌ 待答复').waitFor();
    await sound(phone, 'unit-case-hearing');
    await at.act('head', { kind: 'POSTPONE_HEARING', ground: 'PARTY_ASKED', heldAt: at.stage.clock.now() + 30 * DAY, place: '第二听证室', reason: '理由成立。' });
    await at.settle();
    await phone.go(`/unit/cases/${at.caseId}`);
    await page.getByRole('region', { name: '期限' }).getByText('第二听证室').waitFor();
    await acts(phone).getByText('◌ 待答复').waitFor({ state: 'hidden' });
  });

  it('[JS-18.1] 决定送达：先缴款并报送凭证，再报送整改和证明材料，每一步都看得到结果', async () => {
    await at.wait(45 * DAY);
    await at.act('hearing', { kind: 'HOLD_HEARING', attended: true, record: '双方陈述、质证。', points: ['折算方法无误。'], report: '建议维持。' });
    await at.step('REVIEW_DEFENCE');
    await at.step('PASS_LEGAL_REVIEW');
    if ((await at.page()).state.main === 'COLLECTIVE_DISCUSSION') await at.step('RECORD_DISCUSSION');
    await at.settle();
    for (const command of ['DECIDE', 'ORDER_RECTIFICATION', 'SEND_DECISION']) await at.step(command);
    await at.settle();
    const today = await at.visit(UNIT, 360);
    await today.go('/unit');
    await today.page.getByText('缴纳罚款', { exact: false }).first().waitFor();
    await sound(today, 'unit-today');
    const phone = await open();
    const { page } = phone;
    await page.getByText('最后缴款日').waitFor();
    await page.getByText('未采纳').first().waitFor();
    const decided = page.getByRole('region', { name: /^处罚决定/ });
    for (const text of ['演示银行清川市支行（虚构）', '清川市人民政府（演示）', '清川市人民法院（演示）']) await decided.getByText(text, { exact: false }).first().waitFor();
    await sound(phone, 'unit-case-decided');
    const english = await at.stage.visit({ login: UNIT, width: 390, language: 'en' });
    await english.go(`/unit/cases/${at.caseId}`);
    await english.page.getByRole('region', { name: /^The decision/ }).getByText('People\'s Government of Qingchuan (demonstration)', { exact: false }).first().waitFor();
    await english.page.getByText('the collecting bank', { exact: false }).waitFor();
    await sound(english, 'unit-case-decided-en');
    // The name of a long company stands in a line of the menu, its buttons below.
    await english.page.getByRole('button', { name: 'Menu' }).click();
    const name = await english.page.locator('.ant-drawer-title').boundingBox();
    expect(name?.width).toBeGreaterThan(150);
    expect(name?.height).toBeLessThan(80);
    const payment = await right(phone, '报送缴款凭证');
    await payment.getByLabel('票据或流水号').fill('JK-0001');
    await payment.getByLabel('缴款日期').fill('2026-11-01');
    await payment.getByLabel('缴款日期').press('Enter');
    await payment.getByRole('button', { name: '报送缴款凭证', exact: true }).click();
    await acts(phone).getByText('报送缴款凭证').waitFor();
    const correction = await right(phone, '报送整改情况');
    await correction.getByLabel('整改措施与结果').fill('更换滤袋，安排专人值守，近期小时均值全部达标。');
    await correction.getByLabel('完成日期').fill(dayOf(at.stage.clock.now()));
    await correction.getByLabel('完成日期').press('Enter');
    await correction.getByLabel('选择文件').setInputFiles({ name: '更换滤袋照片.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('照片') });
    await correction.getByText('更换滤袋照片.jpg').waitFor();
    await sound(phone, 'unit-case-correction');
    await correction.getByRole('button', { name: '报送整改情况', exact: true }).click();
    await acts(phone).getByText('报送整改情况').waitFor();
    await page.getByText('已报送整改', { exact: false }).first().waitFor();
    await sound(phone, 'unit-case-performed');
    await phone.go('/unit/notices');
    await page.getByText('行政处罚决定书', { exact: false }).first().waitFor();
    await sound(phone, 'unit-notices');
  });
});
