/** What the people read from the platform's answers: only the fields they look at. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

export interface SheetRow {
  readonly sheetId: string;
  readonly unitId: string;
  readonly unitName: string;
  readonly outfallName: string;
  readonly tier: 'REMIND' | 'WARN' | 'WORK_ORDER';
  readonly state: string;
  readonly provisional: boolean;
  readonly sentence: { readonly zh: string };
  readonly rule: string;
  readonly deliveryId: string | null;
  readonly confirmedAt: string | null;
  readonly feedbackDue: string | null;
  readonly changedAt: string;
}

/** What the register says of a unit, as far as its own people look at it. */
export interface UnitFile {
  readonly unitId: string;
  readonly name: string;
  readonly permitNumber: string;
  readonly outfallPages: readonly {
    readonly outfall: string;
    readonly name: string;
    readonly factors: readonly { readonly factor: string; readonly factorZh: string }[];
    readonly permits: readonly { readonly factor: string; readonly annualKg: number; readonly usedBeforeStartKg: number; readonly report: object | null }[];
  }[];
}

/** A finding the unit was not told of. */
export interface HeldRow {
  readonly heldId: string;
  readonly heldAt: string;
  readonly mayTell: boolean;
}

export interface ClueRow {
  readonly clueId: string;
  readonly unitId: string;
  readonly unitName: string;
  readonly outfall: string | null;
  readonly outfallName: string | null;
  readonly tier: string;
  readonly provisional: boolean;
  readonly state: string;
  /** Body that reviews it, and whether a frozen list carries it there: both differ by region. */
  readonly body: string;
  readonly needsList: boolean;
  readonly sentence: { readonly zh: string };
  readonly rule: string;
  readonly periodFrom: string;
  readonly periodTo: string | null;
  readonly listId: string | null;
  readonly reviewId: string | null;
  readonly signedInAt: string | null;
  readonly createdAt: string;
  readonly changedAt: string;
}

export interface ReviewItem {
  readonly item: string;
  readonly zh: string;
  readonly track: 'TECHNICAL' | 'LEGAL';
  readonly force: 'MANDATORY' | 'ADVISORY';
  readonly asks?: boolean;
  readonly outcome: 'PASS' | 'FAIL' | 'CANNOT_TELL' | 'NOT_CONCERNED';
  readonly detailZh: string;
  /** What a finding against the program answers. */
  readonly figures?: readonly string[];
  /** Records of the platform it was looked at in. */
  readonly refs: readonly string[];
}

export interface ReviewPage {
  readonly reviewId: string;
  readonly state: string;
  readonly kind: 'INITIAL' | 'SUPPLEMENT';
  readonly items: readonly ReviewItem[];
  readonly input: { readonly frames: object | null; readonly materials: readonly { readonly name: string; readonly sha256: string; readonly kind?: string; readonly issuer?: string }[] };
  readonly signatures: readonly { readonly track: string; readonly conclusion?: string }[];
  readonly second?: { readonly drawn: boolean; readonly given: boolean; readonly conclusion: string | null };
  readonly missing: readonly { readonly zh: string }[];
}

export interface CluePage extends ClueRow {
  readonly suggestedViolations: readonly string[];
  readonly proposedFacts: Readonly<Record<string, { readonly zh: string }>>;
  readonly reviews: readonly ReviewPage[];
  readonly notice: { readonly state: string; readonly documentId: string | null } | null;
  readonly statements: readonly { readonly kind: string }[];
  readonly deadlines: readonly Deadline[];
  readonly sheet: { readonly sheetId: string; readonly state: string } | null;
}

export interface Deadline {
  readonly clockId: string;
  readonly state: string;
  readonly dueAt: string;
  readonly outcome?: string;
}

export interface CaseRow {
  readonly caseId: string;
  readonly caseNo: string;
  /** The registered unit, or an id that stands for a natural person. */
  readonly unitId: string;
  /** Name of the party, unit or person. */
  readonly unitName: string;
  readonly mainState: string;
}

