import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#access';
import { asId, calendarDay, HOUR, instant, type ClueId, type OutfallId, type RegionKey } from '#kernel';
import { loadLaw, localProvisions, type ViolationKey } from '#law';
import { answerSheet, recheckSheet, sheetOfClue } from '#supervision';
import { concludeReview } from './finding/conclude-review.ts';
import { BODIES, gatePaperOf, isExceedance, opinionKind, routeIn, type Body, type GatePaper, type ReviewRoute } from './clue/decide-route.ts';
import { handOverClue } from './handover/hand-over-clue.ts';
import { handoverBasis } from './handover/handover-basis.ts';
import { isReviewed } from './finding/is-reviewed.ts';
import { takeReview } from './finding/open-review.ts';
import { reportClue } from './clue/report-clue.ts';
import { signTrack } from './finding/sign-review.ts';
import { findClue } from './store/clues.ts';
import { supplyClue } from './finding/supply-clue.ts';
import { must, openDesk, person, REGIONS, signBoth, unitOf, type Desk } from './testing/desk.ts';
import { freezeList, triageClue } from './panel/triage-clue.ts';

const law = loadLaw();
const today = calendarDay('2026-09-14');
type Row = readonly [route: ReviewRoute, body: Body, paper: GatePaper];

const EXCEEDANCE = 'B01@1.0.0 B02@1.0.0';
const FALSIFICATION = 'B01@1.0.0 C01@1.0.0';
/** What the four texts say, one row for a region: exceedance, falsification (also power, video, door), patrol. */
const TABLE: Readonly<Record<(typeof REGIONS)[number], { exceedance: Row; falsification: Row; patrol: Row }>> = {
  'jiangsu': {
    exceedance: ['PANEL_LIST', 'REVIEW', 'REVIEW_OPINION'], falsification: ['PANEL_LIST', 'REVIEW', 'REVIEW_OPINION'], patrol: ['PATROL', 'REVIEW', 'REVIEW_OPINION'],
  },
  'ningxia': {
    exceedance: ['ONE_TEAM', 'TEAM', 'REVIEW_OPINION'], falsification: ['ONE_TEAM', 'TEAM', 'REVIEW_OPINION'], patrol: ['PATROL', 'TEAM', 'REVIEW_OPINION'],
  },
  'inner-mongolia': {
    exceedance: ['CONTROL_RECHECK', 'CONTROL', 'CONTROL_RECHECK_NOTE'], falsification: ['CONTROL_RECHECK', 'CONTROL', 'CONTROL_RECHECK_NOTE'], patrol: ['PATROL', 'REVIEW', 'REVIEW_OPINION'],
  },
  'shanghai': {
    exceedance: ['LAB_REPORT', 'LAB', 'EXCEEDANCE_REVIEW_REPORT'], falsification: ['PANEL_LIST', 'REVIEW', 'REVIEW_OPINION'], patrol: ['PATROL', 'REVIEW', 'REVIEW_OPINION'],
  },
};

describe('routes × regions', () => {
  it('[JS-10.4][JS-10.5][NX-3.6b][NMG-2.2c][SH-6.3a] 线索经何途径、由谁审核、凭何文书，各省依其规定', () => {
    for (const region of REGIONS) {
      const key = asId<RegionKey>(region);
      const found = (clue: { source: 'PLATFORM' | 'PATROL'; rule: string }) => {
        const { route, body } = routeIn(law, key, today, clue);
        return [route, body, gatePaperOf(law, key, today, body).value];
      };
      const row = TABLE[region];
      expect(found({ source: 'PLATFORM', rule: EXCEEDANCE }), region).toEqual(row.exceedance);
      for (const rule of [FALSIFICATION, 'E01@1.0.0', 'F03@1.0.0', '']) expect(found({ source: 'PLATFORM', rule }), `${region} ${rule}`).toEqual(row.falsification);
      expect(found({ source: 'PATROL', rule: '' }), region).toEqual(row.patrol);
    }
    expect([isExceedance(''), isExceedance(EXCEEDANCE), isExceedance(FALSIFICATION)]).toEqual([false, true, false]);
    // Values that are missing or late beside it leave it an exceedance; alone they are none.
    expect([isExceedance('A04@1.2.0 B01@1.3.2'), isExceedance('A01@1.1.0 A03@1.1.0'), isExceedance('A05@1.1.1 B01@1.3.2')]).toEqual([true, false, false]);
  });
});

