import { expect, it } from 'vitest';
import { HOUR, instant } from '#kernel';
import { outagesIn, silencesIn } from './reception.ts';

const at = (hours: number) => instant(hours * HOUR);
const heard = (...hours: number[]) => new Set(hours.map(at));

it('一台设备没有报文，平台收到其他设备的，不是平台中断；谁都没有收到的，才是', () => {
  const [silence, ...others] = silencesIn([at(9.5), at(0.5), at(1), at(2.9)]);
  expect([silence, others]).toEqual([{ from: at(2.9), to: at(9.5) }, []]);
  expect(outagesIn(silence!, heard(3, 4, 5, 6, 7, 8))).toEqual([]);
  expect(outagesIn(silence!, heard(3, 5, 7, 8))).toEqual([]);
  expect(outagesIn(silence!, heard(3, 7))).toEqual([{ from: at(4), to: at(7) }]);
  expect(outagesIn(silence!, heard())).toEqual([{ from: at(3), to: at(9) }]);
});
