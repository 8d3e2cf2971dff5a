import { HOUR, MINUTE, instant, type Instant } from '#kernel';

export const IDLE_LIMIT = 30 * MINUTE;
export const ABSOLUTE_LIMIT = 12 * HOUR;

/** A right password opens a session; it stands open for a new password, the second factor, or enrolling one, for ten minutes. */
export type Stage = 'full' | 'second-factor' | 'enrol' | 'new-password';
export const WAITING_LIMIT = 10 * MINUTE;

export interface SessionTimes {
  readonly stage: Stage;
  readonly createdAt: Instant;
  readonly seenAt: Instant;
  readonly endedAt: Instant | null;
}

/** Valid while not ended, used within 30 minutes and not older than 12 hours; ten minutes while it waits. */
export const isAlive = (session: SessionTimes, now: Instant): boolean =>
  session.endedAt === null && now - session.seenAt < IDLE_LIMIT && now - session.createdAt < (session.stage === 'full' ? ABSOLUTE_LIMIT : WAITING_LIMIT);

/** A browser keeps `__Host-` cookies only over TLS, bound to host and path. */
export const cookieName = (tls: boolean): string => (tls ? '__Host-mingjian' : 'mingjian');

const cookieOptions = (tls: boolean) =>
  ({ httpOnly: true, sameSite: 'strict', path: '/', secure: tls, maxAge: ABSOLUTE_LIMIT / 1000 }) as const;

/** The cookie of a session, as `setCookie` takes it. */
export const cookieFor = (tls: boolean, token: string) => [cookieName(tls), token, cookieOptions(tls)] as const;

export const LOCK_FOR = 15 * MINUTE;
/** Per name typed. A whole office may share one address, so a source gets more tries. */
export const TRIES = { login: 5, source: 30 } as const;

export interface Attempts {
  readonly failures: number;
  readonly firstAt: Instant;
  readonly lockedUntil: Instant | null;
}

export const isLocked = (attempts: Attempts | undefined, now: Instant): boolean =>
  attempts?.lockedUntil !== undefined && attempts.lockedUntil !== null && attempts.lockedUntil > now;

/** The counter after one more failure; a window of 15 minutes starts anew when it or a lock has run out. */
export function afterFailure(attempts: Attempts | undefined, limit: number, now: Instant): Attempts {
  const fresh =
    attempts === undefined ||
    now - attempts.firstAt >= LOCK_FOR ||
    (attempts.lockedUntil !== null && attempts.lockedUntil <= now);
  const failures = fresh ? 1 : attempts.failures + 1;
  const firstAt = fresh ? now : attempts.firstAt;
  return { failures, firstAt, lockedUntil: failures >= limit ? instant(now + LOCK_FOR) : null };
}
