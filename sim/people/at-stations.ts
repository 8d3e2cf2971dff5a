import type { LiveRecords } from '../live.ts';
import { unitLoginOf, type Troupe } from './habits.ts';

/** The simulator's words for a mark, in the codes of the marking rules. */
const MARK_CODES: Readonly<Record<string, string>> = {
  stop: 'OUT_OF_SERVICE', shut_down: 'SHUT_DOWN', start_up: 'START_UP', maintenance: 'CEMS_MAINTENANCE', analyser_fault: 'CEMS_MAINTENANCE', comm_break: 'COMM_BREAK',
};

const rfc3339 = (at: number): string => new Date(Math.round(at)).toISOString();

/** What people, not devices, have to tell: units submit their marks, camera events come in. */
export async function tellRecords(cast: Troupe, records: readonly LiveRecords[]): Promise<void> {
  for (const { outfall, enterprise, marks, video } of records) {
    for (const { kind, start, end, reason } of marks) {
      const body = { outfall, kind: MARK_CODES[kind] ?? 'CEMS_MAINTENANCE', from: rfc3339(start), to: rfc3339(end), reason };
      await cast.act(unitLoginOf(enterprise), '/api/marks', body);
    }
    for (const { start, end, camera, event } of video) {
      await cast.act('monitor', '/api/video-events', { outfall, camera, kind: event, startAt: rfc3339(start), endAt: rfc3339(end) });
    }
  }
}
