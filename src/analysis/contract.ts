import type { AuthorityId, FactorCode, Instant, OutfallId } from '#kernel';
import type {
  CalibrationFact, DoorAlarm, DoorOpening, ElectricalReading, HourSeries, HourState, InspectionFact, JudgingRules, ManifestFact, Mark, ParameterFact, PowerSeries,
  Revision, SampleFact, StationFact, StepSeries, SurveyFact, WasteFact,
} from '#quality';

import type { Minimum } from './models/declared/inputs.ts';
import type { PastFinding, SourceFamily, Tier } from './clues/past-finding.ts';
import type { DailySummary, Peer, SiblingFinding } from './peers/peers.ts';
import type { PermittedTotal } from './permit-terms.ts';

export { FLAGS, flagIndex, PLANT_STATES } from '#quality';
export type { PastFinding, SourceFamily, Tier } from './clues/past-finding.ts';
export type { DailySummary, FactorDay, Peer, PeerRelation, SiblingFinding, Visit } from './peers/peers.ts';
export type {
  CalibrationFact, DoorAlarm, DoorOpening, ElectricalReading, Flag, Grid, HourSeries, HourState, InspectionFact, ManifestFact, Mark, MarkClass, ParameterFact,
  PlantState, PowerSeries, Revision, SampleFact, StationFact, StepSeries, SurveyFact, WasteFact,
} from '#quality';

/**
 * The contract between the engine and a model (docs/decisions/0011, docs/methods.md).
 *
 * A model is a pure function of what was known at one moment. It has no clock, no I/O and no randomness
 * but a seed in its parameters; the same context gives the same evaluation, live, in `detect` and in court.
 */

/** Three answers and a fault: a crashed model is EXCEPTION, never NOT_MET. */
export type Outcome = 'MET' | 'NOT_MET' | 'CANNOT_TELL' | 'EXCEPTION';

export interface Limit {
  readonly factor: FactorCode;
  /** As printed in the permit or standard, e.g. `50` or `0.5`; compared at its own precision. */
  readonly limit: string;
  readonly unit: string;
  readonly period: 'hour' | 'day' | 'instant';
  /** `c` measured dry, `zs` converted to reference oxygen. */
  readonly basis: 'c' | 'zs';
  /** `lower` where staying above it is demanded (pH has both ends); absent means `upper`. */
  readonly side?: 'lower' | 'upper';
  /** The standard forbids conversion where oxygen lies below the reference (pure oxygen, sealed kilns): there the measured value is judged. */
  readonly belowRef?: 'measured';
  /** From when it applies, epoch ms (start of the local day); always where not given. */
  readonly validFrom?: number;
  /** Until when, exclusive. */
  readonly validTo?: number;
  readonly source: string;
}

/** What is registered for the outfall, as known now. */
export interface Registration {
  readonly outfall: OutfallId;
  readonly enterprise: string;
  /** Authority the unit belongs to; absent where the register does not say (files). */
  readonly authority?: AuthorityId | undefined;
  readonly industry: string;
  readonly type: 'gas' | 'water';
  readonly stepMs: number;
  readonly o2Ref: number | undefined;
  readonly analysisCycleHours: number | undefined;
  readonly designFlow: number | undefined;
  readonly stackArea: number | undefined;
  readonly velocityCoefficient: number | undefined;
  readonly factors: readonly { factor: FactorCode; unit: string; span: number | undefined; resolution: number | undefined; means?: string }[];
  readonly limits: readonly Limit[];
  /** Limits in force at another moment; `limits` at every one where not given. */
  limitsAt?(at: number): readonly Limit[];
  readonly permits: readonly PermittedTotal[];
  readonly keyPolluter: boolean;
  readonly county: string;
  /** Third party that operates the devices; empty where the unit does. */
  readonly operator: string;
  /** Degrees north and east (WGS 84). */
  readonly location: { readonly lat: number; readonly lon: number } | undefined;
  /** Factors that permit or standard ask for; empty where the register does not say. */
  readonly mustMonitor: readonly FactorCode[];
  /** Declared working time: weekdays 1–7 (Monday = 1), local hours; empty where none is declared. */
  readonly shifts: readonly Shift[];
  /** Persons registered for the doors of the station; empty where no list was given. */
  readonly doorPersons: readonly string[];
  /** Group of outfalls that the register says share a duct or an analyser; empty where it says nothing. */
  readonly shared: string;
  /** Places of other units within two kilometres; empty where no survey was ever made. */
  readonly neighbours: readonly { readonly lat: number; readonly lon: number }[];
  /** Columns of `outfalls.csv` without a name of their own, as they stand (docs/register-files.md). */
  readonly attributes: Readonly<Record<string, string>>;
  /** Rules on valid data of the region on that day; not given where no law was read (a bench, a plain CSV). */
  readonly rules?: JudgingRules;
}

