import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { asId, calendarDay, type RegionKey } from '#kernel';
import { CLOCK_IDS, loadLaw, type ClockId } from '#law';
import { STATE_TITLES, statesOf, TRACK_KEYS, TRACKS, type AnyState, type Track } from '../states.ts';
import { stepsFrom, TRANSITIONS } from '../transitions/transitions.ts';

const law = loadLaw();
const ROOT = join(import.meta.dirname, '../..');

/** Clocks that hang on no state of a case, each with the file that keeps it and why it is there. */
const ELSEWHERE: Readonly<Partial<Record<ClockId, { readonly file: string; readonly reason: string }>>> = {
  T1: { file: 'supervision/sheet/step-sheet.ts', reason: '督办单的状态机' },
  T1b: { file: 'supervision/sheet/step-sheet.ts', reason: '督办单的状态机（重点单位）' },
  T1r: { file: 'register/disputes/raise-dispute.ts', reason: '登记参数异议的答复' },
  T1g: { file: 'quality/truthing/act-on-task.ts', reason: '数据归真任务，期限可以由交办人另定' },
  T2: { file: 'review/finding/conclude-review.ts', reason: '线索的状态机：移送' },
  T2n: { file: 'review/finding/conclude-review.ts', reason: '线索的状态机：告知' },
  T2d: { file: 'review/handover/notify-unit.ts', reason: '造假线索先行固定证据后的告知' },
  T2s: { file: 'review/finding/open-review.ts', reason: '补充审核' },
  T3a: { file: 'cases/clocks/open-clock.ts', reason: '收到移送即开，不属于任何一步' },
  T3b: { file: 'cases/clocks/open-clock.ts', reason: '经监测机构报告而来的，代替 T3a' },
  T3c: { file: 'cases/clocks/open-clock.ts', reason: '收到移送即开，全国立案期限的上限' },
  T8x: { file: 'cases/clocks/decide-clocks.ts', reason: '延长仍在走的 T8，不另开' },
  T8y: { file: 'cases/clocks/decide-clocks.ts', reason: '再次延长仍在走的 T8，不另开' },
  T17: { file: 'disclosure/publish-decision.ts', reason: '公开的撤回' },
  T28: { file: 'cases/guards/filing.ts', reason: '时效是立案条件，不是在走的期限' },
  T28h: { file: 'cases/guards/filing.ts', reason: '同上：立案时认定有危害后果的' },
  T25: { file: 'register/devices/decide-device-matter.ts', reason: '设备事项：故障报告' },
  T25r: { file: 'register/devices/decide-device-matter.ts', reason: '设备事项：故障修复' },
  T25b: { file: 'register/devices/decide-device-matter.ts', reason: '设备事项：停用、拆除申请的答复' },
  T25c: { file: 'register/devices/decide-device-matter.ts', reason: '设备事项：验收后登记' },
  T29: { file: 'delivery/record-receipt.ts', reason: '公告送达的视为送达日' },
};

const opened = new Map<ClockId, AnyState[]>();
for (const row of TRANSITIONS)
  for (const { clock, when } of row.opens) {
    const states = row.to.length > 0 ? row.to : row.from;
    // A result told after the investigation has ended opens no term.
    opened.set(clock, [...(opened.get(clock) ?? []), ...(when === 'UNDER_INVESTIGATION' ? states.filter((s) => s === 'INVESTIGATING' || s === 'SUSPENDED') : states)]);
  }

describe('没有一个时钟不挂在状态上', () => {
  it.each(CLOCK_IDS)('%s：有起点、终点、期限类型，挂在一个状态上，或者列明在别处', (clock) => {
    const rule = law.clock(clock, asId<RegionKey>('jiangsu'), calendarDay('2026-06-01'));
    expect([rule.startEvent, rule.stopEvent, rule.dayKind].every((text) => text !== '')).toBe(true);
    expect(opened.has(clock), clock).toBe(ELSEWHERE[clock] === undefined);
  });

  it.each(Object.entries(ELSEWHERE))('%s 确实由所列文件计', (clock, { file, reason }) => {
    expect(readFileSync(join(ROOT, file), 'utf8')).toContain(`'${clock}'`);
    expect(reason).not.toBe('');
  });

  it('在状态上打开的时钟，从那个状态出发走得到关它的一步；届满有法定后果的由平台自己记', () => {
    const endless = ['T18'];
    for (const [clock, states] of opened) {
      if (endless.includes(clock)) continue;
      const closers = TRANSITIONS.filter((row) => [...row.closes, ...row.cancels].includes(clock));
      for (const state of states) {
        const track = trackOf(state);
        const reach = reachableFrom(track, state);
        // T19 and T18 are ended on another track or by another module.
        expect(closers.some((row) => row.track !== track || row.from.some((from) => reach.has(from))), `${clock} from ${state}`).toBe(true);
      }
    }
    const deemed = CLOCK_IDS.filter((clock) => opened.has(clock) && law.clock(clock, asId<RegionKey>('jiangsu'), calendarDay('2026-06-01')).effect === 'DEEMED');
    for (const clock of deemed) expect(TRANSITIONS.some((row) => row.onExpiry?.includes(clock)), clock).toBe(true);
  });
});

describe('每个状态有来路、出路、办理人和文书', () => {
  it.each(TRACK_KEYS)('%s', (track) => {
    for (const state of statesOf(track)) {
      const entries = TRANSITIONS.filter((row) => row.to.includes(state) || (track === 'MAIN' && row.mainTo?.some((to) => to === state)) || row.sideTo?.includes(state));
      if (state !== TRACKS[track].initial) {
        expect(entries.length, `entry of ${state}`).toBeGreaterThan(0);
        expect(entries.every((row) => row.papers.length > 0 || row.posts !== undefined), `paper of ${state}`).toBe(true);
      }
      const exits = stepsFrom(track, state).filter((row) => row.to.some((to) => to !== state));
      if (STATE_TITLES[state].final === true) expect(exits, state).toEqual([]);
      else expect(exits.length, `exit of ${state}`).toBeGreaterThan(0);
      for (const row of exits) expect(row.actor, row.command).not.toBe('');
    }
  });

  it('状态名在各轨道之间不重复，中英文齐全', () => {
    const all = TRACK_KEYS.flatMap((track) => statesOf(track));
    expect(new Set(all).size).toBe(all.length);
    for (const state of all) expect([STATE_TITLES[state].zh, STATE_TITLES[state].en].every((text) => text.length > 1)).toBe(true);
  });
});

const trackOf = (state: AnyState): Track => TRACK_KEYS.find((track) => statesOf(track).includes(state)) ?? 'MAIN';

function reachableFrom(track: Track, start: AnyState): Set<AnyState> {
  const seen = new Set<AnyState>([start]);
  for (const state of seen) for (const row of stepsFrom(track, state)) for (const to of row.to) seen.add(to);
  return seen;
}
