import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { visibleRows, type Visibility } from '#access';
import { listCases } from '#cases';
import { asId, instant, manualClock, type AuthorityId, type ClueId, type UnitId } from '#kernel';
import { countDeadlines, nearestDeadlines, openDeadlines, sweepDeadlines } from '#platform/deadlines';
import { type Database } from '#platform/db';
import { largeTables, planFaults, statementsOf, testDatabase, type TestDatabase } from '#platform/db/testing';
import { silentLogger } from '#platform/log';
import { drainOutbox } from '#platform/outbox';
import { listClues as listPool } from '#review';
import { listClues as listAnalysis } from '#analysis';
import { readAudit, findSession } from '../../src/access/store/sessions.ts';
import { deliveryDuties, visibleDeliveries } from '../../src/delivery/store.ts';
import { listReports, reportsSince } from '../../src/disclosure/store.ts';
import { readLeafSet, readLeaves } from '../../src/evidence/store/index.ts';
import { openPartSets } from '../../src/ingest/store/gaps.ts';
import { bodyDigests, hoursHeard, lastSeq, oddRows, rowsAbout, rowsAfter, rowsOfDevices } from '../../src/ingest/store/read-journal.ts';
import { standingFrames } from '../../src/ingest/store/journal.ts';
import { noticesOf, statementsOf as statementsOnNotice } from '../../src/review/store/notices.ts';
import { stepsOf } from '../../src/review/store/clues.ts';
import { listSheets } from '../../src/supervision/store/sheets.ts';

/** Rows of the largest tables; a city's year is more, the plans are the same from here on. */
const N = 40_000;
/** A page may look at so many rows, and a table with more of them is never read whole. */
const MANY = 4_000;
const NOW = Date.parse('2026-09-14T09:00:00+08:00');
const clock = manualClock(instant(NOW));

