import { describe, expect, it } from 'vitest';
import { demoProvince, demoStory } from './demo-province.ts';
import { DAY, HOUR, makeGrid } from './grid.ts';
import { walkProvince } from './simulate.ts';

const FIRST_START = Date.UTC(2026, 10, 22, 3);

describe('the demonstration province', () => {
  it('has at least ten ways to cheat, look-alikes, and a story that goes on after history', () => {
    const province = demoProvince(FIRST_START);
    const grid = makeGrid(province.start, province.days + 16, 10);
    const until = province.start + province.days * DAY;
    const cheats = new Set<string>();
    const benign = new Set<string>();
    const told = new Set<string>();
    const industries = new Set<string>();
    const furnaces: string[] = [];
    for (const { enterprise, sites } of walkProvince({ ...province, liveInject: demoStory(province) }, grid, until)) {
      industries.add(enterprise.industry.key);
      for (const { site, result } of sites()) {
        if (site.instruments.some((i) => i.factor === 'a01901')) furnaces.push(enterprise.industry.key);
        for (const l of result.run.ledger.labels) {
          if (l.start >= until) {
            if (!l.benign) told.add(l.kind);
          } else (l.benign ? benign : cheats).add(l.kind);
        }
      }
    }
    cheats.delete('exceed_natural');
    expect([...industries].sort()).toEqual(['coal_power', 'electroplating', 'municipal', 'waste_inc']);
    expect(furnaces.length).toBeGreaterThan(0);
    expect(new Set(furnaces)).toEqual(new Set(['waste_inc']));
    expect(cheats.size).toBeGreaterThanOrEqual(10);
    expect(benign.size).toBeGreaterThanOrEqual(6);
    for (const r of demoStory(province)) expect([...told]).toContain(r.kind);
    expect(demoStory(province).every((r) => (r.at ?? 0) >= until && (r.at ?? 0) < until + 10 * 24 * HOUR)).toBe(true);
  }, 30_000);
});
