import { z } from 'zod';
import type { CalendarDay } from '#kernel';
import { bilingualSchema, holdsOn, provenanceShape, type Bilingual } from './provenance.ts';

/** Types of violations the off-site chain meets; each is described in `law/violations/`. */
export const VIOLATION_KEYS = [
  'AIR_EXCEED',
  'WATER_EXCEED',
  'PERMIT_EXCEED',
  'DATA_TAMPER_DISCHARGE',
  'DATA_FALSIFY_UNIT',
  'DATA_FALSIFY_AGENCY',
  'DEVICE_NOT_RUNNING',
  'DEVICE_ABNORMAL_NOT_REPORTED',
  'VIDEO_NOT_INSTALLED',
  'DEVICE_MOVED_DAMAGED',
  'MONITORING_NOT_BY_SPEC',
  'TREATMENT_NOT_BY_PERMIT',
  'REPORT_NOT_SUBMITTED',
  'REFUSE_CHECK',
  'INFO_NOT_PUBLIC',
  'SPECIAL_PERIOD_NOT_LIMITED',
  'POP_MEASURES_NOT_TAKEN',
] as const;
export type ViolationKey = (typeof VIOLATION_KEYS)[number];

/** Means by which an act of a person is done; titles in `law/codes/means-of-the-act.yaml`. */
export const MEANS = ['PARAM_CHANGED', 'RECORD_FORGED', 'SAMPLING_INTERFERED', 'MARK_FALSE', 'DEVICE_MOVED', 'TREATMENT_STOPPED', 'HIDDEN_OUTLET'] as const;
export type Means = (typeof MEANS)[number];

/** Kinds of penalties (行政处罚法 第九条) the platform can decide. */
export const PENALTY_KINDS = [
  'WARNING',
  'FINE',
  'CONFISCATION',
  'LIMIT_PRODUCTION',
  'STOP_PRODUCTION',
  'PERMIT_REVOCATION',
  'CLOSURE',
] as const;
export type PenaltyKind = (typeof PENALTY_KINDS)[number];

/** Kinds of penalty as papers and screens name them. */
export const PENALTY_TITLES: Readonly<Record<PenaltyKind, Bilingual>> = {
  WARNING: { zh: '警告', en: 'warning' },
  FINE: { zh: '罚款', en: 'fine' },
  CONFISCATION: { zh: '没收违法所得', en: 'confiscation of the gain' },
  LIMIT_PRODUCTION: { zh: '责令限制生产', en: 'order to limit production' },
  STOP_PRODUCTION: { zh: '责令停产整治', en: 'order to stop production' },
  PERMIT_REVOCATION: { zh: '吊销排污许可证', en: 'revocation of the discharge permit' },
  CLOSURE: { zh: '责令关闭', en: 'order to close' },
};

/** Duties a provision may lay on the authority beside the fine (e.g. 生态环境法典 第一千一百零八条). */
export const BASIS_DUTIES = ['LIMIT_OR_STOP', 'DETENTION_TRANSFER'] as const;
export type BasisDuty = (typeof BASIS_DUTIES)[number];

/** One legal footing of a violation type in one era. Amounts in yuan. */
export const legalBasisSchema = z.object({
  id: z.string(),
  /** Bases of the earlier era whose place this one took; those of regulations the Code did not repeal go on beside it. */
  succeeds: z.array(z.string()).default([]),
  /** The law of the era: instrument and provision that was broken; left out where no copy at hand gives it. */
  broken: z.string().optional(),
  /** What the two provisions say, as decisions quote it; the part of an article that concerns this act. One that punishes is never applied, nor compared with another, unread. */
  brokenText: z.string().optional(),
  articleText: z.string().min(1),
  /** The provision that punishes it: this is `article`. */
  penalties: z.array(z.enum(PENALTY_KINDS)).min(1),
  /** What the authority must do beside the fine, where it is no "may": by the words of the article, or of the provision named (`by`, with 《》). */
  must: z.array(z.object({ duty: z.enum(BASIS_DUTIES), words: z.string(), by: z.string().optional() })).default([]),
  fine: z.object({ min: z.number().int().nonnegative(), max: z.number().int().positive() }).optional(),
  personalFine: z.object({ min: z.number().int().nonnegative(), max: z.number().int().positive() }).optional(),
  /** What an outlet must discharge for the law to be about it; left out where it is about both. */
  medium: z.enum(['gas', 'water']).optional(),
  instrument: z.string(),
  instrumentLevel: z.enum(['LAW', 'ADMIN_REGULATION', 'LOCAL_REGULATION', 'RULE']),
  ...provenanceShape,
});
/** The provision that forbids and the one that punishes an act, in one era of law. */
export type LegalBasis = z.infer<typeof legalBasisSchema>;

