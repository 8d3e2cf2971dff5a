import type { CodeFact, ParameterValue } from '#law';

export const CODE_COLOURS = {
  GREEN: { zh: '绿码', en: 'green' },
  YELLOW: { zh: '黄码', en: 'yellow' },
  RED: { zh: '红码', en: 'red' },
} as const;
export type CodeColour = keyof typeof CODE_COLOURS;

/** What each counted fact is called; counted over the months the rule looks back, `overdueNow` at this moment. */
export const CODE_FACT_WORDS = {
  falseAnswers: { zh: '反馈不实', en: 'untrue answers' },
  lapses: { zh: '未按要求反馈', en: 'failures to answer' },
  talks: { zh: '升至约谈', en: 'failures that called for a talk' },
  established: { zh: '复核属实移交执法', en: 'sheets found true' },
  overQuantity: { zh: '确认超许可排放量', en: 'confirmed over-quantities' },
  warnings: { zh: '警告和督办单', en: 'warnings and sheets' },
  overdueNow: { zh: '当前逾期未反馈', en: 'overdue answers now' },
  quotaWarnings: { zh: '许可排放量预警', en: 'warnings on permitted quantities' },
} as const satisfies Record<CodeFact, { zh: string; en: string }>;

export type CodeRule = ParameterValue<'supervision.enterpriseCode'>;
export type CodeCounts = Readonly<Record<CodeFact, number>>;

export interface EnterpriseCode {
  readonly colour: CodeColour;
  /** Rules that hold, of whatever colour: the reasons shown beside the code. */
  readonly because: readonly { readonly colour: 'RED' | 'YELLOW'; readonly fact: CodeFact; readonly count: number; readonly atLeast: number }[];
}

/** The colour of a unit's code (环保脸谱): red when any red rule holds, else yellow when any yellow one does. Pure; no judgement of law. */
export function enterpriseCode(counts: CodeCounts, rules: CodeRule['rules']): EnterpriseCode {
  const because = rules.flatMap(({ colour, fact, atLeast }) => (counts[fact] >= atLeast ? [{ colour, fact, count: counts[fact], atLeast }] : []));
  const colour = because.some((one) => one.colour === 'RED') ? 'RED' : because.length > 0 ? 'YELLOW' : 'GREEN';
  return { colour, because };
}
