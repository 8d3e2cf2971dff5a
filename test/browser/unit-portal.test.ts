import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeCheckpoint } from '#evidence';
import { handOn } from '../../src/app/hand-on.ts';
import { chineseOn, openStage, overflow, type Stage, type Visit } from './stage.ts';

const UNIT = 'unit-qy0001';
const AGENT = { login: 'yunwei-08', name: '林校准', password: 'my own password' };

const WHY_WITHDRAWN = '合同解除';
/** What the unit and the authority wrote themselves in these stories stays as it was written. */
const OWN_WORDS = /合同解除|8 月变更|副本|二氧化硫分析仪|读数恒定|手工监测一次|更换光源|修约|喷氨管|8 时至 12 时/;

/** Pictures for whoever wants to look; written only where a folder is named. */
const shot = async ({ page }: Visit, name: string): Promise<void> => {
  const folder = process.env['MINGJIAN_SHOTS'];
  if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
};

describe('企业端在手机上 the unit portal on a phone, from the unit and its agent to the authority', { timeout: 180_000 }, () => {
  let stage: Stage;
  const phone = (login: string, language: 'zh' | 'en' = 'zh') => stage.visit({ width: 360, language, ...(login === '' ? {} : { login }) });
  const sound = async ({ page, errors, axe }: Visit, name: string): Promise<void> => {
    expect({ name, axe: await axe(), overflow: Math.max(0, await overflow(page)), errors }).toEqual({ name, axe: [], overflow: 0, errors: [] });
  };
  beforeAll(async () => {
    stage = await openStage({ history: { days: 5, inject: [{ kind: 'exceed_sustained', at: 3, hours: 2 }] } });
    while ((await handOn(stage.domain)) > 0);
  }, 240_000);
  afterAll(async () => {
    await stage?.close();
  });

  it('先自查：sees what the models in force would find in its own data, in their words, and what it may do then', async () => {
    const visit = await phone(UNIT);
    const { page, go } = visit;
    await go('/unit/self-check');
    await page.getByText('自查结果只有您看到', { exact: false }).waitFor();
    await page.getByText('7 天', { exact: true }).click();
    for (const box of await page.getByRole('checkbox').all()) await box.check();
    await page.getByRole('button', { name: '开始自查' }).click();
    await page.getByRole('heading', { name: '会被发现的情况' }).waitFor({ timeout: 120_000 });
    await page.getByText('判了', { exact: false }).waitFor();
    await page.getByText('超标', { exact: false }).first().waitFor();
    await page.getByText('什么可以解释它').first().waitFor();
    await shot(visit, 'self-check');
    await sound(visit, 'self-check');
  });

  it('先自查：a CSV of data that were never sent is judged by the registered limits; one that is none is refused with the line', async () => {
    const visit = await phone(UNIT);
    const { page, go } = visit;
    await go('/unit/self-check');
    const hour = (h: number) => `2026-09-13 ${String(h).padStart(2, '0')}:00`;
    const rows = Array.from({ length: 24 }, (_, h) => `${hour(h)},${h > 5 && h < 12 ? 90 : 20 + (h % 7)},6`);
    const choose = (text: string) => page.getByLabel('选择 CSV 文件自查').setInputFiles({ name: '未上传.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
    await choose(['time,so2,o2', 'not a time,1,2'].join('\n'));
    await page.getByText('第 2 行“time”不是时间', { exact: false }).waitFor();
    await choose(['time,so2,o2', ...rows].join('\n'));
    await page.getByText('连续 6 小时超过限值 35', { exact: false }).waitFor();
    await shot(visit, 'self-check-csv');
    await sound(visit, 'self-check-csv');
  });

  it('[JS-1.2] 登记参数异议：disputes a value with a file and follows it; the authority sees it where it counts', async () => {
    const visit = await phone(UNIT);
    const { page, go } = visit;
    await go('/unit/file');
    await page.getByRole('link', { name: '登记参数与异议' }).click();
    await page.getByText('平台按这些登记值判定您的数据', { exact: false }).waitFor();
    await shot(visit, 'registered');
    await page.getByRole('button', { name: '有异议' }).first().click();
    await page.getByLabel('本单位主张的值').fill('88.5');
    await page.getByLabel('理由').fill('排污许可证 2026 年 8 月变更');
    await page.getByLabel('选择文件').setInputFiles({ name: '副本.txt', mimeType: 'text/plain', buffer: Buffer.from('第 12 页') });
    await page.getByText('副本.txt').waitFor();
    await shot(visit, 'dispute-form');
    await sound(visit, 'dispute-form');
    await page.getByRole('button', { name: '提出异议' }).click();
    await page.getByText('◌ 在办').waitFor();
    await page.getByText('要素管理人员答复', { exact: false }).first().waitFor();
    await shot(visit, 'dispute-open');
    await sound(visit, 'dispute-open');
    const { items } = (await (await (await stage.visit({ width: 1440, language: 'zh', login: 'air' })).page.context().request.get(`${stage.base}/api/register/disputes?open=true`)).json()) as { items: { proposed: string; mayAnswer: boolean }[] };
    expect(items).toMatchObject([{ proposed: '88.5', mayAnswer: true }]);
  });

  it('设备事项：reports a fault, hands in a result taken by hand, is led to the marks, says it is repaired; the authority sees it with its terms', async () => {
    const visit = await phone(UNIT);
    const { page, go } = visit;
    await go('/unit/devices');
    await page.getByLabel('哪台设备').fill('二氧化硫分析仪');
    await page.keyboard.press('Escape');
    await page.getByRole('group', { name: '涉及的因子' }).or(page.locator('.ant-checkbox-group')).getByRole('checkbox').first().check();
    await page.getByLabel('何时发现').fill('2026-09-14 02:00');
    await page.getByLabel('何时发现').press('Enter');
    await page.getByLabel('故障情况').fill('读数恒定不变，怀疑光源老化');
    await page.getByLabel('停运期间怎样监测').fill('每 6 小时手工监测一次');
    await shot(visit, 'device-form');
    await sound(visit, 'device-form');
    await page.getByRole('button', { name: /^报\s*送$/ }).click();
    await page.getByText('应于 2026-09-21 00:00 前修复', { exact: false }).waitFor();
    await page.getByText('第八条', { exact: false }).first().waitFor();
    await page.getByRole('button', { name: '报手工监测结果' }).click();
    await page.getByLabel('采样时间').fill('2026-09-14 08:00');
    await page.getByLabel('采样时间').press('Enter');
    await page.getByLabel('结果', { exact: true }).fill('21.5');
    await page.getByRole('button', { name: '提交结果' }).click();
    await page.getByText('21.5', { exact: false }).waitFor();
    await shot(visit, 'device-open');
    await sound(visit, 'device-open');
    await visit.walk('/unit');
    await page.getByText('设备故障待修复：二氧化硫分析仪').waitFor();
    await visit.walk('/unit/devices');
    const context = (await stage.visit({ width: 1440, language: 'zh', login: 'air' })).page.context();
    const situation = (await (await context.request.get(`${stage.base}/api/situation`)).json()) as { deadlines: { items: { clockId: string; subjectKind: string; article: string }[] } };
    expect(situation.deadlines.items.filter((row) => row.subjectKind === 'device-matter')).toMatchObject([{ clockId: 'T25r', article: expect.stringContaining('第八条') }]);
    await page.getByLabel('情况说明（写明理由）').fill('已更换光源并校准');
    await page.getByRole('button', { name: '已修复，恢复正常运行' }).click();
    await page.getByText('✓ 已修复').first().waitFor();
    await page.getByRole('link', { name: '去标记数据' }).click();
    await page.getByRole('heading', { level: 1, name: '数据标记' }).waitFor();
  });

  it('[JS-6.4] 数据归真：what was asked stands under today; the answer goes with a file and comes back when it is sent back', async () => {
    const monitor = (await stage.visit({ width: 1440, language: 'zh', login: 'monitor' })).page.context().request;
    const api = `${stage.base}/api/quality/truthing`;
    const outfall = stage.domain.registry.current().data.outfalls.find((one) => UNIT.endsWith(one.unit.toLowerCase()))?.outfall;
    const raised = await monitor.post(api, { data: { outfall, source: 'OUTFALL', holder: 'UNIT', what: '9月13日 8 时至 12 时二氧化硫小时数据', day: '2026-09-16' } });
    expect(raised.status()).toBe(201);
    const { taskId } = (await raised.json()) as { taskId: string };
    const visit = await phone(UNIT);
    const { page, go } = visit;
    await go('/unit/');
    await page.getByText('数据归真 ·', { exact: false }).waitFor();
    await shot(visit, 'truthing-today');
    await page.getByRole('button', { name: '办理并答复' }).click();
    await page.getByLabel('怎样归真的').fill('按校准结果修约 4 个小时并补传');
    await page.getByLabel('选择文件').setInputFiles({ name: '校准记录.txt', mimeType: 'text/plain', buffer: Buffer.from('零点、量程') });
    await page.getByText('校准记录.txt').waitFor();
    await shot(visit, 'truthing-answer');
    await sound(visit, 'truthing-answer');
    await page.getByRole('button', { name: '提交答复' }).click();
    await page.getByText('◑ 待核查').waitFor();
    expect((await monitor.post(`${api}/${taskId}/check`, { data: { act: 'SEND_BACK', text: '补传的第 3 个小时仍是修约前的值', day: '2026-09-18' } })).status()).toBe(200);
    const english = await phone(UNIT, 'en');
    await english.go('/unit/truthing');
    await english.page.getByText('round 2').waitFor();
    await shot(english, 'truthing-sent-back');
    await sound(english, 'truthing-sent-back');
  });

  it('授权代理人：invites an agent for one outfall and two acts; the agent sets a password, sees that and nothing else, and is gone at once when withdrawn', async () => {
    const unit = await phone(UNIT);
    await unit.go('/unit/agents');
    await unit.page.getByText('授权不转移责任', { exact: false }).waitFor();
    const [from, to] = [unit.page.getByPlaceholder('开始日期'), unit.page.getByPlaceholder('结束日期')];
    await from.click();
    await from.fill('2026-09-14');
    await from.press('Enter');
    await to.fill('2026-12-31');
    await to.press('Enter');
    await unit.page.getByText('邀请新人').click();
    await unit.page.getByLabel('登录账号').fill(AGENT.login);
    await unit.page.getByLabel('姓名').fill(AGENT.name);
    await unit.page.getByLabel('所属单位').fill('清源运维公司');
    await unit.page.getByRole('checkbox').first().check();
    await unit.page.getByRole('checkbox', { name: '数据标记' }).check();
    await unit.page.getByRole('checkbox', { name: '答复提醒、警告和督办单' }).check();
    await shot(unit, 'agent-form');
    await sound(unit, 'agent-form');
    await unit.page.getByRole('button', { name: /^授\s*权$/ }).click();
    const link = await unit.page.getByText('/unit/invitation#', { exact: false }).textContent();
    await unit.page.getByText(AGENT.name).first().waitFor();
    await shot(unit, 'agents');

    const agent = await phone('');
    await agent.go(new URL(link ?? '').pathname + new URL(link ?? '').hash);
    await agent.page.getByLabel('新密码', { exact: false }).fill(AGENT.password);
    await agent.page.getByLabel('再输入一次').fill(AGENT.password);
    await shot(agent, 'invitation');
    await sound(agent, 'invitation');
    await agent.page.getByRole('button', { name: '设置密码' }).click();
    await agent.page.getByText(AGENT.login, { exact: false }).waitFor();
    await agent.page.getByRole('link', { name: '前往登录' }).click();
    await agent.page.getByLabel('账号').fill(AGENT.login);
    await agent.page.getByLabel('密码', { exact: true }).fill(AGENT.password);
    agent.errors.length = 0; // the question "who am I" before the sign-in
    await agent.page.getByRole('button', { name: /登\s*录/ }).click();
    await agent.page.getByText('警告待反馈', { exact: false }).first().waitFor();
    agent.errors.length = 0;
    await shot(agent, 'agent-today');
    await agent.page.getByRole('button', { name: /菜\s*单/ }).click();
    await agent.page.getByRole('menuitem', { name: '受托事项' }).waitFor();
    await shot(agent, 'agent-menu');
    expect(await agent.page.getByRole('menuitem', { name: '案件' }).count()).toBe(0);
    await agent.page.getByRole('menuitem', { name: '受托事项' }).click();
    await agent.page.getByText('同时记下您本人和授权单位', { exact: false }).waitFor();
    await shot(agent, 'entrusted');
    await sound(agent, 'entrusted');
    await agent.walk('/unit/sheets');
    await agent.page.getByRole('link', { name: /./ }).filter({ has: agent.page.locator('strong') }).first().click();
    await agent.page.getByRole('combobox', { name: '原因' }).click();
    await agent.page.getByTitle('治理设施故障').click();
    await agent.page.getByLabel('说明', { exact: true }).fill('脱硝喷氨管堵塞，已疏通。');
    await agent.page.getByRole('button', { name: '提交反馈' }).click();
    await agent.page.getByText(`由代理人 ${AGENT.name}`, { exact: false }).waitFor();
    await shot(agent, 'agent-answer');
    await sound(agent, 'agent-answer');

    await unit.page.getByRole('button', { name: '撤回授权' }).click();
    await unit.page.getByLabel('撤回原因').fill(WHY_WITHDRAWN);
    await unit.page.getByRole('button', { name: '撤回授权' }).click();
    await unit.page.getByText('✗ 已撤回').waitFor();
    await sound(unit, 'agents');
    expect((await agent.page.context().request.get(`${stage.base}/api/unit/sheets`)).status()).toBe(403);
  });

  it('the frames behind a moment, each proved in the reader’s own browser against the signed head', async () => {
    await makeCheckpoint(stage.domain.evidence);
    const { page, errors, go, axe } = await stage.visit({ login: 'panel', width: 1440, language: 'zh' });
    await go('/outfalls/QY0001-DA001');
    const cursor = page.getByRole('slider', { name: '时间光标：各来源数据（同一时间轴）' });
    await cursor.focus();
    // Into the days that have frames.
    for (let i = 0; i < 15; i++) await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Enter');
    const drawer = page.getByRole('dialog');
    await drawer.getByRole('button', { name: '核验所列报文的全部证明' }).click();
    await drawer.getByText('✓ 证明成立', { exact: false }).first().waitFor();
    expect(await drawer.getByText('证明不成立', { exact: false }).count()).toBe(0);
    expect(await axe()).toEqual([]);
    expect(errors).toEqual([]);
  });

  it('every new room in English fits and is quiet', async () => {
    const visit = await phone(UNIT, 'en');
    await visit.go('/unit');
    await shot(visit, 'today-en');
    for (const room of ['self-check', 'registered', 'devices', 'agents', 'marks', 'outfalls']) {
      await visit.walk(`/unit/${room}`);
      await visit.page.getByRole('heading', { level: 1 }).waitFor();
      expect({ room, chinese: (await chineseOn(visit.page)).filter((text) => !OWN_WORDS.test(text)) }).toEqual({ room, chinese: [] });
      await shot(visit, `${room}-en`);
      await sound(visit, room);
    }
  });
});
