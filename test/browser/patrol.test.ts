import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY } from '#kernel';
import { isReviewed } from '#review';
import { defenceOf } from '#sim/people/case-bodies';
import { signReview } from '../scenarios/chain-people.ts';
import { openCase, sound, UNIT, type CaseWalk } from './case-walk.ts';
import type { Visit } from './stage.ts';

const LEDGER = Buffer.from('时间,炉膛温度\n2026-09-12 01:00,842\n');
const PHOTO = Buffer.from('走航车质谱图');
const OK = /^确\s?定$/;

describe('屏幕上送审与公开：补充审核、巡查线索、处罚决定公开', { timeout: 300_000 }, () => {
  let at: CaseWalk;
  /** What the link of a file gives back. */
  const download = async ({ page }: Visit, name: string): Promise<Buffer> => {
    const href = await page.getByRole('link', { name, exact: true }).first().getAttribute('href');
    return (await page.context().request.get(`${at.stage.base}${href}`)).body();
  };
  beforeAll(async () => {
    at = await openCase();
  }, 400_000);
  afterAll(() => at?.close());

  it('[JS-12.2] 移送后补充收集的数据：从案件申请补充审核，期限另计，牵头人在本页作结论后方为证据', async () => {
    const officer = await at.visit('officer');
    const { page } = officer;
    await officer.go(`/cases/${at.caseId}`);
    await page.getByRole('link', { name: '办案中新取的电子数据：申请补充审核' }).click();
    await page.getByRole('button', { name: '申请补充审核' }).click();
    const dialog = page.getByRole('dialog', { name: '申请补充审核' });
    await dialog.getByLabel('时段起').fill('2026-09-12T06:00');
    await dialog.getByLabel('时段止').fill('2026-09-12T00:00');
    await dialog.getByLabel('选择文件').setInputFiles({ name: '炉温台账.csv', mimeType: 'text/csv', buffer: LEDGER });
    await dialog.getByText('炉温台账.csv').waitFor();
    await dialog.getByLabel('理由').fill('调查期间调取炉温台账。');
    await sound(officer, 'supplement-form');
    await dialog.getByRole('button', { name: OK }).click();
    await dialog.getByText('时段的止不得早于起', { exact: false }).waitFor();
    officer.errors.length = 0; // the refusal, which the browser notes
    await dialog.getByLabel('时段起').fill('2026-09-12T00:00');
    await dialog.getByLabel('时段止').fill('2026-09-12T06:00');
    await dialog.getByRole('button', { name: OK }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('tab', { name: '补充审核', selected: true }).waitFor();
    await page.getByRole('button', { name: '申请补充审核' }).waitFor({ state: 'hidden' });
    expect(await download(officer, '炉温台账.csv')).toEqual(LEDGER);
    await sound(officer, 'supplement-open');
    const clue = await at.as('officer').get<{ reviews: { input: { materials: { sha256: string }[] } }[]; deadlines: { clockId: string; state: string }[] }>(`/api/review/clues/${at.clueId}`);
    expect(clue.deadlines.find(({ clockId }) => clockId === 'T2s')).toMatchObject({ state: 'OPEN' });
    const material = { kind: 'MATERIAL', sha256: clue.reviews.at(-1)?.input.materials[0]?.sha256 ?? '' } as const;
    expect(await isReviewed(at.stage.domain.platform.db, material)).toMatchObject({ code: 'REVIEW-020' });

    await signReview(at.as, at.clueId, 'review-tech');
    const lead = await at.visit('review-lead');
    await lead.go(`/reviews/${at.clueId}`);
    await lead.page.getByRole('button', { name: '作出结论并出具意见书' }).click();
    await lead.page.getByRole('link', { name: /^打开 .+（PDF）$/ }).first().waitFor();
    await lead.page.getByRole('button', { name: '作出结论并出具意见书' }).waitFor({ state: 'detached' });
    await lead.page.mouse.move(0, 0); // off the link that came to lie under the pointer
    await sound(lead, 'supplement-done');
    expect(await isReviewed(at.stage.domain.platform.db, material)).toMatchObject({ ok: true });
  });

  it('[JS-10.5] 业务部门在手机上登记走航车巡查线索，直送审核；附件审核人看得到；研判人员没有这个入口', async () => {
    const { unitName } = await at.page();
    const air = await at.visit('air', 360);
    const { page } = air;
    await air.go('/clues');
    await page.getByRole('button', { name: '登记巡查线索' }).click();
    const dialog = page.getByRole('dialog', { name: '登记巡查线索' });
    await dialog.getByRole('button', { name: OK }).click();
    await dialog.locator('.ant-form-item-explain-error').first().waitFor();
    await dialog.getByLabel('排污单位').click();
    await dialog.getByLabel('排污单位').fill(unitName.slice(0, 4));
    await page.getByTitle(unitName, { exact: true }).click();
    await dialog.getByLabel('排放口').click();
    await page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option').first().click();
    await dialog.getByLabel('污染物').waitFor();
    await dialog.getByLabel('发现方式').click();
    await page.getByTitle('走航车', { exact: true }).click();
    await dialog.getByLabel('时段起').fill('2026-09-12T00:00');
    await dialog.getByLabel('时段止').fill('2026-09-12T06:00');
    await dialog.getByLabel('发现的情况', { exact: true }).fill('走航车在厂界下风向测得二氧化硫异常升高。');
    await dialog.getByLabel('选择文件').setInputFiles({ name: '质谱图.png', mimeType: 'image/png', buffer: PHOTO });
    await dialog.getByText('质谱图.png').waitFor();
    await sound(air, 'patrol-form-phone');
    await dialog.getByRole('button', { name: OK }).click();
    await page.getByText('「走航车在厂界下风向测得二氧化硫异常升高。」').waitFor();
    const clueId = new URL(page.url()).pathname.split('/').at(-1) ?? '';
    await page.getByText('· 走航车', { exact: false }).waitFor();
    await sound(air, 'patrol-clue-phone');

    const reviewer = await at.visit('review-tech');
    await reviewer.go(`/clues/${clueId}`);
    expect(await download(reviewer, '质谱图.png')).toEqual(PHOTO);
    await reviewer.page.getByRole('button', { name: '受理审核' }).click();
    await reviewer.page.getByRole('dialog', { name: '受理审核' }).getByRole('button', { name: /确\s*定/ }).click();
    await reviewer.page.getByRole('tab', { name: '初次审核' }).waitFor();
    expect(await download(reviewer, '质谱图.png')).toEqual(PHOTO);
    await sound(reviewer, 'patrol-review');

    const panel = await at.stage.visit({ login: 'panel', width: 1440, language: 'en' });
    await panel.go('/clues');
    await panel.page.getByRole('heading', { name: 'Clue pool' }).waitFor();
    expect(await panel.page.getByRole('button', { name: 'Enter a patrol finding' }).count()).toBe(0);
    const monitor = await at.stage.visit({ login: 'monitor', width: 1440, language: 'en' });
    await monitor.go('/clues');
    await monitor.page.getByRole('button', { name: 'Enter a patrol finding' }).click();
    await monitor.page.getByRole('dialog', { name: 'Enter a patrol finding' }).getByLabel('How it was found').waitFor();
    await sound(monitor, 'patrol-form-english');
  });

  it('[SH-14.3] 决定作出后，公开文本由执法人员核改，机关负责人批准公开，再说明理由撤回；公众页面随之改变', async () => {
    await at.gather();
    await at.notify();
    await at.act(UNIT, defenceOf(await at.page()));
    await at.wait(8 * DAY);
    for (const command of ['CLOSE_WINDOW', 'REVIEW_DEFENCE', 'PASS_LEGAL_REVIEW']) await at.step(command);
    if ((await at.page()).state.main === 'COLLECTIVE_DISCUSSION') await at.step('RECORD_DISCUSSION');
    await at.settle();
    for (const command of ['DECIDE', 'ORDER_RECTIFICATION', 'SEND_DECISION']) await at.step(command);
    await at.settle();
    const officer = await at.visit('officer', 360);
    await officer.go(`/cases/${at.caseId}`);
    await officer.page.getByText('待批准公开', { exact: true }).waitFor();
    expect(await officer.page.getByRole('button', { name: '批准公开' }).count()).toBe(0);
    await officer.page.getByRole('button', { name: '修改公开文本' }).click();
    const edit = officer.page.getByRole('dialog', { name: '修改公开文本' });
    await edit.getByLabel('公开的事实').fill('该单位二氧化硫超标排放，联系人 13812345678。');
    await sound(officer, 'publication-form-phone');
    await edit.getByRole('button', { name: OK }).click();
    await officer.page.getByText('已隐去：', { exact: false }).waitFor();
    await edit.waitFor({ state: 'hidden' }); // the form still holds what was typed
    expect(await officer.page.locator('main').innerText()).not.toContain('13812345678');

    const head = await at.visit('head');
    const { page } = head;
    await head.go(`/cases/${at.caseId}`);
    await page.getByRole('button', { name: '批准公开' }).click();
    await page.getByRole('dialog', { name: '批准公开' }).getByRole('button', { name: OK }).click();
    const outside = page.getByRole('link', { name: '公众看到的页面' });
    await outside.waitFor();
    await sound(head, 'publication-open');
    const id = (await outside.getAttribute('href'))?.split('/').at(-1) ?? '';
    const asPublic = async () => (await fetch(`${at.stage.base}/api/public/decisions/${id}`)).json() as Promise<{ facts: string; withdrawNote: string | null }>;
    expect((await asPublic()).facts).toContain('该单位二氧化硫超标排放');
    await page.getByRole('button', { name: '撤回公开' }).click();
    const withdraw = page.getByRole('dialog', { name: '撤回公开' });
    await withdraw.getByLabel('说明').fill('错');
    await withdraw.getByRole('button', { name: OK }).click();
    await withdraw.locator('.ant-alert-error').waitFor();
    head.errors.length = 0; // the refusal, which the browser notes
    await withdraw.getByLabel('说明').fill('决定经复议变更，撤回原公开信息。');
    await withdraw.getByRole('button', { name: OK }).click();
    await page.getByText('已撤回', { exact: true }).waitFor();
    expect(await asPublic()).toMatchObject({ facts: '', withdrawNote: '决定经复议变更，撤回原公开信息。' });
    await sound(head, 'publication-withdrawn');
  });
});
