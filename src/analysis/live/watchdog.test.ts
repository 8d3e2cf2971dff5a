import { describe, expect, it } from 'vitest';
import { asId, type OutfallId } from '#kernel';
import { modelById } from '../catalogue.ts';
import type { Context, Model } from '../contract.ts';
import { ModelHung, Watchdog } from './watchdog.ts';

const [O1, O2, O3, O4] = [asId<OutfallId>('O1'), asId<OutfallId>('O2'), asId<OutfallId>('O3'), asId<OutfallId>('O4')];
const b01 = modelById('B01') as Model;
const busy = (until: () => boolean): void => {
  for (let n = 0; !until(); ) n += Math.sqrt(n);
};
const nobody = {} as Context;

/** A model loops at this outfall; on a busy machine it may first be given more time. */
function hang(watchdog: Watchdog, outfall: OutfallId, model: Model): void {
  for (let tries = 0; tries < 9; tries++) {
    try {
      watchdog.run(outfall, () => {
        watchdog.asks(outfall, model);
        busy(() => false);
      });
    } catch (error) {
      if (error instanceof ModelHung) return;
    }
  }
  throw new Error('it was not stopped');
}

describe('看门狗 a model that does not come to an end', () => {
  it('is stopped, and asked no more at that outfall: it throws there, which is an EXCEPTION; elsewhere and others go on', () => {
    const watchdog = new Watchdog(40, 80);
    const lane = () => {
      watchdog.asks(O1, b01);
      try {
        busy(() => false);
      } catch {
        // A model's own catch does not keep it alive.
        busy(() => false);
      }
    };
    const errors: unknown[] = [];
    // On a busy machine it may first be given more time.
    while (!errors.some((error) => error instanceof ModelHung) && errors.length < 9) {
      try {
        watchdog.run(O1, lane);
      } catch (error) {
        errors.push(error);
      }
    }
    expect(errors.at(-1)).toBeInstanceOf(ModelHung);
    expect(() => watchdog.may(O1, b01).evaluate(nobody, b01.params)).toThrow(/B01@.+ did not come to an end at O1/);
    expect(watchdog.may(O2, b01)).toBe(b01);
    const c01 = modelById('C01') as Model;
    expect(watchdog.may(O1, c01)).toBe(c01);
    expect(watchdog.run(O1, () => 7)).toBe(7);
  });

  it('much work is no fault of the model that was asked last: it is given more time and done again', () => {
    const watchdog = new Watchdog(1_000, 60);
    const work = () => {
      const began = performance.now();
      watchdog.asks(O1, b01);
      busy(() => performance.now() - began > 100);
      return 'done';
    };
    expect(() => watchdog.run(O1, work)).toThrow(/120 ms/);
    const again = (left: number): string => {
      try {
        return watchdog.run(O1, work);
      } catch (error) {
        if (left === 0) throw error;
        return again(left - 1);
      }
    };
    expect(again(6)).toBe('done');
    expect(watchdog.may(O1, b01)).toBe(b01);
  });

  it('a version that loops at three outfalls is asked nowhere, so that it does not hold up each of thousands; a new version is', () => {
    const watchdog = new Watchdog(20, 50);
    for (const outfall of [O1, O2]) hang(watchdog, outfall, b01);
    expect(watchdog.may(O4, b01)).toBe(b01);
    hang(watchdog, O3, b01);
    expect(() => watchdog.may(O4, b01).evaluate(nobody, b01.params)).toThrow(/did not come to an end at O1, O2, O3/);
    const next: Model = { ...b01, version: `${b01.version}-next` };
    expect(watchdog.may(O1, next)).toBe(next);
  });

  it('more time is given to the outfall that needs it, within bounds, and until its work is done', () => {
    const watchdog = new Watchdog(1e9, 10);
    const given = (outfall: OutfallId, work = () => busy(() => false)): number => {
      try {
        watchdog.run(outfall, work);
        return 0;
      } catch (error) {
        return Number(/given (\d+) ms/u.exec(String(error))?.[1]);
      }
    };
    // On a busy machine even nothing may take too long.
    const finishes = (outfall: OutfallId) => Array.from({ length: 9 }).some(() => given(outfall, () => undefined) === 0);
    expect([given(O1), given(O1), given(O1), given(O1), given(O1), given(O1)]).toEqual([20, 40, 80, 160, 160, 160]);
    expect(finishes(O2)).toBe(true);
    expect([given(O2), given(O1)]).toEqual([20, 160]);
    expect(finishes(O1)).toBe(true);
    expect(given(O1)).toBe(20);
  });

  it('passes on what the work throws', () => {
    expect(() => new Watchdog().run(O1, () => { throw new RangeError('x'); })).toThrow(RangeError);
  });
});