export const evidencePointSchema = z.object({
  id: z.string(),
  title: bilingualSchema,
  required: z.boolean(),
  /** Evidence kinds of 行政处罚法 第四十六条 that can satisfy the point. */
  kinds: z.array(z.string()).min(1),
  /** What stands for it can show the act of a person; values and means of values cannot. */
  act: z.boolean().optional(),
  /** What stands for it are records of a stretch of time, which must hold the moment at which the act was done. */
  log: z.boolean().optional(),
  /** Asked for only where a fact tells figures of this kind. */
  wantedWith: z.enum(['MANUAL_COMPARED']).optional(),
});
/** A point that must be shown for a violation, and the kinds of evidence that can show it (行政处罚法 第四十六条). */
export type EvidencePoint = z.infer<typeof evidencePointSchema>;

/** Both count as 排污单位 (江苏办法 第一条): the unit that discharges, and the institution that works for it. */
export const PARTY_TYPES = ['DISCHARGE_UNIT', 'THIRD_PARTY_AGENCY'] as const;
export type PartyType = (typeof PARTY_TYPES)[number];

export const violationTypeSchema = z.object({
  key: z.enum(VIOLATION_KEYS),
  title: bilingualSchema,
  /** 案由, as it stands on documents. */
  cause: z.string(),
  /** Who can commit it. */
  subjects: z.array(z.enum(PARTY_TYPES)).min(1).default(['DISCHARGE_UNIT']),
  /** What must be shown; `means` where it is an act of a person: then one of them must have been found, values alone are no proof. */
  elements: z.array(bilingualSchema.extend({ means: z.array(z.enum(MEANS)).min(1).optional() })).min(1),
  /** What an order to correct such an act begins from; `{outfall}` stands for its outfall. A draft, fitted to the case by who signs it. */
  demands: z.array(z.string()).min(1),
  evidence: z.array(evidencePointSchema).min(1),
  bases: z.array(legalBasisSchema).min(1),
  /** Acts that open the criminal pre-check (法释〔2023〕7号 第一条). */
  criminalPreCheck: z.boolean(),
  dailyPenalty: z.boolean(),
  /** Shown by values that count, and by nothing else: where a finding in the data stands behind a clue, no words of a person stand for them. */
  measured: z.boolean().default(false),
  /** Done by who knew: the act is to have found something and not to have acted on it. Discretion then begins from intent. */
  knowing: z.boolean().default(false),
  /** Listed for transfer to the police for detention (环境保护法 第六十三条; 排污许可管理条例 第四十四条). */
  detention: z.boolean().default(false),
});
/** A type of violation: its elements, who can commit it, and its provisions in each era. */
export type ViolationType = z.infer<typeof violationTypeSchema>;

/** Whether an act of this type falsifies data: then what only looks like it and is charged as less needs a word why (行政处罚法 第四十条). */
export const falsifies = ({ elements }: ViolationType): boolean => elements.some(({ means }) => means?.includes('RECORD_FORGED') === true);

/** Which law governs an act: candidates, and whether a person must choose and say why. */
export interface ApplicableLaw {
  /** Basis by the rule "law at the time of the act"; undefined where the act was not yet punishable. */
  readonly atAct?: LegalBasis;
  readonly candidates: readonly LegalBasis[];
  /** The candidate with the lower range, where one can be named from the figures. */
  readonly lighter?: LegalBasis;
  /** What the two rules come to: the law of the act (`basisOn`), or what took its place since with a lower fine. A person may choose another, with a reason. */
  readonly proposed?: LegalBasis;
  /** Two eras touch the act or the decision: the program does not choose, a person does, with a reason. */
  readonly choiceRequired: boolean;
  readonly reason: string;
}

/**
 * The footing in force on a day. Regulations that the Code did not repeal stand beside its articles: then the one that took the
 * other's place is named first; which of them is applied a person decides.
 */
