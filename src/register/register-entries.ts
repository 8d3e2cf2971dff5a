import { REGISTER_FILES, type RegisterFile, type RegisterFileName } from './register-files.ts';
import type { RegisterData, Unit } from './registry.ts';
import { ENTRY_KINDS, type Entry, type EntryKind } from './store/entries.ts';

/** Where a unit belongs when its row does not say. */
export interface Home {
  readonly authority: string;
  readonly region: string;
}

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
const number = (value: unknown): number | null => (typeof value === 'number' && Number.isFinite(value) ? value : null);

function keyOf(kind: EntryKind, row: object, i: number): string {
  if (kind === 'other') return `${(row as { file: string; line: number }).file} ${(row as { line: number }).line}`;
  const spec = REGISTER_FILES[kind as RegisterFileName] as RegisterFile<object>;
  return spec.key?.(row) ?? `${(row as { at?: number }).at ?? ''} ${text((row as { county?: string }).county) ?? i}`;
}

/** A unit with the authority that supervises it and the region whose law governs it. */
function atHome(unit: Unit, home: Home): { readonly authority: string; readonly body: Unit } {
  const { authority, region } = unit.attributes;
  return { authority: text(authority) ?? home.authority, body: { ...unit, attributes: { ...unit.attributes, region: text(region) ?? home.region } } };
}

/** Kinds whose column `unit` is a unit of measurement, not a unit that discharges. */
const MEASURED: ReadonlySet<EntryKind> = new Set(['factors', 'limits', 'standards']);

/** Register rows as entries of the store. Weather of one hour and county has one key, also when imported again. */
export function entriesOf(data: RegisterData, home: Home): Entry[] {
  const unitOf = new Map(data.outfalls.map((outfall) => [outfall.outfall as string, outfall.unit as string]));
  return ENTRY_KINDS.flatMap((kind) =>
    (data[kind] as readonly object[]).map((row, i) => {
      const fields = row as Record<string, unknown>;
      const outfall = text(fields['outfall']);
      const unit = kind === 'units' ? atHome(row as Unit, home) : undefined;
      return {
        kind, key: keyOf(kind, row, i), outfall,
        unit: (MEASURED.has(kind) ? null : text(fields['unit'])) ?? (outfall === null ? null : (unitOf.get(outfall) ?? null)),
        authority: unit?.authority ?? null,
        start: number(fields['start']) ?? number(fields['at']) ?? number(fields['sampledAt']), body: unit?.body ?? row,
      };
    }),
  );
}
