import type { CalendarDay } from '#kernel';
import type { Bilingual, EvidencePoint, Law, ViolationKey } from '#law';
import type { ChargedAct, EvidenceItem, PenaltyCase } from './penalty-case.ts';
import { UNDECIDED } from './transitions/phases.ts';

/** All violations of the case, the one it was filed for first; empty before the filing. */
export function chargedActs(state: PenaltyCase): readonly ChargedAct[] {
  if (state.violation === undefined || state.filing === undefined) return [];
  const { actStart, actEnd, facts } = state.filing;
  return [{ violation: state.violation, actStart, actEnd, facts }, ...state.further];
}

/** Kinds of violation of the case, the one it was filed for first, also where the filing only proposes it. */
export const chargedKeys = ({ violation, further }: Pick<PenaltyCase, 'violation' | 'further'>): readonly ViolationKey[] =>
  violation === undefined ? [] : [violation, ...further.map((act) => act.violation)];

/** 案由 of these violations as every paper, list and page names it; the words of the type in English. */
export const causeOf = (law: Law, keys: readonly ViolationKey[]): Bilingual => ({
  zh: keys.map((key) => law.violation(key).cause).join('；'),
  en: keys.map((key) => law.violation(key).title.en).join('; '),
});

/** Facts every violation of one party shares; the others are proved for each violation by themselves. */
export const SHARED_POINTS = ['PARTY', 'PERMIT', 'INQUIRY', 'REVIEW'];

/** Points of proof of the case. A point of a further violation carries its key, e.g. `VIDEO_NOT_INSTALLED:DUTY`. */
export function pointsOf(state: PenaltyCase, law: Law): readonly EvidencePoint[] {
  const [first, ...further] = chargedKeys(state);
  if (first === undefined) return [];
  const more = further.flatMap((key) => law.violation(key).evidence.map((p) => (SHARED_POINTS.includes(p.id) ? p : named(p, key, law))));
  const told = new Set(state.observed?.map(({ figures }) => figures?.kind));
  return [...law.violation(first).evidence, ...more].filter((p, i, all) => all.findIndex(({ id }) => id === p.id) === i && (p.wantedWith === undefined || told.has(p.wantedWith)));
}

/** What is in the file for a point; of one that was opened again, what came since. */
export const itemsOf = ({ evidence, reopened }: Pick<PenaltyCase, 'evidence' | 'reopened'>, point: string): readonly EvidenceItem[] =>
  evidence.filter((item, at) => item.point === point && (reopened === undefined || at >= reopened.from || !reopened.points.includes(point)));

/** Required points for which the file holds nothing. */
export const emptyPoints = (state: PenaltyCase, law: Law): readonly EvidencePoint[] => pointsOf(state, law).filter(({ id, required }) => required && itemsOf(state, id).length === 0);

function named(point: EvidencePoint, key: ViolationKey, law: Law): EvidencePoint {
  const { title } = law.violation(key);
  return { ...point, id: `${key}:${point.id}`, title: { zh: `${point.title.zh}（${title.zh}）`, en: `${point.title.en} (${title.en})` } };
}

/** Sum of the calculations, yuan: several violations of one decision are counted one by one. */
export const weighedSum = ({ discretion }: PenaltyCase): number =>
  discretion === undefined ? 0 : discretion.further.reduce((sum, w) => sum + w.trace.amount, discretion.trace.amount);

export const actOf = (state: PenaltyCase, violation: ViolationKey): { readonly actStart: CalendarDay; readonly actEnd: CalendarDay } | undefined =>
  chargedActs(state).find((a) => a.violation === violation);

/** Violations of the case with this mark in the law data, e.g. those a daily penalty may follow. */
export const chargedWith = (state: PenaltyCase, law: Law, mark: 'dailyPenalty' | 'detention' | 'criminalPreCheck'): readonly ViolationKey[] =>
  chargedKeys(state).filter((key) => law.violation(key)[mark]);

/** The decision as it stands: a case decided anew, changed by a remedy or reopened has none until the next. */
export const standingDecision = ({ main, decision }: Pick<PenaltyCase, 'main' | 'decision'>): PenaltyCase['decision'] => (UNDECIDED.includes(main) ? undefined : decision);

/** What an order to correct begins from, by the kinds of violation of the case; before the filing by those proposed. */
export const demandsOf = (state: Pick<PenaltyCase, 'violation' | 'further' | 'suggestions'>, law: Law, outfallName: string): readonly string[] => {
  const keys = chargedKeys(state);
  const demands = (keys.length === 0 ? state.suggestions : keys).flatMap((key) => law.violation(key).demands);
  return [...new Set(demands)].map((text) => text.replaceAll('{outfall}', outfallName));
};
