/** 提醒、警告、工单: severity grows to the right. The digit 3/2/1 appears in `alarms.jsonl` and labels only. */
export type Tier = 'REMIND' | 'WARN' | 'WORK_ORDER';

/** Independent kinds of evidence: corroboration must come from another one. */
export type SourceFamily = 'emission' | 'power' | 'site' | 'marks' | 'manual' | 'external' | 'transport';

/** What another model, or this one earlier, had found by the moment of asking; times in epoch ms. */
export interface PastFinding {
  readonly model: string;
  readonly family: SourceFamily;
  readonly tier: Tier;
  readonly start: number;
  readonly end: number;
  readonly raisedAt: number;
}
