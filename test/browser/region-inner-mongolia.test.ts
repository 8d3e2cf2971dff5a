import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOUR } from '#kernel';
import { deadlinesOf } from '#platform/deadlines';
import type { Page, SheetRow } from '#sim/people/shapes';
import { LIVE } from '../scenarios/chain-world.ts';
import { openRegion, UNIT, type RegionWalk } from './region-walk.ts';

describe('[NMG-0][NMG-1.0a] 内蒙古：连续三小时超标，电子督办、企业反馈、监控复核、移交执法', { timeout: 300_000 }, () => {
  let at: RegionWalk;
  let clueId = '';
  let sheetId = '';
  beforeAll(async () => {
    at = await openRegion({ region: 'inner-mongolia', history: 4, story: [{ kind: 'exceed_sustained', outfall: 'QY0001-DA001', at: LIVE + 3 * HOUR, hours: 9 }] });
    await at.world.settle();
  }, 300_000);
  afterAll(() => at?.close());

  it('[NMG-2.2a] 第三个超标小时才发督办单，时限自发送起十二小时', async () => {
    await at.world.live(5);
    expect((await at.as(UNIT).get<Page<SheetRow>>('/api/unit/sheets')).items).toEqual([]);
    await at.world.live(3);
    const { items } = await at.as(UNIT).get<Page<SheetRow>>('/api/unit/sheets');
    const sheet = items.find((one) => one.rule.includes('B01'));
    expect(sheet).toBeDefined();
    sheetId = sheet?.sheetId ?? '';
    const [clock] = await deadlinesOf(at.world.domain.platform.db, 'sheet', sheetId);
    expect(clock).toMatchObject({ clockId: expect.stringMatching(/^T1b?$/), state: 'OPEN' });
    expect((clock?.dueAt ?? 0) - (clock?.startedAt ?? 0)).toBe(12 * HOUR);
  });

  it('[NMG-2.2b][NMG-1.1b][NMG-1.1c] 企业在手机上签收并如实反馈', async () => {
    const { page, errors, go, axe } = await at.unit();
    await go(`/unit/sheets/${sheetId}`);
    await page.getByRole('button', { name: '确认收到' }).click();
    await page.getByText('确认收到', { exact: false }).filter({ hasText: '✓' }).first().waitFor();
    await page.getByRole('combobox', { name: '原因' }).click();
    await page.getByTitle('治理设施故障').click();
    await page.getByLabel('说明', { exact: true }).fill('除尘器滤袋破损，确属超标，已组织更换。');
    await page.getByRole('button', { name: '提交反馈' }).click();
    await page.getByRole('heading', { name: '已提交的反馈' }).waitFor();
    expect(await axe()).toEqual([]);
    expect(errors).toEqual([]);
  });

  it('[NMG-2.2c][NMG-1.1d] 监控人员逐项比对，复核属实，复核单随线索移交执法，不经研判专班', async () => {
    const { page, errors, go } = await at.official('monitor');
    await go(`/sheets/${sheetId}`);
    await page.getByLabel('→ 复核属实，移交执法').check();
    for (const group of await page.getByRole('radiogroup').all()) {
      const same = group.getByLabel('无相关记录');
      if ((await same.count()) > 0) await same.check();
    }
    await page.getByLabel('比对标记、运维记录和工况的情况').fill('标记、运维台账均无记录，治理设施用电同期下降。');
    const why = page.getByLabel('与平台记录不一致的认定理由', { exact: false });
    if ((await why.count()) > 0) await why.fill('现场调取的纸质台账载明没有该项记录。');
    await page.getByRole('button', { name: '提交核查结论' }).click();
    await page.getByText('督办已结束').waitFor();
    expect(errors).toEqual([]);
    await at.world.live(6);
    const clue = await at.findClue(/B01/);
    clueId = clue.clueId;
  });

  it('[NMG-2.2c][JS-6.2] 另一名监控人员和法制人员审核签字，监控负责人移交', async () => {
    await at.world.live(24);
    await at.review(clueId, { technical: 'monitor2', lead: 'monitor-lead' }, ['AIR_EXCEED']);
    const { page, errors, go } = await at.official('monitor-lead');
    await go(`/reviews/${clueId}`);
    await page.getByText('监控复核企业反馈 · 监控部门').waitFor();
    await at.as('monitor-lead').post(`/api/review/clues/${clueId}/hand-over`);
    await at.world.relay();
    expect(errors.filter((line) => !line.includes('/api/analysis/clues/'))).toEqual([]);
  });

  it('[NMG-1.1e][NMG-2.2d][NMG-3.1a] 执法立案、现场核查、处罚、整改、结案，处理信息都在平台', async () => {
    await at.as('officer').post(`/api/review/clues/${clueId}/sign-in`);
    const row = await at.openCase();
    await at.step('PROPOSE_FILING');
    await at.step('APPROVE_FILING');
    const investigated = await at.investigate('ORDINARY_PROCEDURE');
    expect(investigated.state.main).toBe('CASE_REVIEW');
    await at.decideAndArchive('BY_HAND');
    const { page, errors, go, axe } = await at.official('officer');
    await go(`/cases/${row.caseId}`);
    await page.getByText('已归档').first().waitFor();
    expect(await axe()).toEqual([]);
    expect(errors).toEqual([]);
  });
});
