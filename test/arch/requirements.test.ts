import { describe, expect, it } from 'vitest';
import { allClaims, claimsOf, covers, emptyPromises, readLedger, testsFor, unknownClaims } from '../../src/app/tools/requirement-ledger.ts';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readImportTable } from './boundaries.ts';

const ledger = readLedger();
const claims = allClaims();

describe('the requirement ledger', () => {
  it('holds every id of the five documents, each with an owner that exists', () => {
    const modules = [...readImportTable(readFileSync(join(import.meta.dirname, '../../ARCHITECTURE.md'), 'utf8')).keys()];
    expect(Object.keys(ledger)).toHaveLength(264);
    expect(Object.entries(ledger).filter(([, entry]) => !modules.includes(entry.owner))).toEqual([]);
  });

  it('no test title names an id that no document has', () => {
    expect(unknownClaims(ledger, claims).map((claim) => `${claim.file}: [${claim.id}]`)).toEqual([]);
  });

  it('says of every demand that is owed why', () => {
    expect(Object.entries(ledger).filter(([, entry]) => entry.tests.length === 0 && (entry.why ?? '') === '').map(([id]) => id)).toEqual([]);
  });

  it('claims no test that does not exist, and misses none that does', () => {
    expect(emptyPromises(ledger, claims)).toEqual([]);
    const missed = Object.entries(ledger).filter(([id, entry]) => testsFor(id, claims).join() !== [...entry.tests].join());
    expect(missed.map(([id]) => id), 'run `npm run requirements -- --update`').toEqual([]);
  });
});

describe('a planted fault is caught', () => {
  // Pieced together, so that this file itself does not carry the planted titles.
  const title = (id: string) => `${'it'}('[${id}] …', f);`;
  const planted = claimsOf('x.test.ts', title('JS-99.1') + title('JS-13'));

  it('an unknown id', () => expect(unknownClaims(ledger, planted).map((claim) => claim.id)).toEqual(['JS-99.1']));
  it('a promise without a test', () => {
    expect(emptyPromises({ 'JS-14.1': { owner: 'cases', priority: 'P0', tests: ['x.test.ts'] } }, planted)).toEqual(['JS-14.1: x.test.ts']);
  });
  it('a prefix covers what lies below it and nothing else', () => {
    expect([covers('JS-13', 'JS-13.2'), covers('JS-1', 'JS-10.1'), covers('PAPER-3.2-5', 'PAPER-3.2-5c')]).toEqual([true, false, true]);
  });
});
