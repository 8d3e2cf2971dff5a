import { HOUR, type OutfallId } from '#kernel';
import type { Series } from '#platform/series';
import type { Registry } from '#register';
import { choosePeers } from '../peers/choose-peers.ts';
import { readHours, type Range } from '../store/read-values.ts';
import { curve, factorNames, type AlignedLane } from './aligned-series.ts';

/** So many curves can still be told apart. */
const SHOWN = 5;
/** Peers looked at before it is said that none has data. */
const ASKED = 15;

/**
 * Hourly means of one factor at outfalls of the same trade and medium, converted where they are converted, for the eye
 * beside the outfall's own. Never a judgement: that is the models'. Only peers the reader may see; each named by unit and outfall.
 *
 * @param visible whether the reader may see an outfall's data
 */
export async function peerCurves(deps: { readonly series: Series; readonly registry: Registry }, range: Range, factor: string, points: number, visible: (outfall: OutfallId) => boolean): Promise<AlignedLane> {
  const outfall = range.outfall as OutfallId;
  const peers = choosePeers(deps.registry, outfall).filter((peer) => peer.relations.includes('industry') && visible(peer.outfall)).slice(0, ASKED);
  const curves: NonNullable<AlignedLane['curves']>[number][] = [];
  for (const peer of peers) {
    const rows = (await readHours(deps.series, { ...range, outfall: peer.outfall })).filter((row) => row.factor === factor);
    if (rows.length > 0) curves.push({ name: `${peer.name} ${peer.outfall}`, points: curve(rows.map((row) => ({ start: row.start, value: row.zs ?? row.avg })), HOUR, points) });
    if (curves.length === SHOWN) break;
  }
  const { title, titleEn, unit } = factorNames(deps.registry, outfall, factor);
  return { id: `peers-${factor}`, title: `同类 ${title}`, titleEn: `Peers ${titleEn}`, unit, curves };
}
