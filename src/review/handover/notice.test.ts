import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, DAY, dayOf, endOfDay, type ClueId } from '#kernel';
import type { Law, ViolationKey } from '#law';
import { transact } from '#platform/db';
import { deadlinesOf, sweepDeadlines } from '#platform/deadlines';
import { concludeReview } from '../finding/conclude-review.ts';
import { handOverClue } from './hand-over-clue.ts';
import { deferNotice, notifyUnit } from './notify-unit.ts';
import { takeReview } from '../finding/open-review.ts';
import { showClue } from '../clue/show-clue.ts';
import { findNotice, gapsOf, keepNotice } from '../store/notices.ts';
import { must, openDesk, signBoth, type Desk } from '../testing/desk.ts';
import { freezeList, triageClue } from '../panel/triage-clue.ts';

describe('handover and notice from one event', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk('notice', '2026-09-14T09:00:00+08:00');
  });
  afterAll(() => desk.close());
  const lead = () => desk.official('review-lead', 'review-lead');

  async function passed(violation: ViolationKey): Promise<ClueId> {
    const clueId = await desk.raise('jiangsu', ['C01']);
    await must(triageClue(desk.deps, desk.official('panel', 'panel-member'), clueId, { decision: 'list', note: '与用电、门禁比对后列入' }));
    await must(freezeList(desk.deps, desk.official('panel-lead', 'panel-lead')));
    const { reviewId } = await must(takeReview(desk.deps, desk.official('review-tech', 'review-technical'), clueId));
    await signBoth(desk.deps, desk.official('review-tech', 'review-technical'), desk.official('review-legal', 'review-legal'), reviewId);
    await must(concludeReview(desk.deps, lead(), reviewId, { conclusion: 'pass', reason: '', factsZh: '', factsEn: '', violations: [violation] }));
    return clueId;
  }
  const clocks = async (clueId: ClueId) => Object.fromEntries((await deadlinesOf(desk.db, 'clue', clueId)).map((row) => [row.clockId, row]));
  const acts = async (clueId: ClueId, who = lead()) => ((await showClue(desk.deps, who, clueId)) as { noticeActs: unknown }).noticeActs;

  it('[JS-13.1][JS-13.2] 审核认定一事同时起算移送与告知，各有时限，互不等待', async () => {
    const clueId = await passed('AIR_EXCEED');
    const { T2, T2n } = await clocks(clueId);
    expect(T2?.startedAt).toBe(T2n?.startedAt);
    expect([T2?.state, T2n?.state]).toEqual(['OPEN', 'OPEN']);
    await must(notifyUnit(desk.deps, lead(), clueId));
    expect((await clocks(clueId))['T2']?.state).toBe('OPEN');
    await must(handOverClue(desk.deps, lead(), clueId));
    expect((await clocks(clueId))['T2']?.state).toBe('MET');
  });

  it('告知书写的是涉嫌违反的条文，不是准许用自动监测设备取证的条文', async () => {
    for (const [violation, article] of [['AIR_EXCEED', '第一百五十一条'], ['DATA_FALSIFY_UNIT', '第八十条第一款']] as const) {
      await must(notifyUnit(desk.deps, lead(), await passed(violation)));
      expect(desk.papers.made.findLast(({ kind }) => kind === 'SUSPICION_NOTICE')?.data).toMatchObject({ grounds: [{ instrument: '中华人民共和国生态环境法典', article }] });
    }
  });

  it('a notice served another way than it was sent arrives all the same', async () => {
    const clueId = await passed('AIR_EXCEED');
    await must(notifyUnit(desk.deps, lead(), clueId));
    const sent = (await findNotice(desk.db, clueId))!;
    // As it stands where the unit has no account on the portal.
    await transact(desk.db, (tx) => keepNotice(tx, { ...sent, arrivedAt: null }));
    const told = { subjectKind: 'clue', subjectId: clueId, deliveryId: 'dlv-by-hand', arrivedAt: desk.clock.now() };
    await desk.emit('delivery.delivered', clueId, { ...told, documentId: 'another' });
    expect((await findNotice(desk.db, clueId))?.arrivedAt).toBeNull();
    await desk.emit('delivery.delivered', clueId, { ...told, documentId: sent.documentId });
    expect(await findNotice(desk.db, clueId)).toMatchObject({ deliveryId: 'dlv-by-hand', arrivedAt: told.arrivedAt });
  });

  it('only falsification may wait for evidence to be fixed; an exceedance is told in its three working days', async () => {
    const plain = await passed('AIR_EXCEED');
    const until = addDays(dayOf(desk.clock.now()), 10);
    expect(await deferNotice(desk.deps, lead(), plain, until, '先固定现场证据')).toMatchObject({ code: 'REVIEW-036' });
    expect(await acts(plain)).toEqual({ send: true, defer: false });
    const false_ = await passed('DATA_TAMPER_DISCHARGE');
    expect(await acts(false_)).toEqual({ send: true, defer: true });
    expect(await acts(false_, desk.official('review-tech', 'review-technical'))).toEqual({ send: false, defer: false });
    await must(deferNotice(desk.deps, lead(), false_, until, '先固定现场证据'));
    const { T2n, T2d } = await clocks(false_);
    expect(T2n?.state).toBe('CANCELLED');
    expect(T2d).toMatchObject({ state: 'OPEN', dueAt: endOfDay(until) });
  });

  it('a deferral has a clock of its own: notified within it is met, let run out it is a gap', async () => {
    const told = await passed('DATA_FALSIFY_UNIT');
    const late = await passed('DATA_FALSIFY_UNIT');
    const until = addDays(dayOf(desk.clock.now()), 5);
    for (const clueId of [told, late]) await must(deferNotice(desk.deps, lead(), clueId, until, '先固定现场证据'));
    await must(notifyUnit(desk.deps, lead(), told));
    expect((await clocks(told))['T2d']?.state).toBe('MET');
    desk.clock.advance(7 * DAY);
    await sweepDeadlines(desk.deps);
    await desk.emit('nothing', 'x', {});
    const gaps = (await gapsOf(desk.db, { kind: 'all' }, { limit: 100 })).items.filter((gap) => gap.kind === 'NOT_NOTIFIED').map((gap) => gap.clueId);
    expect(gaps).toContain(late);
    expect(gaps).not.toContain(told);
  });

  it('the issuer is the region’s choice: the lead of the group, or the head of enforcement', async () => {
    const clueId = await passed('AIR_EXCEED');
    const { law } = desk.deps;
    const valueAt = ((key, region, day) => (key === 'review.noticeIssuer' ? { ...law.valueAt(key, region, day), value: 'ENFORCEMENT' } : law.valueAt(key, region, day))) as Law['valueAt'];
    const deps = { ...desk.deps, law: { ...law, valueAt } };
    const enforcement = desk.official('enforcement', 'enforcement-lead');
    expect(await notifyUnit(desk.deps, enforcement, clueId)).toMatchObject({ code: 'REVIEW-061' });
    expect(await notifyUnit(deps, lead(), clueId)).toMatchObject({ code: 'REVIEW-035' });
    await must(notifyUnit(deps, enforcement, clueId));
    expect(desk.papers.made.at(-1)?.data).toMatchObject({ contact: { name: '生态环境执法机构' } });
  });
});
