import { confirmReceipt, deliver } from '#delivery';
import { isDocumentKind, issueDocument, issuingAuthority, type DocumentDeps } from '#documents';
import { assessQuantities } from '#analysis';
import { ok, type FactorCode, type OutfallId, type RegionKey } from '#kernel';
import type { Law } from '#law';
import type { PlatformDeps } from '#platform';
import { partyOf, type StoredRegistry } from '#register';
import { holdingsOf } from './holdings.ts';
import type { Directory, Papers } from './ports.ts';
import type { PermittedAmount, QuotaDeps, Quantities } from './quantity/quota.ts';

type Needs = PlatformDeps & DocumentDeps & { readonly law: Law };

/** The real documents, delivery and register behind the ports of ④ and ⑤. */
export function connectSupervision(deps: Needs, registry: () => StoredRegistry): QuotaDeps {
  const { db, clock, log, law, blobs } = deps;
  return { db, clock, log, law, blobs, papers: papersOf(deps), directory: directoryOf(registry), quantities: quantitiesOf(deps, registry), holdings: holdingsOf(deps, registry) };
}

const permitsOf = (registry: StoredRegistry): readonly PermittedAmount[] =>
  registry.data.permits.flatMap(({ outfall, factor }) => {
    const unit = registry.outfall(outfall)?.unit;
    return unit === undefined ? [] : [{ outfall, unit, factor }];
  });

/** Read anew only when the register is another one. */
function permitsOnce(registry: () => StoredRegistry): Quantities['permits'] {
  let [of, permits] = [registry(), permitsOf(registry())];
  return () => {
    if (of !== registry()) [of, permits] = [registry(), permitsOf(registry())];
    return permits;
  };
}

const quantitiesOf = ({ db, series, law }: Needs, registry: () => StoredRegistry): Quantities => ({
  permits: permitsOnce(registry),
  async standings(id, factor, asOf, to = asOf) {
    const outfall = registry().outfall(id);
    return outfall === undefined ? [] : (await assessQuantities({ db, series, law, registry: registry() }, { outfall, factor: factor as FactorCode, asOf, to })).standings;
  },
});

const papersOf = (deps: Needs): Papers => ({
  async make(tx, request) {
    if (!isDocumentKind(request.kind)) throw new Error(`no layout for ${request.kind}`);
    const { authorityId, preparedBy, approvedBy, subject, unitId, kind, data } = request;
    const { accountId, name } = preparedBy;
    const issued = await issueDocument(tx, deps, {
      kind, data, subject, unitId, authority: await issuingAuthority(tx, authorityId),
      preparedBy: { accountId, name },
      ...(request.signers === undefined ? {} : { signers: request.signers }),
      ...(approvedBy === undefined ? {} : { approval: { accountId: approvedBy.accountId, name: approvedBy.name, approvedAt: deps.clock.now(), ref: subject.id } }),
    });
    return issued.ok ? ok({ documentId: issued.value.documentId, number: issued.value.number, sha256: issued.value.sha256 }) : issued;
  },
  async send(tx, { paper, title, confirm, ...rest }) {
    // A notice of the measures goes through the platform by that rule; consent is for papers of the penalty procedure.
    return deliver(tx, deps, { ...rest, document: { ...paper, title }, needsConsent: false, mustConfirm: confirm });
  },
  confirm: (tx, deliveryId, by) => confirmReceipt(tx, deps, deliveryId, by),
});

/** Found out once for each state of the register: in an outage it is asked for at every silence. */
const regions = new WeakMap<StoredRegistry, ReadonlyMap<RegionKey, readonly OutfallId[]>>();
function outfallsByRegion(registry: StoredRegistry): ReadonlyMap<RegionKey, readonly OutfallId[]> {
  const known = regions.get(registry);
  if (known !== undefined) return known;
  const found = new Map<RegionKey, OutfallId[]>();
  for (const { outfall, unit } of registry.data.outfalls) {
    const region = partyOf(registry, unit)?.region;
    if (region === undefined) continue;
    const own = found.get(region);
    if (own === undefined) found.set(region, [outfall]);
    else own.push(outfall);
  }
  regions.set(registry, found);
  return found;
}

const directoryOf = (registry: () => StoredRegistry): Directory => ({
  unit: (unitId) => partyOf(registry(), unitId),
  outfallName: (outfall) => registry().outfall(outfall)?.attributes['name'] ?? outfall,
  factorName: (outfall, factor) => registry().factorsOf(outfall).find((f) => f.factor === factor)?.factorZh ?? factor,
  medium: (outfall) => registry().outfall(outfall)?.type ?? 'gas',
  tradeOf(unitId) {
    const { industry = '', industryZh } = registry().unit(unitId) ?? {};
    return industry === '' ? undefined : { key: industry, zh: industryZh || industry, en: industry.replaceAll('_', ' ') };
  },
  outfallsIn: (region) => outfallsByRegion(registry()).get(region) ?? [],
  unitsOfTrade: (trade, region) => registry().data.units.flatMap(({ unit, industry }) => {
    const party = industry === trade ? partyOf(registry(), unit) : undefined;
    return party?.region === region ? [party] : [];
  }),
});
