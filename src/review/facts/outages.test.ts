import { describe, expect, it } from 'vitest';
import { asId, HOUR, instant, type Instant, type RegionKey } from '#kernel';
import { loadLaw } from '#law';
import { soundInput } from '../testing/sound-facts.ts';
import { narrate } from './narrative.ts';
import type { Observation } from './observations.ts';
import { weighOutages } from './outages.ts';
import { suggestViolations } from './suggest-violations.ts';
import { isFactOf, wouldBeFact } from './words-for.ts';

const law = loadLaw();
/** A Monday morning. */
const FROM = instant(Date.parse('2026-09-14T08:00:00+08:00'));
const after = (hours: number): Instant => instant(FROM + hours * HOUR);
const found = (model: string, from: number, hours: number, stats: Observation['stats'] = {}): Observation => ({
  model, title: { zh: '', en: '' }, factors: [], codes: [], from: after(from), to: after(from + hours), unit: '', standard: null, converted: false, hourly: [], stats: { silentHours: hours, missingHours: hours, ...stats },
});
const weigh = (observations: readonly Observation[], reported: (by: Instant) => boolean = () => false) =>
  weighOutages(observations, { law, region: asId<RegionKey>('jiangsu'), reportedBy: async (_from, _to, by) => reported(by) });
/** Whether each supports the charge. */
const charges = async (observations: readonly Observation[], reported?: (by: Instant) => boolean): Promise<boolean[]> =>
  (await weigh(observations, reported)).map((one) => isFactOf(law.narratives(), one, 'DEVICE_NOT_RUNNING'));

describe('设备停传有没有合法理由', () => {
  it('不到报告期限就恢复的，单凭停传不是事实；超过期限又没有报告的是', async () => {
    expect(await charges([found('A03', 0, 10.5)])).toEqual([false]);
    expect(await charges([found('A01', 0, 12)])).toEqual([false]);
    expect(await charges([found('A01', 0, 13)])).toEqual([true]);
    expect(await charges([found('A08', 0, 6, { kind: 'zero', hours: 6 })])).toEqual([false]);
  });

  it('按期报告、在修复期限以内恢复的不是；报告逾期的、修复逾期的是', async () => {
    const reportedAt = (hours: number) => (by: Instant) => after(hours) <= by;
    expect(await charges([found('A03', 0, 72)], reportedAt(11))).toEqual([false]);
    expect(await charges([found('A03', 0, 72)], reportedAt(13))).toEqual([true]);
    expect(await charges([found('A03', 0, 8 * 24)], reportedAt(11))).toEqual([true]);
  });

  it('首尾相接的几段合并计算；较长时段里只有一段停传的，按那一段计算', async () => {
    expect(await charges([found('A03', 0, 8), found('A03', 8, 8)])).toEqual([true, true]);
    expect(await charges([found('A03', 0, 8), found('A03', 30, 8)])).toEqual([false, false]);
    expect(await charges([found('A03', 0, 40, { silentHours: 6, missingHours: 6 })])).toEqual([false]);
  });

  it('同期用电、门禁、停运标记与故障不符的，停传仍是事实；别的时段的、校准逾期的不算', async () => {
    for (const model of ['E01', 'F03', 'F07', 'F10']) expect((await charges([found('A03', 0, 8), found(model, 2, 1)]))[0], model).toBe(true);
    expect((await charges([found('A03', 0, 8), found('F07', 9, 1)]))[0]).toBe(false);
    expect((await charges([found('A03', 0, 8), found('F05', 2, 1)]))[0]).toBe(false);
  });

  it('只是线索：不推荐案由，写不出违法事实，也不能改用文字认定', async () => {
    const observations = await weigh([found('A03', 0, 10.5)]);
    expect(suggestViolations(law, observations, 'gas', true)).toEqual([]);
    const input = { ...soundInput({ unitId: asId('QY1'), outfall: asId('DA1'), periodFrom: FROM, periodTo: after(11) }), observations };
    expect(narrate(law, input, ['DEVICE_NOT_RUNNING'])).toBeNull();
    expect([wouldBeFact(law.narratives(), input, 'DEVICE_NOT_RUNNING'), wouldBeFact(law.narratives(), input, 'AIR_EXCEED')]).toEqual([true, false]);
    expect(wouldBeFact(law.narratives(), { observations: [found('A03', 0, 20)] }, 'DEVICE_NOT_RUNNING')).toBe(false);
  });
});
