export { CLOCK_IDS, type ClockId } from './clock-ids.ts';
export {
  CLOCK_EFFECTS,
  DAY_KINDS,
  dueAt,
  type ClockEffect,
  type ClockRule,
  type DayKind,
  type DueDate,
} from './clock.ts';
export { figure, filled, type Blanks, type Narratives, type ObservationWords } from './narrative.ts';
export { pressingClocks } from './pressing-clocks.ts';
export { DEPARTMENT_KEYS, DEPARTMENTS, type Department } from './departments.ts';
export { lawBrowser, type LawEntry } from './browser.ts';
export type { CodeList } from './code-list.ts';
export { computeDiscretion, DISCRETION_FORMULAS, type DiscretionInput, type DiscretionLine, type DiscretionTrace } from './discretion.ts';
export { discretionTableSchema, type DiscretionFactor, type DiscretionFamily, type DiscretionTable } from './discretion-table.ts';
export { proposeExemptions, type ExemptionFacts, type ExemptionProposal, type ExemptionRule } from './exemption.ts';
export { asPrinted, basisAnywhere, isOwnTerm, localBasis, localProvisions, OWN_TERM, ownProvision } from './local-basis.ts';
export { own, PROVISIONS, type ProvisionKey } from './provisions.ts';
export { checkRegion, lawFolder, loadLaw } from './load.ts';
export { makeLaw, type Law, type LawData } from './law.ts';
export type { StandardLimit } from './limit.ts';
export { CODE_FACTS, PARAMETERS, isParameterKey, type CodeFact, type ParameterKey, type ParameterValue } from './parameters.ts';
export { holdsOn, type Bilingual, type Provenance } from './provenance.ts';
export { LawFileError } from './read-yaml.ts';
export type { ComparisonRule, ConditionMarkRule, QcRule, QualityLaw, ReferenceOxygen, SubstitutionRule } from './quality-rules.ts';
export { NATIONAL, type LawValue, type OnsiteGround, type RegionProfile } from './region.ts';
export {
  aboutMedium,
  applicableLaw,
  BASIS_DUTIES,
  basisOn,
  correspondences, falsifies,
  lawName,
  MEANS,
  PARTY_TYPES,
  PENALTY_KINDS,
  PENALTY_TITLES,
  VIOLATION_KEYS,
  type ApplicableLaw,
  type BasisDuty,
  type Correspondence,
  type EvidencePoint,
  type LegalBasis,
  type Means,
  type PartyType,
  type PenaltyKind,
  type ViolationKey,
  type ViolationType,
} from './violation.ts';
export {
  addWorkingDays,
  rollForward,
  termLeft,
  workCalendar,
  workingDaysBetween,
  type CalendarYear,
  type CountedDay,
  type WorkCalendar,
  type WorkingDayAnswer,
} from './work-calendar.ts';
