import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { demoAccountId } from '#access';
import { HOUR } from '#kernel';
import { emit } from '#platform/outbox';
import { handOn } from '../../src/app/hand-on.ts';
import { openStage, overflow, type Stage } from './stage.ts';

const OUTFALL = 'QY0001-DA001';
const FACTS = { zh: '氮氧化物小时折算浓度连续 6 小时超过限值 50 mg/m3', en: 'NOx over the limit for 6 h' };

interface Video { readonly videoWidth: number; readonly currentTime: number }
/** Size and clock of the other side's picture, as this browser shows it. */
const remote = (page: Page, label: string): Promise<Video> =>
  page.locator(`video[aria-label="${label}"]`).evaluate((element) => {
    const { videoWidth, currentTime } = element as unknown as Video;
    return { videoWidth, currentTime };
  });
async function moving(page: Page, label: string): Promise<void> {
  await expect.poll(async () => (await remote(page, label)).videoWidth, { timeout: 40_000 }).toBeGreaterThan(0);
  const { currentTime } = await remote(page, label);
  await expect.poll(async () => (await remote(page, label)).currentTime, { timeout: 40_000 }).toBeGreaterThan(currentTime);
}
const post = (page: Page, url: string, body: object): Promise<number> =>
  page.evaluate(async ([to, data]) => (await fetch(to as string, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(data) })).status, [url, body] as const);

describe('远程询问的视频 live video of a remote inquiry', { timeout: 300_000 }, () => {
  let stage: Stage;
  let caseId: string;

  beforeAll(async () => {
    stage = await openStage();
    const now = stage.clock.now();
    const period = { from: now - 120 * HOUR, to: now - 114 * HOUR };
    await stage.domain.platform.db.transaction().execute((tx) => emit(tx, stage.clock, {
      type: 'clue.handed_over', subject: `${OUTFALL}.0`, payload: {
        clueId: `${OUTFALL}.0`, reviewId: 'rev-1', unit: 'QY0001', outfall: OUTFALL, groupId: 'JS-QC', region: 'jiangsu', facts: FACTS, factors: ['a21002'], period,
        violations: ['AIR_EXCEED'], evidence: { frames: [], materials: [] }, handedOverAt: now - HOUR, handedOverBy: 'demo-review-lead',
      },
    }));
    while ((await handOn(stage.domain)) > 0);
  }, 300_000);
  afterAll(async () => {
    await stage?.close();
  });

  it('[PAPER-3.2-5b] officer and party see and hear each other through the platform; a recording becomes a file of the case; nobody else is let in', async () => {
    const officer = await stage.visit({ login: 'officer', width: 1440, language: 'zh' });
    await officer.go('/cases');
    await officer.page.getByText('待立案').first().click();
    await officer.page.waitForURL(/\/cases\/case_/);
    caseId = new URL(officer.page.url()).pathname.split('/').at(-1)!;
    const filing = { kind: 'PROPOSE_FILING', violation: 'AIR_EXCEED', assistOfficerId: demoAccountId('officer2'), actStart: '2026-09-09', actEnd: '2026-09-09', facts: FACTS.zh, reason: '符合立案条件。', conditions: { initialProof: true, punishable: true, jurisdiction: true, withinLimitation: true } };
    expect(await post(officer.page, `/api/cases/${caseId}/acts`, filing)).toBe(200);
    const lead = await stage.visit({ login: 'enforcement', width: 1440, language: 'zh' });
    await lead.go(`/cases/${caseId}`);
    expect(await post(lead.page, `/api/cases/${caseId}/acts`, { kind: 'APPROVE_FILING', opinion: '同意立案。' })).toBe(200);
    expect(await post(lead.page, `/api/cases/${caseId}/inquiry-room`, {})).toBe(403);

    await officer.go(`/cases/${caseId}`);
    await officer.page.getByRole('button', { name: '开启询问室' }).click();
    await officer.page.getByRole('button', { name: '进入询问' }).click();
    await officer.page.getByText('等待对方进入').waitFor();
    await officer.page.getByText('平台不经手、不录制', { exact: false }).waitFor();

    const unit = await stage.visit({ login: 'unit-qy0001', width: 360, language: 'zh' });
    await unit.page.goto(`${stage.base}/unit`);
    await unit.page.getByRole('button', { name: '进入询问' }).click();
    await Promise.all([moving(officer.page, '被询问单位'), moving(unit.page, '执法人员')]);
    await officer.page.getByText('✓ 已接通').waitFor();
    expect(await overflow(unit.page)).toBeLessThanOrEqual(0);
    expect(await unit.axe()).toEqual([]);

    await officer.page.getByRole('button', { name: '开始录制' }).click();
    await officer.page.waitForTimeout(2_500);
    await officer.page.getByRole('button', { name: '停止并存为证据文件' }).click();
    await officer.page.getByText('已存入案件：询问录像', { exact: false }).waitFor();
    expect(await officer.axe()).toEqual([]);

    // The person comes back after losing the page: a new connection is made by itself.
    await unit.page.reload();
    await unit.page.getByRole('button', { name: '进入询问' }).click();
    await Promise.all([moving(unit.page, '执法人员'), moving(officer.page, '被询问单位')]);

    await officer.page.getByRole('button', { name: '结束询问' }).click();
    await unit.page.getByRole('button', { name: '离开' }).or(unit.page.getByText('询问已结束')).first().waitFor();
    await unit.page.getByRole('heading', { name: /远程询问/ }).waitFor({ state: 'detached' });
    expect([...officer.errors, ...unit.errors].filter((line) => !line.includes('404') && !line.includes('/api/analysis/'))).toEqual([]);
  });
});
