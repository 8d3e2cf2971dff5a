import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DAY, HOUR, asId, type OutfallId } from '#kernel';
import { loadRegistry } from '#register';
import { afterAll, describe, expect, it } from 'vitest';
import { kilometres } from '../models/parts/places.ts';
import { toldArrivals } from './told-arrivals.ts';

const dir = mkdtempSync(join(tmpdir(), 'told-'));
afterAll(() => rmSync(dir, { recursive: true }));
const T = Date.parse('2026-03-02T10:00:00+08:00');
const files = {
  'enterprises.csv': 'enterprise,name,lat,lon\nE1,甲,31.2,120.5\nE2,乙,31.5,120.9\n',
  'outfalls.csv': 'outfall,enterprise,type,mn\nO2,E1,gas,A2\nO1,E1,gas,A1\nO3,E2,water,A3\n',
  'selfmon.csv': `outfall,factor,sampled_ms,value,basis,lab,kind,finished_ms,reported_ms\nO1,a21026,${T},12.50,zs,L1,supervisory,${T + HOUR},\nO1,a21002,${T},30,zs,L1,self,,${T + 5 * DAY}\n`,
  'calibrations.csv': `outfall,start_ms,end_ms,kind,factors,zero_drift,passed\nO1,${T},${T + HOUR},zero,a21026|a21002,0.4,1\n`,
  'parameters.csv': `outfall,at_ms,name,factor,value,filed\nO1,${T},slope,a21026,1.02,1\n`,
  'waste.csv': 'enterprise,month,generated_t,shipped_t,stock_t\nE1,2026-02,10,8,4\n',
  'manifests.csv': `manifest,enterprise,left_ms,arrived_ms,sent_t,received_t\nM1,E1,${T},${T + 3 * HOUR},8,7.9\n`,
  'inspections.csv': `enterprise,at_ms,announced,kind\nE1,${T},1,drill\n`,
  'survey.csv': `pass,ts_ms,lat,lon,value\nP1,${T},31.2005,120.5,3\nP1,${T + 1000},31.2006,120.5,4\nP1,${T + 2000},31.6,120.5,9\n`,
  'stations.csv': `station,ts_ms,factor,value,lat,lon,medium,outfalls,travel_h\nS1,${T},w01018,22,31.3,120.5,river,O3,6\nS2,${T},a05024,50,31.25,120.5,air,,\n`,
};

describe('登记记录作为事实 records of the register as facts', () => {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, name), text);
  const { registry, problems } = loadRegistry(dir);
  const told = toldArrivals(registry);
  const known = (id: string): Record<string, number[]> => {
    const found: Record<string, number[]> = {};
    for (const { knownAt, facts } of told(asId<OutfallId>(id))) for (const { kind } of facts) (found[kind] ??= []).push(knownAt);
    return found;
  };

  it('gives each record the moment it can have been known, never earlier', () => {
    expect(problems).toEqual([]);
    expect(known('O1')).toEqual({
      sample: [Date.parse('2026-03-04T00:00:00+08:00'), T + 5 * DAY], calibration: [T + HOUR], parameter: [T], inspection: [T],
      waste: [Date.parse('2026-03-01T00:00:00+08:00')], manifest: [T + 3 * HOUR], survey: [T + 1000], station: [T + HOUR],
    });
  });
  it('tells what concerns the whole unit once, and a named station to its outfalls only', () => {
    expect(Object.keys(known('O2')).sort()).toEqual(['inspection', 'station']);
    expect(known('O3')).toEqual({ station: [T + HOUR] });
    const [survey] = told(asId<OutfallId>('O1')).flatMap(({ facts }) => facts).filter((fact) => fact.kind === 'survey');
    expect(survey).toMatchObject({ pass: 'P1', value: [3, 4] });
    expect(kilometres({ lat: 31, lon: 120 }, { lat: 32, lon: 120 })).toBeCloseTo(111.2, 0);
  });
});
