import type { StandardFinding } from './hold-limit.ts';

/** Of which mean a limit speaks. */
export const MEANS = { hour: { zh: '小时均值', en: 'hourly mean' }, day: { zh: '日均值', en: 'daily mean' }, instant: { zh: '瞬时值', en: 'instant value' } } as const;
const BASES = { c: { zh: '实测', en: 'as measured' }, zs: { zh: '折算', en: 'converted' } } as const;

/** One finding as a sentence in both languages; it names the two figures, the standard and its table. */
export function wordsOf({ kind, limit, standard, row }: StandardFinding): { readonly zh: string; readonly en: string } {
  const permitted = `${limit.limit} ${limit.unit}`;
  const figure = row === undefined ? '' : `${row.limit} ${row.unit}`;
  const place = row === undefined ? standard : `${row.standard} ${row.article}`.trim();
  switch (kind) {
    case 'LOOSER':
      return { zh: `登记限值 ${permitted} 宽于 ${place} 的 ${figure}（${MEANS[row?.period ?? 'hour'].zh}）`, en: `the registered ${permitted} is looser than ${figure} of ${place} (${MEANS[row?.period ?? 'hour'].en})` };
    case 'UNKNOWN_STANDARD':
      return { zh: `标准库中没有“${standard}”，无法核对`, en: `the library has no ${standard}; nothing to compare with` };
    case 'NOT_IN_FORCE':
      return { zh: `所依据的 ${standard} 今天不在有效期内（${row?.validFrom ?? ''} 至 ${row?.validTo ?? '—'}）`, en: `${standard} is not in force today (${row?.validFrom ?? ''} to ${row?.validTo ?? '—'})` };
    case 'UNIT_MISMATCH':
      return { zh: `登记限值的单位 ${limit.unit || '（空）'} 与 ${place} 的 ${row?.unit ?? ''} 不一致`, en: `the registered unit ${limit.unit || '(empty)'} is not the ${row?.unit ?? ''} of ${place}` };
    case 'BASIS_MISMATCH':
      return { zh: `登记限值按${BASES[limit.basis].zh}浓度，${place} 按${BASES[row?.basis ?? 'c'].zh}浓度`, en: `registered ${BASES[limit.basis].en}, ${place} speaks of values ${BASES[row?.basis ?? 'c'].en}` };
    case 'WRONG_POINT':
      return { zh: `${place} 规定该污染物在车间或生产设施废水排放口监控，登记的排放口不是`, en: `${place} limits this pollutant at the outlet of the workshop, which the registered outfall is not` };
  }
}
