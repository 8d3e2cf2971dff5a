import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY, HOUR } from '#kernel';
import { LIVE } from '../scenarios/chain-world.ts';
import { openRegion, UNIT, type RegionWalk } from './region-walk.ts';

describe('[PAPER-1.3] 江苏：数据造假由专班研判、审核小组审核，移送公安，退回后行政处罚', { timeout: 300_000 }, () => {
  let at: RegionWalk;
  let clueId = '';
  let caseId = '';
  let violation = '';
  beforeAll(async () => {
    at = await openRegion({ region: 'jiangsu', story: [{ kind: 'const_hold', outfall: 'QY0001-DA001', at: LIVE + 4 * HOUR, hours: 60 }] });
    await at.world.settle();
    await at.world.live(90);
  }, 400_000);
  afterAll(() => at?.close());

  it('[JS-7.1][JS-10.4] 恒值线索由专班列入清单，冻结后移送同级审核小组', async () => {
    const clue = await at.findClue(/C01/);
    ({ clueId } = clue);
    const { sheet } = await at.cluePage(clueId);
    await at.as(UNIT).post(`/api/unit/sheets/${sheet?.sheetId}/receipt`);
    await at.as(UNIT).post(`/api/unit/sheets/${sheet?.sheetId}/feedback`, { cause: 'other', explanation: '监测设备运行正常，数据属实，未作任何处理。', measures: '无。' });
    await at.as('monitor').post(`/api/supervision/sheets/${sheet?.sheetId}/recheck`, { outcome: 'refer', note: '同期生产负荷、用电均有波动，数值恒定不能以工况解释。', falseAnswer: true });
    await at.world.settle();
    const { page, errors, go } = await at.official('panel');
    await go(`/clues/${clueId}`);
    await page.getByRole('button', { name: '列入清单' }).click();
    await page.getByRole('dialog', { name: '列入清单' }).getByLabel('说明', { exact: true }).fill('运行期间监测值长时间不变，门禁、运维均无记录。');
    await page.getByRole('button', { name: /确\s*定/ }).click();
    await page.getByText('已列入清单').first().waitFor();
    expect(errors.filter((line) => !line.includes('/api/analysis/clues/'))).toEqual([]);
    await at.as('panel-lead').post('/api/review/lists');
    await at.world.relay();
  });

  it('[JS-11.0][JS-13.1][JS-13.2] 四性审核认定；为固定证据暂缓告知，先移送执法', async () => {
    violation = (await at.cluePage(clueId)).suggestedViolations.find((key) => key.includes('TAMPER') || key.includes('FALS')) ?? (await at.cluePage(clueId)).suggestedViolations[0] ?? '';
    await at.review(clueId, { technical: 'review-tech', lead: 'review-lead' }, [violation]);
    const { page, errors, go, axe } = await at.official('review-lead');
    await go(`/reviews/${clueId}`);
    await page.getByText('专班清单 · 数据审核小组').waitFor();
    expect(await axe()).toEqual([]);
    expect(errors).toEqual([]);
    await at.as('review-lead').post(`/api/review/clues/${clueId}/hand-over`);
    await at.world.relay();
  });

  it('[JS-14.1][JS-26] 立案调查取证齐备，案情与涉嫌犯罪的条件逐项对照', async () => {
    await at.as('officer').post(`/api/review/clues/${clueId}/sign-in`);
    ({ caseId } = await at.openCase());
    await at.step('PROPOSE_FILING', { violation });
    await at.step('APPROVE_FILING');
    const { page, errors, go, axe } = await at.official('officer');
    await go(`/cases/${caseId}`);
    await page.getByText('涉嫌犯罪', { exact: false }).first().waitFor();
    expect(await axe()).toEqual([]);
    expect(errors).toEqual([]);
  });

  it('[JS-16] 移送公安机关是中止；公安不予立案，案件退回，行政程序继续', async () => {
    const day = at.world.clock.now();
    await at.world.wait(DAY);
    await at.step('RECORD_INQUIRY');
    await at.act('officer', { kind: 'PROPOSE_TRANSFER', suspectedCrime: '污染环境罪', reason: '重点排污单位篡改自动监测数据并排放污染物，法释〔2023〕7号 第一条第七项。' });
    await at.act('legal', { kind: 'GIVE_TRANSFER_OPINION', opinion: '符合移送条件。', agrees: true });
    await at.act('head', { kind: 'APPROVE_TRANSFER', opinion: '同意移送。' });
    await at.act('officer', { kind: 'SEND_TRANSFER', to: '清川市公安局', procuratorate: '清川市人民检察院', reference: '清环移〔2026〕1号', materials: [] });
    expect((await at.page()).state.main).toBe('WITH_POLICE');
    expect((await at.page()).clocks.find((clock) => clock.clockId === 'T8')).toMatchObject({ state: 'PAUSED' });
    await at.world.wait(2 * DAY);
    await at.act('officer', { kind: 'RECORD_POLICE_REFUSED', reference: '清公不立字〔2026〕3号', reason: '尚不足以认定单位人员实施篡改。' });
    await at.act('head', { kind: 'ACCEPT_REFUSAL', reason: '证据尚需补充，按行政程序处理。' });
    expect((await at.page()).state.main).toBe('INVESTIGATING');
    expect(at.world.clock.now()).toBeGreaterThan(day);
    expect((await at.investigate()).state.main).toBe('CASE_REVIEW');
  });

  it('[JS-16][JS-18.2] 裁量、审议、告知、决定、整改核查、结案归档', async () => {
    await at.decideAndArchive();
    const { page, errors, go } = await at.unit();
    await go(`/unit/cases/${caseId}`);
    await page.getByText('已归档').first().waitFor();
    expect(errors).toEqual([]);
  });
});
