import { z } from 'zod';
import type { Model } from './contract.ts';
import { MODEL_TESTS, TEST_RUNS, testsOf, type ModelRun, type ModelTest } from './models/model-catalogue.ts';

/** The four tests of a model as its page tells them. */
export const modelTestItem = z.object({
  name: z.enum(MODEL_TESTS), passed: z.boolean(),
  /** Tests on data made by hand. */
  byHand: z.number(),
  /** What simulated provinces showed, in words; null where they say nothing. */
  simulated: z.object({ zh: z.string(), en: z.string() }).nullable(),
});

const SIMULATED: { readonly [Name in ModelTest]: (run: ModelRun['tests'][Name]) => { zh: string; en: string } | null } = {
  property: () => null,
  null: (run) => ({
    zh: `守法模拟 ${run.outfallMonths} 个排放口·月：误报 ${run.false} 次（至多 ${run.allowed} 次），其中警告以上 ${run.warned} 次（至多 ${run.warnedAllowed} 次）`,
    en: `${run.outfallMonths} outfall-months of honest plants: ${run.false} false findings (at most ${run.allowed}), ${run.warned} of them warnings or more (at most ${run.warnedAllowed})`,
  }),
  positive: ({ kinds }) => {
    const events = Object.values(kinds);
    const [found, of] = [0, 1].map((k) => events.reduce((sum, one) => sum + (one[k] ?? 0), 0));
    return events.length === 0 ? null : { zh: `模拟违法 ${events.length} 类 ${of} 起，发现 ${found} 起`, en: `${of} simulated events of ${events.length} kinds of wrong: found ${found}` };
  },
  benign: (run) => ({
    zh: `模拟形似违法的正常情形 ${run.lookAlikes} 起：误发警告以上 ${run.warned} 次（至多 ${run.warnedAllowed} 次）`,
    en: `${run.lookAlikes} simulated look-alikes: ${run.warned} false warnings or more (at most ${run.warnedAllowed})`,
  }),
};

/** What the stored run said of this version of a model; empty where another version ran, and for a department's own rule. */
export function showTests(model: Pick<Model, 'id' | 'version'>): z.infer<typeof modelTestItem>[] {
  const run = TEST_RUNS[model.id];
  if (run?.version !== model.version) return [];
  const passed = testsOf(model);
  const said = <Name extends ModelTest>(name: Name) => SIMULATED[name](run.tests[name]);
  return MODEL_TESTS.map((name) => ({ name, passed: passed.includes(name), byHand: run.tests[name].tests, simulated: said(name) }));
}
