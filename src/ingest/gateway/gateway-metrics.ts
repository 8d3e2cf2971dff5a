import type { Metrics } from '#platform/metrics';
import type { GatewayStats } from './gateway.ts';

const ACK_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Histogram of the time from the last byte of a frame to its answer on the socket, in seconds. */
export const ackLatency = (metrics: Metrics) => metrics.histogram('mingjian_gateway_ack_seconds', 'from the last byte of a frame to its acknowledgement', ACK_BUCKETS);

/** What the gateway counts anyway, as metrics. */
export function showGateway(metrics: Metrics, stats: () => GatewayStats): void {
  const of = (kind: 'counter' | 'gauge', name: string, help: string, pick: (now: GatewayStats) => number | Record<string, number>, label?: string) =>
    metrics.read(kind, `mingjian_gateway_${name}`, help, () => pick(stats()), label);
  of('gauge', 'connections', 'devices connected', (now) => now.connections);
  of('counter', 'closed_total', 'connections refused or closed, by why', (now) => ({ refused: now.refusedConnections, noise: now.closedForNoise, idle: now.closedIdle, unread: now.closedUnread }), 'why');
  of('counter', 'bytes_total', 'bytes received', (now) => now.bytes);
  of('counter', 'frames_total', 'frames written, by what became of them', ({ written, duplicates, conflicts, quarantined, refused, noise }) => ({
    accepted: written - duplicates - conflicts - quarantined - refused - noise, duplicate: duplicates, conflict: conflicts, quarantined, refused, noise,
  }), 'outcome');
  of('counter', 'suspects_total', 'frames from another address than the device has', (now) => now.suspects);
  of('counter', 'acknowledged_total', 'answers sent', (now) => now.acknowledged);
  of('gauge', 'queue', 'frames received and not yet on disk', (now) => now.queued);
  of('gauge', 'held_connections', 'connections not read at present because the queue is full', (now) => now.held);
  of('counter', 'back_pressure_total', 'times the queue was full and senders had to wait', (now) => now.backPressure);
  of('gauge', 'journal_failures', 'commits of the journal that failed in a row', (now) => now.dbFailures);
}
