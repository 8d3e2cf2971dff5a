import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOUR } from '#kernel';
import { LIVE } from '../scenarios/chain-world.ts';
import { openRegion, UNIT, type RegionWalk } from './region-walk.ts';

describe('[NX-2.4] 宁夏：门禁、视频、用电证据由同一团队研判审核', { timeout: 300_000 }, () => {
  let at: RegionWalk;
  let clueId = '';
  let violation = '';
  beforeAll(async () => {
    at = await openRegion({
      region: 'ningxia',
      story: [
        { kind: 'stop_mark_running', outfall: 'QY0001-DA001', at: LIVE + 4 * HOUR, hours: 20 },
        { kind: 'door_tamper', outfall: 'QY0001-DA001', at: LIVE + 40 * HOUR, hours: 30 },
      ],
    });
    await at.world.settle();
    await at.world.live(90);
  }, 400_000);
  afterAll(() => at?.close());

  it('[NX-3.6c] 用电与“停运”标记矛盾、无登记开门后数据跳变，各成线索', async () => {
    clueId = (await at.findClue(/F03/)).clueId;
    expect((await at.findClue(/F0[67]/)).outfall).toBe('QY0001-DA001');
  });

  it('[NX-3.6a][NX-3.6b] 团队成员研判列入清单，另一成员审核四性，法制人员签字，牵头人认定', async () => {
    await at.as('panel').post(`/api/review/clues/${clueId}/triage`, { decision: 'list', note: '标记停运期间生产用电未降，门禁、视频无检修记录。' });
    await at.as('panel-lead').post('/api/review/lists');
    await at.world.relay();
    expect(await at.refused('panel', 'POST', `/api/review/clues/${clueId}/take`, {})).toMatchObject({ status: expect.any(Number), body: { basis: '参照江苏办法 第七条、第十条' } });
    violation = (await at.cluePage(clueId)).suggestedViolations[0] ?? '';
    expect(violation).not.toBe('');
    await at.review(clueId, { technical: 'review-tech', lead: 'review-lead' }, [violation]);
    const { page, errors, go, axe } = await at.official('review-lead');
    await go(`/reviews/${clueId}`);
    await page.getByText('研判团队 · 数据研判团队').waitFor();
    await page.getByText('宁夏方案 三（六）').first().waitFor();
    expect(await axe()).toEqual([]);
    expect(errors).toEqual([]);
  });

  it('[NX-3.7b] 线索页把用电、门禁、视频、标记放在同一时间轴上', async () => {
    const { page, errors, go } = await at.official('review-lead');
    const told = page.waitForResponse(async (answer) => answer.url().includes('/api/') && (await answer.text().catch(() => '')).includes('产污用电'));
    await go(`/clues/${clueId}`);
    const sources = await (await told).text();
    for (const source of ['治污用电', '门禁', '企业标记']) expect(sources).toContain(source);
    await page.getByRole('img').locator('canvas').first().waitFor();
    expect(errors.filter((line) => !line.includes('/api/analysis/clues/'))).toEqual([]);
  });

  it('[NX-3.7d][NX-3.7e] 移送、立案，证据不足转现场，按情节处罚，整改后归档', async () => {
    await at.as('review-lead').post(`/api/review/clues/${clueId}/hand-over`);
    await at.as('review-lead').post(`/api/review/clues/${clueId}/notice`);
    await at.world.settle();
    await at.as(UNIT).post(`/api/unit/suspicions/${clueId}/receipt`);
    await at.as('officer').post(`/api/review/clues/${clueId}/sign-in`);
    const { caseId } = await at.openCase();
    await at.step('PROPOSE_FILING', { violation });
    await at.step('APPROVE_FILING');
    expect((await at.investigate('INSUFFICIENT')).state.main).toBe('CASE_REVIEW');
    await at.decideAndArchive();
    // 文书只引本区和国家的依据，移送、立案、调查报告写明由哪个机构审核。
    expect(await at.foreignPapers()).toEqual([]);
    const { items: [report] } = await at.as('head').get<{ items: { documentId: string }[] }>('/api/documents?kind=INVESTIGATION_REPORT');
    expect(JSON.stringify(await at.as('head').get(`/api/documents/${report?.documentId}`))).toContain('数据研判团队移送线索');
    const { page, errors, go } = await at.unit();
    await go(`/unit/cases/${caseId}`);
    await page.getByText('已归档').first().waitFor();
    expect(errors).toEqual([]);
  });
});
