import { describe, expect, it } from 'vitest';
import { asId, MINUTE, type DeviceMn, type FactorCode, type OutfallId, type UnitId } from '#kernel';
import { encodeFrame, encodeSegment } from '#ingest/hj212';
import { buildRegistry, EMPTY_REGISTER } from '#register';
import { OutfallEngine } from './engine.ts';
import { FrameRouter } from './route-frames.ts';
import { setupOf, type OutfallSetup } from './setup.ts';

const T0 = Date.parse('2026-03-02T00:00:00+08:00');
const id = asId<OutfallId>('O1');
const registry = buildRegistry({
  ...EMPTY_REGISTER,
  outfalls: [{
    outfall: id, unit: asId<UnitId>('U1'), type: 'water', mn: asId<DeviceMn>('D'), doorMn: undefined, powerMn: undefined, inletMn: asId<DeviceMn>('I'),
    processMn: asId<DeviceMn>('P'), o2Ref: undefined, analysisCycleHours: 1, designFlow: undefined, minuteStep: 10, stackAreaM2: undefined,
    velocityCoefficient: undefined, attributes: { role: 'stormwater' },
  }],
  factors: [{ outfall: id, factor: asId<FactorCode>('pr.q1'), factorZh: '取水量', unit: 'm3/h', span: undefined, resolution: undefined, means: 'intake', attributes: {} }],
  other: [{ file: 'door_persons.csv', line: 2, values: { person: 'P1', outfall: 'O1' } }, { file: 'door_persons.csv', line: 3, values: { person: 'P2', outfall: 'O9' } }],
});
const frame = (mn: string, st: string, cp: string): Uint8Array =>
  encodeFrame(encodeSegment({ qn: '20260302010200000', st, cn: '2061', pw: '123456', mn, flag: 5, cp: `DataTime=20260302000000;${cp}` }));

describe('进口与工艺设备 devices before treatment and of the process', () => {
  const setup = setupOf(registry, id) as OutfallSetup;
  it('report into the same outfall under their own names, whatever system code they use', () => {
    const router = new FrameRouter(registry, new Map([[id, setup]]));
    const engine = new OutfallEngine(setup, T0, { models: [], onChange: () => undefined });
    const sent = [frame('D', '32', 'w01018-Avg=30,w01018-Flag=N'), frame('I', '32', 'w01018-Avg=300,w01018-Flag=N'), frame('P', '52', 'q1-Avg=12,q1-Flag=N')];
    engine.feed(sent.flatMap((bytes, i) => router.route(bytes, T0 + 62 * MINUTE + i)).map(({ arrival }) => arrival));
    const avg = (factor: string): number | undefined => engine.facts.hours.columns(factor as FactorCode)?.avg[0];
    expect([avg('w01018'), avg('in.w01018'), avg('pr.q1')]).toEqual([30, 300, 12]);
    expect(router.unknownDevices).toBe(0);
    // Their silence is no outage of the outfall's own monitors.
    expect(engine.facts.devices.map((device) => device.mn)).toEqual(['D']);
  });
  it('are read as the register says: units of their own, and the end of the period as its label', () => {
    const told = { ...registry.data, outfalls: registry.data.outfalls.map((row) => ({ ...row, attributes: { hj212_units: 'w00000=m3/h', hj212_data_time: 'end', hj212_crc: 'none' } })),
      factors: [{ outfall: id, factor: asId<FactorCode>('w00000'), factorZh: '流量', unit: 'L/s', span: undefined, resolution: undefined, attributes: {} }] };
    const other = buildRegistry(told);
    const own = setupOf(other, id) as OutfallSetup;
    const router = new FrameRouter(other, new Map([[id, own]]));
    const whole = Buffer.from(frame('D', '32', 'w00000-Avg=36,w00000-Flag=N'));
    const [routed] = router.route(Buffer.concat([whole.subarray(0, -6), Buffer.from('\r\n')]), T0 + 62 * MINUTE);
    expect(routed?.arrival.facts[0]).toMatchObject({ kind: 'hour', start: T0 - 60 * MINUTE, values: [{ factor: 'w00000', avg: 10 }] });
  });
  it('the register says what a signal stands for, who may open, and what kind of outlet it is', () => {
    const registration = setup.registrationAt(T0);
    expect(registration.factors).toMatchObject([{ factor: 'pr.q1', means: 'intake' }]);
    expect(registration.doorPersons).toEqual(['P1']);
    expect(registration.attributes['role']).toBe('stormwater');
  });
});
