import { FILING_CLOCKS } from '../clocks/open-clock.ts';
import { describe, expect, it } from 'vitest';
import { isKnownAction } from '#access';
import { CLOCK_IDS } from '#law';
import { COMMAND_KINDS } from '../commands/index.ts';
import { GUARD_IDS, type GuardId } from '../guards/guard-ids.ts';
import { GUARD_ARTICLES, GUARDS } from '../guards/guards.ts';
import { MEASURE_GUARDS, type MeasureGuardId } from '../measures/measure-guards.ts';
import { STATE_TITLES, statesOf, TRACK_KEYS, TRACKS, type AnyState, type Track } from '../states.ts';
import { stepsFrom, TRANSITIONS } from './transitions.ts';

const tracks = TRACK_KEYS.map((track) => [track, statesOf(track)] as const);
const isFinal = (state: AnyState) => STATE_TITLES[state].final === true;

/** States reachable from the first of a track. */
function reachable(track: Track): Set<AnyState> {
  const seen = new Set<AnyState>([TRACKS[track].initial]);
  for (let grown = true; grown;) {
    grown = false;
    for (const row of TRANSITIONS) {
      const starts = row.track === track && row.from.some((s) => seen.has(s));
      const ends = [...(starts ? row.to : []), ...(track === 'MAIN' ? (row.mainTo ?? []) : []), ...(row.sideTo ?? []).filter((state) => statesOf(track).includes(state))];
      for (const state of ends) {
        if (!seen.has(state)) grown = true;
        seen.add(state);
      }
    }
  }
  return seen;
}

describe('案件流程表', () => {
  it.each(tracks)('%s：每个状态都能到达', (track, states) => {
    expect([...states].filter((s) => !reachable(track).has(s))).toEqual([]);
  });

  it.each(tracks)('%s：每个非终结状态都有出口，终结状态没有主流程出口', (track, states) => {
    for (const state of states) {
      if (isFinal(state)) expect(stepsFrom(track, state).filter((row) => row.to.length > 0), state).toEqual([]);
      else
        expect(
          stepsFrom(track, state).some((r) => r.to.some((to) => to !== state)),
          state,
        ).toBe(true);
    }
  });

  it('每一步都有条文、办理人和文书；只有把已制作的文书付邮的一步不另制文书', () => {
    for (const row of TRANSITIONS) {
      expect(row.article, row.command).not.toBe('');
      if (row.actor !== 'SYSTEM') expect(isKnownAction(row.actor), row.actor).toBe(true);
      if (row.command !== 'SEND_DECISION') expect(row.papers.length, row.command).toBeGreaterThan(0);
    }
  });

  it('[JS-20.2] 每个命令恰有一行，每一行的状态都在本流程内', () => {
    expect(TRANSITIONS.map((t) => t.command).toSorted()).toEqual([...COMMAND_KINDS].toSorted());
    for (const row of TRANSITIONS) {
      const own = new Set<string>(statesOf(row.track));
      for (const state of [...row.from, ...row.to]) expect(own.has(state), `${row.command} ${state}`).toBe(true);
    }
  });

  it('每个被关闭的时钟都有人打开过，每个打开的时钟都有关闭它的一步或者依设计开着', () => {
    const opened = new Set([...FILING_CLOCKS, ...TRANSITIONS.flatMap((t) => t.opens.map((o) => o.clock))]);
    const ended = new Set(TRANSITIONS.flatMap((t) => [...t.closes, ...t.cancels]));
    expect([...ended].filter((c) => !opened.has(c))).toEqual([]);
    // 公开由公开模块登记。
    const byDesign = ['T18'];
    expect([...opened].filter((c) => !ended.has(c as never)).toSorted()).toEqual(byDesign);
    for (const clock of opened) expect(CLOCK_IDS).toContain(clock);
  });

  it('每个守卫都写了实现并至少用在一步上', () => {
    const used = new Set(TRANSITIONS.flatMap((t) => t.guards));
    const all: GuardId[] = [...GUARD_IDS, ...(Object.keys(MEASURE_GUARDS) as MeasureGuardId[])];
    expect(all.filter((id) => !used.has(id))).toEqual([]);
    expect(Object.keys(GUARDS).toSorted()).toEqual(all.toSorted());
    for (const id of all) expect(GUARD_ARTICLES[id], id).not.toBe('');
  });
});
