import { instant } from '#kernel';
import { encodeFrame, type Frame, formatQn, parseHjTime } from './hj212/index.ts';

const TIMES: ReadonlySet<string> = new Set(['DataTime', 'BeginTime', 'EndTime', 'SystemTime', 'RestartTime']);

/**
 * A frame moved in time by `ms`: QN, the times of the data area and the CRC are written anew, all else stays as sent.
 * Frames that cannot be re-written safely (encrypted, or not ASCII) come back undefined.
 */
export function shiftFrame(frame: Frame, ms: number): Uint8Array | undefined {
  if (frame.encrypted || frame.encoding !== 'ascii') return undefined;
  const moved = (text: string): string => {
    const sent = text.trim();
    const at = parseHjTime(sent);
    if (at === undefined) return text;
    const full = formatQn(instant(at + ms));
    // Devices send 14 digits, 17, and lengths of their own; what follows the seconds stays theirs.
    return sent.length === 17 ? full : full.slice(0, 14) + sent.slice(14);
  };
  const header = frame.segment.head
    .split(';')
    .map((field) => (field.startsWith('QN=') ? `QN=${moved(field.slice(3))}` : field))
    .join(';');
  const cp = frame.cp
    .map((group) =>
      group
        .map((pair) => {
          const name = pair[0].trim();
          const isTime =
            TIMES.has(name) || name === 'i32006-Rtd' || name === 'i32006-Info' || name.endsWith('-SampleTime');
          return pair[1] === undefined ? pair[0] : `${pair[0]}=${isTime ? moved(pair[1]) : pair[1]}`;
        })
        .join(','),
    )
    .join(';');
  return encodeFrame(`${header}CP=&&${cp}&&`);
}