export interface Shift {
  readonly weekdays: readonly number[];
  readonly fromHour: number;
  readonly toHour: number;
}

export interface Order {
  readonly start: number;
  readonly end: number;
  /** Share of normal production to be cut, 0–1. */
  readonly requiredCut: number;
}

/** Everything the platform knew about one outfall at `now`, windowed to the last `windowDays` (≤ 90). */
export interface Context {
  readonly now: Instant;
  readonly reg: Registration;
  /** First moment anything of this outfall was due (registration or first frame). */
  readonly activeSince: number;
  step(factor: FactorCode): StepSeries | undefined;
  hour(factor: FactorCode): HourSeries | undefined;
  /** The outfall's own factors; channels before treatment and of the process are read by name (`in.…`, `pr.…`). */
  readonly factors: readonly FactorCode[];
  readonly power: readonly PowerSeries[];
  readonly revisions: readonly Revision[];
  readonly marks: readonly Mark[];
  readonly maintenance: readonly { start: number; end: number; what: string; factors: readonly FactorCode[] }[];
  readonly doors: readonly DoorOpening[];
  /** Devices taken away or at fault, as door frames say (i32002, i32003): the moment the bit rose. */
  readonly doorAlarms: readonly DoorAlarm[];
  readonly videos: readonly { start: number; end: number; camera: string; event: string }[];
  readonly orders: readonly Order[];
  readonly weather: readonly { at: number; tempC: number; rainMmH: number }[];
  /** Manual results known by now (自行监测, 监督性监测), up to 400 days back; empty where the register holds none. */
  readonly samples: readonly SampleFact[];
  /** Calibrations and checks with standards, 120 days. */
  readonly calibrations: readonly CalibrationFact[];
  /** Instrument and logger parameters as read from the device or as filed; what was filed never ages. */
  readonly parameters: readonly ParameterFact[];
  /** Months of the unit's hazardous-waste ledger and its transfers: told to the unit's first outfall only. */
  readonly waste: readonly WasteFact[];
  readonly manifests: readonly ManifestFact[];
  readonly inspections: readonly InspectionFact[];
  /** Passes of a survey car within 2 km: told to the unit's first outfall only. */
  readonly surveys: readonly SurveyFact[];
  /** Hours of stations downstream or within 20 km. */
  readonly stations: readonly StationFact[];
  /** Three-phase details of the meters, last three days. */
  readonly electrical: readonly ElectricalReading[];
  /** Last arrival of any frame per device of the site, and silences, for A03/A06. */
  readonly devices: readonly { mn: string; role: 'data' | 'door' | 'power'; lastSeen: number }[];
  /** Newest first list of (qn, dataTime, arrivedAt) samples of the last day, for A06. */
  readonly clockSamples: readonly { qn: number; dataTime: number; cn: string; arrivedAt: number }[];
  /** Findings of other models that were open or raised within the last 30 days, for corroboration and baselines. */
  readonly recent: readonly PastFinding[];
  /** The same of the unit's other outfalls, up to the daily moment before the one in force; empty where nobody's summaries were kept. */
  readonly beside: readonly SiblingFinding[];
  /** Comparable outfalls with what they published up to the daily moment before the one in force; empty where there are none. */
  readonly peers: readonly Peer[];
  /** The same of this outfall itself: its own days, in the words of the others. */
  readonly ownDays: readonly DailySummary[];
  /** Outfalls of the same trade and this one, for judging that does without them too: empty where nobody's summaries were kept. */
  readonly trade: { readonly peers: readonly Peer[]; readonly own: readonly DailySummary[] };
  /** Run/off state per hour of the window (U03/U03w); aligned with hour(t0). */
  readonly state: HourState;
  /** The same of the one hour that holds `at`; undefined outside the window. Spares the others where few are looked at. */
  stateAt(at: number, column: 'state' | 'byData' | 'byPower'): number | undefined;
  /**
   * Mass of a pollutant (kg) from the hourly totals that were in force, since `from` = 1 January (local) or
   * `activeSince`, whichever is later; hours without a total are counted, not filled. For B05 beyond the window.
   */
  accumulated?(factor: FactorCode): { readonly kg: number; readonly hours: number; readonly missing: number; readonly from: number } | undefined;
  /**
   * Set where a stretch is judged again because something about its hours was learnt late: the model returns the findings that
   * this can have changed, however old they are, under the registration of that time. Otherwise it looks back as far as it always does.
   */
  readonly again?: { readonly start: number; readonly end: number } | undefined;
  /** Values computed once per outfall and local day from what was known then; deterministic plain data (key → value): they are stored with the outfall's state. */
  daily<T>(key: string, compute: () => T): T;
}

