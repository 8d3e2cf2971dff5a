import { formatMoment } from '#documents';
import { toMinuteText, type Instant } from '#kernel';
import type { Bilingual } from '#law';
import { covers, reviewedSpans } from '../guards/reviewed-days.ts';
import type { PenaltyCase } from '../penalty-case.ts';

/** A clue as it stood in one of its versions. */
export interface KnownClue {
  readonly version: number;
  readonly knownAt: Instant;
  readonly claim: Bilingual;
  readonly tier: Bilingual;
  /** Models that speak in it, by name. */
  readonly models: readonly Bilingual[];
  readonly from: Instant;
  readonly to: Instant;
  /** Everything it said was explained meanwhile. */
  readonly cleared: boolean;
}

/** The clue a case was opened from: as it was handed over, and as it was last known, at the latest when the case was decided. */
export interface CaseClue {
  readonly handedOver: KnownClue;
  readonly now: KnownClue;
}

const span = ({ from, to }: KnownClue): string => `${formatMoment(from)}–${formatMoment(to)}`;
const spanEn = ({ from, to }: KnownClue): string => `${toMinuteText(from)}–${toMinuteText(to)}`;

/** What a later version of a clue says more than an earlier one; empty where nothing was added. */
export function added(before: KnownClue, now: KnownClue): Bilingual[] {
  if (now.cleared || now.version <= before.version) return [];
  const models = now.models.filter(({ zh }) => !before.models.some((one) => one.zh === zh));
  const louder = before.tier.zh !== now.tier.zh;
  return [
    ...(louder ? [{ zh: `等级由“${before.tier.zh}”变为“${now.tier.zh}”`, en: `tier from ${before.tier.en} to ${now.tier.en}` }] : []),
    ...(now.from < before.from || now.to > before.to ? [{ zh: `时段由 ${span(before)} 变为 ${span(now)}`, en: `period from ${spanEn(before)} to ${spanEn(now)}` }] : []),
    ...(models.length > 0 ? [{ zh: `新增判断：${models.map(({ zh }) => zh).join('、')}`, en: `new findings: ${models.map(({ en }) => en).join(', ')}` }] : []),
  ];
}

/** What was added to the clue and is neither part of the case nor left out with a reason. */
export const unsettled = ({ settledFindings }: Pick<PenaltyCase, 'settledFindings'>, clue: CaseClue | undefined): Bilingual[] =>
  clue === undefined ? [] : added(settledFindings.at(-1)?.clue ?? clue.handedOver, clue.now);

/** How what was added stands to the data the review passed: beyond them, within them but not judged there, or the same act with other figures. */
const STANDING = {
  BEYOND: { zh: '新增时段的数据尚未经过数据审核，不作为本案事实，另行审核后处理', en: 'the added time lies beyond the reviewed data: no fact of this case, to be reviewed by itself' },
  WITHIN: { zh: '新增的判断在审核通过的数据时段以内，但未列入审核意见，另行审核后处理', en: 'the added findings lie within the reviewed time, but the review did not judge them: to be reviewed by themselves' },
  SAME_ACT: { zh: '与本案事实为同一行为，数值以审核通过的数据为准', en: 'the same act as that of this case: the figures of the reviewed data count' },
} as const satisfies Record<string, Bilingual>;

/** Which of the three it is, by times and models; null where nothing waits to be settled. */
export function standingOf(state: Pick<PenaltyCase, 'settledFindings' | 'evidenceRefs' | 'evidence'>, clue: CaseClue): Bilingual | null {
  if (unsettled(state, clue).length === 0) return null;
  const spans = reviewedSpans(state);
  if (!covers(spans.length === 0 ? [clue.handedOver] : spans, clue.now)) return STANDING.BEYOND;
  const judged = [clue.handedOver, ...state.settledFindings.flatMap(({ way, clue: known }) => (way === 'TAKE_IN' ? [known] : []))].flatMap(({ models }) => models);
  return clue.now.models.some(({ zh }) => !judged.some((one) => one.zh === zh)) ? STANDING.WITHIN : STANDING.SAME_ACT;
}
