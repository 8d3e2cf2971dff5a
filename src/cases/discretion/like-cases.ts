import { visibilityOf, type Actor } from '#access';
import type { CalendarDay } from '#kernel';
import { standingDecision } from '../charged-acts.ts';
import type { DecidedFine } from './decide-replay.ts';
import type { PenaltyCase } from '../penalty-case.ts';
import type { CaseDeps } from '../ports.ts';
import { spreadOf, type Spread } from './spread.ts';
import { decidedFines } from '../store/decided-fines.ts';

export interface LikeCase {
  readonly caseId: string;
  readonly caseNo: string;
  readonly decidedOn: CalendarDay;
  readonly amount: number;
  /** How many of the asked grades were graded the same. */
  readonly sameGrades: number;
  readonly grades: Readonly<Record<string, string>>;
}

export interface LikeCases {
  /** All fines of the region for this violation: like matters alike (行政处罚法 第五条). */
  readonly spread: Spread | null;
  /** Those graded exactly as asked. */
  readonly alike: Spread | null;
  readonly asked: number;
  /** The nearest ones the asker may open. */
  readonly cases: readonly LikeCase[];
}

/**
 * Decided fines for the same violation in the region, the nearest in circumstances first. A case that is decided is compared with
 * what had been decided before it: nobody could have looked at more.
 */
export async function likeCases(
  deps: CaseDeps,
  actor: Actor,
  state: PenaltyCase,
  grades: Readonly<Record<string, string>>,
): Promise<LikeCases> {
  const asked = Object.keys(grades).length;
  if (state.violation === undefined) return { spread: null, alike: null, asked, cases: [] };
  const decidedAt = standingDecision(state)?.decidedAt;
  const filter = { region: state.region, violations: [state.violation], except: state.caseId, persons: state.person !== undefined, ...(decidedAt === undefined ? {} : { before: decidedAt }) };
  const all = await decidedFines(deps.db, filter);
  const open = await decidedFines(deps.db, filter, visibilityOf(actor, 'case.read'));
  const alike = asked === 0 ? [] : all.filter((f) => sameGrades(f, grades) === asked);
  return {
    spread: spreadOf(all.map((f) => f.amount)) ?? null,
    alike: spreadOf(alike.map((f) => f.amount)) ?? null,
    asked,
    cases: open
      .map(({ caseId, caseNo, decidedOn, amount, ...f }) => {
        const same = sameGrades(f, grades);
        return { caseId, caseNo, decidedOn, amount, sameGrades: same, grades: f.input.grades };
      })
      .sort((a, b) => b.sameGrades - a.sameGrades || (a.decidedOn < b.decidedOn ? 1 : -1))
      .slice(0, 10),
  };
}

const sameGrades = (fine: Pick<DecidedFine, 'input'>, grades: Readonly<Record<string, string>>): number =>
  Object.entries(grades).filter(([factor, grade]) => fine.input.grades[factor] === grade).length;
