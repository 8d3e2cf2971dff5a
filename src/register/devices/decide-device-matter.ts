import type { Instant, Refusal } from '#kernel';
import { refuse } from '../errors.ts';
import type { DeviceMatter, DeviceMatterState } from '../store/device-matters.ts';

export const MATTER_KINDS = ['FAULT', 'STOP', 'REMOVAL', 'ACCEPTANCE'] as const;
export type MatterKind = (typeof MATTER_KINDS)[number];

/** Who brings a matter to an end; `LAW` where a term that ran out does. */
export type Ender = 'UNIT' | 'AUTHORITY' | 'LAW';

interface KindRule {
  readonly zh: string;
  readonly en: string;
  /** Whether the unit tells of what happened or asks before it happens. */
  readonly tense: 'PAST' | 'AHEAD';
  /** The unit says how it measures by hand, factor by factor, while the device stands still (第八条). */
  readonly measured: boolean;
  /** A paper has to come with it. */
  readonly paper: boolean;
  /** Term within which the unit has to come: it starts with what happened and ends with the report. */
  readonly told?: 'T25' | 'T25c';
  /** Term that runs from the report on, who has to keep it, and what follows from the law alone when it runs out. */
  readonly runs?: { readonly clock: 'T25r' | 'T25b'; readonly holder: 'UNIT' | 'AUTHORITY'; readonly onExpiry?: DeviceMatterState };
  readonly ends: Readonly<Partial<Record<DeviceMatterState, Ender>>>;
}

const ASKED = {
  tense: 'AHEAD', measured: true, paper: false,
  runs: { clock: 'T25b', holder: 'AUTHORITY', onExpiry: 'AGREED_BY_SILENCE' },
  ends: { AGREED: 'AUTHORITY', REFUSED: 'AUTHORITY', AGREED_BY_SILENCE: 'LAW', WITHDRAWN: 'UNIT' },
} as const satisfies Partial<KindRule>;

/** The four matters of a device with their clocks and ends (污染源自动监控设施现场监督检查办法 第七条、第八条). */
export const MATTER_RULES: Readonly<Record<MatterKind, KindRule>> = {
  FAULT: { zh: '设备故障', en: 'device fault', tense: 'PAST', measured: true, paper: false, told: 'T25', runs: { clock: 'T25r', holder: 'UNIT' }, ends: { REPAIRED: 'UNIT' } },
  STOP: { zh: '停用设备', en: 'stopping a device', ...ASKED },
  REMOVAL: { zh: '拆除设备', en: 'removing a device', ...ASKED },
  // Handing in is what the unit owes within the term; the authority registers or sends back what is incomplete.
  ACCEPTANCE: { zh: '验收登记', en: 'registering after acceptance', tense: 'PAST', measured: false, paper: true, told: 'T25c', ends: { REGISTERED: 'AUTHORITY', RETURNED: 'AUTHORITY', WITHDRAWN: 'UNIT' } },
};

export interface MatterCommand {
  readonly kind: MatterKind;
  readonly device: string;
  readonly factors: readonly string[];
  readonly since: Instant;
  readonly meanwhile: string;
  readonly materials: readonly unknown[];
}

/** What a report or a request lacks, or nothing. `known` are the factors registered at the outfall. Pure. */
export function checkMatter(command: MatterCommand, known: readonly string[], now: Instant): Refusal | undefined {
  const rule = MATTER_RULES[command.kind];
  if (command.factors.length === 0 || command.factors.some((factor) => !known.includes(factor))) return refuse('REGISTER-031', { field: 'factors' });
  if (rule.tense === 'PAST' && command.since > now) return refuse('REGISTER-032', { field: 'since' });
  if (rule.tense === 'AHEAD' && command.since <= now) return refuse('REGISTER-033', { field: 'since' });
  if (rule.measured && command.meanwhile === '') return refuse('REGISTER-034', { field: 'meanwhile' });
  return rule.paper && command.materials.length === 0 ? refuse('REGISTER-035', { field: 'materials' }) : undefined;
}

type Running = Pick<DeviceMatter, 'kind' | 'state' | 'dueAt'>;

/** Whether silence has become consent, recorded or not: the term ran out and the law says what follows. Pure. */
export const isConsented = (matter: Running, now: Instant): boolean =>
  matter.state === 'OPEN' && MATTER_RULES[matter.kind].runs?.onExpiry !== undefined && matter.dueAt !== null && now > matter.dueAt;

/** Why this end may not be put to the matter by this side now, or nothing. Consent by silence stands, whoever looks first. Pure. */
export function checkEnd(matter: Running, end: DeviceMatterState, by: Ender, now: Instant): Refusal | undefined {
  if (matter.state !== 'OPEN') return refuse('REGISTER-037');
  if (by !== 'LAW' && isConsented(matter, now)) return refuse('REGISTER-039');
  return MATTER_RULES[matter.kind].ends[end] === by ? undefined : refuse('REGISTER-038', { field: 'end' });
}

/** Until when results taken by hand stand for the device: while it is faulty, or from the agreed stop on; nothing where it may not stand still. Pure. */
export function standsStill({ kind, state, since, endedAt }: Pick<DeviceMatter, 'kind' | 'state' | 'since' | 'endedAt'>, now: Instant): { readonly from: Instant; readonly to: Instant } | undefined {
  if (kind === 'FAULT') return { from: since, to: endedAt ?? now };
  return state === 'AGREED' || state === 'AGREED_BY_SILENCE' ? { from: since, to: now } : undefined;
}