export function basisOn({ bases }: ViolationType, day: CalendarDay): LegalBasis | undefined {
  const inForce = bases.filter((b) => holdsOn(b, day));
  return inForce.find((b) => !inForce.some((later) => later.succeeds.includes(b.id)));
}

/** A law by its full name, as papers name it. */
export const lawName = ({ instrument, instrumentLevel }: LegalBasis): string => (instrumentLevel === 'LAW' && !instrument.startsWith('中华人民共和国') ? `中华人民共和国${instrument}` : instrument);

/** A type of violation without the laws on the other medium. */
export const aboutMedium = (violation: ViolationType, medium: NonNullable<LegalBasis['medium']>): ViolationType => ({ ...violation, bases: violation.bases.filter((basis) => (basis.medium ?? medium) === medium) });

/**
 * Law at the time of the act, unless a later one in force at the decision is lighter (行政处罚法 第三十七条;
 * 生态环境法典 第一千零五十七条). A continuing act runs to its end.
 */
export function applicableLaw(
  violation: ViolationType,
  actStart: CalendarDay,
  actEnd: CalendarDay,
  decisionDay: CalendarDay,
): ApplicableLaw {
  const at = (day: CalendarDay) => violation.bases.filter((b) => holdsOn(b, day));
  const candidates = [...new Set([...at(actStart), ...at(actEnd), ...at(decisionDay)])];
  const atAct = basisOn(violation, actEnd);
  const lighter = lightest(candidates);
  const since = correspondences(violation).find(({ old, next, change }) => old.id === atAct?.id && change === 'LIGHTER' && actEnd < next.validFrom && candidates.includes(next));
  const proposed = since?.next ?? atAct ?? candidates[0];
  if (candidates.length <= 1) {
    const only = candidates[0];
    return {
      ...(only !== undefined && atAct !== undefined ? { atAct: only } : {}),
      candidates,
      ...(only !== undefined ? { lighter: only, proposed: only } : {}),
      choiceRequired: atAct === undefined && only !== undefined,
      reason:
        candidates.length === 0 ? '行为时与决定时均无处罚依据' : atAct === undefined ? '行为时无依据' : '同一法律时期',
    };
  }
  return {
    ...(atAct !== undefined ? { atAct } : {}),
    candidates,
    ...(lighter !== undefined ? { lighter } : {}),
    ...(proposed !== undefined ? { proposed } : {}),
    choiceRequired: true,
    // Two statutes of one era stand side by side; that is another question than old and new.
    reason: candidates.every((c) => atAct !== undefined && holdsOn(c, actEnd))
      ? '同一时期有多部法律可以适用，须由人选择并说明理由'
      : '行为时与决定时法律不同，适用从旧兼从轻，须由人选择并说明理由',
  };
}

/** Old and new article of one violation, and which of them weighs lighter. */
export interface Correspondence {
  readonly old: LegalBasis;
  readonly next: LegalBasis;
  /** From the figures alone; kinds of penalty beside the fine are for a person to weigh. */
  readonly change: 'LIGHTER' | 'HEAVIER' | 'SAME' | 'CANNOT_TELL';
}

/** 新旧条文对照: every pair of bases of which one took the other's place. */
export function correspondences(violation: ViolationType): Correspondence[] {
  return violation.bases.flatMap((next) =>
    violation.bases
      .filter((old) => next.succeeds.includes(old.id))
      .map((old): Correspondence => ({ old, next, change: changeOf(old, next) })),
  );
}

function changeOf(old: LegalBasis, next: LegalBasis): Correspondence['change'] {
  if (old.fine === undefined || next.fine === undefined) return 'CANNOT_TELL';
  const weight = next.fine.max - old.fine.max || next.fine.min - old.fine.min;
  return weight === 0 ? 'SAME' : weight < 0 ? 'LIGHTER' : 'HEAVIER';
}

/** Lower ceiling first, then lower floor; undefined when a candidate has no figures to compare. */
function lightest(candidates: readonly LegalBasis[]): LegalBasis | undefined {
  if (candidates.some((c) => c.fine === undefined)) return undefined;
  return [...candidates].sort(
    (a, b) => (a.fine?.max ?? 0) - (b.fine?.max ?? 0) || (a.fine?.min ?? 0) - (b.fine?.min ?? 0),
  )[0];
}
