import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { can, DEMO_CITY, demoAccountId } from '#access';
import type { ClueId, ReviewId } from '#kernel';
import { concludeReview } from '../finding/conclude-review.ts';
import { agreementOf, FINDINGS, isDrawn, type Pair } from './decide-second.ts';
import { giveSecondOpinion } from './give-second-opinion.ts';
import { answerInvitation, inviteMember } from './invite-member.ts';
import { takeReview } from '../finding/open-review.ts';
import type { ReviewDeps } from '../ports.ts';
import { askRecusal, decideRecusal } from './recuse-reviewer.ts';
import { showClue } from '../clue/show-clue.ts';
import { showAgreement } from './show-opinions.ts';
import { assessItem, signTrack } from '../finding/sign-review.ts';
import { findClue, stepsOf } from '../store/clues.ts';
import { invitationsOf, recusalsOf } from '../store/opinions.ts';
import { must, openDesk, signBoth, type Desk } from '../testing/desk.ts';
import { freezeList, triageClue } from '../panel/triage-clue.ts';

describe('agreement of two reviewers', () => {
  const pairs = (agree: number, differ: number): Pair[] => [
    ...Array.from({ length: agree }, (): Pair => ({ first: 'PASS', second: 'PASS' })), ...Array.from({ length: differ }, (): Pair => ({ first: 'REJECT', second: 'PASS' })),
  ];

  it('is the share that agrees, and Cohen’s kappa beyond chance', () => {
    // Cohen's own kind of table: 20 both pass, 5 pass/reject, 10 reject/pass, 15 both reject → po 0.70, pe 0.50, kappa 0.40.
    const table: Pair[] = [
      ...pairs(20, 10), ...Array.from({ length: 5 }, (): Pair => ({ first: 'PASS', second: 'REJECT' })), ...Array.from({ length: 15 }, (): Pair => ({ first: 'REJECT', second: 'REJECT' })),
    ];
    const found = agreementOf(table);
    expect(found).toMatchObject({ n: 50, agreed: 35, raw: 0.7 });
    expect(found.kappa).toBeCloseTo(0.4, 12);
    expect(found.counts.REJECT.PASS).toBe(10);
    expect(agreementOf([])).toMatchObject({ n: 0, raw: null, kappa: null });
    expect(agreementOf(pairs(4, 0))).toMatchObject({ raw: 1, kappa: null });
  });

  it('stays within its bounds, is 1 for full agreement, and does not mind who is first', () => {
    const finding = fc.constantFrom(...FINDINGS);
    fc.assert(fc.property(fc.array(fc.record({ first: finding, second: finding }), { minLength: 1, maxLength: 40 }), (given) => {
      const { raw, kappa } = agreementOf(given);
      expect(raw).toBeGreaterThanOrEqual(0);
      expect(raw).toBeLessThanOrEqual(1);
      if (kappa !== null) expect(kappa).toBeLessThanOrEqual(1 + 1e-12);
      if (kappa !== null && raw === 1) expect(kappa).toBeCloseTo(1, 12);
      const turned = agreementOf(given.map(({ first, second }) => ({ first: second, second: first })));
      expect(turned.kappa ?? 9).toBeCloseTo(kappa ?? 9, 12);
    }));
  });

  it('a share of 0 draws nothing, 1 draws everything', () => {
    fc.assert(fc.property(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (draw) => {
      expect([isDrawn(draw, '0'), isDrawn(draw, '1')]).toEqual([false, true]);
    }));
    expect([isDrawn(0.0999, '0.1'), isDrawn(0.1, '0.1')]).toEqual([true, false]);
  });
});

