/** Shapes of the industry tables. A new industry is a new row; the two mechanisms (gas, water) stay as they are. */
export type Range = readonly [number, number];
export type Medium = 'gas' | 'water';

export interface LoadRow {
  readonly base: number;
  /** `amplitude · exp(−((h − centre)/width)²)` on the 24-h circle. */
  readonly bumps?: readonly { readonly amplitude: number; readonly centre: number; readonly width: number }[];
  /** `amplitude · sin(2π(h − phase)/period)`. */
  readonly sines?: readonly { readonly amplitude: number; readonly period: number; readonly phase: number }[];
  /** One half wave of a working day, zero outside `from … from + length`. */
  readonly halfWave?: { readonly amplitude: number; readonly from: number; readonly length: number };
  readonly weekend?: number;
  readonly wander: { readonly sd: number; readonly tau: number };
  readonly clip: Range;
  /** Outside these hours the load is `off`; `quiet` also silences the wander. */
  readonly shift?: { readonly from: number; readonly to: number; readonly off: number; readonly quiet: boolean; readonly sundays: boolean };
  /** Share of plants that do not work on Sundays, and their load then. */
  readonly sundayOff?: { readonly share: number; readonly load: number };
}

export interface StopRow {
  readonly perYear: number;
  readonly off: Range;
  readonly rampDown?: Range;
  readonly startUp?: Range;
  /** Hours of a calendar year that running down and up may take on the whole: a stop beyond them is put off. */
  readonly rampHoursPerYear?: number;
  /** Further staggered-production stops a year with their length. */
  readonly staggered?: { readonly perYear: number; readonly off: Range };
  readonly halts?: { readonly perDay: number; readonly off: Range };
  /** Share of plants that stop over the Spring Festival. */
  readonly springFestival?: number;
  /** Stops on every national holiday. */
  readonly holidays?: boolean;
}

export interface PollutantRow {
  readonly factor: FactorCode;
  /** Of the hourly mean (gas) or of the daily mean (water). */
  readonly limit: number;
  /** Of the daily mean of a gas, where its standard has one beside the hourly: lower, so that the plant is run by it. */
  readonly dayLimit?: number;
  /** Share of the limit the plant is run by at which a healthy plant runs. */
  readonly r: Range;
  readonly sdMax: number;
  readonly tau: Range;
  /** Weight of the outfall's common factor F. Gas: 0.35 for all. */
  readonly common: number;
}

export interface GasRow {
  readonly flow: Range;
  readonly o2: Range;
  readonly o2Slope: Range;
  readonly temp: Range;
  readonly tempSlope: Range;
  readonly moisture: Range;
  readonly velocity: Range;
  readonly o2Reference: number;
  /** Raw mill: on and off hours (cement). */
  readonly mill?: { readonly on: Range; readonly off: Range };
  /** Fuel comes in batches with a sulphur of their own (coal). */
  readonly sulphurBatches?: { readonly sd: number; readonly length: Range };
  /** Usual temperature of the combustion chamber, °C, where the law asks for it to be sent (waste incineration). */
  readonly furnace?: Range;
}

export interface WaterRow {
  /** L/s */
  readonly flow: Range;
  readonly mechanism: 'sewage' | 'process' | 'tank' | 'drain';
  /** Q = q₀(fixed + share·L)(1 + e) for `process`. */
  readonly fixed: number;
  readonly share: number;
  readonly ph: Range;
  readonly conductivity: Range;
}

export interface IndustryRow {
  readonly key: Industry;
  readonly zh: string;
  readonly medium: Medium;
  /** Tails of company names. */
  readonly suffixes: readonly string[];
  readonly outfallsPerSite: Range;
  readonly outfallZh: string;
  readonly load: LoadRow;
  readonly stops: StopRow;
  readonly gas?: GasRow;
  readonly water?: WaterRow;
  readonly pollutants: readonly PollutantRow[];
  /** Rated production power, kW per outfall. */
  readonly productionKw: Range;
  /** Treatment power as a share of production power. */
  readonly treatmentShare: Range;
  readonly lines: { readonly production: string; readonly treatment: string };
  readonly hazardousWaste: boolean;
  /** Yards of such trades have a stormwater outlet that is watched. */
  readonly stormDrain?: boolean;
  readonly standard: string;
  /** Where its limits stand when they are stricter than the standard or not its own: the permit, and the rule it took them from. */
  readonly limitsBy?: string;
  /** Limits of single factors that stand in the permit although the others are the standard's. */
  readonly permitted?: readonly FactorCode[];
  /** What of the row differs at the outlet of a workshop: first-class pollutants are measured there, before its water joins the rest. */
  readonly workshop?: Pick<IndustryRow, 'outfallZh' | 'water' | 'pollutants' | 'productionKw' | 'lines'>;
  /** Of the row of such an outlet. */
  readonly role?: 'workshop';
}

export const PERMIT = '排污许可证';

/** The limit by which a plant is run, in the unit of the factor: the lower one where two means are limited. */
export const runBy = (p: Pick<PollutantRow, 'limit' | 'dayLimit'>): number => p.dayLimit ?? p.limit;

export type Industry =
  | 'coal_power' | 'waste_inc' | 'cement' | 'sinter' | 'boiler'
  | 'municipal' | 'dyeing' | 'chemical' | 'electroplating';

export type FactorCode =
  | 'a21026' | 'a21002' | 'a34013' | 'a21005' | 'a21024' | 'a21001'
  | 'a19001' | 'a01011' | 'a01012' | 'a01013' | 'a01014' | 'a00000' | 'a01901' | 'a01902'
  | 'w00000' | 'w01018' | 'w21003' | 'w21001' | 'w21011' | 'w01001' | 'w01010' | 'w01014'
  | 'w20121' | 'w20122' | 'w20117';
