import type { Clock } from '#kernel';
import type { Database } from '#platform/db';
import type { Logger } from '#platform/log';

export interface GovernanceDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Logger;
}
