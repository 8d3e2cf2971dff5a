import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEMO_CITY, DEMO_REGION } from '#access';
import { noteVerdict } from '#analysis';
import { asId, type UnitId } from '#kernel';
import { sql } from '#platform/db';
import { importRegister } from '#register';
import { handOn } from '../../src/app/hand-on.ts';
import { openStage, overflow, type Stage, type Visit } from './stage.ts';

const UNIT = 'unit-qy0001';

describe('同行业风险提示 from the desk of control staff to the phone of a unit', { timeout: 240_000 }, () => {
  let stage: Stage;
  const sound = async ({ page, errors, axe }: Visit, name: string): Promise<void> => {
    expect({ name, axe: await axe(), overflow: Math.max(0, await overflow(page)), errors }).toEqual({ name, axe: [], overflow: 0, errors: [] });
  };
  const handAllOn = async () => {
    while ((await handOn(stage.domain)) > 0);
  };

  beforeAll(async () => {
    stage = await openStage();
    const { db } = stage.domain.platform;
    const folder = mkdtempSync(join(tmpdir(), 'trade-'));
    const { registry } = stage.domain;
    const trade = registry.current().unit(asId<UnitId>('QY0001'))?.industry ?? '';
    writeFileSync(join(folder, 'enterprises.csv'), `enterprise,name,industry\n${['甲', '乙', '丙'].map((name, i) => `SAME${i},同行业${name}厂,${trade}`).join('\n')}\n`);
    expect((await importRegister({ db, clock: stage.clock }, { dir: folder, by: 'test', home: { authority: DEMO_CITY, region: DEMO_REGION }, partial: true })).added).toBe(3);
    rmSync(folder, { recursive: true });
    await registry.refresh();
    for (const i of [0, 1, 2]) {
      await sql`INSERT INTO analysis_clue (clue, version, known_at, outfall, unit_id, tier, raised_at, start_at, end_at, models, factors, provisional, cleared, score, body)
        VALUES (${`same-${i}`}, 1, 0, 'X', ${`SAME${i}`}, 'WARN', ${stage.clock.now()}, 0, 0, '{C01}', '{}', false, false, 1, '{}')`.execute(db);
      await db.transaction().execute((tx) => noteVerdict(tx, stage.clock, { clueId: `same-${i}`, verdict: 'RIGHT', reason: 'list' }));
    }
    await handAllOn();
  }, 240_000);
  afterAll(async () => {
    await stage?.close();
  });

  it('[SH-18.2] control staff see whom it would go to and send it; the unit reads it on its first page and answers nothing', async () => {
    const phone = await stage.visit({ login: UNIT, width: 360, language: 'zh' });
    await phone.go('/unit/');
    await phone.page.getByRole('heading', { name: '需要您办理的' }).waitFor();
    expect(await phone.page.getByText('同行业风险提示').count()).toBe(0);

    const desk = await stage.visit({ login: 'monitor', width: 1440, language: 'zh' });
    await desk.go('/sheets/hints');
    await desk.page.getByRole('link', { name: '同行业甲厂' }).waitFor();
    await desk.page.getByText('1 家：', { exact: false }).waitFor();
    await sound(desk, 'hints');
    await desk.page.getByRole('button', { name: /^发\s?送$/ }).click();
    await desk.page.getByRole('dialog').getByRole('button', { name: /确\s*定/ }).click();
    await desk.page.getByText('没有在同行业反复出现、待提示的风险').waitFor();
    await handAllOn();

    await phone.go('/unit/');
    await phone.page.getByRole('heading', { name: '同行业风险提示', exact: true }).waitFor();
    await phone.page.getByText('有3家单位经核实存在', { exact: false }).waitFor();
    for (const name of ['甲', '乙', '丙']) expect(await phone.page.getByText(`同行业${name}厂`).count()).toBe(0);
    await sound(phone, 'today');
    await phone.go('/unit/notices');
    await phone.page.getByText('无须反馈', { exact: false }).waitFor();
    await sound(phone, 'notices');
  });
});
