import { useQuery } from '@tanstack/react-query';
import { problemOf } from '../../shared/api.ts';
import { reach } from '../../shared/ask.ts';

/** The part of JSON Schema that the commands of a case use. */
export interface Schema {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly default?: unknown;
}
interface Description {
  readonly paths: Readonly<Record<string, { readonly post?: { readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> } } }>>;
}

const ACTS = '/api/cases/{id}/acts';

async function load(): Promise<ReadonlyMap<string, Schema>> {
  const response = await reach('/api/openapi.json', {});
  if (!response.ok) throw await problemOf(response);
  const description = (await response.json()) as Description;
  const body = description.paths[ACTS]?.post?.requestBody?.content['application/json']?.schema;
  return new Map((body?.oneOf ?? []).map((variant) => [variant.properties?.['kind']?.enum?.[0] ?? '', variant]));
}

/** What each act on a case must say, as the server itself describes it: a form is drawn from it, never written by hand. */
export const useCommandSchemas = () => useQuery({ queryKey: ['command-schemas'], queryFn: load, staleTime: Infinity });
