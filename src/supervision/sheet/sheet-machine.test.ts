import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { platformActor, type Actor, type Role } from '#access';
import { asId, type AccountId, type RegionKey } from '#kernel';
import { decideStep, isLate, measureFor } from './decide-sheet.ts';
import { ACTS, SHEET_STATES, SHEET_TRANSITIONS, type SheetAct, type SheetState } from './sheet-machine.ts';

const region = asId<RegionKey>('jiangsu');
const states = Object.keys(SHEET_STATES) as SheetState[];
const acts = Object.keys(ACTS) as SheetAct[];
const person = (role: Role): Actor => ({ accountId: asId<AccountId>('p'), name: '甲', roles: [role], region });
const everyone: Actor[] = [platformActor(region), person('unit-user'), person('monitoring-control'), person('panel-member')];

describe('the sheet machine', () => {
  it('every state has an entry, an exit or an end, an actor and its paper', () => {
    for (const state of states) {
      const entries = SHEET_TRANSITIONS.filter((row) => row.to === state);
      const exits = SHEET_TRANSITIONS.filter((row) => row.from === state);
      expect(entries.length, `entry of ${state}`).toBeGreaterThan(0);
      if (state !== 'REFERRED' && state !== 'ESTABLISHED') expect(exits.length, `exit of ${state}`).toBeGreaterThan(0);
      for (const row of entries) expect(row.actor.length * row.paper.length * row.basis.length, `${row.act} ${state}`).toBeGreaterThan(0);
    }
  });

  it('has one row for a state and an act: nothing is ambiguous', () => {
    const keys = SHEET_TRANSITIONS.map((row) => `${row.from}/${row.act}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('from every open state some path leads to an end', () => {
    for (const start of states) {
      const seen = new Set<SheetState>([start]);
      for (let grew = true; grew; ) {
        const next = SHEET_TRANSITIONS.filter((row) => row.from !== 'START' && seen.has(row.from) && !seen.has(row.to)).map((row) => row.to);
        next.forEach((state) => seen.add(state));
        grew = next.length > 0;
      }
      expect([...seen].some((state) => !SHEET_STATES[state].open)).toBe(true);
    }
  });

  it('only control staff can end a sheet whose answer is in; the unit and the platform cannot', () => {
    for (const act of ['explain', 'accept'] as const) {
      for (const actor of everyone) {
        const allowed = actor.roles.includes('monitoring-control');
        expect(decideStep('FEEDBACK_RECEIVED', act, actor).ok).toBe(allowed);
      }
    }
  });

  it('any walk of acts stays inside the table', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...acts), fc.constantFrom(...everyone)), { maxLength: 30 }), (walk) => {
        let state: SheetState | 'START' = 'START';
        for (const [act, actor] of walk) {
          const step = decideStep(state, act, actor);
          if (!step.ok) continue;
          expect(SHEET_TRANSITIONS).toContainEqual(expect.objectContaining({ from: state, act, to: step.value.to }));
          state = step.value.to;
        }
      }),
    );
  });
});

describe('lapses', () => {
  it('[NMG-3.1c] 首次提醒、二次警示、三次约谈；约谈过的不再重复约谈，按地区规定移交', () => {
    const ladder = ['REMIND', 'WARN', 'TALK'] as const;
    expect([0, 1, 2, 3, 9].map((n) => measureFor(n, ladder))).toEqual(['REMIND', 'WARN', 'TALK', 'TALK', 'TALK']);
    expect([0, 1, 2, 9].map((n) => measureFor(n, ladder, 'ENFORCE'))).toEqual(['REMIND', 'WARN', 'ENFORCE', 'ENFORCE']);
  });

  it('an answer at the very hour is in time', () => {
    expect(isLate(1000 as never, 1000 as never)).toBe(false);
    expect(isLate(1000 as never, 1001 as never)).toBe(true);
    expect(isLate(null, 1001 as never)).toBe(false);
  });
});
