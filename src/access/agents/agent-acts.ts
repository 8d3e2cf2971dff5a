import type { Words } from '../action-words.ts';
import type { Action } from '../permissions.ts';

interface AgentAct extends Words {
  readonly actions: readonly Action[];
}

const SEEN: readonly Action[] = ['register.read', 'quality.read'];

/** What a unit may entrust to an agent (受托范围), each with the rows of the permission table that it opens. Nothing else can be entrusted. */
export const AGENT_ACTS = {
  curves: { zh: '查看曲线与报文', en: 'see curves and frames', actions: [...SEEN, 'analysis.read', 'ingest.read'] },
  marks: { zh: '数据标记', en: 'mark data', actions: [...SEEN, 'mark.read', 'mark.submit'] },
  sheets: { zh: '答复提醒、警告和督办单', en: 'answer reminders, warnings and sheets', actions: [...SEEN, 'supervision.read-own', 'supervision.feedback', 'supervision.hand-in'] },
  truthing: { zh: '办理数据归真任务', en: 'answer tasks of putting data right', actions: [...SEEN, 'truthing.read', 'truthing.answer', 'supervision.hand-in'] },
  check: { zh: '先自查', en: 'check before it counts', actions: [...SEEN, 'analysis.self-check'] },
} as const satisfies Record<string, AgentAct>;

export type AgentActName = keyof typeof AGENT_ACTS;
/** Names of the acts a unit may let an agent take, for checked input. */
export const AGENT_ACT_NAMES = Object.keys(AGENT_ACTS) as [AgentActName, ...AgentActName[]];

export const isAgentAct = (text: string): text is AgentActName => Object.hasOwn(AGENT_ACTS, text);
