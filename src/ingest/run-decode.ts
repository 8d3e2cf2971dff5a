import { assembledJson, decodedJson, StreamDecoder, type StreamItem, type StreamOptions } from './hj212/index.ts';

/** How many frames were read and how many pieces were not. */
export interface DecodeSummary {
  readonly good: number;
  /** Frames refused and runs of noise. */
  readonly bad: number;
}

const lineOf = (item: StreamItem): string =>
  `${JSON.stringify(item.kind === 'frame' ? decodedJson(item.frame) : assembledJson(item.message))}\n`;

/**
 * `mingjian decode`: bytes in, one JSON line per frame, per piece of noise and per reassembled message out
 * (docs/files.md). Awaits each write, so a slow reader is not overrun.
 */
export async function runDecode(
  input: AsyncIterable<Uint8Array>,
  write: (lines: string) => void | Promise<void>,
  options: StreamOptions = {},
): Promise<DecodeSummary> {
  const decoder = new StreamDecoder(options);
  let good = 0;
  let bad = 0;
  const emit = async (items: readonly StreamItem[]): Promise<void> => {
    for (const item of items) {
      if (item.kind === 'assembled') continue;
      if (item.frame.ok) good++;
      else bad++;
    }
    if (items.length > 0) await write(items.map(lineOf).join(''));
  };
  for await (const chunk of input) await emit(decoder.push(chunk));
  await emit(decoder.end());
  return { good, bad };
}
