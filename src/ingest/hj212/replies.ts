import { kindOfCommand } from './commands.ts';
import { flagValue } from './edition.ts';
import type { Group, SegmentFields } from './encode.ts';
import type { Frame } from './message.ts';

/** QnRtn: what becomes of a request (HJ 212-2017 附录, 2005 has 1 to 3 only). */
export const QN_RTN = {
  READY: '1',
  REFUSED: '2',
  WRONG_PASSWORD: '3',
  WRONG_MN: '4',
  WRONG_ST: '5',
  WRONG_FLAG: '6',
  WRONG_QN: '7',
  WRONG_CN: '8',
  WRONG_CRC: '9',
  UNKNOWN: '100',
} as const;

/** ExeRtn: how a request ended. */
export const EXE_RTN = {
  DONE: '1',
  FAILED: '2',
  WRONG_CONDITIONS: '3',
  TIMEOUT: '4',
  BUSY: '5',
  FAULT: '6',
  NO_DATA: '100',
} as const;

/**
 * The answer a frame asks for, or null when it wants none. ST 91, the QN, PW and MN of the frame answered, Flag of the
 * same edition without the answer bit. 2005 repeats QN, CN, PNO and PNUM inside CP instead.
 */
export function replyTo(frame: Frame): SegmentFields | null {
  const kind = kindOfCommand(frame.cn, frame.edition);
  if (kind === 'answer') return null;
  // 2025 notices want 9013 whatever the bit says: a device that is signing on would wait for ever.
  if (!frame.ack && !(kind === 'notice' && frame.edition === '2025')) return null;
  const cn = kind === 'data' ? '9014' : kind === 'notice' ? '9013' : '9011';
  if (frame.edition === '2005') return reply2005(frame, cn);
  const cp: Group[] = kind === 'request' ? [[['QnRtn', QN_RTN.REFUSED]]] : [];
  return {
    qn: frame.qn ?? undefined,
    st: '91',
    cn,
    pw: frame.pw ?? undefined,
    mn: frame.mn ?? undefined,
    flag: flagValue(frame.edition),
    cp,
  };
}

function reply2005(frame: Frame, cn: string): SegmentFields {
  const groups: Group[] = [];
  if (frame.qn !== null) groups.push([['QN', frame.qn]]);
  groups.push([['CN', frame.cn]]);
  if (frame.pno !== null) groups.push([['PNO', String(frame.pno)]]);
  if (frame.pnum !== null) groups.push([['PNUM', String(frame.pnum)]]);
  return {
    st: '91',
    cn,
    pw: frame.pw ?? undefined,
    mn: frame.mn ?? undefined,
    flag: flagValue('2005'),
    cp: groups,
  };
}