export interface EvidencePoint {
  readonly id: string;
  readonly zh: string;
  readonly required: boolean;
  readonly kinds: readonly string[];
  readonly items: readonly string[];
  readonly proves: string;
  readonly provider: string;
}

export interface DiscretionFactor {
  readonly id: string;
  readonly title: { readonly zh: string };
  readonly grades: readonly { readonly id: string; readonly title: { readonly zh: string }; readonly upTo?: string }[];
}

/** What a fact says in figures; decimal numbers as the papers tell them. */
type Figures =
  | { readonly kind: 'HOURS_OVER'; readonly limit: string; readonly unit: string; readonly hours: number; readonly peak: string; readonly multiple: string }
  | { readonly kind: 'DAY_OVER'; readonly limit: string; readonly unit: string; readonly mean: string; readonly multiple: string; readonly validHours: number }
  | { readonly kind: 'PARAMETER'; readonly name: string; readonly found: string; readonly filed: string }
  | { readonly kind: 'DOOR_OPENED'; readonly change?: string }
  | { readonly kind: 'LEVEL_SHIFTED'; readonly level: string }
  | { readonly kind: 'MANUAL_COMPARED'; readonly manual: string; readonly automatic: string; readonly unit: string }
  | { readonly kind: 'AMOUNT_OVER' | 'MINUTES_OVER' };

/** A fact the review handed over, as data. */
export interface ObservedFact {
  readonly reviewId: string;
  /** Violations it is a fact of. */
  readonly supports?: readonly string[];
  readonly told: { readonly zh: string };
  readonly factors: readonly { readonly zh: string }[];
  readonly from: number;
  readonly to: number;
  readonly figures?: Figures;
}

/** By which means an act was done, as the platform's list has it. */
export type MeansOfAct = 'PARAM_CHANGED' | 'RECORD_FORGED' | 'SAMPLING_INTERFERED' | 'MARK_FALSE' | 'DEVICE_MOVED' | 'TREATMENT_STOPPED' | 'HIDDEN_OUTLET';

/** The natural person a case is against. */
export interface PersonCharged {
  readonly name: string;
  readonly idNumber: string;
  readonly post: string;
  readonly address: string;
  readonly employer: { readonly unitId: string; readonly name: string };
}