/** Rows as the stores write them: units, outfalls and authorities in a believable mixture, nearly everything long settled. */
const FILL = [
  `INSERT INTO review_clue (clue_id, authority_id, group_id, region, unit_id, outfall, source, tier, provisional, state, sentence_zh, sentence_en, factors, period_from, created_at, changed_at, priority)
   SELECT 'clue' || i, 'A' || i % 14, 'A' || i % 14, 'jiangsu', 'U' || i % 900, 'O' || i % 1500, 'PLATFORM', 'WARN', false, CASE WHEN i % 40 = 0 THEN 'POOLED' ELSE 'CLOSED' END,
     repeat('超标', 20), repeat('over ', 20), '{w01018}', i, i, i, (i * 7919 % ${N}) / 10.0 FROM generate_series(1, ${N}) i`,
  `INSERT INTO review_event (event_id, clue_id, at, act, to_state, actor_id) SELECT 'ev' || i, 'clue' || (1 + i % ${N}), i, 'take', 'POOLED', 'p' FROM generate_series(1, ${N}) i`,
  `INSERT INTO review_notice (clue_id, unit_id, state, sent_at, changed_at) SELECT 'clue' || i, 'U' || i % 900, 'SENT', i, i FROM generate_series(1, ${N / 2}) i`,
  `INSERT INTO review_statement (statement_id, clue_id, account_id, kind, text, materials, at) SELECT 's' || i, 'clue' || i, 'p', 'STATEMENT', 'x', '[]', i FROM generate_series(1, ${N / 2}) i`,
  `INSERT INTO penalty_case (case_id, case_no, authority_id, region, unit_id, clue_id, review_id, main_state, rectification, remedy, handed_over_at, changed_at, closed_at, version, shown_to_unit)
   SELECT 'case' || i, 'no' || i, 'A' || i % 14, 'jiangsu', 'U' || i % 900, 'clue' || i, 'rv' || i, 'CLOSED', 'NONE', 'NONE', i, i, CASE WHEN i % 40 = 0 THEN NULL ELSE i END, 1, true
   FROM generate_series(1, ${N / 2}) i`,
  `INSERT INTO supervision_sheet (sheet_id, unit_id, authority_id, region, outfall, tier, state, provisional, sentence_zh, sentence_en, factors, period_from, created_at, changed_at)
   SELECT 'sheet' || lpad(i::text, 8, '0'), 'U' || i % 900, 'A' || i % 14, 'jiangsu', 'O' || i, 'WARN', CASE WHEN i % 40 = 0 THEN 'FEEDBACK_PENDING' ELSE 'CLOSED' END, false, 'zh', 'en', '{}', i, i, i
   FROM generate_series(1, ${N}) i`,
  `INSERT INTO delivery (delivery_id, document_id, document_number, document_title, document_sha256, unit_id, authority_id, region, subject_kind, subject_id, method, method_reason, account, must_confirm, state, sent_by, sent_at, arrived_at, legal_day)
   SELECT 'dlv' || lpad(i::text, 8, '0'), 'doc' || i, 'n', 't', repeat('a', 64), 'U' || i % 900, 'A' || i % 14, 'jiangsu', 'case', 'case' || i, 'ELECTRONIC', '', '', i % 40 = 0, 'DELIVERED', 'p', i, i, '2026-01-01'
   FROM generate_series(1, ${N}) i`,
  `INSERT INTO deadline (deadline_id, clock_id, subject_kind, subject_id, unit_id, authority_id, holder, article, day_kind, started_at, due_at, state, closed_at)
   SELECT 'd' || i, 'T3a', 'clue', 'clue' || i, 'U' || i % 700, 'A' || i % 14, 'U1', '', 'HOUR', i, ${NOW - N} + i, CASE WHEN i % 50 = 0 THEN 'OPEN' ELSE 'MET' END, CASE WHEN i % 50 = 0 THEN NULL ELSE i END FROM generate_series(1, ${N}) i`,
  `INSERT INTO outbox (event_id, type, subject, payload, occurred_at) SELECT 'e' || i, 'type' || i % 30, 'clue' || i % 5000, '{}', i FROM generate_series(1, ${N}) i`,
  `INSERT INTO outbox_handled (handler, seq, handled_at) SELECT 'handler of ' || type, seq, 1 FROM outbox WHERE seq <= ${N - 60}`,
  `INSERT INTO evidence_leaf (idx, known_at, bytes, hash) SELECT i, i, convert_to(repeat('x', 300), 'UTF8'), sha256(i::text::bytea) FROM generate_series(0, ${N - 1}) i`,
  `INSERT INTO frame_batch (batch, first_leaf, size, known_at, door) SELECT i, i * 10, 10, ${NOW} + i * 1000, 'GATEWAY' FROM generate_series(0, ${N / 10 - 1}) i`,
  `INSERT INTO frame_journal (batch, n, state, reply_state, verdict, key, mn, st, cn, qn, data_at, received_at, conn, peer, raw, pno, pnum)
   SELECT i / 10, i % 10, CASE WHEN i % 200 = 0 THEN 'QUARANTINED' WHEN i % 200 = 1 THEN 'PART' ELSE 'ACCEPTED' END, 'DUE', 'OK', 'key ' || i, 'MN' || i % 400, '32', '2051', i::text, ${NOW} + i * 100, ${NOW} + i * 100, 'c', 'p',
     convert_to(repeat('x', 430), 'UTF8'), CASE WHEN i % 200 = 1 THEN 1 END, CASE WHEN i % 200 = 1 THEN 2 END
   FROM generate_series(0, ${N - 1}) i`,
  `INSERT INTO access_audit (audit_id, at, account_id, action, method, path, status, source) SELECT 'aud' || lpad(i::text, 8, '0'), i, 'p' || i % 50, 'case.read', 'GET', '/', 200, '' FROM generate_series(1, ${N}) i`,
  `INSERT INTO access_authority (authority_id, name_zh, name_en, level, region, doc_prefix, created_at) VALUES ('A1', 'a', 'a', 'city', 'jiangsu', 'x', 1)`,
  `INSERT INTO access_account (account_id, login, name, password_hash, authority_id, region, created_at) SELECT 'p' || i, 'l' || i, 'n', 'h', 'A1', 'jiangsu', 1 FROM generate_series(0, 49) i`,
  `INSERT INTO access_session (token_hash, account_id, created_at, seen_at, ended_at, ended_why, source) SELECT 't' || i, 'p' || i % 50, 1, 1, 1, 'expired', '' FROM generate_series(1, ${N / 4}) i`,
  `INSERT INTO disclosure_report (report_id, authority_id, code_hash, text, place, contact, source_hash, state, at, changed_at) SELECT 'r' || i, 'A' || i % 14, 'c' || i, 't', '', '', 's' || i % 2000, 'ANSWERED', i, i FROM generate_series(1, ${N / 4}) i`,
  `INSERT INTO analysis_clue (clue, version, known_at, outfall, unit_id, authority_id, tier, raised_at, start_at, end_at, models, factors, provisional, cleared, score, body)
   SELECT 'ac' || i, 1, i, 'O' || i % 1500, 'U' || i % 900, 'A' || i % 14, 'WARN', i, i, i, '{B01}', '{}', false, false, 1, '{}' FROM generate_series(1, ${N}) i`,
  'ANALYZE',
];

