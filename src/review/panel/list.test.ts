import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ClueId } from '#kernel';
import { concludeReview } from '../finding/conclude-review.ts';
import { listChanges, type ListEntry } from './decide-list.ts';
import { takeReview } from '../finding/open-review.ts';
import { listsOf } from '../store/clues.ts';
import { must, openDesk, signBoth, type Desk } from '../testing/desk.ts';
import { freezeList, triageClue } from './triage-clue.ts';

const entries = fc.uniqueArray(fc.record({ clueId: fc.constantFrom('a', 'b', 'c', 'd', 'e'), unit: fc.constant('U'), sentence: fc.constantFrom('x', 'y') }), { selector: (entry) => entry.clueId });

describe('the list of suspected violations', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk('list', '2026-09-14T09:00:00+08:00');
  });
  afterAll(() => desk.close());

  it('changes applied to the version before give the version after; the same version changes nothing', () => {
    fc.assert(fc.property(entries, entries, (before, now) => {
      const changes = listChanges(before, now, () => '');
      const kept: ListEntry[] = before.filter((entry) => !changes.some((change) => change.clueId === entry.clueId && change.change !== 'ADDED'));
      const back = [...kept, ...now.filter((entry) => changes.some((change) => change.clueId === entry.clueId && change.change !== 'REMOVED'))];
      expect(back.map((entry) => JSON.stringify(entry)).sort()).toEqual(now.map((entry) => JSON.stringify(entry)).sort());
      expect(listChanges(now, now.toReversed(), () => '')).toEqual([]);
    }));
  });

  it('[JS-7.2][JS-10.4] 清单逐版冻结：每版是完整清单，写明与上一版相比新增、移出了什么及原因，并有文书', async () => {
    const panel = desk.official('panel', 'panel-member');
    const panelLead = desk.official('panel-lead', 'panel-lead');
    const list = async (note: string): Promise<ClueId> => {
      const clueId = await desk.raise('jiangsu', ['C01']);
      await must(triageClue(desk.deps, panel, clueId, { decision: 'list', note }));
      return clueId;
    };
    const a = await list('恒值与用电下降同时出现');
    const b = await list('开门后数据跃变');
    const first = await must(freezeList(desk.deps, panelLead));
    expect(first).toMatchObject({ version: 1, clues: [{ clueId: a }, { clueId: b }] });
    expect(first.changes).toEqual([{ clueId: a, change: 'ADDED', why: '已列入清单：恒值与用电下降同时出现' }, { clueId: b, change: 'ADDED', why: '已列入清单：开门后数据跃变' }]);
    const review = await must(takeReview(desk.deps, desk.official('review-tech', 'review-technical'), a));
    await signBoth(desk.deps, desk.official('review-tech', 'review-technical'), desk.official('review-legal', 'review-legal'), review.reviewId);
    await must(concludeReview(desk.deps, desk.official('review-lead', 'review-lead'), review.reviewId, { conclusion: 'return', reason: '缺少校准记录，请补充', factsZh: '', factsEn: '', violations: [] }));
    const c = await list('治污用电为零');
    const second = await must(freezeList(desk.deps, panelLead));
    expect(second).toMatchObject({ version: 2, clues: [{ clueId: b }, { clueId: c }] });
    expect(second.changes).toEqual([{ clueId: c, change: 'ADDED', why: '已列入清单：治污用电为零' }, { clueId: a, change: 'REMOVED', why: '退回补充：缺少校准记录，请补充' }]);
    const paper = desk.papers.made.findLast((made) => made.kind === 'SUSPECTED_VIOLATION_LIST');
    expect(paper?.data).toMatchObject({ listVersion: '第 2 版', changes: [{ clueNo: c, clueMatter: expect.stringMatching(/^[^：]+：./u), change: '新增' }, { clueNo: a, clueMatter: expect.stringMatching(/^[^：]+：./u), change: '移出', why: '退回补充：缺少校准记录，请补充' }] });
    // The version before stays as it was sent.
    const { items: kept } = await listsOf(desk.db, { kind: 'all' }, { limit: 10 });
    expect(kept.find((one) => one.version === 1)?.clues.map((entry) => entry.clueId)).toEqual([a, b]);
    const newest = await listsOf(desk.db, { kind: 'all' }, { limit: 1 });
    const before = await listsOf(desk.db, { kind: 'all' }, { limit: 1, cursor: newest.nextCursor ?? '' });
    expect([...newest.items, ...before.items]).toEqual(kept.slice(0, 2));
  });
});
