import { CONCLUDING, type Context, type SourceFamily } from '../../contract.ts';
import { DAY } from './window.ts';
import { isStrong } from './outcomes.ts';

/**
 * A statistical signature becomes a work order only when a finding of WARN or above from
 * another kind of evidence lies within 24 h of it.
 */
export const corroborated = (ctx: Context, family: SourceFamily, start: number, end: number): boolean =>
  ctx.recent.some((f) => isStrong(f) && !CONCLUDING.has(f.model) && f.family !== family && f.start < end + DAY && f.end > start - DAY);

/** Whether one of the named models has a finding of WARN or above that meets the interval (dilated by `within`). */
export const foundBy = (ctx: Context, models: readonly string[], start: number, end: number, within = 0): boolean =>
  ctx.recent.some((f) => isStrong(f) && models.includes(f.model) && f.start < end + within && f.end > start - within);
