/**
 * The CRC of HJ 212: the register's *high* byte is taken and combined with the data byte, the low byte is lost
 * (HJ 212-2017 附录 A). It is neither CRC-16/ARC nor CRC-16/MODBUS, whatever the standards call it.
 */
const TABLE = buildTable();

/** High byte of the next register, indexed by (high byte of this register xor data byte). */
const NEXT = Uint8Array.from(TABLE, (register) => register >> 8);

/**
 * NEXT is linear over GF(2) and its eighth power is the identity, so "n bytes later" is one of eight tables.
 * That turns the CRC of any range into one subtraction of prefix states, however long the range is.
 */
const ADVANCE = buildAdvance();

function buildTable(): Uint16Array {
  const table = new Uint16Array(256);
  for (let i = 0; i < 256; i++) {
    let register = i;
    for (let bit = 0; bit < 8; bit++) register = register & 1 ? (register >> 1) ^ 0xa001 : register >> 1;
    table[i] = register;
  }
  return table;
}

function buildAdvance(): Uint8Array {
  const tables = new Uint8Array(8 * 256);
  for (let x = 0; x < 256; x++) tables[x] = x;
  for (let k = 1; k < 8; k++) {
    for (let x = 0; x < 256; x++) tables[k * 256 + x] = NEXT[tables[(k - 1) * 256 + x] as number] as number;
  }
  return tables;
}

/**
 * CRC over `bytes[start, end)`; a number 0–65535, printed high byte first. Empty input gives 0xFFFF.
 * One table step waits for the one before it; four quarters of the range in step, joined at the end by ADVANCE, do not.
 */
export function crc16(bytes: Uint8Array, start = 0, end = bytes.length): number {
  if (end <= start) return 0xffff;
  const last = end - 1;
  // A multiple of eight bytes a lane: eight steps of nothing change nothing, so the lanes are joined by xor alone.
  const lane = ((last - start) >> 5) << 3;
  let a = 0xff;
  let b = 0;
  let c = 0;
  let d = 0;
  for (let i = start, stop = start + lane; i < stop; i++) {
    a = NEXT[a ^ (bytes[i] as number)] as number;
    b = NEXT[b ^ (bytes[i + lane] as number)] as number;
    c = NEXT[c ^ (bytes[i + 2 * lane] as number)] as number;
    d = NEXT[d ^ (bytes[i + 3 * lane] as number)] as number;
  }
  let state = a ^ b ^ c ^ d;
  for (let i = start + 4 * lane; i < last; i++) state = NEXT[state ^ (bytes[i] as number)] as number;
  return TABLE[state ^ (bytes[last] as number)] as number;
}

/**
 * Fills `sums[from, to]` with the running xor of the bytes' shares, going on from `sums[from]`: what each byte adds to the
 * register is turned back by its position, so that no step waits for a table. `sums[0]` may be anything.
 */
export function runSums(bytes: Uint8Array, sums: Uint8Array, from: number, to: number): void {
  let sum = sums[from] as number;
  let table = (-from & 7) << 8;
  for (let i = from; i < to; i++) {
    sum ^= ADVANCE[table | (bytes[i] as number)] as number;
    sums[i + 1] = sum;
    table = (table - 256) & 0x700;
  }
}

/** The CRC of `bytes[start, end)` in constant time, given the running sums of `runSums` over it. */
export function crcOfRange(bytes: Uint8Array, sums: Uint8Array, start: number, end: number): number {
  if (end <= start) return 0xffff;
  const last = end - 1;
  const sum = (sums[last] as number) ^ (sums[start] as number);
  const state = (ADVANCE[((last & 7) << 8) | sum] as number) ^ (ADVANCE[(((last - start) & 7) << 8) | 0xff] as number);
  return TABLE[state ^ (bytes[last] as number)] as number;
}

/** CRC-16/MODBUS, which several devices send by mistake. Only consulted where a device profile says so. */
export function modbusCrc16(bytes: Uint8Array, start = 0, end = bytes.length): number {
  let register = 0xffff;
  for (let i = start; i < end; i++) {
    register = (register >> 8) ^ (TABLE[(register & 0xff) ^ (bytes[i] as number)] as number);
  }
  return register;
}

/** Four upper-case hexadecimal digits, high byte first. */
export const formatCrc = (value: number): string => value.toString(16).toUpperCase().padStart(4, '0');
