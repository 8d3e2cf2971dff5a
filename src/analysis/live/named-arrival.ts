import { hash } from 'node:crypto';
import { DAY } from '#kernel';
import { LONGEST_TOLD_DAYS, WINDOW_DAYS, type Arrival, type Fact } from '#quality';

/** An arrival with the name under which it is found again when the fold is recomputed. */
export interface NamedArrival {
  readonly ref: string;
  readonly arrival: Arrival;
}

/** Names of frames begin so; facts of the register and of files bear other names. */
export const FRAME = 'f';

/** Words enough that no two facts of an outfall share them. */
const WORDS = 16;

/** A fact of the register or of a file under a name that is the same for the same content: told again with other content, it is news. */
export const named = (arrival: Arrival): NamedArrival => ({
  ref: `${arrival.order} ${arrival.knownAt} ${hash('sha256', JSON.stringify(arrival.facts), 'base64url').slice(0, WORDS)}`, arrival,
});

export const holdsHour = (arrival: Arrival): boolean => arrival.facts.some((fact) => fact.kind === 'hour');

/** Until when something may be made of a fact, with a day to spare; what was filed and what was calibrated holds until something else does. */
function usefulUntil(fact: Fact): number {
  const windowed = (at: number): number => at + (WINDOW_DAYS + 1) * DAY;
  switch (fact.kind) {
    case 'power':
    case 'weather':
      return windowed(fact.at);
    case 'opening':
      return windowed(fact.openedAt);
    case 'mark':
    case 'maintenance':
    case 'video':
    case 'order':
      return windowed(fact.end);
    case 'parameter':
    case 'calibration':
      return Number.POSITIVE_INFINITY;
    case 'sample':
      return fact.sampledAt + (LONGEST_TOLD_DAYS + 1) * DAY;
    default:
      return 'at' in fact && typeof fact.at === 'number' ? fact.at + (LONGEST_TOLD_DAYS + 1) * DAY : Number.POSITIVE_INFINITY;
  }
}

/** Known time after which nobody looks at what an arrival tells. */
export const useEnds = ({ facts }: Arrival): number => Math.max(...facts.map(usefulUntil));
