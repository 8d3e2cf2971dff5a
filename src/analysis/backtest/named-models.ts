import { modelById } from '../catalogue.ts';
import type { Model } from '../contract.ts';
import { modelOfRule, type RuleModel } from '../rules/rule-model.ts';
import type { Rule } from '../rules/rule.ts';

/** A model in words that can cross to a thread: its id in the catalogue, or the rule it is made of. */
export type NamedModel = string | Rule;

/** Undefined for a model that only its functions know. */
export function nameOf(model: Model): NamedModel | undefined {
  if ('rule' in model) return (model as RuleModel).rule;
  return modelById(model.id) === model ? model.id : undefined;
}

/** Undefined for an id that the catalogue does not know. */
export const modelNamed = (name: NamedModel): Model | undefined => (typeof name === 'string' ? modelById(name) : modelOfRule(name));
