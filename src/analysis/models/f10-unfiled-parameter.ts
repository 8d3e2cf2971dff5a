import type { FactorCode } from '#kernel';
import type { Context, Finding, Model, ParameterFact } from '../contract.ts';
import type { Thresholds } from './declared/index.ts';
import { doorsBetween } from './parts/explanations.ts';
import { cannotTell, conclude, notMet, settings, tierOf } from './parts/outcomes.ts';
import { DAY, HOUR } from './parts/window.ts';
import { namesEn, namesZh, num, percent, spanText } from './parts/wording.ts';

const DEFAULTS = {
  warnEffect: 0.05, workOrderEffect: 0.1,
  /** A calibration may move slope and intercept this far without being filed. */
  calibrationShare: 0.05, doorHours: 6, inspectionHours: 48,
} as const satisfies Thresholds;

/** Which way a parameter moves what is reported: +1 with it, −1 against it, 0 not by its own size. */
const SENSE: readonly (readonly [RegExp, number])[] = [
  [/slope|斜率|velocity|kv|速度场|area|面积|pitot/iu, 1], [/dilution|稀释/iu, 1], [/o2_?ref|基准氧/iu, -1], [/span|量程|range/iu, 1],
];
const FREE = /slope|intercept|斜率|截距|calib/iu;

interface Difference {
  readonly now: ParameterFact;
  readonly filed: ParameterFact;
  /** Relative change of the reported value; NaN where it cannot be told from the number. */
  readonly effect: number;
  readonly since: number;
  readonly until: number;
  readonly changedBack: boolean;
}

const same = (a: string, b: string): boolean => a === b || (a.trim() !== '' && b.trim() !== '' && Number(a) === Number(b));

function effectOf(name: string, filed: string, now: string): number {
  const sense = SENSE.find(([words]) => words.test(name))?.[1] ?? 0;
  const ratio = Number(now) / Number(filed);
  if (sense === 0 || !Number.isFinite(ratio) || ratio <= 0) return Number.NaN;
  return sense > 0 ? ratio - 1 : 1 / ratio - 1;
}

function differencesOf(ctx: Context): Difference[] {
  const keys = [...new Set(ctx.parameters.map((f) => `${f.factor}\n${f.name}`))].sort();
  return keys.flatMap((key) => {
    const own = ctx.parameters.filter((f) => `${f.factor}\n${f.name}` === key).sort((a, b) => a.at - b.at || (a.filed ? -1 : 1));
    const filedAt = (at: number): ParameterFact | undefined => own.findLast((f) => f.filed && f.at <= at) ?? own.find((f) => f.filed);
    const read = own.filter((f) => !f.filed);
    const found: Difference[] = [];
    for (const [i, now] of read.entries()) {
      const filed = filedAt(now.at);
      if (filed === undefined || same(filed.value, now.value)) continue;
      const before = found.at(-1);
      if (before !== undefined && same(before.now.value, now.value) && before.until === now.at) {
        found[found.length - 1] = { ...before, until: read[i + 1]?.at ?? ctx.now, changedBack: read[i + 1] !== undefined && same(filed.value, (read[i + 1] as ParameterFact).value) };
        continue;
      }
      const next = read[i + 1];
      found.push({ now, filed, effect: effectOf(now.name, filed.value, now.value), since: now.at, until: next?.at ?? ctx.now, changedBack: next !== undefined && same(filed.value, next.value) });
    }
    return found;
  });
}

/** Put right shortly before somebody came: the change was known to be wrong. */
const beforeInspection = (ctx: Context, d: Difference, hours: number): boolean =>
  d.changedBack && ctx.inspections.some((v) => v.at >= d.until && v.at - d.until <= hours * HOUR);

function findingOf(ctx: Context, d: Difference, p: typeof DEFAULTS): Finding | undefined {
  const size = Math.abs(d.effect);
  if (FREE.test(d.now.name) && size <= p.calibrationShare) return undefined;
  const hidden = beforeInspection(ctx, d, p.inspectionHours);
  const tier = tierOf(true, size > p.warnEffect, d.effect < -p.workOrderEffect || hidden) ?? 'REMIND';
  const door = doorsBetween(ctx, d.since - p.doorHours * HOUR, d.since + HOUR)[0];
  const factors = d.now.factor === '' ? [] : [d.now.factor as FactorCode];
  const of = factors.length === 0 ? ['', ''] : [namesZh(factors), `${namesEn(factors)} `];
  const effect = Number.isFinite(d.effect) ? [`，使上报值变化 ${percent(d.effect)}`, `, which moves what is reported by ${percent(d.effect)}`] : ['', ''];
  return {
    factors, start: d.since, end: d.until, tier, score: Number.isFinite(size) ? Math.max(1, size / p.warnEffect) : 1,
    stats: { name: d.now.name, now: d.now.value, filed: d.filed.value, effect: Number.isFinite(d.effect) ? d.effect : 'unknown', door: door?.person ?? '', changedBack: hidden ? 1 : 0 },
    text: {
      zh: `${of[0]}参数 ${d.now.name} 为 ${d.now.value}，备案值 ${d.filed.value}${effect[0]}（${spanText(d.since, d.until)}）${door === undefined ? '' : `；此前 ${num((d.since - door.openedAt) / HOUR, 1)} 小时有人开门`}${hidden ? '；检查前改回' : ''}。`,
      en: `${of[1]}parameter ${d.now.name} stood at ${d.now.value}, filed as ${d.filed.value}${effect[1]} (${spanText(d.since, d.until)})${door === undefined ? '' : `; the door had been opened ${num((d.since - door.openedAt) / HOUR, 1)} h before`}${hidden ? '; it was changed back before an inspection' : ''}.`,
    },
    clearedBy: [
      { zh: '校准后更新的斜率、截距，备案未及时更新：看校准记录', en: 'Updated after a calibration and not yet filed: see the calibration record' },
      { zh: '更换仪器后的新参数：看更换备案', en: 'A replaced instrument: see its filing' },
    ],
  };
}

/** `model:F10` — a parameter that is not what was filed. */
export const f10: Model = {
  id: 'F10', version: '1.0.0', title: { zh: '参数变更未备案', en: 'Unfiled parameter change' },
  family: 'site', trigger: 'hour', media: ['gas', 'water'], standsAlone: true, params: DEFAULTS, legalHooks: ['H5', 'H3', 'H9'],
  about: {
    zh: '设备上传（CN 3020）或核查所得的参数快照与备案值逐项比较；斜率、速度场系数、面积、稀释比、基准氧可算出对上报值的影响。校准引起的 5% 以内变化不计；检查前改回另加重。',
    en: 'Parameters told by the device (CN 3020) or read in an audit against what was filed; for slope, velocity coefficient, area, dilution and reference oxygen the effect on the reported value follows. Up to 5 % by calibration is free; changing back before an inspection weighs heavier.',
    source: 'F10, a method of this platform',
  },
  minimum: { days: 0, needs: ['filedParameters', 'readParameters'] },
  evaluate(ctx, params) {
    const p = settings(DEFAULTS, params);
    if (!ctx.parameters.some((f) => f.filed)) return cannotTell('no filed parameters', ['parameters.csv with filed values']);
    if (!ctx.parameters.some((f) => !f.filed)) return cannotTell('no snapshot of parameters', ['parameters.csv or CN 3020']);
    const fresh = differencesOf(ctx).filter((d) => d.until > ctx.now - 2 * DAY);
    const findings = fresh.flatMap((d) => findingOf(ctx, d, p) ?? []);
    return findings.length === 0 ? notMet() : conclude(findings);
  },
};