describe('by which provision a violation is handed over', () => {
  const articles = (region: string, ...violations: ViolationKey[]) => localProvisions(law, handoverBasis(law, asId<RegionKey>(region), today, violations), asId<RegionKey>(region)).map(({ article }) => article);
  it('[NMG-2.2c][NMG-2.4] 内蒙古按违法行为引指引的条款，不一律引二（二）', () => {
    expect(articles('inner-mongolia', 'AIR_EXCEED')).toEqual(['二（二）']);
    expect(articles('inner-mongolia', 'DATA_FALSIFY_UNIT')).toEqual(['二（四）', '三（一）']);
    expect(articles('inner-mongolia', 'MONITORING_NOT_BY_SPEC')).toEqual(['三（一）']);
    expect(articles('inner-mongolia', 'DEVICE_NOT_RUNNING', 'WATER_EXCEED')).toEqual(['二（二）', '二（四）', '三（一）']);
    // What the guideline does not name, and regions that name none, go by the articles of the step.
    expect([articles('inner-mongolia', 'INFO_NOT_PUBLIC'), articles('jiangsu', 'DATA_FALSIFY_UNIT')]).toEqual([['二（二）'], ['第十三条']]);
  });
});

describe('every way walked to the handover', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk('ways', '2026-09-14T09:00:00+08:00');
  });
  afterAll(() => desk.close());

  const legal = () => desk.official('review-legal', 'review-legal');
  /** Three people of each body: who signs the technical track, who leads, and one of another body. */
  const cast = (body: Body): { technical: Actor; lead: Actor; stranger: Actor } => {
    const [technical, lead] = [BODIES[body].technical[0], BODIES[body].lead[0]];
    const stranger = body === 'LAB' || body === 'CONTROL' ? desk.official('review-tech', 'review-technical') : desk.official('lab', 'lab');
    return { technical: desk.official(TECHNICAL[body], technical ?? 'lab'), lead: desk.official(LEADS[body], lead), stranger };
  };
  const TECHNICAL: Readonly<Record<Body, string>> = { PANEL: '', REVIEW: 'review-tech', TEAM: 'review-tech', CONTROL: 'monitor2', LAB: 'lab' };
  const LEADS: Readonly<Record<Body, string>> = { PANEL: 'panel-lead', REVIEW: 'review-lead', TEAM: 'review-lead', CONTROL: 'monitor-lead', LAB: 'lab-lead' };
  const note = '与运维、工况、标记记录比对后列入';
  const pass = { conclusion: 'pass', reason: '', factsZh: '连续六小时超过限值', factsEn: '', violations: ['AIR_EXCEED'] } as const;

  /** Brings the clue before its reviewing body, as the people of the region do. */
  async function bring(region: (typeof REGIONS)[number], clueId: ClueId): Promise<void> {
    const clue = await findClue(desk.db, clueId);
    if (clue?.state === 'PANEL_ANALYSIS') {
      await must(triageClue(desk.deps, desk.official('panel', 'panel-member'), clueId, { decision: 'list', note }));
      await must(freezeList(desk.deps, desk.official('panel-lead', 'panel-lead')));
    }
    if (clue?.state === 'SUPERVISED') {
      const sheet = await sheetOfClue(desk.db, clueId);
      const firm: Actor = { accountId: person('p'), name: '企业', roles: ['unit-user'], region: asId<RegionKey>(region), unitId: unitOf(region) };
      await must(answerSheet(desk.deps, firm, sheet!.sheetId, { cause: 'exceedance', explanation: '除尘器滤袋破损导致超标', measures: '更换滤袋', materials: [], marks: [] }));
      await must(recheckSheet(desk.deps, desk.official('monitor', 'monitoring-control'), sheet!.sheetId, { outcome: 'establish', note: '经复核，超标属实', falseAnswer: false, compared: { marks: 'NOTHING', maintenance: 'AGREES', condition: 'AGREES' }, against: '现场核对的台账与平台所存不同' }));
      await desk.emit('nothing', 'x', {});
    }
  }

  async function walk(region: (typeof REGIONS)[number], clueId: ClueId, [route, body, paper]: Row): Promise<void> {
    const { technical, lead, stranger } = cast(body);
    expect(await findClue(desk.db, clueId), region).toMatchObject({ state: 'LISTED', route, body });
    expect(await takeReview(desk.deps, stranger, clueId), `${region} ${body}`).toMatchObject({ code: 'REVIEW-003' });
    const review = await must(takeReview(desk.deps, technical, clueId));
    expect(review).toMatchObject({ body, paper });
    // Nobody of the body may stand in for the legal member, whatever the way.
    expect(await signTrack(desk.deps, technical, review.reviewId, { track: 'LEGAL', conclusion: 'PASS', reason: '' })).toMatchObject({ code: 'REVIEW-008' });
    await must(signTrack(desk.deps, technical, review.reviewId, { track: 'TECHNICAL', conclusion: 'PASS', reason: '' }));
    expect(await concludeReview(desk.deps, lead, review.reviewId, pass)).toMatchObject({ code: 'REVIEW-011' });
    const { input } = review.precheck;
    const data = { kind: 'DATA', outfall: input.outfall as OutfallId, from: input.from, to: input.to } as const;
    expect(await isReviewed(desk.db, data)).toMatchObject({ code: 'REVIEW-020' });
    // Nothing leaves for enforcement before the review passed, by whatever way it came.
    expect(await handOverClue(desk.deps, lead, clueId)).toMatchObject({ code: 'REVIEW-002' });
    await must(signTrack(desk.deps, legal(), review.reviewId, { track: 'LEGAL', conclusion: 'PASS', reason: '' }));
    await must(concludeReview(desk.deps, lead, review.reviewId, pass));
    expect(desk.papers.made.findLast((made) => made.kind === paper), region).toBeDefined();
    expect(await isReviewed(desk.db, data)).toMatchObject({ ok: true, value: { paper } });
    // Whatever paper the gate rests on, the data are reviewed in an opinion of their own, with a legal member's signature.
    const opinion = desk.papers.made.findLast(({ data }) => data['reviewNo'] === review.reviewId);
    expect(opinion).toMatchObject({ kind: opinionKind(paper), data: { clueNo: clueId, reviewers: [{ role: '技术审核' }, { role: '合法性审核' }, {}] } });
    expect(String(opinion?.data['recheckNote'] ?? ''), region).toMatch(paper === 'CONTROL_RECHECK_NOTE' ? /监控部门复核单（测/ : /^$/);
    expect(await handOverClue(desk.deps, lead, clueId)).toMatchObject({ ok: true, value: { state: 'HANDED_OVER' } });
    const sheet = desk.papers.made.findLast(({ kind, data }) => kind === 'HANDOVER_SHEET' && data['clueNo'] === clueId);
    expect(sheet?.data['attachments'], region).toHaveLength(paper === 'CONTROL_RECHECK_NOTE' ? 2 : 1);
  }

  for (const region of REGIONS) {
    const row = TABLE[region];
    it(`[JS-7.4][NX-3.6b][NMG-2.2c][SH-6.3a] ${region}：超标线索按本地途径审核，法制人员必签，文书为 ${row.exceedance[2]}`, async () => {
      const clueId = await desk.raise(region, ['B01'], {});
      await bring(region, clueId);
      await walk(region, clueId, row.exceedance);
    });

    it(`[JS-6.5][JS-10.5][NX-3.5a] ${region}：巡查线索直送审核，凭 ${row.patrol[2]}`, async () => {
      const finder = desk.official('air', 'element-dept');
      const found = await must(reportClue(desk.deps, finder, {
        unitId: unitOf(region), outfall: asId<OutfallId>(`O-${region}`), sentenceZh: '走航车发现挥发性有机物异常', sentenceEn: '', factors: [],
        from: instant(desk.clock.now() - HOUR), to: desk.clock.now(), how: '走航车', materials: [],
      }));
      await walk(region, found.clueId, row.patrol);
    });
  }

  it('[SH-6.3a] 上海的造假线索按国家默认由专班研判、审核小组审核', async () => {
    const clueId = await desk.raise('shanghai', ['B01', 'C01']);
    expect(await findClue(desk.db, clueId)).toMatchObject({ state: 'PANEL_ANALYSIS', route: 'PANEL_LIST', body: 'REVIEW' });
    await bring('shanghai', clueId);
    await walk('shanghai', clueId, TABLE.shanghai.falsification);
  });

  it('直接交监测机构的线索，取件以前随发现增长；取件以后不再变', async () => {
    const clueId = await desk.raise('shanghai', ['B01']);
    const known = (await findClue(desk.db, clueId))!;
    expect(known.state).toBe('LISTED');
    const grow = (hours: number) => desk.emit('clue.escalated', clueId, {
      clueId, version: hours, outfall: desk.outfallOf(clueId), unit: unitOf('shanghai'), tier: 'WORK_ORDER', sentence: { zh: `连续 ${hours} 小时超过限值`, en: `${hours} h` }, factors: known.factors,
      period: { from: Number(known.periodFrom), to: Number(known.periodFrom) + hours * HOUR }, models: [{ model: 'B01', version: '1.2.0' }],
    });
    await grow(7);
    expect(await findClue(desk.db, clueId)).toMatchObject({ tier: 'WORK_ORDER', sentenceZh: '连续 7 小时超过限值' });
    await must(takeReview(desk.deps, cast('LAB').technical, clueId));
    await grow(9);
    expect(await findClue(desk.db, clueId)).toMatchObject({ sentenceZh: '连续 7 小时超过限值' });
  });

  it('[NX-3.6b] 宁夏同一团队研判并审核，但研判本线索的人不得再审核', async () => {
    const clueId = await desk.raise('ningxia', ['C01']);
    await bring('ningxia', clueId);
    expect(await takeReview(desk.deps, desk.official('panel', ['panel-member', 'review-technical']), clueId)).toMatchObject({ code: 'ACCESS-010' });
    const other = desk.official('review-tech2', 'panel-member');
    expect(await takeReview(desk.deps, other, clueId)).toMatchObject({ ok: true });
  });

  it('a review without a list goes back to those who supply, and comes again', async () => {
    const clueId = await desk.raise('shanghai', ['B01']);
    const { technical, lead } = cast('LAB');
    const review = await must(takeReview(desk.deps, technical, clueId));
    await must(concludeReview(desk.deps, lead, review.reviewId, { ...pass, conclusion: 'return', reason: '缺少标样核查记录，请补充' }));
    expect(await triageClue(desk.deps, desk.official('panel', 'panel-member'), clueId, { decision: 'list', note })).toMatchObject({ code: 'REVIEW-002' });
    const supplier = desk.official('monitor', 'monitoring-control');
    const material = { name: '标样核查.pdf', sha256: await desk.deps.blobs.put(Buffer.from('标样核查')) };
    expect(await supplyClue(desk.deps, supplier, clueId, { text: '已补充标样核查记录', materials: [material] })).toMatchObject({ ok: true, value: { state: 'LISTED' } });
    const again = await must(takeReview(desk.deps, technical, clueId));
    expect(again.precheck.input.materials).toEqual([material]);
  });

  it('who signed a track does not conclude', async () => {
    const clueId = await desk.raise('shanghai', ['B01']);
    const { technical, lead } = cast('LAB');
    const review = await must(takeReview(desk.deps, technical, clueId));
    await signBoth(desk.deps, lead, legal(), review.reviewId);
    expect(await concludeReview(desk.deps, lead, review.reviewId, pass)).toMatchObject({ code: 'REVIEW-014' });
  });
});
