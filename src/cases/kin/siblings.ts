import { DAY, dayOf, instant, unstopped, type CalendarDay, type Instant } from '#kernel';
import type { Law } from '#law';
import type { ObservedFact } from '#review';
import { toldIn } from '../evidence/facts-found.ts';
import type { PenaltyCase } from '../penalty-case.ts';
import type { OtherCase } from '../store/other-cases.ts';
import { STATE_TITLES } from '../states.ts';

/** A case of the same party that a filing may belong to. */
export interface Sibling {
  readonly caseId: string;
  readonly caseNo: string;
  readonly stateZh: string;
  readonly stateEn: string;
  readonly violation: OtherCase['violation'];
  readonly actStart: CalendarDay;
  readonly actEnd: CalendarDay;
  readonly sameOutfall: boolean;
  /** Filed, of the same outfall, and its act lies so close that whoever files says why this one is another matter. */
  readonly close: boolean;
  /** Close, and the times of both acts overlap, or both are of one amount: of the same violation it is one act, which is fined once (行政处罚法 第二十九条). */
  readonly overlaps: boolean;
  /** Both are over the same permitted amount: of one factor, year, month or season there is one, whenever in it each was found. */
  readonly oneAmount: boolean;
  /** Still under investigation: this case may be taken into it. */
  readonly open: boolean;
}

const OVER = ['CLOSED', 'ARCHIVED'];
const NOT_FILED = ['PRELIM_REVIEW', 'FILING_PROPOSED'];

/** Time between two spans, epoch ms; none where they touch or overlap. */
const gap = (a: Pick<OtherCase, 'actStart' | 'actEnd'>, b: Pick<OtherCase, 'actStart' | 'actEnd'>): number => Math.max(0, a.actStart - b.actEnd, b.actStart - a.actEnd);

/** Permitted amounts that the facts are over: of which factor, for which period. */
const amountsOver = (observed: readonly ObservedFact[] | null | undefined): readonly string[] =>
  toldIn(observed ?? [], 'AMOUNT_OVER').flatMap(({ factors, figures: { period, countedFrom } }) => factors.map(({ code }) => `${code} ${period} ${countedFrom}`));

/**
 * Cases of the same party that are open, or whose act lies within `cases.siblingDays` of this one: those of the same outfall first. One that was filed
 * before is answered for by who files later, so that each pair is told once.
 */
export function siblingsOf(state: Pick<PenaltyCase, 'actStart' | 'actEnd' | 'outfallId' | 'region' | 'observed'>, others: readonly OtherCase[], law: Law, now: Instant): Sibling[] {
  const within = law.valueAt('cases.siblingDays', state.region, dayOf(now)).value * DAY;
  const amounts = amountsOver(state.observed);
  const atOneOutfall = ({ outfallId }: OtherCase): boolean => state.outfallId !== undefined && outfallId === state.outfallId;
  const ofOneAmount = (one: OtherCase): boolean => atOneOutfall(one) && amountsOver(one.observed).some((amount) => amounts.includes(amount));
  return others
    .filter((one) => ofOneAmount(one) || !OVER.includes(one.mainState) || gap(state, one) <= within)
    .map((one) => {
      const [sameOutfall, oneAmount] = [atOneOutfall(one), ofOneAmount(one)];
      const { zh: stateZh, en: stateEn } = STATE_TITLES[one.mainState];
      const close = sameOutfall && (oneAmount || gap(state, one) <= within) && !NOT_FILED.includes(one.mainState);
      return {
        caseId: one.caseId, caseNo: one.caseNo, stateZh, stateEn, violation: one.violation, actStart: dayOf(one.actStart), actEnd: dayOf(instant(Math.max(one.actStart, one.actEnd - 1))), sameOutfall,
        close, oneAmount: close && oneAmount, overlaps: close && (oneAmount || (state.actStart < one.actEnd && one.actStart < state.actEnd)), open: one.mainState === 'INVESTIGATING',
      };
    })
    .sort((a, b) => Number(b.close) - Number(a.close) || Number(b.sameOutfall) - Number(a.sameOutfall));
}

/**
 * What the filing says of such cases, as papers print it; empty where there was none.
 *
 * @param apart the case was investigated to its end: one that was to be taken into another was not, for that one ended first
 */
export const besideText = ({ filing }: Pick<PenaltyCase, 'filing'>, apart = false): string =>
  (filing?.beside ?? []).map(({ caseNo, way, reason }) => {
    const said = unstopped(reason);
    return way === 'SEPARATE' ? `${caseNo}：分别立案，${said}` : apart ? `${caseNo}：立案时拟并入该案，该案先行调查终结，本案单独处理` : `${caseNo}：并入该案一并调查，${said}`;
  }).join('；');