export interface CasePage {
  readonly state: {
    readonly caseId: string;
    readonly caseNo: string;
    readonly unitId: string;
    readonly authorityId: string;
    readonly region: string;
    readonly clueId: string;
    readonly outfallId?: string;
    readonly mode: string;
    readonly report?: { readonly outcome: string };
    readonly main: string;
    readonly rectification: string;
    readonly production: string;
    readonly detention: string;
    readonly version: number;
    readonly facts: string;
    readonly observed?: readonly ObservedFact[];
    /** Means of the act the reviewed records themselves show. */
    readonly acts?: readonly MeansOfAct[];
    readonly actStart: number;
    readonly actEnd: number;
    readonly officers: readonly { readonly name: string }[];
    readonly handedOverAt: number;
    readonly suggestions: readonly string[];
    readonly evidence: readonly {
      readonly title: string;
      readonly shows?: readonly MeansOfAct[];
      readonly source: { readonly from: string; readonly sha256?: string };
    }[];
    readonly evidenceRefs: readonly { readonly dataRef: string; readonly reviewId: string }[];
    readonly violation?: string;
    readonly filing?: { readonly beside?: readonly { readonly caseNo: string; readonly way: 'JOIN' | 'SEPARATE'; readonly reason: string }[] };
    /** Codes of what was measured. */
    readonly factors: readonly string[];
    readonly person?: PersonCharged;
    readonly kin: readonly { readonly relation: string }[];
    /** The newest step of each kind. */
    readonly latest: Readonly<Record<string, { readonly command: Readonly<Record<string, unknown>> }>>;
    readonly discretion?: { readonly trace: { readonly amount: number; readonly lines: readonly { readonly factor: string; readonly grade: string; readonly zh: string; readonly percent: string }[] } };
    readonly proposal?: { readonly outcome: string; readonly exemptionId?: string; readonly amount: number; readonly hearingRight: boolean; readonly collectiveDue: boolean };
    readonly notice?: { readonly windowEnds?: number };
    readonly defence: readonly { readonly pointId: string; readonly answer?: unknown }[];
    readonly decision?: { readonly outcome: string; readonly amount: number; readonly delivery?: { readonly arrivedAt: number } };
    readonly paid: number;
    readonly order?: { readonly dueOn: string };
    readonly papers: readonly { readonly kind: string; readonly number: string; readonly title?: string; readonly pages?: number }[];
  };
  readonly cause: { readonly zh: string };
  readonly unitName: string;
  readonly outfallName: string;
  readonly factorNames: readonly string[];
  /** Measures the file points to, with their grounds. */
  readonly proposals: readonly { readonly command: string; readonly article: string; readonly grounds: readonly Ground[] }[];
  /** At the filing: cases of the same party that are open or close by. */
  readonly siblings: readonly { readonly caseId: string; readonly caseNo: string; readonly stateZh: string; readonly violation: string | null; readonly actStart: string; readonly actEnd: string; readonly close: boolean; readonly overlaps: boolean; readonly open: boolean }[];
  /** What the applied provision demands beside the fine. */
  readonly duties: readonly { readonly duty: string; readonly provision: string; readonly words: string; readonly met: string; readonly how: string }[];
  readonly amounts?: readonly { readonly factor: { readonly zh: string }; readonly permitted: string; readonly before: string; readonly after: string; readonly goesOn: boolean }[];
  readonly legalChecks: readonly { readonly point: string; readonly zh: string; readonly holds: boolean; readonly remark: string }[];
  /** What an order to correct proposes to demand, and by when. */
  /** Cases this one may be taken into. */
  readonly mergeTargets: readonly { readonly caseId: string; readonly caseNo: string }[];
  readonly demands: readonly string[];
  readonly correctBy: string;
  readonly timeline: readonly { readonly at: number; readonly step: string; readonly actor: string }[];
  readonly clocks: readonly { readonly clockId: string; readonly state: string; readonly dueAt: number; readonly overdue: boolean }[];
  readonly next: readonly { readonly command: string; readonly primary: boolean; readonly allowed: boolean; readonly missing: readonly string[] }[];
  readonly evidencePoints: readonly EvidencePoint[];
  readonly story: { readonly now: { readonly version: number }; readonly standing: { readonly zh: string } | null } | null;
  readonly unanswered: readonly { readonly id: string; readonly kind?: 'CRIME' | 'MEASURE' | 'EXEMPTION' | 'DUTY'; readonly grounds: readonly Ground[] }[];
  readonly foundFacts: string;
  readonly law: {
    readonly candidates: readonly { readonly id: string; readonly instrument: string; readonly article: string; readonly min: number | null; readonly max: number | null }[];
    readonly choiceRequired: boolean;
    readonly reason: string;
    readonly lighter: string | null;
    readonly proposed: string | null;
    readonly reported: string | null;
    readonly exemptions: readonly { readonly id: string; readonly zh: string; readonly article: string; readonly fits: 'PROPOSED' | 'OPEN' | 'EXCLUDED' }[];
    readonly computed: readonly { readonly factor: string; readonly grade: string; readonly zh: string }[];
    readonly table: { readonly factors: readonly DiscretionFactor[] } | null;
  } | null;
}

/** A condition of what the file points to; those of one sufficient case share `of`. */
export interface Ground {
  readonly zh: string;
  readonly holds: 'YES' | 'NO' | 'UNKNOWN';
  readonly of?: { readonly zh: string };
}

/** The cases that each suffice, with their grounds. */
export const casesOf = (grounds: readonly Ground[]): Ground[][] => [...Map.groupBy(grounds, ({ of }) => of?.zh).values()];

const DAY_MS = 86_400_000;

/** China's calendar day of a moment; statutory days are counted in it. */
export const chinaDay = (at: number): string => new Date(at + 8 * 3_600_000).toISOString().slice(0, 10);
export const daysLater = (at: number, days: number): string => chinaDay(at + days * DAY_MS);
