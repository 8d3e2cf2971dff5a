import type { Instant, OutfallId, UnitId } from '#kernel';
import { own } from '#law';
import type { Material } from '../clue/materials.ts';
import type { Observation } from './observations.ts';
import type { SentAgain } from './sent-again.ts';

/** 关联性、真实性、完整性、合法性 (江苏办法 第十一条). */
export const PROPERTIES = {
  RELEVANCE: { zh: '关联性', en: 'relevance' },
  AUTHENTICITY: { zh: '真实性', en: 'authenticity' },
  COMPLETENESS: { zh: '完整性', en: 'completeness' },
  LEGALITY: { zh: '合法性', en: 'legality' },
} as const;
export type Property = keyof typeof PROPERTIES;

/** Where the five groups are not spelled out, the demand on records as such. */

/** The five content groups of 江苏办法 第十一条（一）–（五）. */
export const GROUPS = {
  DATA: { zh: '监管数据', en: 'monitoring data', article: own('reviewData') },
  VIDEO: { zh: '监控视频', en: 'video', article: own('reviewVideo') },
  PLATFORM: { zh: '信息平台', en: 'information platform', article: own('reviewPlatform') },
  BASIS: { zh: '法律依据', en: 'legal basis', article: own('reviewBasis') },
  OTHER: { zh: '其他事项', en: 'other matters', article: own('reviewOther') },
} as const;
export type Group = keyof typeof GROUPS;

export type Track = 'TECHNICAL' | 'LEGAL';
/** What is not concerned is found by the program alone: there is nothing of it to look at. */
export type CheckOutcome = 'PASS' | 'FAIL' | 'CANNOT_TELL' | 'NOT_CONCERNED';
/** What a person may find. */
export type Finding = Exclude<CheckOutcome, 'NOT_CONCERNED'>;
/** Nothing of it stands in the way. */
export const isMet = ({ outcome }: { readonly outcome: CheckOutcome }): boolean => outcome === 'PASS' || outcome === 'NOT_CONCERNED';
/** A failed mandatory item stops the opinion; an advisory one only informs. */
export type Force = 'MANDATORY' | 'ADVISORY';

/** Frames of one device in the period, as the journal and the log hold them. */
export interface FrameRange {
  readonly mn: string;
  readonly from: Instant;
  readonly to: Instant;
  readonly frames: number;
  /** Evidence leaves of the first and last frame; null where none was found. */
  readonly leafFrom: number | null;
  readonly leafTo: number | null;
}

/**
 * Hours due, received and valid; `overdue` are valid but for the term of the last calibration, absent in older reviews. `afterwards`: those of the received
 * that were missing when they were due, and when the last of them came; absent where none was.
 */
export interface CountedHours {
  readonly expected: number;
  readonly present: number;
  readonly valid: number;
  readonly overdue?: number;
  readonly afterwards?: { readonly hours: number; readonly until: Instant };
}

