import { z } from 'zod';
import { DEPARTMENT_KEYS } from './departments.ts';
import { VIOLATION_KEYS } from './violation.ts';

/** What a unit's code counts, over the months it looks back. */
export const CODE_FACTS = ['falseAnswers', 'lapses', 'talks', 'established', 'overQuantity', 'warnings', 'overdueNow', 'quotaWarnings'] as const;
export type CodeFact = (typeof CODE_FACTS)[number];

const words = z.object({ zh: z.string(), en: z.string() });

const NUMBER_PARTS = /\{(\w+)(?::[1-9])?\}/g;

/**
 * How a document number is written: `{prefix}` letters of the authority, `{abbr}` letters of the kind, `{year}` and `{seq}`;
 * `{seq:6}` gives six digits to those who count in fixed width. All four must stand in it, or two numbers could be the same.
 */
const numberPattern = z.string().refine(
  (pattern) => [...pattern.matchAll(NUMBER_PARTS)].map(([, name]) => name).sort().join(' ') === 'abbr prefix seq year' && !/[{}]/.test(pattern.replaceAll(NUMBER_PARTS, '')),
  'needs {prefix}, {abbr}, {year} and {seq} once each, and no other braces',
);

const queueWeight = z.object({ certainty: z.number().min(0).max(1), hours: z.number().positive() });

/**
 * Everything the provinces decide differently (conflicts C1–C20 between their texts). The schema is the list of keys;
 * `law/regions/*.yaml` gives each a dated value with its article.
 */
