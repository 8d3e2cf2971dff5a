import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unitLogin } from '#access';
import { asId, calendarDay, startOfDay } from '#kernel';
import { quotaSweep } from '#supervision';
import { openRegion, type RegionWalk } from './region-walk.ts';
import type { Visit } from './stage.ts';

const OUTFALL = 'QY0001-DA001';
const NOX = 'a21002';
const REPORT = '2026年1—2月执行报告';
/** The history leaves it close under the year's amount, so that it is looked at every day; at some 30 kg an hour the rest is gone within the first day of live reports. */
const PERMIT = { annualKg: 3_000, usedKg: 1_870 };

/** The permit of one outfall, as its register file says it. */
function permit(province: string): void {
  const path = join(province, 'permits.csv');
  const lines = readFileSync(path, 'utf8').split('\n').filter((line) => !line.startsWith(`${OUTFALL},${NOX},`));
  writeFileSync(path, [...lines.filter((line) => line !== ''), `${OUTFALL},${NOX},${PERMIT.annualKg},${PERMIT.usedKg},,`, ''].join('\n'));
}

describe('[NMG-0][NMG-1.0a] 内蒙古：排放量达到许可量80%自动预警，超许可量经自治区监控部门确认并按月报送，审核后立案处罚直至归档', { timeout: 300_000 }, () => {
  let at: RegionWalk;
  let look: () => Promise<number>;
  let clueId = '';
  const sound = async ({ errors, axe }: Visit, name: string): Promise<void> => expect({ name, axe: await axe(), errors }).toEqual({ name, axe: [], errors: [] });
  /** A few hours of the plant, and the daily look at what is permitted. */
  const live = async (hours: number): Promise<void> => {
    await at.world.live(hours);
    while ((await look()) > 0);
    await at.world.relay();
  };

  beforeAll(async () => {
    at = await openRegion({ region: 'inner-mongolia', history: 3, story: [], amend: permit });
    look = quotaSweep(at.world.domain.supervision);
    await at.world.settle();
    const unit = at.as(unitLogin(asId('QY0001')));
    const { sha256 } = await unit.post<{ sha256: string }>('/api/unit/materials', { base64: Buffer.from('第一季度排污许可执行报告').toString('base64') });
    await unit.post('/api/unit/permit-reports', { outfall: OUTFALL, factor: NOX, year: 2026, usedKg: String(PERMIT.usedKg), title: REPORT, material: { name: '执行报告.pdf', sha256 } });
  }, 300_000);
  afterAll(() => at?.close());

  it('[NMG-2.3a] 达到80%，企业在手机上看到预警单', async () => {
    await live(4);
    const phone = await at.unit();
    await phone.go('/unit/notices');
    await phone.page.getByText('排放量预警', { exact: false }).first().waitFor();
    await sound(phone, 'quota-warning');
    const city = await at.official('monitor');
    await city.go('/sheets/quotas');
    await city.page.getByRole('button', { name: /^送达 / }).first().click();
    await city.page.getByRole('dialog').getByText(/许可排放量预警单.*电子送达/).waitFor();
    await sound(city, 'quota-service');
  });

  it('[NMG-2.3b] 超许可量由自治区监控部门确认属实；市级无权确认', async () => {
    await live(24);
    const city = await at.official('monitor');
    await city.go('/sheets/quotas');
    await city.page.getByText('超许可量，待确认').waitFor();
    await city.page.getByLabel('核对情况').fill('核对自动监测和补遗数据，情况属实。');
    await city.page.getByRole('button', { name: /^属\s?实$/ }).click();
    await city.page.getByRole('dialog').getByRole('button', { name: /确\s*定/ }).click();
    await city.page.locator('.ant-alert-error').waitFor();
    const region = await at.official('region-monitor');
    await region.go('/sheets/quotas');
    await region.page.getByText(/^实测 [\d.]+ kg \/ 许可 3000 kg，占 1\d\d/).waitFor();
    await region.page.getByText(/^另有缺失、无效小时的替代值 [\d.]+ kg/).waitFor();
    await region.page.getByText(/^数据截至 .*，以现在所知为准/).waitFor();
    await region.page.getByLabel('核对情况').fill('核对自动监测和补遗数据，情况属实。');
    await region.page.getByRole('button', { name: /^属\s?实$/ }).click();
    await region.page.getByRole('dialog').getByRole('button', { name: /确\s*定/ }).click();
    await region.page.getByText('确认属实，待月报').waitFor();
    await sound(region, 'quota-confirmed');
  });

  it('[NMG-2.3b] 当月结束后形成月报，报送执法部门', async () => {
    await at.world.wait(startOfDay(calendarDay('2026-04-01')) - at.world.clock.now());
    const region = await at.official('region-monitor');
    await region.go('/sheets/quotas');
    await region.page.getByRole('button', { name: '形成月报并送执法部门' }).click();
    await region.page.getByRole('dialog').getByRole('button', { name: /确\s*定/ }).click();
    await region.page.getByText('已月报执法部门').waitFor();
    await sound(region, 'quota-reported');
    await at.world.relay();
    clueId = (await at.findClue(/B05/)).clueId;
  });

  it('[NMG-2.2c] 审核签字后移交，审核页写明月报', async () => {
    await at.review(clueId, { technical: 'monitor2', lead: 'monitor-lead' }, ['PERMIT_EXCEED']);
    const lead = await at.official('monitor-lead');
    await lead.go(`/reviews/${clueId}`);
    await lead.page.getByRole('link', { name: /^监控部门确认的依据：蒙演环量报/ }).waitFor();
    await at.as('monitor-lead').post(`/api/review/clues/${clueId}/hand-over`);
    await at.world.relay();
  });

  it('[NMG-1.1e][NMG-2.2d] 执法立案、处罚、整改、结案、归档', async () => {
    await at.as('officer').post(`/api/review/clues/${clueId}/sign-in`);
    const row = await at.openCase();
    await at.step('PROPOSE_FILING');
    await at.step('APPROVE_FILING');
    // The account the platform made went through the review and is an item of its own; the facts say from which day it is counted.
    const filed = await at.as('officer').get<{ state: { facts: string; evidence: { point: string; title: string }[] } }>(`/api/cases/${row.caseId}`);
    expect(filed.state.facts).toMatch(/自2026年1月1日起至2026年\d+月\d+日\d+时，氮氧化物累计排放 [\d.]+ kg，超过排污许可证规定的年许可排放量 3000 kg，超出 [\d.]+%.*为 1870 kg，依据当事人报送的《2026年1—2月执行报告》/);
    expect(filed.state.evidence.filter(({ point }) => point === 'CALC').map(({ title }) => title)).toEqual([expect.stringContaining('排放量核算表（氮氧化物'), `排污许可执行报告（${REPORT}）`]);
    expect((await at.investigate('ORDINARY_PROCEDURE')).state.main).toBe('CASE_REVIEW');
    await at.decideAndArchive();
    const officer = await at.official('officer');
    await officer.go(`/cases/${row.caseId}`);
    await officer.page.getByText('已归档').first().waitFor();
    await sound(officer, 'quota-case');
    expect(await at.foreignPapers()).toEqual([]);
  });
});