describe('around a review', () => {
  let desk: Desk;
  let drawn: ReviewDeps;
  beforeAll(async () => {
    desk = await openDesk('second', '2026-09-14T09:00:00+08:00');
    drawn = { ...desk.deps, draw: () => 0 };
  });
  afterAll(() => desk.close());

  const technical = () => desk.official('review-tech', 'review-technical');
  const other = () => desk.official('review-tech2', 'review-technical');
  const legal = () => desk.official('review-legal', 'review-legal');
  const lead = () => desk.official('review-lead', 'review-lead');
  const head = () => desk.official('head', 'authority-head');
  const pass = { conclusion: 'pass', reason: '', factsZh: '', factsEn: '', violations: ['AIR_EXCEED'] } as const;

  async function taken(deps: ReviewDeps): Promise<{ clueId: ClueId; reviewId: ReviewId }> {
    const clueId = await desk.raise('jiangsu', ['C01']);
    await must(triageClue(desk.deps, desk.official('panel', 'panel-member'), clueId, { decision: 'list', note: '与用电、门禁比对后列入' }));
    await must(freezeList(desk.deps, desk.official('panel-lead', 'panel-lead')));
    return { clueId, reviewId: (await must(takeReview(deps, technical(), clueId))).reviewId };
  }
  interface Seen {
    reviews: { items: { item: string; outcome: string; assessments: unknown[] }[]; signatures: { track: string }[]; missing: { zh: string }[]; second: Record<string, unknown> }[];
    steps: { act: string; detail: Record<string, unknown> }[];
  }
  const page = async (who: ReturnType<typeof technical>, clueId: ClueId): Promise<Seen> => (await showClue(desk.deps, who, clueId)) as Seen;

  it('a drawn review: the second sees nothing of the first, the first nothing of the second, until both have spoken', async () => {
    const { clueId, reviewId } = await taken(drawn);
    await must(assessItem(desk.deps, technical(), reviewId, { item: 'data.place', outcome: 'FAIL', note: '首次审核人的认定' }));
    await signBoth(desk.deps, technical(), legal(), reviewId);
    const [blind] = (await page(other(), clueId)).reviews;
    expect(blind?.second).toMatchObject({ drawn: true, given: false, mine: true, blind: true, conclusion: null });
    expect(blind?.signatures.map((s) => s.track)).toEqual(['LEGAL']);
    expect(blind?.items.find((item) => item.item === 'data.place')).toMatchObject({ outcome: 'PASS', assessments: [] });
    expect(blind?.missing).toEqual([]);
    const text = JSON.stringify(await page(other(), clueId));
    expect(text).not.toContain('首次审核人的认定');
    expect((await page(other(), clueId)).steps.filter((step) => step.act === 'sign').map((step) => step.detail)).toEqual([{}, {}]);
    const [seen] = (await page(lead(), clueId)).reviews;
    expect(seen?.missing.map((one) => one.zh)).toContain('第二人盲审意见');
    expect(await concludeReview(desk.deps, lead(), reviewId, pass)).toMatchObject({ code: 'REVIEW-011' });
    expect(await giveSecondOpinion(desk.deps, technical(), reviewId, { conclusion: 'PASS', reason: '自己再看一遍' })).toMatchObject({ code: 'REVIEW-017' });
    expect(await giveSecondOpinion(desk.deps, { ...lead(), roles: ['review-lead', 'review-technical'] }, reviewId, { conclusion: 'PASS', reason: '牵头人自己看' })).toMatchObject({ code: 'REVIEW-017' });
    expect(await giveSecondOpinion(desk.deps, legal(), reviewId, { conclusion: 'PASS', reason: '合法性人员看' })).toMatchObject({ code: 'REVIEW-008' });
    await must(giveSecondOpinion(desk.deps, other(), reviewId, { conclusion: 'PASS', reason: '独立核对原始报文，符合' }));
    expect(await giveSecondOpinion(desk.deps, other(), reviewId, { conclusion: 'REJECT', reason: '改变主意不可以' })).toMatchObject({ code: 'REVIEW-016' });
    expect((await page(lead(), clueId)).reviews[0]?.second).toMatchObject({ given: true, conclusion: 'PASS' });
  });

  it('disagreement lets neither prevail: only a return for more, with what is asked, stays open', async () => {
    const { clueId, reviewId } = await taken(drawn);
    await must(giveSecondOpinion(desk.deps, other(), reviewId, { conclusion: 'REJECT', reason: '校准记录与时段重叠，数据存疑' }));
    // The first has not signed yet and must not know.
    expect((await page(technical(), clueId)).reviews[0]?.second).toMatchObject({ given: true, conclusion: null, reason: null });
    await signBoth(desk.deps, technical(), legal(), reviewId);
    for (const conclusion of ['pass', 'reject'] as const) {
      expect(await concludeReview(desk.deps, lead(), reviewId, { ...pass, conclusion, reason: '按多数意见处理' })).toMatchObject({ code: 'REVIEW-011', missing: expect.arrayContaining([expect.stringContaining('不一致')]) });
    }
    const asked = ['调取校准记录原件', '补充同时段用电曲线'];
    await must(concludeReview(desk.deps, lead(), reviewId, { ...pass, conclusion: 'return', reason: '两人意见不一致，退回补充', asked }));
    expect(await findClue(desk.db, clueId)).toMatchObject({ state: 'RETURNED_FOR_MORE' });
    expect((await stepsOf(desk.db, clueId)).at(-1)?.detail).toMatchObject({ asked });
    const shown = await showAgreement(desk.deps, lead());
    expect(shown).toMatchObject({ n: 2, agreed: 1, raw: 0.5 });
    expect((await showAgreement(desk.deps, desk.official('neighbour', 'review-lead', 'JS-NZ' as never))).n).toBe(0);
    expect(can(technical(), 'review.agreement', { authorityId: DEMO_CITY })).toBe(false);
  });

  it('[JS-7.6] 牵头人按需邀请监测、法制、环评、水、气、固部门人员，听取后才能作结论，参加情况留痕', async () => {
    const { clueId, reviewId } = await taken(desk.deps);
    const guest = desk.official('air', 'element-dept');
    const ask = { accountId: guest.accountId, department: 'AIR', question: '请说明该时段工况是否异常' } as const;
    expect(await inviteMember(desk.deps, technical(), clueId, ask)).toMatchObject({ code: 'ACCESS-004' });
    expect(await inviteMember(desk.deps, desk.official('panel-lead', 'panel-lead'), clueId, ask)).toMatchObject({ code: 'REVIEW-061' });
    expect(await inviteMember(desk.deps, lead(), clueId, { ...ask, department: 'IT' })).toMatchObject({ code: 'REVIEW-055' });
    await must(inviteMember(desk.deps, lead(), clueId, ask));
    expect(await inviteMember(desk.deps, lead(), clueId, ask)).toMatchObject({ code: 'REVIEW-056' });
    await must(inviteMember(desk.deps, lead(), clueId, { ...ask, accountId: demoAccountId('legal'), department: 'LEGAL' }));
    await signBoth(desk.deps, technical(), legal(), reviewId);
    expect(await concludeReview(desk.deps, lead(), reviewId, pass)).toMatchObject({ code: 'REVIEW-011', missing: ['听取云淡远的意见', '听取秦守正的意见'] });
    const [first, second] = await invitationsOf(desk.db, clueId);
    expect(await answerInvitation(desk.deps, technical(), clueId, first!.invitationId, { outcome: 'HEARD', text: '冒名发表意见' })).toMatchObject({ code: 'REVIEW-057' });
    await must(answerInvitation(desk.deps, guest, clueId, first!.invitationId, { outcome: 'HEARD', text: '该时段负荷平稳，工况不能解释' }));
    await must(answerInvitation(desk.deps, lead(), clueId, second!.invitationId, { outcome: 'EXCUSED', text: '外出，已由合法性审核覆盖' }));
    await must(concludeReview(desk.deps, lead(), reviewId, pass));
    expect((await stepsOf(desk.db, clueId)).filter((step) => step.act === 'take-part').map((step) => step.detail['outcome'])).toEqual(['HEARD', 'EXCUSED']);
  });

  it('[JS-6.3] 监测部门为审核提供技术支撑：就设备管理和质量控制提出技术意见，意见随审核留存，没有听取不能作结论', async () => {
    const { clueId, reviewId } = await taken(desk.deps);
    const monitoring = desk.official('lab', 'lab');
    for (const action of ['ingest.status', 'ingest.quarantine-read', 'quality.read', 'register.read'] as const) expect([action, can(monitoring, action)]).toEqual([action, true]);
    await must(inviteMember(desk.deps, lead(), clueId, { accountId: monitoring.accountId, department: 'MONITORING', question: '分析仪校准和比对记录能否支持该时段数据' }));
    await signBoth(desk.deps, technical(), legal(), reviewId);
    expect(await concludeReview(desk.deps, lead(), reviewId, pass)).toMatchObject({ code: 'REVIEW-011' });
    const [asked] = await invitationsOf(desk.db, clueId);
    const said = '校准在有效期内，零点、量程漂移均未超要求，比对合格';
    await must(answerInvitation(desk.deps, monitoring, clueId, asked!.invitationId, { outcome: 'HEARD', text: said }));
    await must(concludeReview(desk.deps, lead(), reviewId, pass));
    expect((await stepsOf(desk.db, clueId)).find((step) => step.act === 'take-part')).toMatchObject({ actorId: monitoring.accountId, detail: { department: 'MONITORING', note: said } });
  });

  it('recusal: declared or asked for, decided by the lead, that of the lead by the head; what was signed by who withdrew is void', async () => {
    const { clueId, reviewId } = await taken(desk.deps);
    await signBoth(desk.deps, technical(), legal(), reviewId);
    await must(askRecusal(desk.deps, technical(), clueId, { accountId: technical().accountId, reason: '近亲属在该单位任职' }));
    expect(await askRecusal(desk.deps, lead(), clueId, { accountId: technical().accountId, reason: '重复提出回避' })).toMatchObject({ code: 'REVIEW-053' });
    const [own] = await recusalsOf(desk.db, clueId);
    expect(own).toMatchObject({ kind: 'DECLARED', decision: null });
    expect(await concludeReview(desk.deps, lead(), reviewId, pass)).toMatchObject({ code: 'REVIEW-011', missing: ['江映秋的回避待决定'] });
    expect(await decideRecusal(desk.deps, { ...technical(), roles: ['review-lead'] }, clueId, own!.recusalId, { granted: false, reason: '我自己决定' })).toMatchObject({ code: 'REVIEW-054' });
    await must(decideRecusal(desk.deps, lead(), clueId, own!.recusalId, { granted: true, reason: '关系属实，应当回避' }));
    expect(await concludeReview(desk.deps, lead(), reviewId, pass)).toMatchObject({ code: 'REVIEW-011', missing: [expect.stringContaining('回避无效')] });
    await must(concludeReview(desk.deps, lead(), reviewId, { ...pass, conclusion: 'return', reason: '审核人员回避，重新审核' }));
    await must(triageClue(desk.deps, desk.official('panel', 'panel-member'), clueId, { decision: 'list', note: '重新列入，换人审核' }));
    await must(freezeList(desk.deps, desk.official('panel-lead', 'panel-lead')));
    expect(await takeReview(desk.deps, technical(), clueId)).toMatchObject({ code: 'ACCESS-011' });
    const again = await must(takeReview(desk.deps, other(), clueId));
    await must(askRecusal(desk.deps, legal(), clueId, { accountId: lead().accountId, reason: '曾在该单位任职' }));
    const asked = (await recusalsOf(desk.db, clueId)).at(-1);
    expect(asked).toMatchObject({ kind: 'REQUESTED' });
    expect(await decideRecusal(desk.deps, { ...desk.official('panel-lead', 'panel-lead') }, clueId, asked!.recusalId, { granted: false, reason: '不属实，驳回' })).toMatchObject({ code: 'REVIEW-054' });
    await must(decideRecusal(desk.deps, head(), clueId, asked!.recusalId, { granted: false, reason: '经核实任职已逾十年' }));
    await must(signTrack(desk.deps, other(), again.reviewId, { track: 'TECHNICAL', conclusion: 'PASS', reason: '' }));
    await must(signTrack(desk.deps, legal(), again.reviewId, { track: 'LEGAL', conclusion: 'PASS', reason: '' }));
    expect(await concludeReview(desk.deps, lead(), again.reviewId, pass)).toMatchObject({ ok: true });
  });
});
