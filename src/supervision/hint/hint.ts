import { ok, type AccountId, type AuthorityId, type Instant, type RegionKey, type Result, type UnitId } from '#kernel';
import { refuse } from '../errors.ts';
import type { UnitFacts } from '../ports.ts';

/** What became of a hint: offered to control staff, then sent or declined, in both languages. */
export const HINT_STATES = {
  OFFERED: { zh: '待决定', en: 'to be decided' },
  SENT: { zh: '已发送', en: 'sent' },
  DECLINED: { zh: '不发送', en: 'declined' },
} as const;
export type HintState = keyof typeof HINT_STATES;

/** A risk that recurs among units of one trade (风险提示), offered to the control staff of one authority. */
export interface RiskHint {
  readonly hintId: string;
  readonly model: string;
  readonly trade: string;
  readonly region: RegionKey;
  readonly authorityId: AuthorityId;
  readonly clues: readonly string[];
  readonly foundUnits: readonly UnitId[];
  /** To whom it goes. */
  readonly units: readonly UnitId[];
  readonly days: number;
  readonly basis: string;
  readonly state: HintState;
  readonly offeredAt: Instant;
  readonly settledBy: AccountId | null;
  readonly settledAt: Instant | null;
  readonly note: string | null;
}

/** One clue of a model that people found right. */
export interface FoundRight {
  readonly clue: string;
  readonly unit: UnitId;
}

/**
 * Who of a trade is to be pointed to what was found at others of it, by authority; nothing below the region's count of
 * units. Pure.
 */
export function recipientsOf(found: readonly FoundRight[], ofTrade: readonly UnitFacts[], least: number): ReadonlyMap<AuthorityId, readonly UnitFacts[]> {
  const units = new Set(found.map((one) => one.unit));
  if (ofTrade.filter((one) => units.has(one.unitId)).length < least) return new Map();
  return Map.groupBy(ofTrade.filter((one) => !units.has(one.unitId)), (one) => one.authorityId);
}

/** Where an act leads; once settled a hint stays as it is. */
export const decideHint = (state: HintState, to: 'SENT' | 'DECLINED'): Result<HintState> => (state === 'OFFERED' ? ok(to) : refuse('SUPV-012'));

type Words = { readonly zh: string; readonly en: string };

/** What the unit reads. It names nobody and says nothing about the reader. */
export function hintWords(hint: Pick<RiskHint, 'days' | 'foundUnits'>, model: Words, trade: Words): { readonly title: Words; readonly text: Words } {
  const n = hint.foundUnits.length;
  return {
    title: { zh: `同行业风险提示：${model.zh}`, en: `A risk in your trade: ${model.en}` },
    text: {
      zh: `近${hint.days}天内，本地区${trade.zh}有${n}家单位经核实存在“${model.zh}”所指的问题。请对照自查、加强防范，发现问题及时整改。本提示不是对贵单位的认定，无须反馈。`,
      en: `Within ${hint.days} days “${model.en}” was found true at ${n} units of your trade (${trade.en}) in this region. Please check your own data and prevent it. This is no finding about your unit and wants no answer.`,
    },
  };
}
