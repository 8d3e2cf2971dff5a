import { DAY, HOUR } from '#kernel';
import { describe, expect, it } from 'vitest';
import { covered, isFound, matches, piecesOf, verdictOf, wilson, type Alarm, type Label } from './rule.ts';

const h = (hours: number): number => hours * HOUR;
const alarm = (start: number, end: number, tier: 1 | 2 | 3 = 3, outfall = 'A'): Alarm => ({
  outfall, model: 'C01', start: h(start), end: h(end), tier, raised_at: h(end), factors: [],
});
const label = (start: number, end: number, benign = false, outfalls = ['A']): Label => ({
  id: 'L', outfall: 'A', kind: 'const_hold', benign, start: h(start), end: h(end), tier: benign ? null : 2, outfalls,
});
const piece = (start: number, end: number, tier: 1 | 2 | 3 = 3, outfall = 'A') => piecesOf(alarm(start, end, tier, outfall))[0] as ReturnType<typeof piecesOf>[0];

describe('the scoring rule', () => {
  it('cuts alarms over seven days into days and leaves a week whole', () => {
    expect(piecesOf(alarm(0, 168))).toHaveLength(1);
    const cut = piecesOf(alarm(0, 170));
    expect(cut.map((p) => (p.end - p.start) / HOUR)).toEqual([24, 24, 24, 24, 24, 24, 24, 2]);
    expect(cut[0]).toMatchObject({ start: 0, end: DAY });
  });

  it('matches from one hour before to six hours after the event', () => {
    expect(matches(piece(99, 99.5), label(100, 110))).toBe(true);
    expect(matches(piece(97, 98.9), label(100, 110))).toBe(false);
    expect(matches(piece(115, 116), label(100, 110))).toBe(true);
    expect(matches(piece(116.1, 117), label(100, 110))).toBe(false);
  });

  it('wants a fifth of the alarm inside: 20 % matches, less does not', () => {
    // Window 99–116 h = 17 h. An alarm of 85 h that holds it has exactly a fifth of itself inside.
    expect(matches(piece(40, 125), label(100, 110))).toBe(true);
    expect(matches(piece(40, 126), label(100, 110))).toBe(false);
  });

  it('lets a moment match where it lies', () => {
    expect(matches(piece(105, 105), label(100, 110))).toBe(true);
    expect(matches(piece(120, 120), label(100, 110))).toBe(false);
  });

  it('finds by a beginning within six hours of the start', () => {
    const event = label(100, 300);
    expect(isFound(event, [piece(106, 106.5)])).toBe(true);
    expect(isFound(event, [piece(94, 101)])).toBe(true);
    expect(isFound(event, [piece(106.1, 110)])).toBe(false);
    expect(isFound(event, [])).toBe(false);
  });

  it('or by covering min(12 h, 10 %), counting overlaps once', () => {
    const long = label(0, 300);
    expect(isFound(long, [piece(50, 62)])).toBe(true);
    expect(isFound(long, [piece(50, 61.9)])).toBe(false);
    expect(isFound(long, [piece(50, 57), piece(52, 58)])).toBe(false);
    expect(isFound(long, [piece(50, 57), piece(80, 85)])).toBe(true);
    const short = label(100, 120);
    expect(isFound(short, [piece(110, 112)])).toBe(true);
    expect(isFound(short, [piece(110, 111.9)])).toBe(false);
  });

  it('measures what is covered together inside a span', () => {
    expect(covered({ start: 0, end: 10 }, [{ start: 8, end: 20 }, { start: -5, end: 2 }, { start: 1, end: 3 }])).toBe(5);
    expect(covered({ start: 0, end: 10 }, [])).toBe(0);
  });

  it('calls a reminder on a look-alike neutral and a warning there false', () => {
    const benign = label(100, 110, true);
    expect(verdictOf(piece(101, 105, 3), [benign])).toBe('neutral');
    expect(verdictOf(piece(101, 105, 2), [benign])).toBe('false');
    expect(verdictOf(piece(101, 105, 1), [benign])).toBe('false');
    expect(verdictOf(piece(101, 105, 3), [])).toBe('false');
  });

  it('counts an alarm on event and look-alike as true, and one on another outfall as false', () => {
    expect(verdictOf(piece(101, 105, 1), [label(100, 110, true), label(100, 110)])).toBe('true');
    expect(verdictOf(piece(101, 105, 1, 'B'), [label(100, 110)])).toBe('false');
    expect(verdictOf(piece(101, 105, 1, 'B'), [label(100, 110, false, ['A', 'B'])])).toBe('true');
  });

  it.each([[0, 10, 0, 0.2775], [10, 10, 0.7225, 1], [5, 10, 0.2366, 0.7634], [90, 100, 0.8256, 0.9448], [0, 0, 0, 1]])(
    'gives the interval of Wilson for %d of %d', (k, n, low, high) => {
      const { low: l, high: u } = wilson(k, n);
      expect(l).toBeCloseTo(low, 3);
      expect(u).toBeCloseTo(high, 3);
    },
  );
});
