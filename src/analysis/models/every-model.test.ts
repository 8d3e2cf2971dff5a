import { HOUR } from '#kernel';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Context } from '../contract.ts';
import { MODELS } from './index.ts';
import { moments } from './testing/judge.ts';
import { at, World } from './testing/world.ts';

const DAYS = 40;
const H = /^H([1-9]|1[0-2])$/u;
const NOW = at(35, 2) + 1;
const pairs: { plain: () => Context; future: () => Context }[] = [];
let worlds: World[];
let empty: World;
let contexts: { world: World; ask: () => Context; now: number }[];

beforeAll(() => {
  empty = new World('gas', 3, 1);
  empty.lost.push({ start: at(0), end: at(3), dark: true });
  empty.limits = [];
  worlds = [new World('gas', DAYS, 11), new World('gas', DAYS, 12), new World('water', DAYS, 13), new World('water', DAYS, 14)];
  const nows = [at(33, 2) + 1, at(35, 2) + 1, at(37, 2) + 1, at(39, 2) + 1];
  contexts = worlds.flatMap((world) => nows.map((now) => ({ world, now, ask: world.asking(now) })));
  for (const kind of ['gas', 'water'] as const) {
    const plain = new World(kind, 36, 21);
    const future = new World(kind, 38, 22);
    for (const f of future.channels.keys()) {
      future.edit(f, at(0), at(36), (_, i) => plain.channels.get(f)?.values[i] ?? 0);
      future.edit(f, NOW, at(38), () => 7);
    }
    future.production.set(plain.production);
    future.treatment.set(plain.treatment);
    future.power('treatment', NOW, at(38), () => 0).mark('stop', at(34), at(36), NOW + HOUR).door(NOW + HOUR, '');
    pairs.push({ plain: plain.asking(NOW), future: future.asking(NOW) });
  }
}, 120_000);

/** Everything a model could have written to. */
const fingerprint = (ctx: Context): number =>
  ctx.factors.reduce((sum, f) => {
    const series = ctx.step(f);
    return sum + (series?.avg.reduce((a, b) => a + (Number.isFinite(b) ? b : 0), 0) ?? 0) + (ctx.hour(f)?.avg.length ?? 0);
  }, ctx.state.state.reduce((a, b) => a + b, 0));

describe.each(MODELS.map((m) => [m.id, m] as const))('model:%s', (id, model) => {
  it('describes itself in both languages, with a known legal hook', () => {
    for (const text of [model.title.zh, model.about.zh]) expect(text).toMatch(/\p{Script=Han}/u);
    for (const text of [model.title.en, model.about.en, model.about.source]) expect(text.length).toBeGreaterThan(3);
    for (const hook of model.legalHooks) expect(hook).toMatch(H);
    expect(model.about.source).toContain(id);
    expect(Object.values(model.params).every(Number.isFinite)).toBe(true);
  });

  it('is pure and deterministic: the same context gives the same evaluation and stays as it was', () => {
    for (const { ask } of contexts) {
      const ctx = ask();
      const before = fingerprint(ctx);
      const one = JSON.stringify(model.evaluate(ctx, model.params));
      expect(JSON.stringify(model.evaluate(ctx, model.params))).toBe(one);
      expect(fingerprint(ctx)).toBe(before);
    }
  });

  it('does not look ahead: what arrives later changes nothing of an evaluation now', () => {
    for (const { plain, future } of pairs) {
      expect(JSON.stringify(model.evaluate(future(), model.params))).toBe(JSON.stringify(model.evaluate(plain(), model.params)));
    }
  });

  it('raises nothing on honest data, and says why when it cannot tell', () => {
    let raised = 0;
    for (const { ask } of contexts) {
      const evaluation = model.evaluate(ask(), model.params);
      raised += evaluation.findings.filter((f) => f.suppressed === undefined).length;
      if (evaluation.outcome === 'CANNOT_TELL') expect(evaluation.reason).not.toBe('');
    }
    expect(raised).toBeLessThanOrEqual(1);
  });

  it('cannot tell, and does not fail, on an outfall of which nothing is known', () => {
    for (const now of moments(model, at(1), at(3))) {
      const evaluation = model.evaluate(empty.contextAt(now), model.params);
      expect(evaluation.findings.filter((f) => f.suppressed === undefined)).toEqual([]);
      expect(['CANNOT_TELL', 'NOT_MET']).toContain(evaluation.outcome);
    }
  });
});
