import { systemClock } from '#platform/clock';
import { openDatabase } from '#platform/db';
import { silentLogger } from '#platform/log';
import { directoryOf, Gateway } from '#ingest';

/** A gateway as a process of its own, so that a test can kill it. Arguments: database URL, number of devices. */
const [url = '', devices = '0'] = process.argv.slice(2);
const directory = directoryOf(
  Array.from({ length: Number(devices) }, (_, i) => ({
    mn: `010000A8900016F0${String(i).padStart(8, '0')}`,
    outfalls: [`O${i}`],
    role: 'data' as const,
  })),
);
const db = openDatabase(url, { max: 4 });
const gateway = new Gateway(
  { db, clock: systemClock(), log: silentLogger(), directory },
  { acceptUnsafeDatabase: true },
);
const port = await gateway.listen(0, '127.0.0.1');
process.stdout.write(`port ${port}\n`);
