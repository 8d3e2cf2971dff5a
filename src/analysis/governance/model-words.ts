import type { Database, Tx } from '#platform/db';
import { modelById } from '../catalogue.ts';
import type { Model } from '../contract.ts';
import { ruleModels } from './live-standing.ts';

export type ModelWords = Pick<Model, 'title' | 'about'>;

/** How models and departments' rules are called and what they see, each in its newest version; an unknown one by its id. */
export async function modelWords(db: Database | Tx): Promise<(id: string) => ModelWords> {
  const rules = await ruleModels(db);
  return (id) => modelById(id) ?? rules.findLast((rule) => rule.id === id) ?? { title: { zh: id, en: id }, about: { zh: '', en: '', source: '' } };
}
