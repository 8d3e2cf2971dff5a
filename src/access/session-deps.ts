import type { Clock, Instant } from '#kernel';
import type { Database } from '#platform/db';
import type { SecretBox } from '#platform/secrets';
import type { Seal } from './act-leaf.ts';

/** What sign-in and sessions work with. */
export interface SessionDeps {
  readonly db: Database;
  /** The platform's clock: it says which certificates are valid today. */
  readonly clock: Clock;
  /** Time of sessions, locks and one-time codes, where it differs: moving a demonstration's clock must not sign people out. */
  readonly sessionClock?: Clock;
  /** Several sign-ins of one demonstration account may live side by side: the cast and a visitor share it. */
  readonly manySessions?: boolean;
  /** False: no demonstration runs here, and accounts of one, whose password is published, open no door. */
  readonly demonstration?: boolean;
  /** Real decisions are made here: all staff need a second factor unless a rule says otherwise. */
  readonly production?: boolean;
  /** Seals the secrets of second factors; opened when first needed. */
  readonly box: () => SecretBox;
  /** Where acts about people and rights are fixed; the module itself knows no evidence log. */
  readonly seal: Seal;
  /** Address under which browsers reach us, where it is not the host they name. */
  readonly origin?: string | undefined;
}

export const sessionNow = (deps: Pick<SessionDeps, 'clock' | 'sessionClock'>): Instant => (deps.sessionClock ?? deps.clock).now();
