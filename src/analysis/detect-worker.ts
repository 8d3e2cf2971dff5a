import { parentPort, workerData } from 'node:worker_threads';
import { detectShare, type ShareOptions } from './detect-share.ts';
import type { Share } from './detection.ts';

const { options, share } = workerData as { options: ShareOptions; share: Share };
const result = await detectShare(options, share, { onProgress: (progress) => parentPort?.postMessage({ progress }) });
parentPort?.postMessage({ result });
