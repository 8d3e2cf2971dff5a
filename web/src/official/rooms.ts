import type { NavItem } from '../shared/room.tsx';

/** Rooms of the workbench in the order of the chain; each is offered to those whose roles may read it. */
export const ROOMS: readonly (NavItem & { readonly action: string })[] = [
  { to: '/', label: { zh: '一屏', en: 'Situation' }, action: 'situation.read' },
  { to: '/clues', label: { zh: '线索', en: 'Clues' }, action: 'clue.read' },
  { to: '/sheets', label: { zh: '督办', en: 'Supervision' }, action: 'supervision.read' },
  { to: '/reviews', label: { zh: '审核', en: 'Review' }, action: 'review.read' },
  { to: '/cases', label: { zh: '案件', en: 'Cases' }, action: 'case.read' },
  { to: '/reports', label: { zh: '举报', en: 'Reports' }, action: 'disclosure.reports-read' },
  { to: '/units', label: { zh: '档案', en: 'Registry' }, action: 'register.read' },
  { to: '/models', label: { zh: '模型', en: 'Models' }, action: 'model.read' },
  { to: '/rules', label: { zh: '规则', en: 'Rules' }, action: 'model.proposals' },
  { to: '/law', label: { zh: '法规', en: 'Law' }, action: 'law.read' },
  { to: '/evidence', label: { zh: '存证', en: 'Evidence' }, action: 'evidence.prove' },
  { to: '/devices', label: { zh: '设备', en: 'Devices' }, action: 'ingest.status' },
  { to: '/admin', label: { zh: '管理', en: 'Admin' }, action: 'access.matrix' },
];
