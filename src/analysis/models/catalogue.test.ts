import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CATALOGUE, MODEL_CATEGORIES } from './model-catalogue.ts';
import { MODELS } from './index.ts';

const here = new URL('.', import.meta.url);
const tests = readdirSync(here).filter((f) => f.endsWith('.test.ts')).map((f) => readFileSync(new URL(f, here), 'utf8')).join('\n');

describe('the catalogue of models', () => {
  it('[PAPER-2.3a] has 80 models in 7 families, each id once, sorted', () => {
    const ids = CATALOGUE.map((m) => m.id);
    expect(ids).toHaveLength(80);
    expect([...new Set(ids)].sort()).toEqual(ids);
    expect(new Set(CATALOGUE.map((m) => m.category))).toEqual(new Set(Object.keys(MODEL_CATEGORIES)));
  });
  it('calls a model tested only where a test of its own exists, and coded only where it runs', () => {
    for (const entry of CATALOGUE) {
      expect(entry.model !== undefined).toBe(entry.state !== 'specified');
      if (entry.state === 'tested') expect(tests).toContain(`describe('model:${entry.id} `);
      if (entry.state === 'coded') expect(tests).not.toContain(`describe('model:${entry.id} `);
    }
  });
  it('lists the models that run in the order of their ids, with the titles of the catalogue', () => {
    const ids = MODELS.map((m) => m.id);
    expect([...ids].sort()).toEqual(ids);
    for (const m of MODELS) expect(CATALOGUE.find((c) => c.id === m.id)).toMatchObject(m.title);
  });
});