const unitId = asId<UnitId>('U7');
const unit: Visibility = { kind: 'some', unitId, authorities: [] };
const city: Visibility = { kind: 'some', authorities: [asId<AuthorityId>('A3')] };
const province: Visibility = { kind: 'some', authorities: Array.from({ length: 14 }, (_, i) => asId<AuthorityId>(`A${i}`)) };
const span = { from: NOW + 1_000_000, to: NOW + 1_600_000 };
const late = [instant(NOW + 3_000_000), instant(NOW + 3_900_000)] as const;

const running = (visibility: Visibility) => ({ visible: visibleRows(visibility, { unit: 'unit_id', authority: 'authority_id' }), without: ['T3c'], lapsing: ['T3c'], now: NOW });
const pressing = { without: ['T3c'], lapsing: ['T3c'], now: NOW };

/** The hot queries, each by the function of the store that sends it. */
const HOT: readonly (readonly [string, (db: Database) => Promise<unknown>])[] = [
  ...([['a city', city], ['a province', province], ['everybody', { kind: 'all' }]] as const).flatMap(([who, seen]): (readonly [string, (db: Database) => Promise<unknown>])[] => [
    [`clue pool of ${who}, newest first`, (db) => listPool(db, seen, { order: 'newest', limit: 50 })],
    [`clue pool of ${who}, by priority, one state`, (db) => listPool(db, seen, { order: 'priority', states: ['POOLED' as never], limit: 50 })],
    [`clue pool of ${who}, the next page`, (db) => listPool(db, seen, { order: 'newest', before: { value: 20_000, clueId: 'clue20000' }, limit: 50 })],
    [`clue pool of ${who}, by urgency`, (db) => listPool(db, seen, { order: 'newest', urgent: { pressing, after: undefined }, limit: 50 })],
    [`clue pool of ${who}, where no clock presses any more`, (db) => listPool(db, seen, { order: 'newest', urgent: { pressing, after: { due: null, changed: 20_000, id: 'clue20000' } }, limit: 50 })],
    [`what the models found, for ${who}`, (db) => listAnalysis(db, seen, { limit: 50 })],
    [`cases of ${who}`, (db) => listCases(db, seen, { limit: 50 })],
    [`open cases of ${who}`, (db) => listCases(db, seen, { limit: 50, open: true })],
    [`cases of ${who}, the next page`, (db) => listCases(db, seen, { limit: 50, cursor: '10000_case10000' })],
    [`open cases of ${who}, by urgency`, (db) => listCases(db, seen, { limit: 50, open: true, urgent: { pressing, after: undefined } })],
    [`sheets of ${who}, by urgency`, (db) => listSheets(db, seen, { openStates: ['FEEDBACK_PENDING'], openOnly: true, urgent: { pressing, after: undefined }, limit: 50 })],
    [`papers ${who} has to serve`, (db) => deliveryDuties(db, seen, { kinds: ['case', 'clue', 'sheet', 'talk'], toConfirm: ['case', 'clue'], arrivedBefore: instant(20_000), limit: 100 })],
    [`sheets of ${who}`, (db) => listSheets(db, seen, { openStates: ['FEEDBACK_PENDING'], openOnly: true, limit: 50 })],
    [`deliveries of ${who}`, (db) => visibleDeliveries(db, seen, { limit: 50 })],
  ]),
  ['what a unit has to answer', (db) => listSheets(db, unit, { openStates: ['FEEDBACK_PENDING'], openOnly: true, limit: 50 })],
  ['papers that reached a unit', (db) => visibleDeliveries(db, unit, { arrivedOnly: true, limit: 50 })],
  ['notices of a unit', (db) => noticesOf(db, unit, { limit: 100 })],
  ['cases of a unit', (db) => listCases(db, unit, { shownOnly: true, limit: 50 })],
  ['clues of a unit', (db) => listPool(db, unit, { order: 'newest', limit: 50 })],
  ['steps of a clue', (db) => stepsOf(db, asId<ClueId>('clue77'))],
  ['statements on a notice', (db) => statementsOnNotice(db, asId<ClueId>('clue77'))],
  ['deadlines sweep', (db) => sweepDeadlines({ db, clock })],
  ['running clocks of a city', (db) => openDeadlines(db, running(city), 60)],
  ['running clocks, counted', (db) => countDeadlines(db, running(city))],
  ['the nearest clock of each clue of a page', (db) => nearestDeadlines(db, running(city), 'clue', ['clue50', 'clue100', 'clue150'])],
  ['outbox poll', (db) => drainOutbox({ db, clock, log: silentLogger() }, [{ on: 'type3', name: 'handler of type3', handle: async () => undefined }], 10)],
  ['journal tail', (db) => rowsAfter(db, N - 200, 1_000)],
  ['journal from the middle', (db) => rowsAfter(db, N / 2, 1_000)],
  ['end of the journal', lastSeq],
  ['hours in which a device was heard', (db) => hoursHeard(db, span)],
  ['frames of an outfall about a span', (db) => rowsAbout(db, ['MN7', 'MN8'], span, { after: -1, limit: 200 })],
  ['frames of an outfall that arrived in a span', (db) => rowsOfDevices(db, ['MN7', 'MN8'], span, 200)],
  ['frames that stand apart', (db) => oddRows(db, 'QUARANTINED', undefined, 100)],
  ['split messages that are not whole', (db) => openPartSets(db, { after: late[0], until: late[1] })],
  ['frames that stand under keys', (db) => db.transaction().execute((tx) => standingFrames(tx, ['key 17', 'key 3000', 'key of nobody']))],
  ['bodies of leaves for the daily walk', (db) => bodyDigests(db, 8_192, 8_448)],
  ['leaf by index', (db) => readLeafSet(db, [17, 4_000, N - 1])],
  ['leaves of one tile', (db) => readLeaves(db, 8_192, 8_448)],
  ['audit trail, a page', (db) => readAudit(db, 100, undefined)],
  ['audit trail, the next page', (db) => readAudit(db, 100, 'aud00020000')],
  ['the session of a request', (db) => findSession(db, 't77')],
  ['reports of the public', (db) => listReports(db, city, { limit: 60 })],
  ['reports of the public, the next page', (db) => listReports(db, city, { limit: 60, cursor: 'r3000' })],
  ['reports of one sender', (db) => db.transaction().execute((tx) => reportsSince(tx, 's77', instant(5)))],
];

