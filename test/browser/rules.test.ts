import { createReadStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Judge } from '#analysis';
import { DAY, instant } from '#kernel';
import { directoryOfRegister, importCapture } from '#ingest';
import { sql } from '#platform/db';
import { simulate } from '#sim/simulate';
import { openStage, overflow, type Stage, type Visit } from './stage.ts';

const REASON = '夏季臭氧攻坚需要提前提醒';

describe('规则与治理 rules and governance', { timeout: 90_000 }, () => {
  let stage: Stage;
  const visit = (login: string, width = 1440, language: 'zh' | 'en' = 'zh'): Promise<Visit> => stage.visit({ login, width, language });

  beforeAll(async () => {
    stage = await openStage();
    const { platform, registry } = stage.domain;
    const now = stage.clock.now();
    const dir = mkdtempSync(join(tmpdir(), 'rules-'));
    // The history of the stage's own province: what a rule can be tried on.
    await simulate({ seed: 'browser-1', outfalls: 2, industries: ['coal_power', 'municipal'], days: 1, start: now - 2 * DAY, stepMin: 10, inject: 'none', benign: false, outDir: dir });
    stage.clock.set(instant(now - 2 * DAY));
    await importCapture({ db: platform.db, clock: stage.clock, directory: directoryOfRegister(() => registry.current()) }, createReadStream(join(dir, 'capture.tsv')), { source: 'capture.tsv' });
    const judge = await Judge.open({ ...platform, registry });
    while ((await judge.step()).frames > 0);
    stage.clock.set(now);
    await judge.step();
    rmSync(dir, { recursive: true });
    await sql`INSERT INTO model_cap (model, cap, valid_from, reviewed, wrong, days, share, bound, recorded_at) VALUES ('C01', 'WARN', ${now - DAY}, 12, 11, 30, 0.5, 0.65, ${now - DAY})`.execute(platform.db);
  }, 240_000);
  afterAll(async () => {
    await stage?.close();
  });

  const stateOf = async (url: string): Promise<string | undefined> => {
    const proposal = new URL(url).pathname.split('/').at(-1) ?? '';
    const { rows } = await sql<{ state: string }>`SELECT state FROM model_proposal WHERE proposal = ${proposal}`.execute(stage.domain.platform.db);
    return rows[0]?.state;
  };

  it('[JS-10.1] 要素部门自己编写规则：错在何处、应写什么当场指出；预览、回测、影子运行、批准', async () => {
    const { page, errors, go, axe } = await visit('air');
    await go('/rules');
    await page.getByRole('button', { name: '编写规则' }).click();
    const remind = page.getByLabel('提醒（3级）', { exact: false });
    await remind.fill('zs(fator) > share * limit(factor)');
    await page.getByText('没有这个名称“fator”', { exact: false }).waitFor();
    await page.getByText('第 4 个字符', { exact: false }).waitFor();
    await page.getByRole('button', { name: '改为 factor' }).click();
    await page.getByText('没有这个名称', { exact: false }).waitFor({ state: 'detached' });
    expect(await remind.inputValue()).toBe('zs(factor) > share * limit(factor)');
    await remind.fill('zs(factor) > 0');
    for (const [label, text] of [
      ['名称（中文）', '氮氧化物持续排放'], ['名称（英文）', 'NOx keeps coming'], ['目的（中文）', '攻坚期间提前提醒'], ['目的（英文）', 'an early reminder'],
      ['处置要求（中文）', '核实治污设施运行'], ['处置要求（英文）', 'look at the treatment'],
    ] as const) await page.getByLabel(label).fill(text);
    await page.getByText('规则可以读懂', { exact: false }).waitFor();
    await page.getByRole('combobox', { name: '排放口' }).click();
    await page.locator('.ant-select-item-option').first().click();
    await page.getByText(/30 天内在此排放口会提出 \d+ 次/).waitFor();
    await page.getByRole('button', { name: '回测全部排放口' }).click();
    await page.getByText(/辖区 1 个排放口/).waitFor();
    expect(await axe()).toEqual([]);
    await page.getByLabel('理由').fill(REASON);
    await page.getByRole('button', { name: /^提\s?出$/ }).click();
    await page.getByText('已提出').first().waitFor();
    // Values come only when the platform has noticed that the person cancelled: nothing is attached, and he can begin anew.
    const { series } = stage.domain.platform;
    const read = series.columns.bind(series);
    const cancelled = new Promise<void>((resolve) => {
      series.columns = async (statement, parameters, signal) => {
        await new Promise((stop) => signal?.addEventListener('abort', stop));
        resolve();
        return read(statement, parameters, signal);
      };
    });
    await page.getByRole('button', { name: /^回\s?测$/ }).click();
    await page.getByText(/已判 0\/\d+ 个排放口/).waitFor();
    await page.getByRole('button', { name: /^取\s?消$/ }).click();
    await page.getByText(/已判 0\/\d+ 个排放口/).waitFor({ state: 'detached' });
    await cancelled;
    series.columns = read;
    await page.getByText('尚未回测').waitFor();
    expect(await stateOf(page.url())).toBe('PROPOSED');
    await page.getByRole('button', { name: /^回\s?测$/ }).click();
    await page.getByText(/个排放口，\d+ 小时数据/).waitFor();
    expect(await stateOf(page.url())).toBe('BACKTESTED');
    await page.getByRole('button', { name: '开始影子运行' }).click();
    await page.getByText('影子运行中').first().waitFor();
    expect(await axe()).toEqual([]);
    expect(errors).toEqual([]);

    const approver = await visit('model-approver');
    const path = new URL(page.url()).pathname;
    await approver.go(path);
    await approver.page.getByText('影子运行未满 7 日', { exact: false }).waitFor();
    stage.clock.advance(8 * DAY);
    await approver.go(path);
    await approver.page.getByRole('button', { name: /^批\s?准$/ }).click();
    await approver.page.getByLabel('理由').fill('影子运行平稳，同意施行');
    await approver.page.getByRole('button', { name: /确\s*定/ }).click();
    await approver.page.getByText('提案已办结').waitFor();
    await approver.page.getByRole('dialog').waitFor({ state: 'detached' });
    await approver.page.getByText('影子运行平稳，同意施行', { exact: false }).waitFor();
    expect(await approver.axe()).toEqual([]);
    expect(approver.errors).toEqual([]);
  });

  it('[JS-8] 误报超出预算的模型在其页面写明，恢复级别须另一人批准', async () => {
    const author = await visit('model-author');
    await author.go('/models');
    await author.page.getByText('最高只到“警告”').waitFor();
    await author.go('/models/C01');
    await author.page.getByText('近 30 天复核 12 条，误报 11 条', { exact: false }).waitFor();
    await author.page.getByRole('button', { name: '申请恢复级别' }).click();
    await author.page.getByLabel('理由').fill('已修正门槛并复核，申请恢复');
    await author.page.getByRole('button', { name: /确\s*定/ }).click();
    await author.page.getByText('此类提案无须试运行').waitFor();
    expect(await author.page.getByRole('button', { name: /^批\s?准$/ }).isDisabled()).toBe(true);
    await author.page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await author.axe()).toEqual([]);
    expect(author.errors).toEqual([]);
  });

  it('speaks English and fits a phone; who may not propose is not offered it', async () => {
    const { page, errors, go, axe } = await visit('air', 360, 'en');
    await go('/rules');
    await page.getByText('Write a rule').waitFor();
    const proposal = (await page.locator('a[href*="/rules/proposals/"]').first().getAttribute('href')) ?? '';
    for (const room of ['/rules', '/rules/edit', '/rules/edit?rule=R-001', proposal, '/models/R-001']) {
      await go(room);
      await page.locator('h1').first().waitFor();
      expect(await overflow(page), room).toBeLessThanOrEqual(0);
      expect(await axe(), room).toEqual([]);
    }
    expect(errors).toEqual([]);
    const officer = await visit('officer');
    await officer.go('/rules');
    await officer.page.getByText('提案').first().waitFor();
    expect(await officer.page.getByRole('button', { name: '编写规则' }).count()).toBe(0);
  });
});
