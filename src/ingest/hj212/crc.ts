/**
 * The CRC of HJ 212: the register's *high* byte is taken and combined with the data byte, the low byte is lost
 * (HJ 212-2017 附录 A). It is neither CRC-16/ARC nor CRC-16/MODBUS, whatever the standards call it.
 */
const TABLE = buildTable();

function buildTable(): Uint16Array {
  const table = new Uint16Array(256);
  for (let i = 0; i < 256; i++) {
    let register = i;
    for (let bit = 0; bit < 8; bit++) register = register & 1 ? (register >> 1) ^ 0xa001 : register >> 1;
    table[i] = register;
  }
  return table;
}

/** CRC over `bytes[start, end)`; a number 0–65535, printed high byte first. Empty input gives 0xFFFF. */
export function crc16(bytes: Uint8Array, start = 0, end = bytes.length): number {
  let register = 0xffff;
  for (let i = start; i < end; i++) register = TABLE[(register >> 8) ^ (bytes[i] as number)] as number;
  return register;
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
