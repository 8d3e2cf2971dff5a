import { expect, it } from 'vitest';
import { asId, type OutfallId } from '#kernel';
import { loadLaw } from '#law';
import { violationFor } from './liable-person.ts';

const law = loadLaw();
const offered = (factors: readonly string[], outfall?: string, violation?: 'DATA_TAMPER_DISCHARGE' | 'AIR_EXCEED') =>
  violationFor({ factors, ...(outfall === undefined ? {} : { outfallId: asId<OutfallId>(outfall) }), ...(violation === undefined ? {} : { violation }) }, law, 'DATA_TAMPER_DISCHARGE').bases.map((basis) => basis.id);

it('废气排放口不出现水污染防治法的条文，废水排放口不出现大气污染防治法的；说不清的都列出，由人选择', () => {
  expect(offered(['a21002'])).toEqual(['AIR99-3', 'PERMIT34-2', 'CODE1108']);
  expect(offered(['w01018'])).toEqual(['WATER83-3', 'PERMIT34-2', 'CODE1108']);
  expect(offered([], 'QY0001-DW001')).not.toContain('AIR99-3');
  expect(offered([])).toEqual(expect.arrayContaining(['AIR99-3', 'WATER83-3']));
  // An act added to the case may be about another outlet.
  expect(offered(['a21002'], undefined, 'AIR_EXCEED')).toContain('WATER83-3');
});
