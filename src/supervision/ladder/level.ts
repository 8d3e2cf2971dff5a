import { allAuthorities, type Actor } from '#access';
import { dayOf, type AuthorityId, type Refusal } from '#kernel';
import type { Tx } from '#platform/db';
import { refuse } from '../errors.ts';
import type { UnitFacts } from '../ports.ts';
import type { SupervisionDeps } from '../sheet/step-sheet.ts';

export const LEVELS = { province: { zh: '省级（自治区级）', en: 'province' }, city: { zh: '市级', en: 'city' } } as const;
export type Level = keyof typeof LEVELS;

/** Some acts belong to the region's own level; a higher one may always do what a lower one may. */
export async function levelRefusal(tx: Tx, actor: Actor, needed: Level, basis: string): Promise<Refusal | undefined> {
  const own = (await allAuthorities(tx)).find((one) => one.authorityId === actor.authorityId)?.level;
  if (own === 'province' || own === needed) return undefined;
  return refuse('SUPV-014', { args: { level: LEVELS[needed].zh, levelEn: LEVELS[needed].en }, basis });
}

/** Who reminds, warns and talks, and in whose name its papers go out. */
export interface LadderBody {
  readonly authorityId: AuthorityId;
  /** The body the region's text names, as the papers' contact. */
  readonly contact: { readonly name: string; readonly phone: string };
}

/** The authority over the unit that the region gives the ladder by count to (内环办〔2021〕103号 三（一）: 自治区执法总队). */
export async function ladderBody(tx: Tx, deps: Pick<SupervisionDeps, 'law' | 'clock'>, unit: Pick<UnitFacts, 'authorityId' | 'region'>): Promise<LadderBody> {
  const { level, zh } = deps.law.valueAt('supervision.ladderBody', unit.region, dayOf(deps.clock.now())).value;
  const all = await allAuthorities(tx);
  const above = (authorityId: AuthorityId): AuthorityId => {
    const { level: at, parentId = null } = all.find((one) => one.authorityId === authorityId) ?? {};
    return at === level || parentId === null ? authorityId : above(parentId);
  };
  return { authorityId: above(unit.authorityId), contact: { name: zh, phone: '12369' } };
}
