import { encodeFrame } from '#ingest/hj212';
import { dataTime, qn, timeAt, type Grid } from '../grid.ts';
import { factorRow } from '../plants/factors.ts';
import type { FactorCode } from '../plants/industry.ts';
import { at } from '../processes.ts';
import type { Channel, HourChannel, Hours, Site } from '../world.ts';
import { flagText } from './flags.ts';
import { quantise } from './quantise.ts';

const PASSWORD = '123456';
/** HJ 212-2017 §6.3: a data segment over 1,024 characters is split. */
export const SEGMENT_MAX = 1024;

export interface Message {
  readonly st: string;
  readonly cn: string;
  readonly mn: string;
  /** Device time at which it is sent: the QN. */
  readonly sentAt: number;
  readonly dataTime: string;
  /** Items of the data area after DataTime, each already `name=value,name=value`. */
  readonly items: readonly string[];
}

/** Text of one frame without its line end, as a capture keeps it. */
const frameText = (segment: string): string => {
  const bytes = encodeFrame(segment);
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length - 2).toString('latin1');
};

const segmentOf = (m: Message, sentAt: number, flag: number, part: string, items: readonly string[]): string =>
  `QN=${qn(sentAt)};ST=${m.st};CN=${m.cn};PW=${PASSWORD};MN=${m.mn};Flag=${flag};${part}CP=&&DataTime=${m.dataTime}${items.length > 0 ? ';' : ''}${items.join(';')}&&`;

/**
 * Frames of a message: one, or several with PNUM and PNO when the segment would pass 1,024 characters. Every frame asks
 * for an answer (Flag 5 or 7). Parts repeat CN, MN and DataTime and have a QN of their own, one millisecond apart.
 */
export function toFrames(m: Message): string[] {
  const whole = segmentOf(m, m.sentAt, 5, '', m.items);
  if (whole.length <= SEGMENT_MAX) return [frameText(whole)];
  const room = SEGMENT_MAX - segmentOf(m, m.sentAt, 7, 'PNUM=99;PNO=99;', []).length;
  const parts: string[][] = [[]];
  let used = 0;
  for (const item of m.items) {
    if (used + item.length + 1 > room) {
      parts.push([]);
      used = 0;
    }
    parts.at(-1)?.push(item);
    used += item.length + 1;
  }
  return parts.map((items, k) => frameText(segmentOf(m, m.sentAt + k, 7, `PNUM=${parts.length};PNO=${k + 1};`, items)));
}

/** System type of the medium: 31 flue gas, 32 wastewater. */
const systemType = (site: Site): string => (site.medium === 'gas' ? '31' : '32');

/** 2051 of one step: Avg and Flag of every factor, SampleTime of analysed ones. */
export function minuteMessage(
  site: Site, grid: Grid, channels: ReadonlyMap<FactorCode, Channel>, sampled: Float64Array, i: number, sentAt: number, clock: number,
): Message {
  const items: string[] = [];
  for (const [factor, { instrument, values, flags }] of channels) {
    const sample = factorRow(factor).analysed ? `,${factor}-SampleTime=${dataTime(at(sampled, i) + clock)}` : '';
    items.push(`${factor}-Avg=${at(values, i).toFixed(instrument.decimals)},${factor}-Flag=${flagText(flags[i])}${sample}`);
  }
  return { st: systemType(site), cn: '2051', mn: site.mn, sentAt: sentAt + clock, dataTime: dataTime(timeAt(grid, i) + clock), items };
}

/** 2061 of one hour. `factors` multiplies the values of a factor where a message is sent anew with other numbers. */
export function hourMessage(
  site: Site, grid: Grid, hours: Hours, channels: ReadonlyMap<FactorCode, Channel>, sampled: Float64Array,
  h: number, sentAt: number, clock: number, factors?: ReadonlyMap<FactorCode, number>,
): Message {
  const items: string[] = [];
  for (const [factor, hour] of hours.channels) {
    const instrument = channels.get(factor)?.instrument;
    if (instrument === undefined) continue;
    const sample = factorRow(factor).analysed
      ? `,${factor}-SampleTime=${dataTime(at(sampled, h * grid.perHour + grid.perHour - 1) + clock)}` : '';
    items.push(hourItem(factor, hour, h, instrument.resolution, instrument.decimals, factors?.get(factor) ?? 1) + sample);
  }
  const start = timeAt(grid, h * grid.perHour);
  return { st: systemType(site), cn: '2061', mn: site.mn, sentAt: sentAt + clock, dataTime: dataTime(start + clock), items };
}

function hourItem(factor: FactorCode, hour: HourChannel, h: number, q: number, decimals: number, m: number): string {
  const text = (values: Float64Array): string => (m === 1 ? at(values, h) : quantise(at(values, h) * m, q)).toFixed(decimals);
  let item = '';
  const cou = at(hour.cou, h);
  if (!Number.isNaN(cou)) item += `${factor}-Cou=${(cou * m).toFixed(factor === 'a00000' ? 1 : 4)},`;
  item += `${factor}-Min=${text(hour.min)},${factor}-Avg=${text(hour.avg)},${factor}-Max=${text(hour.max)}`;
  if (!Number.isNaN(at(hour.zsAvg, h))) {
    item += `,${factor}-ZsMin=${text(hour.zsMin)},${factor}-ZsAvg=${text(hour.zsAvg)},${factor}-ZsMax=${text(hour.zsMax)}`;
  }
  return `${item},${factor}-Flag=${flagText(hour.flags[h])}`;
}
