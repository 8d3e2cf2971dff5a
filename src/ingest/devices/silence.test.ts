import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asId, type AuthorityId, dayOf, type DeviceMn, instant, MINUTE, type OutfallId, type UnitId } from '#kernel';
import { loadLaw } from '#law';
import { sql } from '#platform/db';
import { type TestDatabase, testDatabase } from '#platform/db/testing';
import { buildRegistry, EMPTY_REGISTER } from '#register';
import { countDevices, isSilent, silenceOf } from './silence.ts';
import { saveStatus } from '../store/status.ts';

const NOW = instant(Date.UTC(2026, 2, 12, 4));
const law = loadLaw();
const unit = (id: string, region: string) => ({
  unit: asId<UnitId>(id), name: id, industry: '', industryZh: '', county: '', lat: undefined, lon: undefined, operator: '', keyPolluter: false, attributes: { region },
});
const outfall = (id: string, of: string) => ({
  outfall: asId<OutfallId>(id), unit: asId<UnitId>(of), type: 'gas' as const, mn: asId<DeviceMn>(`${id}-DATA`), doorMn: asId<DeviceMn>(`${id}-DOOR`), powerMn: undefined,
  o2Ref: 6, analysisCycleHours: undefined, designFlow: undefined, minuteStep: 10, stackAreaM2: undefined, velocityCoefficient: undefined, attributes: {},
});
const [NX, JS] = [asId<AuthorityId>('NX-A'), asId<AuthorityId>('JS-A')];
const registry = { version: 1, authorityOf: (id: UnitId) => (id === 'N' ? NX : JS), ...buildRegistry({ ...EMPTY_REGISTER, units: [unit('N', 'ningxia'), unit('J', 'jiangsu')], outfalls: [outfall('N1', 'N'), outfall('J1', 'J')] }) };

describe('silent devices', () => {
  it('[NX-A2.6] 门禁每15分钟定时上报、5分钟内到达：宁夏的门禁超过20分钟无报即为离线，其余设备两小时', () => {
    const after = silenceOf(law, registry, dayOf(NOW));
    expect([after('N1-DOOR'), after('N1-DATA'), after('J1-DOOR'), after('nobody')]).toEqual([20, 120, 120, 120]);
    expect([20, 20.1].map((ago) => isSilent(NOW - ago * MINUTE, 20, NOW))).toEqual([false, true]);
  });

  describe('counted', () => {
    let test: TestDatabase;
    beforeAll(async () => void (test = await testDatabase()));
    afterAll(async () => test.drop());

    it('the door that missed its report is among the silent ones; its logger, heard at the same moment, is not', async () => {
      const heard = { lastAt: NOW - 30 * MINUTE, lastDataAt: null, lastCn: '2011', lastPeer: 'p', clockOffset: 0, frames: 1 };
      await saveStatus(test.db, ['N1-DOOR', 'N1-DATA', 'J1-DOOR'].map((mn) => ({ mn, ...heard })));
      const count = (authorities: AuthorityId[], ago = 0) => countDevices(test.db, law, registry, instant(NOW - ago * MINUTE), { kind: 'some', authorities });
      expect(await count([NX, JS])).toEqual({ known: 4, never: 1, awaited: 0, silent: 1 });
      expect(await count([NX, JS], 15)).toEqual({ known: 4, never: 1, awaited: 0, silent: 0 });
    });

    it('never heard is what was silent since its entry: one just registered is awaited until the time the region gives has passed', async () => {
      await sql`INSERT INTO register_entry (kind, key, unit, body, revised_at) VALUES ('outfalls', 'J1', 'J', '{}', ${NOW})`.execute(test.db);
      const count = (later: number) => countDevices(test.db, law, registry, instant(NOW + later * MINUTE), { kind: 'some', authorities: [JS] });
      expect(await count(120)).toMatchObject({ never: 0, awaited: 1 });
      expect(await count(121)).toMatchObject({ never: 1, awaited: 0 });
      await sql`UPDATE register_entry SET revised_at = 0`.execute(test.db);
    });

    it('each authority counts its own registered devices: a stranger that was heard is none, one never heard is', async () => {
      const heard = { lastAt: NOW - 200 * MINUTE, lastDataAt: null, lastCn: '2011', lastPeer: 'p', clockOffset: 0, frames: 1 };
      await saveStatus(test.db, Array.from({ length: 2_100 }, (_, i) => ({ mn: `A${i}`, ...heard })));
      const count = (authorities: AuthorityId[]) => countDevices(test.db, law, registry, NOW, { kind: 'some', authorities });
      expect(await count([NX])).toEqual({ known: 2, never: 0, awaited: 0, silent: 1 });
      expect(await count([JS])).toEqual({ known: 2, never: 1, awaited: 0, silent: 0 });
      expect(await countDevices(test.db, law, registry, NOW, { kind: 'none' })).toEqual({ known: 0, never: 0, awaited: 0, silent: 0 });
    });
  });
});
