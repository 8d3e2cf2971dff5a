import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asId, type AccountId } from '#kernel';
import { own } from '#law';
import { conflictOf, DUTIES, SEPARATIONS, type Duty, type PastAct } from './duties.ts';

const person = (id: string) => ({ accountId: asId<AccountId>(id) });
const act = (id: string, duty: Duty): PastAct => ({ accountId: asId<AccountId>(id), duty });
const duties = Object.keys(DUTIES) as Duty[];
const anyDuty = fc.constantFrom(...duties);
const anyAct = fc.record({ accountId: fc.constantFrom('a', 'b', 'c').map((id) => asId<AccountId>(id)), duty: anyDuty });

describe('separation of duties sec:X14', () => {
  it('[JS-7.1] 研判人员不得审核自己研判的线索', () => {
    const refusal = conflictOf([act('a', 'analyst')], person('a'), 'data-reviewer');
    expect(refusal).toMatchObject({ code: 'ACCESS-010', basis: own('duties') });
    expect(refusal?.zh).toContain('线索研判人');
  });

  it('lets another person do it, and the same person do it twice', () => {
    expect(conflictOf([act('a', 'analyst')], person('b'), 'data-reviewer')).toBeUndefined();
    expect(conflictOf([act('a', 'investigator')], person('a'), 'investigator')).toBeUndefined();
  });

  it('有利害关系的人员不得承担任何职责', () => {
    for (const duty of duties) expect(conflictOf([act('a', 'interested')], person('a'), duty)?.code).toBe('ACCESS-011');
  });

  it('is symmetric: whichever of two duties came first, the second is refused', () => {
    for (const { between: [a, b] } of SEPARATIONS) {
      expect(conflictOf([act('p', a)], person('p'), b)?.code).toBe('ACCESS-010');
      expect(conflictOf([act('p', b)], person('p'), a)?.code).toBe('ACCESS-010');
    }
  });

  it('agrees with a second, plain reading of the table over any history', () => {
    const pairs = new Set(SEPARATIONS.flatMap(({ between: [a, b] }) => [`${a}|${b}`, `${b}|${a}`]));
    fc.assert(
      fc.property(fc.array(anyAct, { maxLength: 12 }), anyDuty, (history, duty) => {
        const own = history.filter((past) => past.accountId === 'a').map((past) => past.duty);
        const expected = own.includes('interested') || own.some((past) => pairs.has(`${past}|${duty}`));
        expect(conflictOf(history, person('a'), duty) !== undefined).toBe(expected);
      }),
    );
  });

  it('never depends on what other people did', () => {
    fc.assert(
      fc.property(fc.array(anyAct, { maxLength: 12 }), anyDuty, (history, duty) => {
        const others = history.filter((past) => past.accountId !== 'a');
        expect(conflictOf(others, person('a'), duty)).toBeUndefined();
      }),
    );
  });
});
