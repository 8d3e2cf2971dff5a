import type { Model, Params } from '../contract.ts';

export interface DatedParameter {
  readonly model: string;
  readonly parameter: string;
  readonly value: number;
  readonly validFrom: number;
}

/** Parameters in force at a moment: the model's defaults with the approved overrides of that moment. */
export function parametersIn(dated: readonly DatedParameter[]): (model: Model, at: number) => Params {
  const byModel = new Map<string, DatedParameter[]>();
  for (const row of dated) byModel.set(row.model, [...(byModel.get(row.model) ?? []), row]);
  const last = new WeakMap<Model, { readonly inForce: readonly DatedParameter[]; readonly params: Params }>();
  return (model, at) => {
    const overrides = byModel.get(model.id);
    if (overrides === undefined) return model.params;
    const inForce = overrides.filter((row) => row.validFrom <= at && row.parameter in model.params);
    if (inForce.length === 0) return model.params;
    // The same object from one moment to the next, so that what is made of it is made once.
    const before = last.get(model);
    if (before !== undefined && before.inForce.length === inForce.length && before.inForce.every((row, i) => row === inForce[i])) return before.params;
    const params = { ...model.params, ...Object.fromEntries(inForce.map((row) => [row.parameter, row.value])) };
    last.set(model, { inForce, params });
    return params;
  };
}
