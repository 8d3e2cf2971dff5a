import { cityIn, COUNTIES, countyIn, identityNumber, personName, type County } from '../names.ts';
import { randomStream } from '../random.ts';

/** Somebody who works for a unit. Name, number and telephone are invented and the same on every start; the number names a place that does not exist. */
export interface UnitPerson {
  readonly name: string;
  readonly post: string;
  readonly idNumber: string;
  readonly phone: string;
  readonly address: string;
}

/**
 * Who holds a post at a unit.
 *
 * @param region where the province stands: number and address are of there; names are the same everywhere
 */
export function personOf(unitId: string, post: string, region = 'jiangsu'): UnitPerson {
  const random = randomStream('people', unitId, post);
  const place = random.pick(COUNTIES as readonly [County, ...County[]]);
  return {
    name: personName(random), post, idNumber: identityNumber(random, region, place),
    phone: `1990000${String(random.int(0, 9999)).padStart(4, '0')}`, address: `${cityIn(region)}${countyIn(region, place.name)}演示路${random.int(1, 200)}号`,
  };
}

export const MANAGER = '环保负责人';
/** Who answers for production, and with it for what is done to the devices. */
export const DIRECTOR = '生产副总经理';
