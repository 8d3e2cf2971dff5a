import { dayOf, type Instant } from '#kernel';
import { applicableLaw, correspondences, type Bilingual, type Correspondence, type ExemptionProposal, type LegalBasis, type ViolationKey, type ViolationType } from '#law';
import type { LookedUp } from '../acting-context.ts';
import type { CaseEvent } from '../case-event.ts';
import { computedGrades, type ComputedGrade } from '../discretion/computed-grades.ts';
import { violationFor } from '../kin/liable-person.ts';
import { chargedActs, standingDecision } from '../charged-acts.ts';
import type { ChargedAct, NotFollowed, PenaltyCase } from '../penalty-case.ts';
import type { CaseDeps } from '../ports.ts';
import { exemptionsOf } from './look-up.ts';

/** What the law says to this case: eras, exemptions, benchmark. */
export interface LawView {
  readonly violation: ViolationKey;
  readonly title: Bilingual;
  readonly candidates: readonly {
    readonly id: string;
    readonly instrument: string;
    readonly article: string;
    readonly min: number | null;
    readonly max: number | null;
    readonly verified: boolean;
    /** The data of law give the provision that was broken; otherwise the officer names it. */
    readonly brokenKnown: boolean;
  }[];
  /** Old article ↔ new article, and whether the new one is lighter by its figures (处罚法 第三十七条). */
  readonly correspondences: readonly {
    readonly old: string;
    readonly next: string;
    readonly oldRange: string;
    readonly nextRange: string;
    readonly change: Correspondence['change'];
  }[];
  readonly choiceRequired: boolean;
  readonly reason: string;
  readonly lighter: string | null;
  /** What the rules of law come to; a person may choose another and says why. */
  readonly proposed: string | null;
  /** What the report proposed; another choice needs its reason. */
  readonly reported: string | null;
  /** Which law was applied, by whom and why; null until the act is weighed. */
  readonly chosen: { readonly id: string; readonly name: string; readonly reason: string; readonly by: string; readonly at: number } | null;
  /** Grounds for not punishing: proposed, never applied by the program (处罚法 第三十三条). */
  readonly exemptions: readonly {
    readonly id: string;
    readonly force: string;
    readonly zh: string;
    readonly en: string;
    readonly article: string;
    readonly verified: boolean;
    readonly conditions: readonly string[];
    /** The list's figures held against the file; a person decides whatever they say. */
    readonly fits: ExemptionProposal['fits'];
    readonly checks: ExemptionProposal['checks'];
    readonly applied: boolean;
    /** Why the officers did not follow it; null while nobody said so. */
    readonly notFollowed: NotFollowed | null;
  }[];
  /** The act is one of those to be checked for a crime before a decision (法释〔2023〕7号 第一条). */
  readonly criminalPreCheck: boolean;
  /** Grades that follow from what the file states; the form begins from them. */
  readonly computed: readonly ComputedGrade[];
  readonly table: {
    readonly id: string;
    readonly title: Bilingual;
    readonly version: string;
    readonly verified: boolean;
    readonly factors: readonly unknown[];
  } | null;
}

/** Both eras where two touch the act, exemptions held against the file, and the benchmark that will be used. */
export async function lawView(
  deps: CaseDeps,
  state: PenaltyCase,
  events: readonly CaseEvent[],
  now: Instant,
  looked: LookedUp,
  act: ChargedAct | undefined = chargedActs(state)[0],
): Promise<LawView | null> {
  if (act === undefined) return null;
  const { law } = deps;
  const violation = violationFor(state, law, act.violation);
  const answer = applicableLaw(violation, act.actStart, act.actEnd, dayOf(standingDecision(state)?.decidedAt ?? now));
  const table = law.discretionTable(act.violation, state.region, act.actEnd);
  const exemptions = await exemptionsOf(deps.db, deps, state, act);
  return {
    violation: act.violation,
    title: violation.title,
    candidates: answer.candidates.map((b) => ({
      id: b.id,
      instrument: b.instrument,
      article: b.article,
      min: b.fine?.min ?? null,
      max: b.fine?.max ?? null,
      verified: b.verified,
      brokenKnown: b.broken !== undefined,
    })),
    correspondences: correspondences(violation).map(({ old, next, change }) => ({
      old: nameOf(old),
      next: nameOf(next),
      oldRange: rangeOf(old),
      nextRange: rangeOf(next),
      change,
    })),
    choiceRequired: answer.choiceRequired,
    reason: answer.reason,
    lighter: answer.lighter?.id ?? null,
    proposed: answer.proposed?.id ?? null,
    reported: state.reported?.[act.violation] ?? null,
    chosen: chosenBasis(state, events, violation),
    exemptions: exemptions.map(({ rule: r, checks, fits }) => ({
      id: r.id,
      force: r.force,
      ...r.title,
      article: `${r.source} ${r.article}`,
      verified: r.verified,
      conditions: r.conditions.map((c) => c.zh),
      fits,
      checks,
      applied: state.proposal?.exemptionId === r.id,
      notFollowed: state.notFollowed[r.id] ?? null,
    })),
    criminalPreCheck: violation.criminalPreCheck,
    computed: act.violation === state.violation ? computedGrades(state, law, table, looked.others) : [],
    table:
      table === undefined
        ? null
        : { id: table.id, title: table.title, version: table.version, verified: table.verified, factors: table.factors },
  };
}

function chosenBasis({ discretion }: PenaltyCase, events: readonly CaseEvent[], { key, bases }: ViolationType): LawView['chosen'] {
  const weighing = events.findLast((event) => event.kind === 'STEP' && event.command.kind === 'SET_DISCRETION');
  const run = discretion?.further.find((one) => one.violation === key) ?? discretion;
  const basis = bases.find(({ id }) => id === run?.basisId);
  if (weighing === undefined || run === undefined || basis === undefined) return null;
  return { id: basis.id, name: nameOf(basis), reason: run.basisReason, by: weighing.actor.name, at: weighing.at };
}

const nameOf = (b: LegalBasis): string => `${b.instrument}${b.article}`;
const rangeOf = (b: LegalBasis): string => (b.fine === undefined ? '—' : `${b.fine.min}–${b.fine.max}`);
