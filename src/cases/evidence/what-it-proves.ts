import { formatDay } from '#documents';
import { dayOf, instant } from '#kernel';
import { filled, type Law } from '#law';
import { reviewerOf, type PenaltyCase } from '../penalty-case.ts';
import type { CaseDirectory } from '../ports.ts';

/** Computed by the platform from what the devices of the unit sent. */
const COMPUTED = ['CALC'];
/** Made by the authority itself. */
const OWN = ['SITE', 'SAMPLING', 'FACT'];
/** Made by whoever measured by hand. */
const OF_THE_LABORATORY = ['MANUAL_REPORT'];

/** What the party itself is, says and did. */
const OF_THE_PARTY = ['PARTY', 'INQUIRY', 'FACT'];

const period = (state: PenaltyCase): string => {
  const [from, to] = [state.filing?.actStart ?? dayOf(instant(state.actStart)), state.filing?.actEnd ?? dayOf(instant(Math.max(state.actStart, state.actEnd - 1)))];
  return from === to ? formatDay(from) : `${formatDay(from)}至${formatDay(to)}`;
};

/**
 * What an item for this point would prove, and by whom it is made: a draft in Chinese, for it goes into Chinese papers. Empty where the
 * point has no words.
 *
 * @param point as the checklist names it; that of a further violation carries its key in front
 */
export function draftOfPoint(law: Law, directory: CaseDirectory, state: PenaltyCase, point: string): { readonly proves: string; readonly provider: string } {
  const [id = point, violation = state.violation ?? ''] = point.split(':').toReversed();
  const { outfallId, person } = state;
  // Of a person's case the plant is the employer's; who he is, what he says and did are his own.
  const unit = directory.unit(person?.employer.unitId ?? state.unitId);
  const plant = person?.employer.name ?? unit?.name ?? state.unitId;
  const party = person !== undefined && OF_THE_PARTY.includes(id) ? person.name : plant;
  const factors = outfallId === undefined ? [] : state.factors.map((code) => directory.factorName(outfallId, code));
  const { proves: drafts } = law.narratives();
  const words = (person === undefined ? undefined : drafts[`${id}_PERSON`]) ?? drafts[`${id}_${violation}`] ?? drafts[id];
  const proves = words === undefined ? '' : (filled(words.zh, {
    unit: party, permit: unit?.permitNumber ?? '', outfall: outfallId === undefined ? '' : directory.outfallName(outfallId),
    period: period(state), factors: factors.length === 0 ? '污染物' : factors.join('、'),
  }) ?? '');
  const provider = COMPUTED.includes(id) ? '本机关信息平台（依据当事人自动监测设备上传的数据计算）' : OWN.includes(id) ? '执法人员制作' : OF_THE_LABORATORY.includes(id) ? '出具报告的监测机构' : id === 'REVIEW' ? reviewerOf(state) : party;
  return { proves, provider };
}