/** Everything the automatic pre-check looks at. Gathered once, kept with the review, so that it can be run again. */
export interface PrecheckInput {
  readonly unit: UnitId;
  readonly unitName: string;
  readonly outfall: OutfallId | null;
  readonly outfallName: string;
  readonly address: string;
  /** How papers name the unit beside its name. Absent in older reviews. */
  readonly party?: { readonly creditCode: string; readonly permit: string };
  /** What the clue's findings observed: of this the facts are told. Absent in older reviews and for patrols. */
  readonly observations?: readonly Observation[];
  /** Something was observed of values, none of it stands on an hour that is valid and within the term of calibration, and nothing else is a fact. */
  readonly fallen?: true;
  readonly from: Instant;
  readonly to: Instant;
  readonly factors: readonly { readonly code: string; readonly name: string; readonly unit: string; readonly limit: string | null; readonly limitSource: string | null; /** Of which mean the limit speaks; left out where there is one. */ readonly mean?: string }[];
  /** What is a fact is so without hourly values: silence of the device, power, checks, marks. */
  readonly withoutValues?: true;
  /** What is a fact is about values as they were sent, whether they count or not. */
  readonly asSent?: true;
  /** Hours of the facts that stand on values, of their own factors, by the verdicts of quality. */
  readonly hours: CountedHours | null;
  /** The same for the facts of each violation alone, by its key. Absent in older reviews. */
  readonly hoursBy?: Readonly<Record<string, CountedHours>>;
  /** What calibrations and checks are due of the factors, when each was last done, and how many hours of the period lie after its term. Absent in older reviews. */
  readonly calibrations?: readonly {
    readonly factor: string; readonly name: string; readonly zh: string; readonly en: string; readonly last: Instant | null; readonly everyHours: number; readonly source: string; readonly overdueHours: number;
  }[];
  readonly frames: {
    readonly ranges: readonly FrameRange[];
    readonly damaged: number;
    readonly conflicts: number;
    readonly backfilled: number;
    /** Hours whose data came again with other figures. Absent in older reviews. */
    readonly sentAgain?: SentAgain;
    /** Frames of the period that a signed checkpoint already covers. */
    readonly sealed: number;
    readonly suspectPeer: number;
  } | null;
  readonly marks: readonly { readonly id: string; readonly kind: string; readonly start: Instant; readonly end: Instant; readonly submittedAt: Instant; readonly inTime: boolean }[] | null;
  /** Faults and stops of the devices the unit reported for the period. Absent in older reviews and where no outfall is known. */
  readonly reports?: number;
  /** The first notice by which the platform told the unit of a fact of abnormal data while it went on; null where none did. Older reviews: `toldInTime`. */
  readonly warned?: { readonly number: string; readonly at: Instant } | null;
  /** `sheetNo`: number of the sheet's paper; absent in older reviews. */
  readonly answers: readonly { readonly sheetId: string; readonly sheetNo?: string; readonly cause: string; readonly at: Instant; readonly late: boolean }[];
  readonly videos: readonly { readonly camera: string; readonly start: Instant; readonly end: Instant; readonly event: string; readonly sha256: string | null }[] | null;
  /** How long the region has cameras' recordings kept on site, and until when those of the period must still be there. Absent where it lays down nothing. */
  readonly recordings?: { readonly months: number; readonly keptUntil: Instant; readonly lookedAt: Instant; readonly source: string };
  /** Other electronic material put forward: pictures, files of the unit, supplements after handover. */
  readonly materials: readonly Material[];
  readonly platform: {
    /** Spans in which ingest heard no device at all; in older reviews, in which this device was not heard. */
    readonly outages: readonly { readonly from: Instant; readonly to: Instant }[];
    /** Spans of more than two hours in which this device sent nothing. Absent in older reviews. */
    readonly silences?: number;
    readonly clockOffsetMs: number | null;
    /** In older reviews; the leaves themselves are verified since (`log`). */
    readonly logIntact?: boolean | null;
  } | null;
  /** Leaves of the period's frames that were verified against the signed head when the facts were gathered; intact: null where no head covers them yet. */
  readonly log?: { readonly checked: number; readonly intact: boolean | null };
  /** Operations on this clue the platform recorded, and how many lack time, person or ground. Absent in older reviews. */
  readonly operations?: { readonly count: number; readonly incomplete: number };
  /** The platform as it stood when the facts were gathered; attached to the review (江苏办法 第十一条（三）). Absent in older reviews. */
  readonly health?: {
    readonly takenAt: Instant;
    /** Frames received since the platform began. */
    readonly frames: number;
    /** Registered with the authority of the clue's unit. */
    readonly devices: number;
    /** Of these, never heard. Absent in older reviews, which counted the devices heard, silent after two hours. */
    readonly never?: number;
    /** Of these, heard, but for longer not than they may be. */
    readonly silent: number;
  };
  readonly device: {
    readonly owner: 'UNIT' | 'AUTHORITY';
    readonly accepted: boolean | null;
    readonly legalReview: boolean | null;
    readonly technicalReview: boolean | null;
    readonly sitingRecord: boolean | null;
    readonly signPhoto: boolean | null;
    readonly publishedAt: Instant | null;
  };
  /** The text that lets facts be gathered by automatic devices. */
  readonly bases: readonly { readonly instrument: string; readonly article: string; readonly level: 'LAW' | 'ADMIN_REGULATION' | 'LOCAL_REGULATION' | 'RULE' }[];
}

/** What told the unit of its data while they were out of order; older reviews name sheets that went out before or later. Null: nothing did; undefined: not looked for. */
export const toldInTime = ({ warned, from, to }: Pick<PrecheckInput, 'warned' | 'from' | 'to'>): PrecheckInput['warned'] => (warned && (warned.at <= from || warned.at >= to) ? null : warned);

/** One point of the machine's own check before people look, with the property it is about. */
export interface CheckItem {
  /** Stable key, e.g. `data.place`. */
  readonly item: string;
  readonly group: Group;
  readonly property: Property;
  readonly track: Track;
  readonly force: Force;
  readonly outcome: CheckOutcome;
  /** Nothing a person says or hands in can meet it: what it is about is not there. Absent where he may. */
  readonly final?: true;
  /** Figures of what the program found: who meets it all the same answers them in his words. Absent where there are none, and in older reviews. */
  readonly figures?: readonly string[];
  /** The record itself is missing: it is met once somebody else has supplied that. Absent where it is at hand, and in older reviews. */
  readonly absent?: true;
  /** A person says what he makes of it, or why he leaves it, before its track is signed; absent once he has, and where it only informs. */
  readonly asks?: true;
  /** What the program found, where a person found otherwise. */
  readonly program?: CheckOutcome;
  readonly zh: string;
  readonly en: string;
  readonly detailZh: string;
  readonly detailEn: string;
  /** What was looked at: `mn:…`, `leaf:…`, `mark:…`, `sheet:…`, `sha256:…`. */
  readonly refs: readonly string[];
}
