import { asId, ok, type AuthorityId, type DeliveryId, type DocumentId, type Instant, type OutfallId, type RegionKey, type UnitId } from '#kernel';
import type { Clock } from '#kernel';
import { newId } from '#platform/ids';
import { DEMO_CITY } from '#access';
import type { DeliveryRequest, Directory, Holdings, PaperRequest, Papers, UnitFacts } from '../ports.ts';

/** Papers that only remember what was asked for: for tests of the procedure, which has no interest in typesetting. */
export interface RememberedPapers extends Papers {
  readonly made: PaperRequest[];
  readonly sent: DeliveryRequest[];
  readonly confirmed: DeliveryId[];
  /** Set to false to let sent papers stay on their way. */
  arrives: boolean;
}

export function rememberedPapers(clock: Clock): RememberedPapers {
  const papers: RememberedPapers = {
    made: [],
    sent: [],
    confirmed: [],
    arrives: true,
    async make(_tx, request) {
      papers.made.push(request);
      return ok({ documentId: asId<DocumentId>(newId('doc')), number: `测〔2026〕${papers.made.length}号`, sha256: 'a'.repeat(64) });
    },
    async send(_tx, request) {
      papers.sent.push(request);
      return ok({ deliveryId: asId<DeliveryId>(newId('dlv')), arrivedAt: papers.arrives ? clock.now() : (null as Instant | null) });
    },
    async confirm(_tx, deliveryId) {
      papers.confirmed.push(deliveryId);
      return ok(undefined);
    },
  };
  return papers;
}

/** A platform that holds nothing beside the values. */
export const noHoldings: Holdings = { heldOn: async () => ({ marks: [], works: [], production: undefined, treatment: undefined }) };

export const testUnit = (id: string, more: Partial<UnitFacts> = {}): UnitFacts => ({
  unitId: asId<UnitId>(id), name: `${id}公司`, creditCode: '91320000MA00000000', address: '演示路1号', legalRepresentative: '甲',
  permitNumber: 'P-1', phone: '13800000000', keyPolluter: false, authorityId: DEMO_CITY as AuthorityId, region: asId<RegionKey>('jiangsu'), ...more,
});

/** Outfalls whose id begins with `W` discharge water. */
export const testDirectory = (units: readonly UnitFacts[], trades: ReadonlyMap<UnitId, string> = new Map()): Directory => ({
  tradeOf(unitId) {
    const key = trades.get(unitId);
    return key === undefined ? undefined : { key, zh: `${key}行业`, en: key };
  },
  unitsOfTrade: (trade, region) => units.filter((unit) => unit.region === region && trades.get(unit.unitId) === trade),
  outfallsIn: (region) => units.filter((unit) => unit.region === region).map((unit) => asId<OutfallId>(unit.unitId.replace(/^U/, 'O'))),
  unit: (unitId) => units.find((unit) => unit.unitId === unitId),
  outfallName: (outfall) => `${outfall}排放口`,
  factorName: (_outfall, factor) => factor,
  medium: (outfall) => (outfall.startsWith('W') ? 'water' : 'gas'),
});
