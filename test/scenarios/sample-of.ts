/** What of JSON Schema the server's own description uses. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly minItems?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
}

const FORMATS: Readonly<Record<string, string>> = { 'date-time': '2026-09-14T09:00:00+08:00', 'date': '2026-09-14', 'byte': 'YQ==' };
/** Texts that satisfy the patterns in use; the first that fits is taken. */
const TEXTS = ['甲', '2026-09-14', '2026-08', '2026-09-14 09:00', '09:00', '1', '1.5', 'a'.repeat(64), 'a21002', 'QY0001', '91320000MA1EXAMPL0', '13800000000'];

function textFor(schema: Schema): string {
  const set = schema.format === undefined ? undefined : FORMATS[schema.format];
  if (set !== undefined) return set;
  const fits = schema.pattern === undefined ? TEXTS[0] : TEXTS.find((text) => new RegExp(schema.pattern as string, 'u').test(text));
  if (fits === undefined) throw new Error(`no text fits ${schema.pattern}`);
  return schema.pattern === undefined ? fits.repeat(Math.max(1, schema.minLength ?? 1)) : fits;
}

/**
 * The smallest honest value a schema accepts. A property whose name stands in `known` gets that value, so that a body
 * speaks of an object that exists.
 */
export function sampleOf(schema: Schema, known: Readonly<Record<string, unknown>>): unknown {
  if ('const' in schema) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  const either = schema.oneOf ?? schema.anyOf;
  if (either !== undefined) return sampleOf(either[0] ?? {}, known);
  if (schema.allOf !== undefined) return Object.assign({}, ...schema.allOf.map((each) => sampleOf(each, known)));
  const type = typeof schema.type === 'string' ? schema.type : schema.type?.find((one) => one !== 'null');
  switch (type) {
    case 'object': {
      const names = Object.keys(schema.properties ?? {}).filter((name) => (schema.required ?? []).includes(name) || name in known);
      return Object.fromEntries(names.map((name) => [name, name in known ? known[name] : sampleOf(schema.properties?.[name] ?? {}, known)]));
    }
    case 'array':
      return Array.from({ length: schema.minItems ?? 0 }, () => sampleOf(schema.items ?? {}, known));
    case 'integer':
    case 'number':
      return Math.max(schema.minimum ?? 1, schema.exclusiveMinimum === undefined ? 0 : schema.exclusiveMinimum + 1);
    case 'boolean':
      return false;
    case 'string':
      return textFor(schema);
    default:
      return {};
  }
}