/** Models that only put findings of others together: their conclusions are no evidence for any of them. */
export const CONCLUDING: ReadonlySet<string> = new Set(['G11']);

/** What a model found: where, how strong, in words, and what would clear it. */
export interface Finding {
  readonly factors: readonly FactorCode[];
  /** Smallest interval that still shows it, epoch ms. */
  readonly start: number;
  readonly end: number;
  readonly tier: Tier;
  /** log10 surprise where the model can give one, else ratio to the REMIND threshold. */
  readonly score: number;
  readonly stats: Readonly<Record<string, number | string>>;
  /** One sentence each, with numbers and units. */
  readonly text: { readonly zh: string; readonly en: string };
  /** What would explain it innocently and where to look. */
  readonly clearedBy: readonly { readonly zh: string; readonly en: string }[];
  /** Set when the window is explained: kept with the reason, raised no further than REMIND or not at all. */
  readonly suppressed?: { readonly reason: string; readonly zh: string; readonly en: string };
  /** Set while the mark deadline of the hours has not passed. The engine sets it where the model does not. */
  readonly provisional?: boolean;
  /** Why a statistical model may reach WORK_ORDER on its own here (e.g. two instruments at once). */
  readonly standsAloneHere?: string;
}

/** A model's answer at one moment, with what it lacked where it cannot tell. */
export interface Evaluation {
  readonly outcome: Outcome;
  /** Why it cannot tell, or the exception; empty otherwise. */
  readonly reason: string;
  readonly missing: readonly string[];
  readonly findings: readonly Finding[];
}

/** Parameters of a model by name; the unit is in the name or in the comment beside the default. */
export type Params = Readonly<Record<string, number>>;

/** When the engine asks: at each arrival that completes or revises an hour, at every hour + 10 min, or once per local day at 02:00. */
export type Trigger = 'hour' | 'tick' | 'day';

/** An hour whose `field` lies above a value, or has none while the mean lies above `elseAvgAbove`. */
export interface Watch {
  readonly factor: FactorCode;
  readonly field: 'avg' | 'zs';
  readonly above: number;
  readonly elseAvgAbove: number;
}

export type HourField = 'avg' | 'min' | 'max' | 'cou' | 'zsAvg' | 'sampleTime';

/** A detection model: what it is, what it reads, and one pure function `evaluate`. */
export interface Model {
  /** `A01` … `G11`. */
  readonly id: string;
  readonly version: string;
  readonly title: { readonly zh: string; readonly en: string };
  readonly family: SourceFamily;
  readonly trigger: Trigger;
  readonly media: readonly ('gas' | 'water')[];
  /** B models reach WORK_ORDER on their own facts; statistical ones need corroboration. */
  readonly standsAlone: boolean;
  /** Length of the statistic's window; a WARN that lasts three of them needs no other source. 24 when not given. */
  readonly windowHours?: number;
  /** Findings at most so far apart continue one episode (U21). 6 when not given; 0 where every hour named is a fact, below 0 where neighbours stay apart. */
  readonly mergeGapHours?: number;
  /** It judges by itself how often is too often: three reminders alone do not raise it. */
  readonly countsRepeats?: true;
  /** Defaults with units in the name or the doc comment. Dated overrides come from the database. */
  readonly params: Params;
  readonly legalHooks: readonly string[];
  /** What it sees, the formula in words, sources: shown on the model's page. */
  readonly about: { readonly zh: string; readonly en: string; readonly source: string };
  /** With less than this it answers CANNOT_TELL, with the reason. */
  readonly minimum: Minimum;
  /** Where the model is meant for; everywhere when not given. Elsewhere it is not asked and has no outcome. */
  applies?(reg: Registration): boolean;
  /**
   * Conditions on hourly values of which at least one must hold somewhere in the history for the model to find anything,
   * under this registration. A back-test passes over outfalls where none ever holds; without it, it judges all.
   */
  watches?(reg: Registration, params: Params): readonly Watch[];
  /** What it reads of an hour's series, beside times of arrival; everything when not given. A back-test reads no more from the store. */
  readonly hourFields?: readonly HourField[];
  /** How many hours back from the moment such an hour may at most lie. Not given: anywhere before it. */
  reachHours?(params: Params): number;
  /** An exceedance is one whenever it becomes known: judges any stretch of the window (`Context.again`). `reachHours` must be given. */
  readonly judgesAgain?: true;
  /** How many hours after a stretch of the past findings may depend on it; 0 when not given. As much more is judged again. */
  bearsOnHours?(params: Params): number;
  evaluate(ctx: Context, params: Params): Evaluation;
}
