import { expect, it } from 'vitest';
import { openAgenda } from './agenda.ts';

const HOUR = 3_600_000;
/** Thursday, China time. */
const at = (hour: number) => Date.parse('2026-10-29T00:00:00+08:00') + hour * HOUR;

it('an officer does one thing after the other, within the hours of the office, and nothing before the matter came to him', () => {
  let now = at(12);
  const agenda = openAgenda(() => now, at(0));
  const spans = [agenda.spend(['A', 'B'], at(0), 60), agenda.spend(['B', 'C'], at(0), 30), agenda.spend(['A', 'B'], at(11), 40)];
  expect(spans.map((one) => one?.from)).toEqual([at(8.5) + HOUR / 6, at(9.5) + HOUR / 3, at(11) + HOUR / 6]);
  for (const [i, one] of spans.entries()) expect(one?.from, String(i)).toBeGreaterThan(spans[i - 1]?.to ?? 0);
  expect(agenda.spend(['A', 'B'], at(0), 60)).toBeUndefined();
  expect(agenda.spend(['D', 'E'], at(0), 60)).toBeDefined();
  // What ends now takes the minutes before; then nothing else of the same moment is left.
  now = at(15);
  expect(agenda.spend(['A', 'B'], at(0), 20, 'NOW')).toEqual({ from: at(15) - HOUR / 3, to: at(15) });
  expect(agenda.spend(['A', 'B'], at(0), 20, 'NOW')).toBeUndefined();
});

it('what was done before a start is not remembered, so nothing is laid into that time', () => {
  const now = at(16);
  expect(openAgenda(() => now).spend(['A'], at(9), 20)).toBeUndefined();
});
