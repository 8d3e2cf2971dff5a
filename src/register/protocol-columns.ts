import { isMeasure } from '#kernel';
import type { Outfall } from './registry.ts';
import type { RowReader } from './row-reader.ts';

/**
 * Columns of `outfalls.csv` that say where its devices depart from HJ 212. They hold for all devices of the outfall; with
 * the prefix of a role (`door_hj212_crc`, as in `door_mn`) for that one alone. They stay attributes, as they came.
 */
interface ProtocolColumn {
  readonly column: string;
  fits(value: string): boolean;
  readonly zh: string;
  readonly en: string;
}

const words = (...allowed: readonly string[]) => ({ fits: (value: string) => allowed.includes(value), zh: `应为 ${allowed.join(' / ')}`, en: `must be one of ${allowed.join(', ')}` });
const listed = (fits: (part: string) => boolean) => (value: string) => value.split('|').every(fits);

/** Pairs `factor=unit` joined by `|`, e.g. `w00000=m3/h|a34013=ug/m3`. */
const pairsOf = (value: string): [factor: string, unit: string][] => value.split('|').map((pair) => {
  const at = pair.indexOf('=');
  return [pair.slice(0, Math.max(0, at)).trim(), pair.slice(at + 1).trim()];
});

const COLUMNS: readonly ProtocolColumn[] = [
  { column: 'hj212_edition', ...words('2005', '2017', '2025') },
  {
    column: 'hj212_crc', fits: listed((part) => /^(modbus|modbus-swapped|short|none|[0-9a-fA-F]{4})$/.test(part)),
    zh: '应为 modbus / modbus-swapped / short / none 或四位十六进制常数，以 | 分隔', en: 'must be modbus, modbus-swapped, short, none or four hexadecimal digits, joined by |',
  },
  { column: 'hj212_length', ...words('tolerate') },
  { column: 'hj212_reading', ...words('tolerant', 'strict') },
  { column: 'hj212_data_time', ...words('start', 'end') },
  {
    column: 'hj212_units', fits: (value) => pairsOf(value).every(([factor, unit]) => /^[A-Za-z0-9]{2,16}$/.test(factor) && isMeasure(unit)),
    zh: '应为 因子=单位，以 | 分隔，如 w00000=m3/h', en: 'must be factor=unit joined by |, e.g. w00000=m3/h',
  },
  {
    column: 'hj212_peers', fits: listed((part) => /^[0-9a-fA-F:.]{3,45}$/.test(part)),
    zh: '应为来源 IP 地址，以 | 分隔', en: 'must be addresses the device comes from, joined by |',
  },
];

const PREFIXES = ['', 'data_', 'door_', 'power_', 'inlet_', 'process_'];

/** Notes every protocol column of a row that does not say what it may. */
export function checkProtocol(row: RowReader): void {
  for (const prefix of PREFIXES) {
    for (const { column, fits, zh, en } of COLUMNS) row.attribute(`${prefix}${column}`, fits, zh, en);
  }
}

/** Units that devices of an outfall send where they are not those of the register, with the column that says so. */
export const sentUnits = ({ attributes }: Pick<Outfall, 'attributes'>): { readonly column: string; readonly factor: string; readonly unit: string }[] =>
  PREFIXES.map((prefix) => `${prefix}hj212_units`).flatMap((column) =>
    attributes[column] === undefined ? [] : pairsOf(attributes[column]).map(([factor, unit]) => ({ column, factor, unit })));
