import type { CalendarDay } from '#kernel';
import type { EvidencePoint, Law, ViolationKey } from '#law';
import type { ChargedAct, PenaltyCase } from './penalty-case.ts';

/** All violations of the case, the one it was filed for first; empty before the filing. */
export function chargedActs(state: PenaltyCase): readonly ChargedAct[] {
  if (state.violation === undefined || state.filing === undefined) return [];
  const { actStart, actEnd, facts } = state.filing;
  return [{ violation: state.violation, actStart, actEnd, facts }, ...state.further];
}

/** Facts every violation of one party shares; the others are proved for each violation by themselves. */
export const SHARED_POINTS = ['PARTY', 'PERMIT', 'INQUIRY', 'REVIEW'];

/** Points of proof of the case. A point of a further violation carries its key, e.g. `VIDEO_NOT_INSTALLED:DUTY`. */
export function pointsOf(state: PenaltyCase, law: Law): readonly EvidencePoint[] {
  const [first, ...further] = state.violation === undefined ? [] : [state.violation, ...state.further.map((a) => a.violation)];
  if (first === undefined) return [];
  const own = law.violation(first).evidence;
  const known = new Set(own.map((p) => p.id));
  const more = further.flatMap((key) =>
    law
      .violation(key)
      .evidence.filter((p) => !(SHARED_POINTS.includes(p.id) && known.has(p.id)))
      .map((p) => named(p, key, law)),
  );
  return [...own, ...more];
}

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
  [...(state.violation === undefined ? [] : [state.violation]), ...state.further.map((act) => act.violation)].filter(
    (key) => law.violation(key)[mark],
  );
