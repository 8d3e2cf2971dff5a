/** A table that opens in office programs: CSV in UTF-8 with its mark, every cell quoted. Chinese, as papers are. */
export const csvBytes = (rows: readonly (readonly string[])[]): Uint8Array =>
  Buffer.from(`\uFEFF${rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\r\n')}\r\n`);
