import { frozenEditions, packageContentOf, type FreezeDeps } from '#archive';
import { caseIdByNo, loadCase, type PenaltyCase } from '#cases';
import { buildPackage, type BuiltPackage, type Json, type PackageContent, type PackageKind } from '#evidence';
import { profileOf } from '#ingest';
import { asId, isRefusal, ok, type CaseId, type LeafIndex, type Result } from '#kernel';
import type { Domain } from './compose-domain.ts';
import { judgeHours, type HourLimit } from './verify/recompute-hours.ts';

/**
 * The evidence package of a case: its content from the archive, with the hourly means anyone can compute again, frozen,
 * fixed as a leaf and checked by the verifier before it is given out. A head over the newest leaves is signed when there
 * is none yet.
 *
 * @param caseNo number of the case or its id
 * @returns ARCH-001 when there is no such case, EVID-007…011 when content and leaves disagree
 */
export async function exportCase(domain: Exporting, caseNo: string, kind: PackageKind = 'court'): Promise<Result<BuiltPackage>> {
  const caseId = asId<CaseId>((await caseIdByNo(domain.platform.db, caseNo)) ?? caseNo);
  const content = await contentOf(domain, caseId, kind);
  return isRefusal(content) ? content : buildPackage(domain.evidence, content.value);
}

/** What an export reads of the domain. */
export type Exporting = Pick<Domain, 'platform' | 'registry' | 'devices' | 'cases' | 'evidence'>;

/** Freezing the file of a case: its `decision` edition, kept for good. */
export function freezingOf({ db, clock, log, blobs }: Domain['platform'], domain: () => Exporting): FreezeDeps {
  return {
    db, clock, log, blobs,
    async build(caseId) {
      const content = await contentOf(domain(), caseId, 'decision');
      if (isRefusal(content)) return content;
      const built = await buildPackage(domain().evidence, content.value);
      return isRefusal(built) ? built : ok({ built: built.value, version: content.value.seq });
    },
  };
}

/** A later edition lists what was frozen before it and proves when: the party's own holds neither. */
async function contentOf(domain: Exporting, caseId: CaseId, kind: PackageKind): Promise<Result<PackageContent>> {
  const { devices, platform: { db, blobs } } = domain;
  const content = await packageContentOf({ ...domain.cases, blobs, devices }, caseId, kind);
  if (isRefusal(content)) return content;
  const loaded = await loadCase(db, caseId);
  const whole = loaded === undefined ? content.value : withReplay(content.value, hourLimitsOf(domain, loaded.state));
  const before = kind === 'notice' ? [] : (await frozenEditions(db, caseId)).filter((edition) => edition.name !== `${whole.caseNo}_${kind}_${whole.seq}`);
  const earlier = before.map(({ name, manifest }) => ({ name, manifest }));
  return ok({ ...whole, earlier, cites: before.map(({ leaf }) => asId<LeafIndex>(leaf)) });
}

/** Limits on hourly means of the day the act ended, for the devices whose frames are evidence. */
function hourLimitsOf(domain: Exporting, state: PenaltyCase): HourLimit[] {
  const { outfallId, actEnd, evidenceRefs } = state;
  if (outfallId === undefined) return [];
  const devices = [...new Set(evidenceRefs.flatMap((ref) => (ref.frames === undefined ? [] : [ref.frames.mn])))];
  const limits = domain.registry.current().limitsOf(outfallId, actEnd).filter((limit) => limit.period === 'hour' && limit.attributes['side'] !== 'lower');
  // A value in another unit, or under another end of its hour, is not the one the limit speaks of: it cannot be held against it from the frame alone.
  const { units, dataTimeMarks } = profileOf(domain.registry.current().outfall(outfallId)?.attributes ?? {}) ?? {};
  if (dataTimeMarks === 'end') return [];
  return devices.flatMap((device) =>
    limits.filter(({ factor }) => units?.[factor] === undefined).map(({ factor, basis, limit, unit }): HourLimit => ({ device, factor, field: basis === 'zs' ? 'ZsAvg' : 'Avg', limit, unit })));
}

const plain = (value: unknown): Json => JSON.parse(JSON.stringify(value)) as Json;

function withReplay(content: PackageContent, limits: readonly HourLimit[]): PackageContent {
  const frames = content.frames.map(({ device, raw }) => ({ device, raw }));
  const hours = judgeHours(frames, limits);
  if (hours.length === 0) return content;
  const rules = [...(content.files.rules ?? []), { path: 'limits.json', json: plain(limits) }];
  return { ...content, files: { ...content.files, rules, replay: [{ path: 'expected.json', json: plain({ hours }) }] } };
}
