import { parentPort, workerData } from 'node:worker_threads';
import { detectShare, type ShareOptions } from './detect-share.ts';
import type { Share } from '../detection.ts';
import type { Meeting } from '../peers/peer-exchange.ts';

const { options, share, meeting } = workerData as { options: ShareOptions; share: Share; meeting: Meeting };
const result = await detectShare(options, share, { meeting, onProgress: (progress) => parentPort?.postMessage({ progress }) });
parentPort?.postMessage({ result });
// Open ports would keep the thread alive.
meeting.ports.forEach((port) => port?.close());
