import { makeCheckpoint, evidenceOf } from '#evidence';
import { sealFrames } from '#ingest';
import { instant, manualClock } from '#kernel';
import { openBlobs } from '#platform/blobs';
import { readConfig } from '#platform/config';
import { openDatabase } from '#platform/db';

/** A sealer of frames as a process of its own, so that a test can kill it. Arguments: database URL, data folder, moment (epoch ms). */
const [url = '', folder = '', at = '0'] = process.argv.slice(2);
const clock = manualClock(instant(Number(at)));
const db = openDatabase(url, { max: 2 });
const blobs = openBlobs(`${folder}/blobs`);
const evidence = evidenceOf({ db, clock, blobs, config: readConfig({ MINGJIAN_DATA: folder }) });
process.stdout.write('begins\n');
do await makeCheckpoint(evidence);
while ((await sealFrames({ db, clock, blobs }, 60)) > 0);
process.stdout.write('done\n');
await db.destroy();
