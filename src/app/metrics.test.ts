import { mkdtempSync, rmSync, utimesSync } from 'node:fs';
import { connect } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ackLatency, benchMn, directoryOf, Gateway, showGateway } from '#ingest';
import { encodeFrame, encodeSegment } from '#ingest/hj212';
import { instant, manualClock } from '#kernel';
import { type TestDatabase, testDatabase } from '#platform/db/testing';
import { silentLogger } from '#platform/log';
import { allMetrics, createMetrics, shareMetrics } from '#platform/metrics';
import { showWorker } from './worker-metrics.ts';

const clock = manualClock(instant(Date.UTC(2026, 2, 12, 4)));
const folder = mkdtempSync(join(tmpdir(), 'metrics-'));
const log = silentLogger();
let test: TestDatabase;
beforeAll(async () => void (test = await testDatabase()));
afterAll(async () => {
  await test.drop();
  rmSync(folder, { recursive: true });
});

const lines = async (registry: Parameters<typeof allMetrics>[0], now = performance.timeOrigin + performance.now()) => (await allMetrics(registry, folder, now)).split('\n');

describe('figures of the machine room', () => {
  it('the server prints what gateway and worker share, each under its own label; old figures are left out', async () => {
    const [gateway, worker, server] = [createMetrics('gateway'), createMetrics('worker'), createMetrics('server')];
    gateway.read('gauge', 'mingjian_gateway_connections', 'x', () => 7);
    const rounds = showWorker(worker, { db: test.db, clock });
    await expect(rounds.counted('outbox', async () => Promise.reject(new Error('planted')))()).rejects.toThrow('planted');
    expect(await rounds.counted('outbox', async () => 3)()).toBe(3);
    await Promise.all([shareMetrics(gateway.registry, folder, 'gateway', log).stop(), shareMetrics(worker.registry, folder, 'worker', log).stop()]);
    const text = await lines(server.registry);
    expect(text).toContain('mingjian_gateway_connections{process="gateway"} 7');
    for (const outcome of ['done', 'failed']) expect(text).toContain(`mingjian_worker_rounds_total{loop="outbox",outcome="${outcome}",process="worker"} 1`);
    expect(text).toContain('mingjian_worker_outbox{state="waiting",process="worker"} 0');
    expect(text.filter((line) => line.startsWith('process_start_time_seconds{')).length).toBe(3);
    expect(text.filter((line) => line.startsWith('# TYPE process_start_time_seconds')).length).toBe(1);
    utimesSync(join(folder, 'gateway.metrics.json'), 1_000, 1_000);
    expect((await lines(server.registry)).some((line) => line.includes('mingjian_gateway_connections'))).toBe(false);
  });

  it('the gateway counts what came, what became of it and how long the answer took', async () => {
    const metrics = createMetrics('gateway');
    const latency = ackLatency(metrics);
    const mn = benchMn(1);
    const directory = directoryOf([{ mn, outfalls: ['O1'], role: 'data' }]);
    const gateway = new Gateway({ db: test.db, clock, log, directory, onAnswered: (seconds) => latency.observe(seconds) }, { acceptUnsafeDatabase: true });
    showGateway(metrics, () => gateway.stats());
    const socket = connect(await gateway.listen(0, '127.0.0.1'), '127.0.0.1');
    const frame = (of: string) => encodeFrame(encodeSegment({ qn: '20260312115500000', st: '31', cn: '2051', pw: '1', mn: of, flag: 5, cp: 'DataTime=20260312115000;a-Avg=1' }));
    const sent = Buffer.concat([frame(mn), frame('F'.repeat(24))]);
    socket.write(sent);
    for (let got = 0; got < 2; ) got += String((await once(socket, 'data'))[0]).split('CN=9014').length - 1;
    const text = (await metrics.registry.metrics()).split('\n');
    const has = (line: string) => expect(text).toContain(line);
    has('mingjian_gateway_connections{process="gateway"} 1');
    has('mingjian_gateway_frames_total{outcome="accepted",process="gateway"} 1');
    has('mingjian_gateway_frames_total{outcome="quarantined",process="gateway"} 1');
    has(`mingjian_gateway_bytes_total{process="gateway"} ${sent.length}`);
    has('mingjian_gateway_ack_seconds_count{process="gateway"} 2');
    has('mingjian_gateway_back_pressure_total{process="gateway"} 0');
    socket.destroy();
    await gateway.stop();
  });
});
