import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { digestOfModel } from '../digest-of-model.ts';
import { CATALOGUE, MODEL_CATEGORIES, stateOf, TEST_RUNS, type ModelRun } from './model-catalogue.ts';
import { MODELS } from './index.ts';
import runs from './test-runs.json' with { type: 'json' };

const here = new URL('.', import.meta.url);
const tests = readdirSync(here).filter((f) => f.endsWith('.test.ts')).map((f) => readFileSync(new URL(f, here), 'utf8')).join('\n');

describe('the catalogue of models', () => {
  it('[PAPER-2.3a] has 80 models in 7 families, each id once, sorted', () => {
    const ids = CATALOGUE.map((m) => m.id);
    expect(ids).toHaveLength(80);
    expect([...new Set(ids)].sort()).toEqual(ids);
    expect(new Set(CATALOGUE.map((m) => m.category))).toEqual(new Set(Object.keys(MODEL_CATEGORIES)));
  });
  it('calls a model tested only where a stored run of all four tests passed for exactly this version', () => {
    for (const entry of CATALOGUE) {
      expect(entry.model !== undefined).toBe(entry.state !== 'specified');
      const run = TEST_RUNS[entry.id];
      expect(entry.state === 'tested').toBe(run !== undefined && run.version === entry.model?.version && Object.values(run.tests).every((one) => one.passed));
      // What the run says it ran is there.
      if (run?.tests.positive.passed === true) expect(tests).toContain(`describe('model:${entry.id} `);
    }
    const run = TEST_RUNS['A01'] as ModelRun;
    const passed = { ...run, version: '9.0.0', tests: { ...run.tests, null: { ...run.tests.null, passed: true }, positive: { ...run.tests.positive, passed: true }, benign: { ...run.tests.benign, passed: true } } };
    const model = { id: 'A01', version: '9.0.0' };
    expect(stateOf(model, {})).toBe('coded');
    expect(stateOf(model, { A01: { ...passed, version: '8.9.9' } })).toBe('coded');
    expect(stateOf(model, { A01: passed })).toBe('tested');
    expect(stateOf(model, { A01: { ...passed, tests: { ...passed.tests, benign: { ...passed.tests.benign, passed: false } } } })).toBe('coded');
    expect(stateOf(undefined, {})).toBe('specified');
  });
  it('simulated every kind of cheating and every look-alike, and the first line of each kind found some of it', () => {
    expect(runs.missing).toEqual([]);
    // More is emitted as more is taken off: levels stay within a fifth of what they were, which statistics of the outfall alone do not show.
    expect(Object.entries<readonly number[]>(runs.kinds).filter(([, [found = 0]]) => found === 0).map(([kind]) => kind)).toEqual(['scale_down']);
  });
  it('calls no model tested whose file is another than the one the run was of: raise its version and run npm run model-tests', () => {
    const changed = Object.entries(TEST_RUNS).filter(([id, run]) => stateOf(MODELS.find((one) => one.id === id)) === 'tested' && run.digest !== digestOfModel(id));
    expect(changed.map(([id]) => id)).toEqual([]);
    expect(digestOfModel('Z99')).toBeUndefined();
  });
  it('lists the models that run in the order of their ids, with the titles of the catalogue', () => {
    const ids = MODELS.map((m) => m.id);
    expect([...ids].sort()).toEqual(ids);
    for (const m of MODELS) expect(CATALOGUE.find((c) => c.id === m.id)).toMatchObject(m.title);
  });
});
