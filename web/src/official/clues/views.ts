import type { Words } from '../shapes.ts';

/** Whose desk a clue lies on, as sets of states; the address carries the states, not the name of the view. */
export const VIEWS: readonly (Words & { readonly key: string; readonly states: readonly string[] })[] = [
  { key: '', zh: '全部', en: 'All', states: [] },
  { key: 'panel', zh: '待研判', en: 'Panel', states: ['PANEL_ANALYSIS', 'RETURNED_FOR_MORE'] },
  { key: 'before', zh: '督办与待标记', en: 'Supervised, waiting', states: ['SUPERVISED', 'WAITING_MARKS'] },
  { key: 'review', zh: '审核中', en: 'In review', states: ['LISTED', 'UNDER_REVIEW', 'REVIEW_PASSED'] },
  { key: 'handed', zh: '已移送', en: 'Handed over', states: ['HANDED_OVER'] },
  { key: 'closed', zh: '已排除', en: 'Set aside', states: ['DISMISSED', 'DOWNGRADED', 'EXPLAINED', 'REVIEW_REJECTED'] },
];

/** By the clock that presses most, by place in the panel's queue, or by the last change. */
export type ClueOrder = 'urgent' | 'priority' | 'newest';

export const viewOf = (key: string) => VIEWS.find((view) => view.key === key) ?? { key: '', zh: '', en: '', states: [] as readonly string[] };
