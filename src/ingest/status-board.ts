import type { Instant } from '#kernel';
import type { Database } from '#platform/db';
import { type Frame, parseHjTime } from './hj212/index.ts';
import { saveStatus, type StatusRow } from './store/status.ts';

/**
 * When each device was last heard. Kept in memory and saved now and then: a projection for screens, which must not
 * cost a write per frame.
 */
export class StatusBoard {
  readonly #db: Database;
  readonly #rows = new Map<string, StatusRow>();

  constructor(db: Database) {
    this.#db = db;
  }

  note(frame: Frame, receivedAt: Instant, peer: string): void {
    if (frame.mn === null || frame.mn === '' || frame.mn.length > 64) return;
    const earlier = this.#rows.get(frame.mn);
    const qnAt = frame.qn === null ? undefined : parseHjTime(frame.qn);
    this.#rows.set(frame.mn, {
      mn: frame.mn,
      lastAt: Math.max(receivedAt, earlier?.lastAt ?? 0),
      lastDataAt: frame.dataAt ?? earlier?.lastDataAt ?? null,
      lastCn: frame.cn.slice(0, 16),
      lastPeer: peer,
      clockOffset: qnAt === undefined ? null : qnAt - receivedAt,
      frames: (earlier?.frames ?? 0) + 1,
    });
  }

  /** Adds what was noted since the last time, the longest unsaved devices first; at most `limit` of them. */
  async save(limit = Number.POSITIVE_INFINITY): Promise<void> {
    const rows: StatusRow[] = [];
    for (const [mn, row] of this.#rows) {
      if (rows.length >= limit) break;
      rows.push(row);
      this.#rows.delete(mn);
    }
    if (rows.length > 0) await saveStatus(this.#db, rows);
  }
}
