import type { Model, Params } from '../contract.ts';

export interface DatedParameter {
  readonly model: string;
  readonly parameter: string;
  readonly value: number;
  readonly validFrom: number;
}

/** Parameters in force at a moment: the model's defaults with the approved overrides of that moment (R10). */
export function parametersIn(dated: readonly DatedParameter[]): (model: Model, at: number) => Params {
  const byModel = new Map<string, DatedParameter[]>();
  for (const row of dated) byModel.set(row.model, [...(byModel.get(row.model) ?? []), row]);
  return (model, at) => {
    const overrides = byModel.get(model.id);
    if (overrides === undefined) return model.params;
    const inForce = overrides.filter((row) => row.validFrom <= at && row.parameter in model.params);
    return inForce.length === 0 ? model.params : { ...model.params, ...Object.fromEntries(inForce.map((row) => [row.parameter, row.value])) };
  };
}
