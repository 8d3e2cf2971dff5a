import { parentPort, workerData } from 'node:worker_threads';
import type { ThreadMessage } from './detect.ts';
import { detectShare, type ShareOptions } from './detect-share.ts';
import type { Share } from '../detection.ts';
import { BrokenOff, Watchdog, type Hung } from '../live/watchdog.ts';
import type { Meeting } from '../peers/peer-exchange.ts';

const { options, share, meeting, hung } = workerData as { options: ShareOptions; share: Share; meeting: Meeting; hung: Hung };
const tell = (message: ThreadMessage) => parentPort?.postMessage(message);
const watchdog = new Watchdog();
watchdog.hearOf(hung);
try {
  tell({ result: await detectShare(options, share, { meeting, watchdog, onProgress: (progress) => tell({ progress }) }) });
} catch (error) {
  if (!(error instanceof BrokenOff)) throw error;
  const { message, outfall, blamed } = error;
  tell({ brokenOff: { message, outfall, blamed, hung: watchdog.hung } });
}
// Open ports would keep the thread alive.
meeting.ports.forEach((port) => port?.close());
