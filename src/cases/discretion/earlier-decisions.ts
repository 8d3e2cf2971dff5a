import { formatDay } from '#documents';
import { addMonths, dayOf, startOfDay, type CalendarDay, type Instant } from '#kernel';
import type { Bilingual, DiscretionTable, Law } from '#law';
import { chargedActs } from '../charged-acts.ts';
import type { EvidenceItem, PenaltyCase } from '../penalty-case.ts';
import type { OtherCase } from '../store/other-cases.ts';
import { UNDECIDED } from '../transitions/phases.ts';

/** The point under which an earlier decision lies in the file. */
export const EARLIER_POINT = 'PRIOR_DECISION';

/** Why another case of the party is no earlier offence. */
const NOT_COUNTED = {
  OPEN: { zh: '尚未作出决定', en: 'not decided yet' },
  NOT_PUNISHED: { zh: '未作处罚或者处罚已被撤销', en: 'not punished, or the penalty revoked' },
  NOT_SERVED: { zh: '处罚决定在本次行为开始之前尚未送达', en: 'its penalty not served before this act began' },
} as const satisfies Record<string, Bilingual>;

/** What counts of the other cases of a party, and what does not. */
export interface EarlierDecisions {
  /** First day and last day (the one before the act began) of the time looked at. */
  readonly from: CalendarDay;
  readonly begun: CalendarDay;
  readonly counted: readonly OtherCase[];
  readonly beside: readonly { readonly other: OtherCase; readonly why: Bilingual }[];
}

/**
 * Who was punished, was told of it, and then broke the law again. A decision counts when it was served before the day on which this
 * act began (a decision takes effect with its service; on the day itself the order of the two is not known) and was made no longer than
 * the months of the table before that day. The tables do not say from when they look back: it is read as from the beginning of the act.
 */
export function earlierDecisions(state: PenaltyCase, lookbackMonths: number, others: readonly OtherCase[]): EarlierDecisions {
  const begun = chargedActs(state)[0]?.actStart ?? dayOf(state.actStart);
  const from = addMonths(begun, -lookbackMonths);
  const since = startOfDay(from);
  const why = ({ decidedAt, mainState, punished, servedOn }: OtherCase): Bilingual | undefined =>
    decidedAt === null || UNDECIDED.includes(mainState) ? NOT_COUNTED.OPEN : !punished ? NOT_COUNTED.NOT_PUNISHED : servedOn === null || servedOn >= begun ? NOT_COUNTED.NOT_SERVED : undefined;
  const near = others.filter((one) => (one.decidedAt ?? one.handedOverAt) >= since);
  return {
    from, begun, counted: near.filter((one) => why(one) === undefined),
    beside: near.flatMap((other) => { const reason = why(other); return reason === undefined ? [] : [{ other, why: reason }]; }),
  };
}

/** The decisions the number of offences rests on, as items of evidence; empty where the table does not ask for it. */
export function earlierDecisionItems(state: PenaltyCase, law: Law, table: DiscretionTable | undefined, others: readonly OtherCase[], now: Instant): EvidenceItem[] {
  const months = table?.factors.find(({ id }) => id === 'REPEAT')?.lookbackMonths;
  if (months === undefined) return [];
  return earlierDecisions(state, months, others).counted.flatMap(({ caseId, decisionNo, decisionSha256, decidedAt, servedOn, violation }) =>
    decisionNo === null || decisionSha256 === null || decidedAt === null || servedOn === null ? [] : [{
      itemId: `P-${caseId}`, title: `在先的行政处罚决定书（${decisionNo}）`, evidenceKind: 'DOCUMENT', point: EARLIER_POINT, mode: 'OFFSITE' as const,
      obtainedOn: dayOf(now), provider: '本机关案件档案',
      proves: `当事人因${violation === null ? '环境违法' : law.violation(violation).title.zh}于${formatDay(dayOf(decidedAt))}受到行政处罚，决定书于${formatDay(servedOn)}送达，早于本次行为开始`,
      source: { from: 'PLATFORM_DATA' as const, dataRef: `case:${caseId}:decision`, sha256: decisionSha256 },
    }]);
}
