import type { Instant } from '#kernel';
import type { CommandKind } from '../commands/index.ts';
import type { PaperRef, PenaltyCase } from '../penalty-case.ts';
import { obligation, obligationOfStep, type ObligationKey } from './obligations.ts';

/** What the party said after a demand, and what the authority answered (行政强制法 第三十六条). */
export interface DemandStatement {
  readonly statementId: string;
  readonly key: ObligationKey;
  /** The demand it is about. */
  readonly demandId: string;
  readonly statement: string;
  readonly proof: string;
  readonly at: Instant;
  readonly answer?: { readonly accepted: boolean; readonly reason: string };
}

/** Which obligation a step is about; substitute performance follows the demand to correct. */
const keyOf = (step: CommandKind | undefined): ObligationKey => (step === 'ORDER_SUBSTITUTE' ? 'CORRECTION' : obligationOfStep(step));

/** The demand the party has in hand; undefined before it arrived. A new order asks for a new demand. */
export function demandInHand(state: PenaltyCase, key: ObligationKey): PaperRef | undefined {
  if (key === 'CORRECTION' && state.latest.RECORD_CORRECTION_DEMAND_DELIVERED === undefined) return undefined;
  const paper = state.papers.findLast((p) => p.kind === obligation(key).papers.demand);
  return paper === undefined || state.arrived[paper.paperId] === undefined ? undefined : paper;
}

/** Everything said about the demand now in hand, oldest first. */
export const statementsOn = (state: PenaltyCase, key: ObligationKey): readonly DemandStatement[] => {
  const demand = state.papers.findLast((p) => p.kind === obligation(key).papers.demand);
  return state.demandStatements.filter((one) => one.key === key && one.demandId === demand?.paperId);
};

export const openStatements = (state: PenaltyCase, key: ObligationKey): readonly DemandStatement[] => statementsOn(state, key).filter((one) => one.answer === undefined);

const need = (holds: boolean, missing: string): readonly string[] => (holds ? [] : [missing]);
const ARTICLE = '行政强制法 第三十六条、第五十四条';

export const STATEMENT_GUARD_ARTICLES = { DEMAND_IN_HAND: ARTICLE, STATEMENT_OPEN: ARTICLE, STATEMENTS_ANSWERED: ARTICLE } as const;

interface Looked {
  readonly state: PenaltyCase;
  readonly step?: CommandKind;
  readonly command?: { readonly kind: CommandKind };
}

/** The party is heard before anything is enforced: what it said is answered, and a demand given up is no footing. */
export const STATEMENT_GUARDS = {
  DEMAND_IN_HAND: ({ state, step }: Looked) => need(demandInHand(state, keyOf(step)) !== undefined, '已送达的催告书'),
  STATEMENT_OPEN: ({ state, step, command }: Looked) => {
    const open = openStatements(state, keyOf(step));
    const named = command !== undefined && 'statementId' in command ? command.statementId : undefined;
    return need(open.some((one) => named === undefined || one.statementId === named), '尚未答复的对催告的陈述申辩');
  },
  STATEMENTS_ANSWERED: ({ state, step }: Looked) => [
    ...openStatements(state, keyOf(step)).map((one) => `对“${one.statement.slice(0, 40)}”的答复`),
    ...need(!statementsOn(state, keyOf(step)).some((one) => one.answer?.accepted === true), '未因采纳陈述申辩而撤回的催告'),
  ],
} as const;
