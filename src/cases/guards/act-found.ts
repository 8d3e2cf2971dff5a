import { dayOf } from '#kernel';
import { chargedKeys } from '../charged-acts.ts';
import { actsNotFound, falsificationLeft } from '../evidence/act-found.ts';
import type { Guard } from './guards.ts';
import { fine, need } from './need.ts';

export const ACT_GUARD_ARTICLES = {
  ACT_FOUND: '行政处罚法 第四十条、第五十四条',
  FALSIFICATION_WEIGHED: '行政处罚法 第四十条、第五十四条；生态环境法典 第一千零八十八条、第一千一百零八条',
  OUTAGE_WEIGHED: '污染源自动监控设施现场监督检查办法 第八条；行政处罚法 第四十条',
} as const;

/** Values that look tampered with lead to an act; only what shows the act itself charges it. */
export const ACT_GUARDS = {
  ACT_FOUND: ({ state, command, law }) => {
    const outcome = command?.kind === 'FINISH_INVESTIGATION' ? command.outcome : state.report?.outcome;
    const aside = command?.kind === 'FINISH_INVESTIGATION' ? (command.setAside ?? []) : [];
    const unknown = need(aside.every(({ factId }) => state.observed?.some((fact) => fact.factId === factId) === true), '审核移送的事实之一（不予认定的事实逐项从中选择）');
    return [...unknown, ...(outcome === 'NOT_ESTABLISHED' ? fine : actsNotFound(state, law))];
  },
  // Nobody downgrades a suspicion of falsification without a word.
  FALSIFICATION_WEIGHED: ({ state, command, law }) => {
    if (command?.kind !== 'FINISH_INVESTIGATION' || command.outcome === 'NOT_ESTABLISHED') return fine;
    return need(command.notFalsified !== undefined || !falsificationLeft(state, law), '不认定弄虚作假、逃避监管的理由（审核移送的事实也指向弄虚作假，而本案按其他违法行为处理）');
  },
  // A fault that was reported and mended in time is none: whoever charges the outage says when it was.
  OUTAGE_WEIGHED: ({ state, command, law, now }) => {
    if (command?.kind !== 'FINISH_INVESTIGATION' || command.outcome === 'NOT_ESTABLISHED' || !chargedKeys(state).includes('DEVICE_NOT_RUNNING')) return fine;
    const [report, repair] = (['T25', 'T25r'] as const).map((clock) => law.clock(clock, state.region, dayOf(now)).n);
    return need(command.unexcused !== undefined, `设备停运没有合法理由的说明（故障是否在 ${report} 小时内报告、${repair} 个工作日内修复，是否按期标记）`);
  },
} as const satisfies Record<keyof typeof ACT_GUARD_ARTICLES, Guard>;