export const PARAMETERS = {
  'review.model': z.enum(['TWO_BODIES', 'ONE_TEAM', 'CONTROL_RECHECK', 'LAB_REPORT']),
  /** Which paper satisfies the record-review gate. */
  'review.gatePaper': z.enum(['REVIEW_OPINION', 'EXCEEDANCE_REVIEW_REPORT', 'CONTROL_RECHECK_NOTE']),
  /** Articles of the region's own text by which a handover of these violations is made; what no row names goes by the articles of the step. */
  'review.handoverArticles': z.array(z.object({ violations: z.array(z.enum(VIOLATION_KEYS)).min(1), articles: z.array(z.string()).min(1) })),
  'review.noticeIssuer': z.enum(['REVIEW_GROUP', 'ENFORCEMENT']),
  'review.noticeMayBeDeferred': z.boolean(),
  'review.reviewWorkingDays': z.number().int().positive(),
  /** Department the lead of the panel, and of the body that reviews, comes from. */
  'review.panelLead': z.enum(DEPARTMENT_KEYS),
  'review.groupLead': z.enum(DEPARTMENT_KEYS),
  /** Departments that must sit in the reviewing body; empty where the text names none. */
  'review.memberMix': z.array(z.enum(DEPARTMENT_KEYS)),
  /** Share of reviews in which a second person looks at the data without knowing the first finding. */
  'review.secondOpinionShare': z.string().regex(/^(0(\.\d+)?|1(\.0+)?)$/),
  /** What decides a clue's place in the panel's queue: weight of a tier and of poisonous pollutants, and by model category how often it holds and how many hours it takes. */
  'review.queueOrder': z.object({
    gravity: z.object({ REMIND: z.number().positive(), WARN: z.number().positive(), WORK_ORDER: z.number().positive() }),
    /** By the note of `codes/criminal-pollutants`. */
    toxicity: z.object({ THREE_TIMES: z.number().positive(), TEN_TIMES: z.number().positive() }),
    /** Share by which a clue counts whose marks may still come. */
    provisional: z.number().positive().max(1),
    categories: z.record(z.enum(['A', 'B', 'C', 'D', 'E', 'F', 'G']), queueWeight),
    /** A finding of one's own eyes. */
    seen: queueWeight,
  }),
  'supervision.partyContact': z.array(z.enum(['REMIND', 'WARN', 'SHEET', 'AFTER_REVIEW'])),
  /** Rungs by severity, the mildest first: a finding reaches the highest rung not above it (C7, C8). */
  'supervision.severityLadder': z.array(z.enum(['REMIND', 'WARN', 'WORK_ORDER'])).min(1),
  /** Rungs by count of failures to answer; another ladder (C7). */
  'supervision.feedbackLadder': z.array(z.enum(['REMIND', 'WARN', 'TALK'])),
  /** What the region's people call each tier; some count from three up, some do not count (C8). */
  'supervision.tierLabels': z.object({ REMIND: words, WARN: words, WORK_ORDER: words }),
  'supervision.airTriggerHours': z.number().int().positive(),
  'supervision.waterTrigger': z.enum(['HOURLY_MEAN', 'DAILY_MEAN']),
  'supervision.quotaWarnRatios': z.array(z.string()),
  /** Level of the control staff who confirm an over-quantity, and whether enforcement has it as a monthly report. */
  'supervision.quotaConfirmLevel': z.enum(['province', 'city']),
  'supervision.quotaReport': z.enum(['MONTHLY', 'NONE']),
  'supervision.anomalyMayTrigger': z.boolean(),
  /** Model categories (A–G) whose work orders control staff see before the unit, so that evidence can be fixed first. */
  'supervision.evidenceFirst': z.array(z.enum(['A', 'B', 'C', 'D', 'E', 'F', 'G'])),
  /** Who holds the ladder by count (reminds, warns, calls to a talk): the level of its authority and its name on the papers. */
  'supervision.ladderBody': words.extend({ level: z.enum(['province', 'city']) }),
  /** The rung of one more failure after a talk was held: another talk, or a special inspection by enforcement. */
  'supervision.afterTalk': z.enum(['TALK', 'ENFORCE']),
  /** Failures to answer older than this no longer count on the ladder. */
  'supervision.lapseMonths': z.number().int().positive(),
  /** Hours of the day (China time) in which reminders wait; `from` after `to` runs over midnight. */
  'supervision.quietHours': z.object({ from: z.number().int().min(0).max(23), to: z.number().int().min(0).max(23) }),
  /** Reminders of a unit within this time after one are sent together at its end. */
  'supervision.batchMinutes': z.number().int().nonnegative(),
  /** Most notices a unit has on one day; exceedance warnings are sent beyond it, then by the portal alone. */
  'supervision.dailyNotices': z.number().int().positive(),
  /** Silences are the network's and no unit is told: so many outfalls and so large a share of the region, within so many minutes. */
  'supervision.outage': z.object({ share: z.string(), outfalls: z.number().int().positive(), minutes: z.number().int().positive() }),
  /** From how many units of one trade, found right by people within so many days, the others of the trade are told of the risk. */
  'supervision.riskHint': z.object({ units: z.number().int().min(2), days: z.number().int().positive() }),
  /** Colours of a unit's code: the first rule that holds over the last `months` gives the colour, else green. */
  'supervision.enterpriseCode': z.object({
    months: z.number().int().positive(),
    rules: z.array(z.object({ colour: z.enum(['RED', 'YELLOW']), fact: z.enum(CODE_FACTS), atLeast: z.number().int().positive() })),
  }),
  /** Hours after the end of the day within which a mark counts; entry to the clue list waits for it. */
  'marks.deadlineHoursAfterDay': z.number().int().positive(),
  'marks.lateMark': z.enum(['IGNORED', 'COUNTS']),
  /** Fewest valid minutes of an hour and hours of a day (HJ 75/76), share of due values of a water day (HJ 356). */
  'validity.minMinutesPerHour': z.number().int().positive(),
  'validity.minHoursPerGasDay': z.number().int().positive(),
  'validity.minShareOfWaterDay': z.string(),
  /** Whether one hour a day used for the standard-sample check counts as received. */
  'validity.checkHourCounts': z.boolean(),
  /** Where data become out of control when a check fails: after the last passed check, or when the failure was seen. */
  'validity.outOfControlStart': z.enum(['LAST_PASS', 'FAILURE']),
  /** %vol; above it a converted value is shown and never judged. */
  'exceedance.oxygenGuard': z.string(),
  /** What an hour that cannot be judged does to "hours in a row". */
  'exceedance.gapPolicy': z.enum(['BREAK', 'SKIP', 'COUNT_AS_OVER']),
  'exceedance.exemptBreaks': z.boolean(),
  /** Furnace of waste incinerators: ℃ of a five-minute mean, and how many lower ones a day are no violation. */
  'exceedance.furnaceTemperature': z.string(),
  'exceedance.furnaceLowMeansAllowed': z.number().int().nonnegative(),
  /** Minutes after which a device that says nothing counts as silent; door controllers report more often. */
  'ingest.silentMinutes': z.object({ door: z.number().int().positive(), other: z.number().int().positive() }),
  /** Months for which a unit keeps the recordings of its cameras on site; 0 where the region lays none down. */
  'evidence.videoMonths': z.number().int().nonnegative(),
  'transmission.target': z.string(),
  'documents.numberPattern': numberPattern,
  'delivery.portalName': z.string(),
  'delivery.noticeChannels': z.array(z.enum(['PORTAL', 'SMS', 'WECHAT', 'APP', 'VOICE'])),
  'cases.conversionPolicy': z.enum(['OFFSITE_FIRST', 'ONSITE_FIRST', 'ONSITE_AFTER_REPORT']),
  'cases.hearingAmountEntity': z.number().int().positive(),
  /** The same for a natural person. */
  'cases.hearingAmountCitizen': z.number().int().positive(),
  'cases.collectiveAmount': z.number().int().positive(),
  'cases.simpleProcedure': z.boolean(),
  /** Highest fine of the simple procedure, yuan. */
  'cases.simpleAmountEntity': z.number().int().positive(),
  /** Days an order to correct gives unless the officer writes another day. */
  'cases.correctionDays': z.number().int().positive(),
  /** Acts of one outfall no further apart than these days are asked about at the filing: one matter, or why not. */
  'cases.siblingDays': z.number().int().positive(),
  'archive.retentionYears': z.number().int().positive(),
} as const;

export type ParameterKey = keyof typeof PARAMETERS;
/** What a parameter may hold: its schema stands in the table above. */
export type ParameterValue<K extends ParameterKey> = z.infer<(typeof PARAMETERS)[K]>;

/** Whether a text names a parameter of a region. */
export const isParameterKey = (text: string): text is ParameterKey => text in PARAMETERS;
