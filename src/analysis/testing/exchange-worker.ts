import { parentPort, workerData } from 'node:worker_threads';
import { DAY, type OutfallId } from '#kernel';
import { threadExchange, type Meeting } from '../peers/peer-exchange.ts';
import { summaryOf } from './summary.ts';

/** Publishes one summary a day for each outfall of its share and tells what it saw of all outfalls at each day. */
const { meeting, days, outfalls } = workerData as { meeting: Meeting; days: number; outfalls: readonly (readonly OutfallId[])[] };
const seen: string[] = [];
for (const pass of [1, 2]) {
  const exchange = threadExchange(meeting, pass);
  // The first pass is broken off: its letters must not be taken for those of the second.
  for (let day = 1; day <= (pass === 1 ? 2 : days); day++) {
    exchange.meet();
    for (const outfall of outfalls[meeting.part] ?? []) {
      if (pass === 2) seen.push(`${outfall} ${day}: ${outfalls.flat().map((id) => exchange.board.daysOf(id, (day - 1) * DAY).map((d) => d.runShare).join()).join(' | ')}`);
      exchange.board.publish(summaryOf(outfall, day * DAY, pass * 1000 + day));
    }
    exchange.post();
  }
}
parentPort?.postMessage(seen);
meeting.ports.forEach((port) => port?.close());
