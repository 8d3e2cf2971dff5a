import { expect, it } from 'vitest';
import { reportName } from './permit-account.ts';

it('执行报告的名称只写一次；名称没有写明的，写明是执行报告', () => {
  expect([reportName('排污许可执行报告（1号排放口，二氧化硫）'), reportName('2026年第三季度')]).toEqual(['排污许可执行报告（1号排放口，二氧化硫）', '排污许可执行报告（2026年第三季度）']);
});
