import type { StepEvent } from './case-event.ts';
import type { CommandKind, CommandOf } from './commands/index.ts';
import type { PenaltyCase } from './penalty-case.ts';

/** What a step changes beside state, clocks, papers and what is remembered. */
export type Apply<K extends CommandKind> = (state: PenaltyCase, command: CommandOf<K>, event: StepEvent) => PenaltyCase;
export type ApplyTable = { readonly [K in CommandKind]?: Apply<K> };
