import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unitLogin } from '#access';
import { E1, E2, FILES, openDesk, type Desk } from '../testing/desk.ts';
import { registerRegisterRoutes } from '../routes.ts';
import { permitReportOf } from './permit-report.ts';
import { registerPermitReportRoutes } from './permit-report-routes.ts';

interface Outfall { permits: { factor: string; usedBeforeStartKg: number; report: { title: string; sha256: string } | null }[] }

describe('接入前已用量的执行报告 reports behind what was used before connection', () => {
  let desk: Desk;
  let material: { name: string; sha256: string };
  beforeAll(async () => {
    desk = await openDesk((app, deps) => {
      registerPermitReportRoutes(app, deps);
      registerRegisterRoutes(app, deps);
    }, { ...FILES, 'permits.csv': 'outfall,factor,annual_kg,used_before_start_kg\nO1,a21026,10000,1870.5\n' });
    material = { name: '执行报告.pdf', sha256: await desk.blobs.put(Buffer.from('第三季度执行报告')) };
  });
  afterAll(() => desk.close());
  const file = (login: string, more: object = {}) =>
    desk.call(login, 'POST', '/api/unit/permit-reports', { outfall: 'O1', factor: 'a21026', year: 2026, usedKg: '1870.50', title: '2026年第三季度执行报告', material, ...more });
  const shown = async () => (await desk.call(unitLogin(E1), 'GET', '/api/outfalls/O1')).json<Outfall>().permits;
  const found = (year: number, usedKg = 1870.5) => permitReportOf(desk.registry.current().data, { outfall: 'O1', factor: 'a21026', usedKg, year });

  it('another unit, a figure that is not the registered one, a factor without an amount, and a file nobody received are refused', async () => {
    expect((await file(unitLogin(E2))).json()).toMatchObject({ code: 'REGISTER-003' });
    expect((await file(unitLogin(E1), { usedKg: '1000' })).json()).toMatchObject({ code: 'REGISTER-042' });
    expect((await file(unitLogin(E1), { usedKg: 'viel' })).json()).toMatchObject({ code: 'REGISTER-022' });
    expect((await file(unitLogin(E1), { factor: 'a21002' })).json()).toMatchObject({ code: 'REGISTER-021' });
    expect((await file(unitLogin(E1), { material: { name: '没有.pdf', sha256: 'b'.repeat(64) } })).json()).toMatchObject({ code: 'REGISTER-028' });
    expect(await shown()).toMatchObject([{ factor: 'a21026', usedBeforeStartKg: 1870.5, report: null }]);
  });

  it('is filed with its file, sealed, shown at the outfall, and survives a new import of the register', async () => {
    expect((await file(unitLogin(E1))).statusCode).toBe(201);
    expect(await shown()).toMatchObject([{ report: { title: '2026年第三季度执行报告', sha256: material.sha256 } }]);
    expect([found(2026), found(2025), found(2026, 1871)]).toMatchObject([{ name: '执行报告.pdf' }, undefined, undefined]);
    expect(await desk.leaves()).toContainEqual(expect.objectContaining({ act: 'permit-report', unit: E1, outfall: 'O1', usedKg: '1870.50', sha256: material.sha256 }));
    await desk.importFiles({ 'permits.csv': 'outfall,factor,annual_kg,used_before_start_kg\nO1,a21026,12000,1870.5\n' });
    expect(await shown()).toMatchObject([{ annualKg: 12_000, report: { sha256: material.sha256 } }]);
  });

  it('its file is read by who may read the outfall', async () => {
    const url = `/api/outfalls/O1/permit-reports/${material.sha256}`;
    const read = await desk.call(unitLogin(E1), 'GET', url);
    expect([read.statusCode, read.body]).toEqual([200, '第三季度执行报告']);
    expect((await desk.call(unitLogin(E2), 'GET', url)).statusCode).toBe(404);
    expect((await desk.call(unitLogin(E1), 'GET', `/api/outfalls/O1/permit-reports/${'c'.repeat(64)}`)).statusCode).toBe(404);
  });
});
