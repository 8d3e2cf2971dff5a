import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEMO_PASSWORD } from '#access';
import { ofdParts, sm2Holder, zipOfd } from '#documents/testing';
import { DAY, dayOf } from '#kernel';
import { defenceOf } from '#sim/people/case-bodies';
import { openCase, sound, UNIT, type CaseWalk } from './case-walk.ts';
import type { Visit } from './stage.ts';

const TERMS = { from: Date.UTC(2020, 0, 1), to: Date.UTC(2030, 0, 1) };
/** A letter of another authority, sealed by a root nobody here has named as trusted. */
function sealedLetter(at: number): Buffer {
  const root = sm2Holder('示范电子认证根', TERMS);
  const [signer, maker] = [sm2Holder('示范市水务局', TERMS, root), sm2Holder('示范制章中心', TERMS, root)];
  return Buffer.from(zipOfd(ofdParts({ signer, maker, sealName: '示范市水务局公章', sealedAt: at, sealFrom: TERMS.from, sealTo: TERMS.to })));
}

describe('执法工作台：一件案件的各个办理界面', { timeout: 300_000 }, () => {
  let at: CaseWalk;
  /** The form of a step: from its button, or from the list of other steps. */
  const form = async ({ page }: Visit, step: string) => {
    const button = page.getByRole('button', { name: step, exact: true }).first();
    await button.or(page.getByRole('button', { name: '其他步骤' })).first().waitFor();
    if (await button.isVisible()) await button.click();
    else {
      await page.getByRole('button', { name: '其他步骤' }).click();
      await page.getByRole('menuitem', { name: step, exact: true }).click();
    }
    const dialog = page.getByRole('dialog', { name: step });
    await dialog.locator('form').waitFor();
    return dialog;
  };
  const finish = async ({ page }: Visit, step: string): Promise<void> => {
    await page.getByRole('button', { name: `办理：${step}` }).click();
    await page.getByRole('dialog', { name: step }).waitFor({ state: 'detached' });
  };
  beforeAll(async () => {
    at = await openCase();
  }, 400_000);
  afterAll(() => at?.close());

  it('[JS-12.2] 从缺的要点补齐证据：送入的 OFD、PDF 当场核验；被拒绝的说明依据', async () => {
    await at.gather(['PARTY']);
    const officer = await at.open('officer');
    const { page } = officer;
    await page.getByRole('button', { name: '补齐：当事人身份证明' }).click();
    const dialog = page.getByRole('dialog', { name: '固定证据' });
    const files = dialog.getByLabel('选择文件', { exact: true });
    await dialog.getByRole('button', { name: '选择文件' }).waitFor();
    await page.getByRole('button', { name: '办理：固定证据' }).click();
    await dialog.getByText('请选择文件').waitFor();
    await files.setInputFiles({ name: '水务局来函.ofd', mimeType: 'application/octet-stream', buffer: sealedLetter(at.stage.clock.now()) });
    await dialog.getByText('证书未能追溯到受信任的根').waitFor();
    await dialog.getByText('示范市水务局公章', { exact: false }).first().waitFor();
    await sound(officer, 'case-evidence-ofd');
    const paper = (await at.page()).state.papers.find((one) => one.kind === 'FILING_APPROVAL') as { documentId?: string } | undefined;
    const pdf = await (await page.context().request.get(`${at.stage.base}/api/documents/${paper?.documentId}/file`)).body();
    const changed = Buffer.from(pdf);
    changed.writeUInt8((changed.at(1_000) ?? 0) ^ 1, 1_000);
    await files.setInputFiles({ name: '改动过的审批表.pdf', mimeType: 'application/pdf', buffer: changed });
    await dialog.getByText('验签不通过').waitFor();
    await files.setInputFiles({ name: '审批表.pdf', mimeType: 'application/pdf', buffer: pdf });
    await dialog.getByText('验签通过').waitFor();
    // Electronic data that no review passed are no evidence: the refusal stands beside the button that was pressed.
    // Who brought the file is for the officer to say.
    await dialog.getByLabel('提供人').fill('清川热电厂');
    await dialog.getByLabel('证据种类').click();
    await page.getByTitle('电子数据', { exact: true }).click();
    await page.getByRole('button', { name: '办理：固定证据' }).click();
    await dialog.getByText('未经数据审核', { exact: false }).first().waitFor();
    expect(await dialog.getByText('未经数据审核', { exact: false }).first().isVisible()).toBe(true);
    officer.errors.length = 0; // the refusal, which the browser notes
    await dialog.getByLabel('证据种类').click();
    await page.getByTitle('书证', { exact: true }).click();
    await finish(officer, '固定证据');
    await page.getByText('必备要点 7/7').waitFor();
    await page.getByText('验签通过').first().waitFor();
    await sound(officer, 'case-evidence');
  });

  it('[JS-14] 共同违法另案、分案、并案：预览文书，办理后各案互相指明', async () => {
    const lead = await at.open('enforcement');
    const { page } = lead;
    let dialog = await form(lead, '对共同违法的当事人另案处理');
    await dialog.getByLabel('另一当事人').click();
    await page.locator('.ant-select-item-option').first().click();
    await dialog.getByLabel('该当事人的行为和作用').fill('运维单位配合修改参数。');
    await page.getByRole('button', { name: '预览文书' }).click();
    await dialog.getByRole('img', { name: '共同违法当事人另案处理审批表', exact: false }).waitFor();
    await dialog.getByRole('button', { name: '以现稿为对照' }).click();
    await dialog.getByLabel('理由').fill('两个单位分工不同。');
    await dialog.getByRole('region', { name: '与对照稿相比' }).getByText('两个单位分工不同。').waitFor();
    await sound(lead, 'case-preview');
    await finish(lead, '对共同违法的当事人另案处理');
    await page.getByText('共同违法的另一当事人').waitFor();

    await at.act('enforcement', { kind: 'ADD_VIOLATION', violation: 'INFO_NOT_PUBLIC', actStart: '2026-09-01', actEnd: '2026-09-02', facts: '未公开自动监测信息。', reason: '一并查处。', harm: 'NONE', harmFinding: '' });
    await lead.go(`/cases/${at.caseId}`);
    dialog = await form(lead, '分案办理');
    // The only act that may be split off is already chosen.
    await dialog.getByLabel('理由').fill('两项违法行为由不同人员办理为宜。');
    await finish(lead, '分案办理');
    await page.getByText('由本案分出').waitFor();
    await page.getByText('由本案分出').getByRole('link').click();
    await page.getByText('本案由其分出').waitFor();
    const split = new URL(page.url()).pathname.split('/').at(-1) ?? '';
    const filing = { kind: 'PROPOSE_FILING', violation: 'INFO_NOT_PUBLIC', assistOfficerId: 'demo-officer2', actStart: '2026-09-01', actEnd: '2026-09-02', facts: '未公开自动监测信息。', reason: '建议立案。', conditions: { initialProof: true, punishable: true, jurisdiction: true, withinLimitation: true } };
    await at.as('officer').post(`/api/cases/${split}/acts`, filing);
    await at.as('enforcement').post(`/api/cases/${split}/acts`, { kind: 'APPROVE_FILING', opinion: '同意。' });
    await lead.go(`/cases/${split}`);
    dialog = await form(lead, '并案办理');
    await dialog.getByLabel('理由').fill('同一当事人，一并办理。');
    await finish(lead, '并案办理');
    await page.getByText('程序已终结').waitFor();
    await page.getByText('本案已并入').waitFor();
    await sound(lead, 'case-merged');
    // What follows is about one act only.
    await at.act('enforcement', { kind: 'SPLIT_CASE', violation: 'INFO_NOT_PUBLIC', reason: '证据尚待补充，分案继续。' });
  });

  it('[JS-17] 听证：当事人的申请看得见，延期自申请带出，文书先看后发；疑问在决定前答复', async () => {
    await at.act(UNIT, { kind: 'ASK_QUESTION', question: '折算基准氧含量按哪个标准取值？' });
    await at.notify();
    await at.act(UNIT, defenceOf(await at.page()));
    await at.act(UNIT, { kind: 'REQUEST_HEARING', reason: '对折算方法有异议。' });
    await at.act('head', { kind: 'GRANT_HEARING', hostId: 'demo-hearing', heldAt: at.stage.clock.now() + 20 * DAY, place: '第一听证室' });
    await at.act(UNIT, { kind: 'REQUEST_POSTPONEMENT', reason: '鉴定意见须迟几天。', proof: '委托书' });
    const head = await at.open('head');
    const { page } = head;
    await page.getByText('当事人申请延期听证').waitFor();
    await page.getByText('孟持衡').first().waitFor();
    const dialog = await form(head, '延期听证');
    expect(await dialog.getByLabel('理由', { exact: true }).inputValue()).toBe('鉴定意见须迟几天。');
    await page.getByRole('button', { name: '预览文书' }).click();
    await dialog.getByRole('img', { name: '听证', exact: false }).first().waitFor();
    await finish(head, '延期听证');
    await page.getByText('◌ 待答复').waitFor({ state: 'detached' });
    await sound(head, 'case-hearing');

    await at.wait(45 * DAY);
    const host = await at.visit('hearing');
    await host.go(`/cases/${at.caseId}`);
    let held = await form(host, '举行听证');
    await held.getByLabel('听证笔录').fill('当事人无正当理由未到场。');
    await held.getByLabel('听证报告').fill('建议维持。');
    await host.page.getByRole('button', { name: '办理：举行听证' }).click();
    await held.getByText('请输入当事人到场').waitFor();
    // A slip does not throw it away, a page loaded anew does not, and one that cannot be refreshed stays.
    await host.page.keyboard.press('Escape');
    await host.page.getByRole('dialog', { name: '放弃已填写的内容？' }).waitFor();
    await host.page.getByRole('button', { name: '继续填写' }).click();
    await host.page.reload();
    held = await form(host, '举行听证');
    await held.getByText('尚未提交的内容', { exact: false }).waitFor();
    expect(await held.getByLabel('听证报告').inputValue()).toBe('建议维持。');
    await host.page.route(`**/api/cases/${at.caseId}`, (route) => route.abort());
    await host.page.getByText('刷新失败').waitFor({ timeout: 60_000 });
    await host.page.unroute(`**/api/cases/${at.caseId}`);
    // No is an answer. The session ends before it is sent: the person signs in over the form.
    await held.getByRole('radiogroup', { name: '当事人到场' }).getByText('否').click();
    await host.page.context().clearCookies();
    await host.page.getByRole('button', { name: '办理：举行听证' }).click();
    const door = host.page.getByRole('dialog', { name: '登录已失效', exact: false });
    await door.getByLabel('账号').fill('hearing');
    await door.getByLabel('密码').fill(DEMO_PASSWORD);
    await door.getByRole('button', { name: /^登\s?录$/ }).click();
    await door.waitFor({ state: 'detached' });
    await finish(host, '举行听证');
    expect((await at.page()).state).toMatchObject({ hearing: { outcome: 'ABSENT' } });
    await at.step('REVIEW_DEFENCE');
    await at.step('PASS_LEGAL_REVIEW');
    if ((await at.page()).state.main === 'COLLECTIVE_DISCUSSION') await at.step('RECORD_DISCUSSION');
    const officer = await at.open('officer');
    await officer.page.getByText('当事人的疑问与答复').waitFor();
    const reply = await form(officer, '答复当事人疑问');
    await reply.getByLabel('答复', { exact: true }).fill('按火电厂大气污染物排放标准，基准氧含量为 6%。');
    await finish(officer, '答复当事人疑问');
    await officer.page.getByText('基准氧含量为 6%', { exact: false }).first().waitFor();
    await sound(officer, 'case-question');
  });

  it('[JS-20] 决定以此前封存的案卷为据；更正已送达文书，新旧逐句对照', async () => {
    await at.settle();
    const head = await at.open('head');
    await head.page.getByText('决定前封存的案卷').waitFor();
    await head.page.getByText('待签决定将以最新一版为据').waitFor();
    await (await form(head, '作出决定')).getByRole('button', { name: '填入：同意。', exact: false }).click();
    await finish(head, '作出决定');
    await head.page.getByText('决定以此为据').waitFor();
    await sound(head, 'case-frozen');
    await at.step('ORDER_RECTIFICATION');
    await at.step('SEND_DECISION');
    await at.settle();
    const lead = await at.open('enforcement');
    const dialog = await form(lead, '更正已送达文书');
    await dialog.getByLabel('已送达文书').click();
    await lead.page.locator('.ant-select-item-option').filter({ hasText: '处罚决定书' }).first().click();
    const { unitName } = await at.page();
    await dialog.getByLabel('原文（笔误处）').fill(unitName);
    await dialog.getByLabel('更正为').fill('清川热电厂');
    await dialog.getByLabel('理由').fill('名称笔误。');
    await finish(lead, '更正已送达文书');
    await lead.page.getByRole('button', { name: '对照改动' }).last().click();
    const changes = lead.page.getByRole('dialog');
    await changes.locator('ins').first().waitFor();
    await changes.locator('del').first().waitFor();
    await sound(lead, 'case-redline');
  });

  it('[JS-18] 已归档的案件另立新案重新办理，新旧互相指明；手机上也看得全', async () => {
    await at.wait(5 * DAY);
    // 决定了限制生产的，责令、备案、跟踪检查合格以后才算履行完毕。
    const day = dayOf(at.stage.clock.now());
    await at.act('head', { kind: 'ORDER_PRODUCTION', measure: 'LIMIT_PRODUCTION', situation: 'OVER_STANDARD', way: '负荷不超过六成。', demands: ['更换滤袋'], reason: '持续超标。' });
    await at.act(UNIT, { kind: 'REPORT_COMPLETION', completedOn: day, measures: '滤袋已更换。', monitoringReport: '监1', proof: [] });
    await at.act(UNIT, { kind: 'FILE_COMPLETION', statement: '已完成整改。', publishedAt: '单位公示栏' });
    await at.act('officer', { kind: 'FOLLOW_UP_PRODUCTION', checkedOn: day, findings: '稳定达标。', obeyed: true });
    for (const command of ['REGISTER_PAYMENT', 'REPORT_RECTIFICATION', 'CHECK_RECTIFICATION', 'PROPOSE_CLOSING', 'APPROVE_CLOSING']) await at.step(command);
    await at.as('archivist').post(`/api/archive/${at.caseId}`);
    await at.settle();
    const head = await at.open('head');
    const dialog = await form(head, '对已归档案件重新办理');
    await dialog.getByLabel('理由类别').click();
    await head.page.getByTitle('人民法院、复议机关责令重新作出').click();
    await dialog.getByLabel('理由', { exact: true }).fill('复议机关责令重新作出决定。');
    await finish(head, '对已归档案件重新办理');
    await head.page.getByText('关联案件').waitFor();
    await sound(head, 'case-archived');
    const phone = await at.open('officer', 360);
    await sound(phone, 'case-archived-phone');
  });

  it('[JS-6] 待办由谁负责、级别用本省的词、联合会商、代理人：一屏与一企一档', async () => {
    const panel = await at.visit('panel', 360);
    await panel.go('/');
    await panel.page.getByText('待办由谁负责').waitFor();
    await panel.page.getByText('执法部门牵头日常工作', { exact: false }).waitFor();
    await sound(panel, 'situation-phone');
    await panel.walk(`/clues/${at.clueId}`);
    await panel.page.getByText('二级警告').first().waitFor();
    await panel.page.getByText('滤袋已更换', { exact: false }).first().waitFor();
    await sound(panel, 'clue-phone');
    const lead = await at.visit('enforcement');
    await lead.go('/units/QY0001');
    await lead.page.getByText('代本单位办事的人').waitFor();
    await lead.page.getByText('没有授权任何人').waitFor();
    await sound(lead, 'unit-file');
  });
});
