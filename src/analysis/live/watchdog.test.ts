import { describe, expect, it } from 'vitest';
import { asId, type OutfallId } from '#kernel';
import { modelById } from '../catalogue.ts';
import type { Context, Model } from '../contract.ts';
import { ModelHung, Watchdog } from './watchdog.ts';

const [O1, O2] = [asId<OutfallId>('O1'), asId<OutfallId>('O2')];
const b01 = modelById('B01') as Model;
const busy = (until: () => boolean): void => {
  for (let n = 0; !until(); ) n += Math.sqrt(n);
};
const nobody = {} as Context;

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
        watchdog.run(lane);
      } catch (error) {
        errors.push(error);
      }
    }
    expect(errors.at(-1)).toBeInstanceOf(ModelHung);
    expect(() => watchdog.may(O1, b01).evaluate(nobody, b01.params)).toThrow(/B01 did not come to an end at O1/);
    expect(watchdog.may(O2, b01)).toBe(b01);
    const c01 = modelById('C01') as Model;
    expect(watchdog.may(O1, c01)).toBe(c01);
    expect(watchdog.run(() => 7)).toBe(7);
  });

  it('much work is no fault of the model that was asked last: it is given more time and done again', () => {
    const watchdog = new Watchdog(1_000, 60);
    const work = () => {
      const began = performance.now();
      watchdog.asks(O1, b01);
      busy(() => performance.now() - began > 100);
      return 'done';
    };
    expect(() => watchdog.run(work)).toThrow(/120 ms/);
    const again = (left: number): string => {
      try {
        return watchdog.run(work);
      } catch (error) {
        if (left === 0) throw error;
        return again(left - 1);
      }
    };
    expect(again(6)).toBe('done');
    expect(watchdog.may(O1, b01)).toBe(b01);
  });

  it('passes on what the work throws', () => {
    expect(() => new Watchdog().run(() => { throw new RangeError('x'); })).toThrow(RangeError);
  });
});
