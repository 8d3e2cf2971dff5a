import { describe, expect, it } from 'vitest';
import { N } from './devices/flags.ts';
import { printChannels } from './devices/quantise.ts';
import { DAY, HOUR, makeGrid, timeAt } from './grid.ts';
import { at } from './processes.ts';
import { walkProvince } from './simulate.ts';
import type { Channel } from './world.ts';

const START = Date.UTC(2026, 3, 1) - 8 * HOUR;
const DAYS = 40;

describe('许可量 permitted amounts', () => {
  it('are crossed by the mass of valid hours, about the time that the label says', () => {
    const grid = makeGrid(START, DAYS + 1, 10);
    const inject = [{ kind: 'mark_abuse', at: 2, hours: 480 }, { kind: 'exceed_total', at: 25, hours: 96 }];
    const [province] = [...walkProvince({ seed: 'test-permits', outfalls: 1, industries: ['coal_power'], benign: false, inject }, grid, START + DAYS * DAY)];
    const [site] = [...(province?.sites() ?? [])];
    if (site === undefined) throw new Error('no outfall');
    const { run, hours } = site.result;
    const label = run.ledger.labels.find((l) => l.kind === 'exceed_total');
    const permit = run.ledger.permits.find((p) => p.factor === label?.factors[0]);
    const hour = hours.channels.get(permit?.factor as never);
    const marked = run.ledger.marks.filter((m) => m.kind === 'maintenance');
    expect(marked.length).toBeGreaterThan(0);
    const crossed = (counts: (h: number, start: number) => boolean): number | undefined => {
      let used = permit?.usedKg ?? 0;
      for (let h = 0; hour !== undefined && h < hours.n; h++) {
        const start = timeAt(grid, h * grid.perHour);
        if (counts(h, start)) used += at(hour.cou, h);
        if (used > (permit?.annualKg ?? 0)) return start;
      }
      return undefined;
    };
    const valid = crossed((h, start) => hour?.flags[h] === N && Number.isFinite(at(run.transport.hour, h)) && !marked.some((m) => m.start < start + HOUR && m.end > start));
    // Hours of which too few minutes came make the difference of an hour or two.
    expect(Math.abs((valid ?? 0) - (label?.start ?? 0) - DAY)).toBeLessThanOrEqual(6 * HOUR);
    expect(crossed(() => true)).toBeLessThan((valid ?? 0) - 3 * DAY);
  });
});

describe('打印 the print of a channel', () => {
  it('never shows more than the range by rounding up', () => {
    const channel = { instrument: { factor: 'a21026', span: 87.5, resolution: 1 }, values: Float64Array.of(40.4, 87.5, 120) } as unknown as Channel;
    printChannels(new Map([['a21026', channel]]));
    expect([...channel.values]).toEqual([40, 87, 87]);
  });
});
