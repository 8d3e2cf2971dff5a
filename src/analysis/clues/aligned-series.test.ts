import { expect, it } from 'vitest';
import { asId, type FactorCode, type OutfallId } from '#kernel';
import { buildRegistry, EMPTY_REGISTER } from '#register';
import { limitsWithin, videoWords } from './aligned-series.ts';

const outfall = asId<OutfallId>('DA001');
const at = (day: string): number => Date.parse(`${day}T00:00:00+08:00`);
const limit = (factor: string, value: string, validFrom?: string, validTo?: string) => ({
  outfall, factor: asId<FactorCode>(factor), factorZh: '', limit: value, unit: 'mg/m3', period: 'hour' as const, basis: 'zs' as const, validFrom, validTo, source: '排污许可证', attributes: {},
});
const registry = buildRegistry({ ...EMPTY_REGISTER, limits: [limit('a21002', '100', undefined, '2023-12-31'), limit('a21002', '50', '2024-01-01'), limit('a21026', '35', '2025-07-01'), limit('a34013', '10', undefined, '2022-12-31')] });

it('五年曲线：中途开始执行的限值在图上，换过的限值以后来的为准', () => {
  const within = limitsWithin(registry, { outfall, from: at('2021-09-01'), to: at('2026-09-01') });
  expect(within.map(({ factor, limit: value }) => [factor, value])).toEqual([['a21002', '50'], ['a21026', '35'], ['a21002', '100'], ['a34013', '10']]);
  const day = limitsWithin(registry, { outfall, from: at('2023-12-31'), to: at('2024-01-01') });
  expect(new Set(day.map((one) => one.limit))).toEqual(new Set(['100']));
});

it('图上的视频事件用词说话，不显示代码；厂家自己的话照录', () => {
  expect(['offline', 'person', 'LENS_COVERED', '某厂事件'].map(videoWords)).toEqual([['摄像机离线', 'camera off line'], ['有人出现', 'somebody in view'], ['镜头被遮挡', 'lens covered'], ['某厂事件', '某厂事件']]);
});
