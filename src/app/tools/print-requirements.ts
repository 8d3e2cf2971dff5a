/** `npm run requirements`: what is shown and what is owed, by priority. `--update` refreshes the test column first. */
import { readFileSync, writeFileSync } from 'node:fs';
import { allClaims, LEDGER_FILE, readLedger, testsFor, type LedgerEntry } from './requirement-ledger.ts';

function update(): void {
  const claims = allClaims();
  const lines = readFileSync(LEDGER_FILE, 'utf8').split('\n').map((line) => {
    const id = /^([A-Z]+-[\w.-]+):/.exec(line)?.[1];
    return id === undefined ? line : line.replace(/tests: \[[^\]]*\]/, `tests: [${testsFor(id, claims).join(', ')}]`);
  });
  writeFileSync(LEDGER_FILE, lines.join('\n'));
}

if (process.argv.includes('--update')) update();
const entries: [string, LedgerEntry][] = Object.entries(readLedger());
for (const priority of ['P0', 'P1', 'P2', 'ORG']) {
  const of = entries.filter(([, entry]) => entry.priority === priority);
  const shown = of.filter(([, entry]) => entry.tests.length > 0);
  console.log(`\n${priority}: ${shown.length} of ${of.length} shown`);
  for (const [id, entry] of of) {
    const state = entry.tests.length > 0 ? `shown  ${entry.tests.join(', ')}` : `owed   ${entry.why ?? ''}`;
    console.log(`  ${id.padEnd(14)} ${entry.owner.padEnd(12)} ${state}`);
  }
}
