import type { Clock } from '#kernel';
import type { BlobStore } from '#platform/blobs';
import type { Config } from '#platform/config';
import type { Database } from '#platform/db';
import type { Logger } from '#platform/log';
import type { Series } from '#platform/series';

/** What every process has; modules add their own needs to it. */
export interface PlatformDeps {
  readonly db: Database;
  readonly series: Series;
  readonly clock: Clock;
  readonly log: Logger;
  readonly blobs: BlobStore;
  readonly config: Config;
}
