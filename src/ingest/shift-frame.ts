import { instant, type Instant } from '#kernel';
import { encodeFrame, type Frame, formatHjTime, formatQn, parseHjTime } from './hj212/index.ts';

const TIMES: ReadonlySet<string> = new Set(['DataTime', 'BeginTime', 'EndTime', 'SystemTime', 'RestartTime']);

/**
 * A frame moved in time by `ms`: QN, the times of the data area and the CRC are written anew, all else stays as sent
 * (R20). Frames that cannot be re-written safely (encrypted, or not ASCII) come back undefined.
 */
export function shiftFrame(frame: Frame, ms: number): Uint8Array | undefined {
  if (frame.encrypted || frame.encoding !== 'ascii') return undefined;
  const moved = (text: string, format: (at: Instant) => string): string => {
    const at = parseHjTime(text.trim());
    if (at === undefined) return text;
    const full = format(instant(at + ms));
    return text.trim().length >= full.length ? full : full.slice(0, text.trim().length);
  };
  const header = frame.segment.head
    .split(';')
    .map((field) => (field.startsWith('QN=') ? `QN=${moved(field.slice(3), formatQn)}` : field))
    .join(';');
  const cp = frame.cp
    .map((group) =>
      group
        .map((pair) => {
          const name = pair[0].trim();
          const isTime = TIMES.has(name) || name === 'i32006-Rtd' || name === 'i32006-Info' || name.endsWith('-SampleTime');
          return pair[1] === undefined ? pair[0] : `${pair[0]}=${isTime ? moved(pair[1], formatHjTime) : pair[1]}`;
        })
        .join(','),
    )
    .join(';');
  return encodeFrame(`${header}CP=&&${cp}&&`);
}
