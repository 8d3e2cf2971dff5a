import { endOf, HOUR, indexAt, MINUTE, timeAt, type Grid } from '../grid.ts';
import { arrivals, at } from '../processes.ts';
import { randomStream } from '../random.ts';
import type { Ledger, Site, Transport } from '../world.ts';

/** When each message of the outfall arrives: jitter, short gaps, long outages, dark hours. */
export function planTransport(seed: string, site: Site, grid: Grid, dark: Uint8Array, ledger: Ledger, ideal: boolean): Transport {
  const hours = Math.floor(grid.n / grid.perHour);
  const transport: Transport = {
    minute: new Float64Array(grid.n), hour: new Float64Array(hours), clock: new Float64Array(grid.n), extra: [],
  };
  const jitter = randomStream(seed, site.id, 'jitter-minute');
  for (let i = 0; i < grid.n; i++) transport.minute[i] = Math.round(timeAt(grid, i + 1) + jitter.uniform(4, 55) * 1000);
  const late = randomStream(seed, site.id, 'jitter-hour');
  for (let h = 0; h < hours; h++) transport.hour[h] = Math.round(timeAt(grid, (h + 1) * grid.perHour) + late.uniform(60, 280) * 1000);
  if (ideal) return transport;
  const short = randomStream(seed, site.id, 'gap');
  for (const start of arrivals(randomStream(seed, site.id, 'gap-start'), grid.start, endOf(grid), 0.15 * site.variation.losses)) {
    cut(transport, grid, start, start + short.exponential(12 * MINUTE), undefined);
  }
  const long = randomStream(seed, site.id, 'outage');
  for (const start of arrivals(randomStream(seed, site.id, 'outage-start'), grid.start, endOf(grid), 0.008 * site.variation.losses)) {
    const end = start + long.uniform(2, 30) * HOUR;
    const filled = long.chance(0.7);
    cut(transport, grid, start, end, filled ? end + long.uniform(20, 200) * 1000 : undefined);
    ledger.labels.push({
      kind: 'comms_outage', benign: true, start: Math.round(start), end: Math.round(end), tier: null, factors: [], params: { filled },
    });
  }
  for (let i = 0; i < grid.n; i++) {
    if (dark[i] !== 1) continue;
    transport.minute[i] = Number.NaN;
    transport.hour[Math.floor(i / grid.perHour)] = Number.NaN;
  }
  return transport;
}

/** Loses what would arrive inside the gap, or delivers it afterwards, hours and minutes in their order. */
function cut(transport: Transport, grid: Grid, start: number, end: number, refillAt: number | undefined): void {
  let next = refillAt;
  const first = Math.max(0, indexAt(grid, start) - 1);
  for (let i = first; i < grid.n && at(transport.minute, i) < end + 60_000; i++) {
    const due = at(transport.minute, i);
    if (due >= start && due < end) {
      transport.minute[i] = next ?? Number.NaN;
      if (next !== undefined) next += 400;
    }
    const h = Math.floor(i / grid.perHour);
    if ((i + 1) % grid.perHour !== 0) continue;
    const hourDue = at(transport.hour, h);
    if (hourDue >= start && hourDue < end) {
      transport.hour[h] = next ?? Number.NaN;
      if (next !== undefined) next += 400;
    }
  }
}
