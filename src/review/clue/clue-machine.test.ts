import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ROLES, type Role } from '#access';
import { asId, type AccountId } from '#kernel';
import { ACTS, CLUE_STATES, CLUE_TRANSITIONS, type ClueAct, type ClueState } from './clue-machine.ts';
import { MODELS, REVIEW_ROUTES, type ReviewRoute } from './decide-route.ts';
import { decideStep } from '../finding/decide-review.ts';
import type { ClueStep } from '../store/clues.ts';
import { versionDecidedOn } from './take-up-clue.ts';

const states = Object.keys(CLUE_STATES) as ClueState[];
const acts = Object.keys(ACTS) as ClueAct[];
const roles = Object.keys(ROLES) as Role[];
const person = (role: Role) => ({ accountId: asId<AccountId>('p'), roles: [role] });
const platform = { accountId: asId<AccountId>('platform'), roles: [] };

describe('the clue machine', () => {
  it('every state has an entry, an exit or an end, an actor and its paper', () => {
    for (const state of states) {
      const entries = CLUE_TRANSITIONS.filter((row) => row.to === state);
      expect(entries.length, `entry of ${state}`).toBeGreaterThan(0);
      if (state !== 'HANDED_OVER') expect(CLUE_TRANSITIONS.some((row) => row.from === state), `exit of ${state}`).toBe(true);
      for (const row of entries) expect(Math.min(row.actors.length, row.paper.length, row.basis.length), `${row.act} ${state}`).toBeGreaterThan(0);
    }
  });

  it('has one row for a state and an act, and uses every act', () => {
    const keys = CLUE_TRANSITIONS.map((row) => `${row.from}/${row.act}`);
    expect(new Set(keys).size).toBe(keys.length);
    for (const act of acts) expect(CLUE_TRANSITIONS.some((row) => row.act === act), act).toBe(true);
  });

  it('[JS-25.1] 已列入清单、审核通过或已移送的线索不能不经程序而消失', () => {
    for (const state of ['LISTED', 'REVIEW_PASSED', 'HANDED_OVER'] as const) {
      for (const row of CLUE_TRANSITIONS.filter((r) => r.from === state)) expect(CLUE_STATES[row.to].closed, `${state} ${row.act}`).toBe(false);
    }
  });

  it('closing is always the act of a person, except where ④ has already closed it sec:X15', () => {
    const closing = CLUE_TRANSITIONS.filter((row) => CLUE_STATES[row.to].closed && row.actors.includes('platform'));
    expect(new Set(closing.map((row) => row.act))).toEqual(new Set(['explain']));
  });

  it('every closed state can be opened again', () => {
    for (const state of states.filter((s) => CLUE_STATES[s].closed)) expect(decideStep(state, 'reopen', person('panel-member')).ok, state).toBe(true);
  });

  it('[JS-10.5] 巡查线索不经专班直送审核小组，平台线索必须先经专班', () => {
    expect(decideStep('START', 'report', person('enforcement-officer'))).toMatchObject({ ok: true, value: { to: 'LISTED' } });
    expect(decideStep('START', 'report', platform).ok).toBe(false);
    for (const route of Object.keys(REVIEW_ROUTES) as ReviewRoute[]) {
      const model = Object.values(MODELS).find((row) => row.route === route);
      const listed = decideStep('SUPERVISED', 'submit', platform, { route, body: model?.review ?? 'REVIEW' });
      expect(listed.ok, route).toBe(route === 'CONTROL_RECHECK' || route === 'LAB_REPORT' || route === 'PATROL');
    }
  });

  it('no role outside the table moves anything, on any walk', () => {
    const anyone = fc.oneof(fc.constantFrom(...roles).map(person), fc.constant(platform));
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...acts), anyone), { maxLength: 40 }), (walk) => {
        let state: ClueState | 'START' = 'START';
        for (const [act, actor] of walk) {
          const step = decideStep(state, act, actor);
          const row = CLUE_TRANSITIONS.find((r) => r.from === state && r.act === act);
          const may = row?.actors.some((who) => (who === 'platform' ? actor.accountId === 'platform' : (actor.roles as readonly string[]).includes(who))) ?? false;
          expect(step.ok).toBe(may);
          if (step.ok) state = step.value.to;
        }
      }),
    );
  });

  it('the version people decided about is the last the pool followed: what grows after the list is not part of it', () => {
    const step = (act: ClueStep['act'], from: ClueState | null, version?: number) => ({ act, from, detail: version === undefined ? {} : { version } });
    const listed = { route: 'PANEL_LIST' } as const;
    expect(versionDecidedOn([], listed)).toBeUndefined();
    const taken = [step('to-panel', null, 2), step('grow', 'PANEL_ANALYSIS', 4), step('list', 'PANEL_ANALYSIS')];
    expect(versionDecidedOn(taken, listed)).toBe(4);
    const grown = [...taken, step('grow', 'LISTED', 6), step('grow', 'HANDED_OVER', 9)];
    expect(versionDecidedOn(grown, listed)).toBe(4);
    // What the platform alone put before the laboratory grows until the laboratory takes it.
    expect(versionDecidedOn(grown, { route: 'LAB_REPORT' })).toBe(6);
  });
});