describe('hot queries have a plan: every one enters what grows through an index', () => {
  let test: TestDatabase;
  let client: pg.Client;
  let large: Set<string>;

  beforeAll(async () => {
    test = await testDatabase();
    client = new pg.Client({ connectionString: test.url });
    await client.connect();
    for (const statement of FILL) await client.query(statement);
    large = await largeTables(client, MANY);
    await client.query('SET ROLE mingjian_app');
  });
  afterAll(async () => {
    await client.end();
    await test.drop();
  });

  it('the tables that grow are large here', () => {
    expect([...large].sort()).toEqual(expect.arrayContaining([
      'access_audit', 'access_session', 'analysis_clue', 'deadline', 'delivery', 'disclosure_report', 'evidence_leaf', 'frame_journal', 'outbox', 'outbox_handled', 'penalty_case',
      'review_clue', 'review_event', 'review_notice', 'supervision_sheet',
    ]));
  });

  it.each(HOT)('%s', async (_, ask) => {
    const sent = await statementsOf(test.url, ask);
    expect(sent.length).toBeGreaterThan(0);
    expect(await planFaults(client, sent, large, MANY)).toEqual([]);
  });

  it('without its index a query is found out', async () => {
    const page = await statementsOf(test.url, (db) => listCases(db, { kind: 'all' }, { limit: 50 }));
    const newest = 'CREATE INDEX penalty_case_newest ON penalty_case (changed_at DESC, case_id DESC)';
    await client.query('RESET ROLE');
    await client.query('DROP INDEX penalty_case_newest');
    expect((await planFaults(client, page, large, MANY)).map((fault) => fault.split(':')[0])).toEqual([`sorts ${N / 2} rows`, 'reads all of penalty_case']);
    await client.query(newest);
    expect(await planFaults(client, page, large, MANY)).toEqual([]);
  });
});
