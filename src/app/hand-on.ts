import { governanceHandlers } from '#analysis';
import { archiveHandlers } from '#archive';
import { casesHandlers } from '#cases';
import { deliveryHandlers, messageHandlers } from '#delivery';
import { disclosureHandlers } from '#disclosure';
import { documentsHandlers } from '#documents';
import { makeCheckpoint } from '#evidence';
import { drainOutbox } from '#platform/outbox';
import { deviceHandlers } from '#register';
import { reviewHandlers } from '#review';
import { quotaHandlers, supervisionHandlers } from '#supervision';
import type { Domain } from './compose-domain.ts';

/** Who reacts to what, of all modules. */
export const HANDLERS = [
  deviceHandlers, governanceHandlers, documentsHandlers, deliveryHandlers, messageHandlers, supervisionHandlers, quotaHandlers, reviewHandlers, casesHandlers, archiveHandlers,
  disclosureHandlers,
].flatMap((handlers) => handlers.map(({ on, name }) => ({ on, name })));

/** Gives waiting events to the steps they are for; the modules stay apart, so each has its own dependencies. */
export async function handOn(domain: Domain): Promise<number> {
  const { platform, supervision, review, cases } = domain;
  const messages = { ...platform, channels: domain.channels };
  const rounds = [
    await drainOutbox(platform, deviceHandlers),
    await drainOutbox(platform, governanceHandlers),
    await drainOutbox(platform, documentsHandlers),
    await drainOutbox(platform, deliveryHandlers),
    await drainOutbox(messages, messageHandlers),
    await drainOutbox(supervision, supervisionHandlers),
    await drainOutbox(supervision, quotaHandlers),
    await drainOutbox(review, reviewHandlers),
    await drainOutbox(cases, casesHandlers),
    await drainOutbox(domain.freezing, archiveHandlers),
    await drainOutbox(domain.disclosure, disclosureHandlers),
  ];
  return rounds.reduce((sum, handled) => sum + handled, 0);
}

/** Signs heads until every leaf lies under one. */
export async function seal(domain: Domain): Promise<void> {
  for (let more = true; more; ) {
    const outcome = await makeCheckpoint(domain.evidence);
    more = outcome.made && outcome.more;
  }
}
