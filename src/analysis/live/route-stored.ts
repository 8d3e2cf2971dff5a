import type { OutfallId } from '#kernel';
import type { JournalFrame } from '#ingest';
import { factsOf } from '#quality';
import type { Registry } from '#register';
import { chosen, FrameArrival } from '../route-frames.ts';
import type { OutfallSetup } from '../setup.ts';
import { FRAME, type NamedArrival } from './named-arrival.ts';

export interface RoutedFrame {
  readonly outfall: OutfallId;
  readonly named: NamedArrival;
}

/** What a frame of the journal tells each outfall it reports for; nothing where it does not count or nobody is registered. */
export function routeStored(frame: JournalFrame, registry: Registry, profilesOf: (id: OutfallId) => OutfallSetup['profiles'] | undefined): RoutedFrame[] {
  const { message, row } = frame;
  if (message === null || message.mn === null) return [];
  return chosen(registry.deviceOf(message.mn), message.st).flatMap((device) =>
    device.outfalls.flatMap((outfall) => {
      const profiles = profilesOf(outfall);
      if (profiles === undefined) return [];
      const facts = factsOf(message, profiles[device.role]);
      return [{ outfall, named: { ref: `${FRAME}${frame.seq}`, arrival: new FrameArrival(frame.arrivedAt, facts, row.raw) } }];
    }),
  );
}
