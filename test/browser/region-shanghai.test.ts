import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY, HOUR } from '#kernel';
import { LIVE } from '../scenarios/chain-world.ts';
import { openRegion, UNIT, type RegionWalk } from './region-walk.ts';

describe('上海：监测机构出具超标数据审核报告，七日内立案、现场检查、裁量与不予处罚', { timeout: 300_000 }, () => {
  let at: RegionWalk;
  let clueId = '';
  beforeAll(async () => {
    at = await openRegion({ region: 'shanghai', history: 4, story: [{ kind: 'exceed_sustained', outfall: 'QY0001-DA001', at: LIVE + 3 * HOUR, hours: 5 }] });
    await at.world.settle();
    await at.world.live(40);
  }, 300_000);
  afterAll(() => at?.close());

  it('[SH-6.3a][JS-6.2] 监测人员受理、法制人员签字，监测机构负责人出具超标数据审核报告并移交', async () => {
    const clue = await at.findClue(/^B\d\d@\S+( B\d\d@\S+)*$/);
    ({ clueId } = clue);
    expect(clue).toMatchObject({ state: 'LISTED' });
    await at.review(clueId, { technical: 'lab', lead: 'lab-lead' }, ['AIR_EXCEED']);
    const { page, errors, go, axe } = await at.official('lab');
    await go(`/reviews/${clueId}`);
    await page.getByText('监测机构审核报告 · 环境监测机构').waitFor();
    expect(await axe()).toEqual([]);
    expect(errors).toEqual([]);
    const papers = await at.as('lab-lead').get<{ items: { title: string }[] }>('/api/documents?kind=EXCEEDANCE_REVIEW_REPORT');
    expect(papers.items.map((paper) => paper.title)).toEqual([expect.stringContaining('超标数据审核报告')]);
    await at.as('lab-lead').post(`/api/review/clues/${clueId}/hand-over`);
    await at.world.relay();
  });

  it('[SH-6.3b] 执法自收到报告起七日内立案，期限按自然日从严计算，必须现场检查', async () => {
    await at.as('officer').post(`/api/review/clues/${clueId}/sign-in`);
    await at.openCase();
    const page = await at.page();
    expect(page.clocks.find((clock) => clock.clockId === 'T3b')).toMatchObject({ overdue: false });
    await at.step('PROPOSE_FILING');
    await at.step('APPROVE_FILING');
    const refused = await at.step('FINISH_INVESTIGATION').then(() => '', (error: Error) => error.message);
    expect(refused).toMatch(/CASE-003/);
    expect((await at.investigate('CHECK_AFTER_FILING')).state.main).toBe('CASE_REVIEW');
  });

  it('[SH-5.3][SH-16.1] 裁量表示明算法，轻微不罚清单逐项比对后作为建议，由人决定', async () => {
    await at.step('PASS_CASE_REVIEW');
    await at.step('SET_DISCRETION');
    const { page, errors, go, axe } = await at.official('head');
    const { caseId } = await at.openCase();
    await go(`/cases/${caseId}`);
    await page.getByText('不予处罚', { exact: false }).first().waitFor();
    expect(await axe()).toEqual([]);
    expect(errors).toEqual([]);
    const { law } = (await at.page()) as unknown as { law: { exemptions: { id: string; fits: string }[] } };
    expect(law.exemptions.length).toBeGreaterThan(0);
    const minor = law.exemptions[0]?.id;
    await at.step('DELIBERATE', { outcome: 'NO_PENALTY', penalties: [], exemptionId: minor, conclusion: '违法行为轻微并及时改正，没有造成危害后果，拟不予行政处罚。' });
    expect((await at.page()).state.main).toBe('LEGAL_REVIEW');
  });

  it('[SH-11.1] 不予处罚决定送达、教育、整改核查、结案归档', async () => {
    await at.as(UNIT).post('/api/unit/consent', { signerName: '单位负责人', signerRole: '法定代表人', recipient: UNIT });
    await at.tellUnit();
    for (const command of ['PASS_LEGAL_REVIEW', 'DECIDE', 'ORDER_RECTIFICATION', 'SEND_DECISION']) await at.step(command);
    await at.world.wait(2 * DAY);
    for (const command of ['REPORT_RECTIFICATION', 'CHECK_RECTIFICATION']) await at.step(command);
    await at.step('PROPOSE_CLOSING', { ground: 'NO_PENALTY' });
    await at.step('APPROVE_CLOSING');
    const { caseId } = await at.openCase();
    await at.as('archivist').post(`/api/archive/${caseId}`);
    expect(await at.foreignPapers()).toEqual([]);
    const { page, errors, go } = await at.unit();
    await go(`/unit/cases/${caseId}`);
    await page.getByText('不予行政处罚', { exact: false }).first().waitFor();
    expect(errors).toEqual([]);
  });
});
