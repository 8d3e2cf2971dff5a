import { closeSync, openSync, writeSync } from 'node:fs';

export type Cell = string | number | boolean | null | undefined;

/** One CSV line of RFC 4180 without its line end. Numbers are printed shortest; null and undefined are empty. */
export const csvLine = (cells: readonly Cell[]): string => cells.map(csvCell).join(',');

function csvCell(cell: Cell): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'boolean') return cell ? '1' : '0';
  const text = String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export interface CsvFile {
  row(cells: readonly Cell[]): void;
  close(): number;
}

/** Opens a CSV file with its header; rows are buffered and written in blocks. `close` tells how many rows there are. */
export function openCsv(path: string, header: readonly string[]): CsvFile {
  const fd = openSync(path, 'w');
  let block: string[] = [header.join(',')];
  let rows = 0;
  const flush = (): void => {
    if (block.length > 0) writeSync(fd, `${block.join('\n')}\n`);
    block = [];
  };
  return {
    row(cells) {
      block.push(csvLine(cells));
      rows++;
      if (block.length >= 4096) flush();
    },
    close() {
      flush();
      closeSync(fd);
      return rows;
    },
  };
}
