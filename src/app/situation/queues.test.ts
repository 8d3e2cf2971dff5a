import { describe, expect, it } from 'vitest';
import { DEMO_CAST } from '#access';
import { MAIN_STATES, type MainState } from '#cases';
import { BODIES, CLUE_STATES, MODELS, type ClueState } from '#review';
import { SHEET_STATES, type SheetState } from '#supervision';
import { ownersOfCase, ownersOfClue, ownersOfSheet, queuesOf } from './queues.ts';

const keys = <K extends string>(table: Readonly<Record<K, unknown>>) => Object.keys(table) as K[];
const ownerless = <K extends string>(states: readonly K[], owners: (state: K) => readonly string[]) => states.filter((state) => owners(state).length === 0);

describe('[JS-6.1] 各环节的待办由谁负责', () => {
  it('督办单：等企业时无人欠办，反馈到了或逾期了归监控部门', () => {
    expect(ownerless(keys(SHEET_STATES), ownersOfSheet)).toEqual([
      'REMINDED', 'WARNED', 'ORDERED', 'FEEDBACK_PENDING', 'FEEDBACK_RETURNED', 'SELF_CORRECTED', 'EXPLAINED', 'REFERRED', 'ESTABLISHED',
    ] satisfies SheetState[]);
    expect(ownersOfSheet('FEEDBACK_OVERDUE')).toEqual(['monitoring-control']);
  });

  it.each(keys(MODELS))('线索：%s 模式下，督办、标记期满之后每一步都有主，直至移送', (model) => {
    const { route, review: body } = MODELS[model];
    const open = keys(CLUE_STATES).filter((state) => !CLUE_STATES[state].closed);
    const of = (state: ClueState) => ownersOfClue({ state, route, body });
    expect(ownerless(open, of)).toEqual(['SUPERVISED', 'WAITING_MARKS', 'HANDED_OVER']);
    expect(of('UNDER_REVIEW')).toEqual(BODIES[body].lead);
    expect(of('LISTED')).toEqual(expect.arrayContaining([...BODIES[body].technical, 'review-legal']));
  });

  it('案件：立案起归执法，审查、法制、负责人、归档各有其人；只在文书送达途中无人欠办', () => {
    const active = keys(MAIN_STATES).filter((state) => !('final' in MAIN_STATES[state]));
    expect(ownerless(active, ownersOfCase)).toEqual(['NOTICE_SENT', 'DECISION_SENT'] satisfies MainState[]);
    expect(ownersOfCase('PRELIM_REVIEW')).toContain('enforcement-officer');
    expect(ownersOfCase('LEGAL_REVIEW')).toEqual(['legal']);
    expect(ownersOfCase('CLOSED')).toEqual(['archivist']);
    expect([ownersOfCase('CASE_REVIEW'), ownersOfCase('DECISION_READY')]).toEqual([['case-reviewer'], ['authority-head']]);
  });

  it('演示的每个待办都有人：没有一个队列的负责角色是空缺的', () => {
    const clues = keys(MODELS).flatMap((model) => keys(CLUE_STATES).map((state) => ({ state, route: MODELS[model].route, body: MODELS[model].review, n: 1 })));
    const one = (table: object) => Object.fromEntries(Object.keys(table).map((key) => [key, 1]));
    const groups = queuesOf({ sheets: one(SHEET_STATES), hints: 2, clues, cases: one(MAIN_STATES) });
    const played = new Set<string>(DEMO_CAST.flatMap((member) => member.roles));
    for (const { owners, queues } of groups) expect([owners, owners.some((role) => played.has(role)), queues.length > 0]).toEqual([owners, true, true]);
    const control = groups.find(({ owners }) => owners.join() === 'monitoring-control');
    expect(control?.queues.map(({ zh }) => zh)).toEqual(['逾期未反馈', '已反馈待核查', '风险提示待决定', '审核中', '审核通过']);
    expect(queuesOf({ sheets: {}, hints: 0, clues: [], cases: { ARCHIVED: 9 } })).toEqual([]);
  });
});
