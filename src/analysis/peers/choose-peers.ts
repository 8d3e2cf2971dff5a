import type { OutfallId } from '#kernel';
import type { Outfall, Registry } from '#register';
import type { PeerPlace, PeerRelation } from './peers.ts';
import { groupBy, placeOf } from '../live/told-arrivals.ts';

/** Most peers of a kind: the cost of looking at others stays linear in the number of outfalls. */
const MOST: Readonly<Record<PeerRelation, number>> = { enterprise: 20, operator: 30, industry: 20 };

interface Groups {
  readonly enterprise: ReadonlyMap<string, readonly OutfallId[]>;
  readonly operator: ReadonlyMap<string, readonly OutfallId[]>;
  readonly industry: ReadonlyMap<string, readonly OutfallId[]>;
}

const known = new WeakMap<Registry, Groups>();

const keysOf = (registry: Registry, outfall: Outfall): Readonly<Record<PeerRelation, string>> => {
  const unit = registry.unit(outfall.unit);
  return { enterprise: outfall.unit, operator: unit?.operator ?? '', industry: unit?.industry ? `${outfall.type} ${unit.industry}` : '' };
};

function groupsOf(registry: Registry): Groups {
  const found = known.get(registry);
  if (found !== undefined) return found;
  const keyed = registry.data.outfalls.map((outfall) => ({ id: outfall.outfall, keys: keysOf(registry, outfall) }));
  const by = (relation: PeerRelation): ReadonlyMap<string, readonly OutfallId[]> =>
    new Map([...groupBy(keyed, (one) => one.keys[relation])].map(([key, ones]) => [key, ones.map((one) => one.id).sort()]));
  const groups = { enterprise: by('enterprise'), operator: by('operator'), industry: by('industry') };
  known.set(registry, groups);
  return groups;
}

/** The members that follow an outfall in its group, going round: a choice that does not depend on anything but the register. */
function following(members: readonly OutfallId[], id: OutfallId, most: number): readonly OutfallId[] {
  const at = members.indexOf(id);
  if (at < 0) return [];
  return [...members.slice(at + 1), ...members.slice(0, at)].slice(0, most);
}

/** Outfalls that an outfall is compared with: of the same unit, of the same operator, of the same trade and medium. */
export function choosePeers(registry: Registry, id: OutfallId): readonly PeerPlace[] {
  const outfall = registry.outfall(id);
  if (outfall === undefined) return [];
  const groups = groupsOf(registry);
  const keys = keysOf(registry, outfall);
  const relations = new Map<OutfallId, PeerRelation[]>();
  for (const relation of ['enterprise', 'operator', 'industry'] as const) {
    if (keys[relation] === '') continue;
    for (const other of following(groups[relation].get(keys[relation]) ?? [], id, MOST[relation])) {
      relations.set(other, [...(relations.get(other) ?? []), relation]);
    }
  }
  return [...relations].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([other, how]) => {
    const row = registry.outfall(other);
    const unit = row === undefined ? undefined : registry.unit(row.unit);
    if (row === undefined) return [];
    const shared = row.attributes['shared_group'] ?? '';
    return [{ outfall: other, enterprise: row.unit, name: unit?.name ?? row.unit, operator: unit?.operator ?? '', relations: how, location: placeOf(unit), shared }];
  });
}
