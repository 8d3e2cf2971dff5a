import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Gateway } from '#ingest';
import { areaOf, encodeFrame, encodeSegment, encryptArea, formatHjTime, formatQn, Framer, readPiece, type SegmentFields } from '#ingest/hj212';
import { asId, HOUR, instant, type OutfallId } from '#kernel';
import { silentLogger } from '#platform/log';
import { openStage, overflow, type Stage } from './stage.ts';

const OUTFALL = asId<OutfallId>('QY0001-DA001');

describe('设备与接入 devices', { timeout: 240_000 }, () => {
  let stage: Stage;
  let gateway: Gateway;
  let socket: Socket;
  let mn = '';
  const hour = (at: number): SegmentFields => ({
    qn: formatQn(instant(at + 1)), st: '31', cn: '2061', pw: '123456', mn, flag: 5, cp: `DataTime=${formatHjTime(instant(at))};a21002-Avg=30,a21002-Flag=N`,
  });
  const frame = (fields: SegmentFields) => encodeFrame(encodeSegment(fields));

  beforeAll(async () => {
    stage = await openStage();
    const { platform, registry, devices } = stage.domain;
    mn = registry.current().outfall(OUTFALL)?.mn ?? '';
    gateway = new Gateway({ ...platform, log: silentLogger(), directory: devices }, { acceptUnsafeDatabase: true });
    socket = connect(await gateway.listen(0, '127.0.0.1'), '127.0.0.1');
    await once(socket, 'connect');
    const now = stage.clock.now();
    const framer = new Framer();
    socket.on('data', (chunk: Buffer) => {
      for (const piece of framer.push(chunk)) {
        const asked = readPiece(piece);
        if (!asked.ok || asked.cn !== '2061') continue;
        const reply = (cn: string, cp: string) => frame({ qn: asked.qn ?? '', st: '91', cn, pw: '123456', mn, flag: 4, cp });
        socket.write(Buffer.concat([reply('9011', 'QnRtn=1'), frame(hour(Math.floor(now / HOUR) * HOUR - 5 * HOUR)), reply('9012', 'ExeRtn=1')]));
      }
    });
    socket.write(frame(hour(Math.floor(now / HOUR) * HOUR - HOUR)));
    // A frame of HJ 212-2025 whose key nobody has given.
    const segment = encodeSegment({ ...hour(now), flag: 9 });
    const ciphered = Uint8Array.from(encodeFrame(segment));
    const area = areaOf(Buffer.from(segment)) as { from: number; to: number };
    ciphered.set(encryptArea(ciphered.subarray(6 + area.from, 6 + area.to), Buffer.from('0123456789abcdef')), 6 + area.from);
    socket.write(ciphered);
    while (gateway.stats().written < 2) await new Promise((done) => setTimeout(done, 50));
    // Status is saved once a second.
    await new Promise((done) => setTimeout(done, 1_500));
  }, 240_000);
  afterAll(async () => {
    socket?.destroy();
    await gateway?.stop();
    await stage?.close();
  });

  it('监测人员补取缺失的小时数据：下发、设备接受、补到、执行完成，都看得见；解不开的加密报文单列', async () => {
    const { page, errors, go, axe } = await stage.visit({ login: 'monitor', width: 1440, language: 'zh' });
    await go('/devices');
    await page.getByText('数采仪').first().waitFor();
    await page.getByRole('button', { name: '补取数据' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('指令').click();
    await page.getByTitle('小时数据 2061').click();
    const china = (ms: number) => new Date(ms + 8 * HOUR).toISOString().slice(0, 16);
    const now = Math.floor(stage.clock.now() / HOUR) * HOUR;
    await dialog.getByLabel('时段起').fill(china(now - 6 * HOUR));
    await dialog.getByLabel('时段止').fill(china(now - 4 * HOUR));
    expect(await axe()).toEqual([]);
    await dialog.getByRole('button', { name: /下\s*发/ }).click();
    await page.getByText('已办理：补取数据').waitFor();
    await page.getByRole('tab', { name: '下发指令' }).click();
    await page.getByText('✓ 执行完成').waitFor({ timeout: 20_000 });
    const row = page.getByRole('row').filter({ hasText: mn }).filter({ hasText: '✓ 执行完成' });
    expect(await row.getByRole('cell').last().innerText()).toBe('1');
    expect(await axe()).toEqual([]);

    await page.getByRole('tab', { name: '单列报文' }).click();
    await page.getByText('拒收', { exact: true }).click();
    await page.getByText('无法解密').first().waitFor();
    expect(errors).toEqual([]);

    const phone = await stage.visit({ login: 'monitor', width: 390, language: 'en' });
    await phone.go('/devices');
    await phone.page.getByRole('tab', { name: 'Requests' }).click();
    await phone.page.getByText('✓ done').waitFor();
    expect(await overflow(phone.page)).toBeLessThanOrEqual(0);
  });
});
