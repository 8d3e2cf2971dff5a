import { demoAccountId, DEMO_CITY, DEMO_REGION, type Actor } from '#access';
import { documentKinds, titleOf, drawDraft } from '#documents';
import {
  asId,
  calendarDay,
  dayOf,
  instant,
  manualClock,
  ok,
  type AccountId,
  type DeliveryId,
  type DocumentId,
  type Instant,
  type ManualClock,
  type RegionKey,
  type UnitId,
} from '#kernel';
import { loadLaw } from '#law';
import type { ObservedFact } from '#review';
import type { Database } from '#platform/db';
import { newId } from '#platform/ids';
import { silentLogger } from '#platform/log';
import { changesOfPapers } from '../connect.ts';
import type { KnownClue } from '../evidence/later-findings.ts';
import type { AuthorityFacts, CaseDeps, PaperOrder, PartyFacts } from '../ports.ts';
import type { FrozenFile } from '../penalty-case.ts';
import type { Handover } from '../receive-handover.ts';
import { eventsOf } from '../store/case-store.ts';
import { recordedDelivery } from './recorded-delivery.ts';

const LAW = loadLaw();

export const partyFacts = (unitId: UnitId): PartyFacts => ({
  unitId,
  name: '示范电力有限公司',
  creditCode: '91320000MA1EXAMPL0',
  address: '演示路1号',
  legalRepresentative: '张演示',
  permitNumber: 'P-1',
  partyType: 'DISCHARGE_UNIT',
  authorityId: DEMO_CITY,
  region: DEMO_REGION,
});

export const UNIT = asId<UnitId>('E001');
export const at = (text: string) => instant(Date.parse(text));

/** Papers that are checked against the real layout's schema but not typeset. */
export interface TestDeps extends CaseDeps {
  readonly clock: ManualClock;
  readonly orders: PaperOrder[];
  readonly reviewed: Set<string>;
  /** Versions of the clue of every case, oldest first; empty where no model raised it. */
  clueVersions: readonly KnownClue[];
  /** Set false to let posted papers stay on their way. */
  arrives: boolean;
  /** The unit has confirmed the notice of the suspicion. */
  told: boolean;
  /** Facts that supplementary reviews show. */
  supplied: ObservedFact[];
  /** What nobody has entered of the authority. */
  unnamed: AuthorityFacts['unnamed'];
  /** Where every permitted amount stands at both ends of a stretch of time. */
  usedBetween: (from: Instant, to: Instant) => Awaited<ReturnType<CaseDeps['amounts']['between']>>;
}

export function testDeps(db: Database, clock: ManualClock): TestDeps {
  const printed = new Map<string, unknown>();
  const deps: TestDeps = {
    db,
    clock,
    log: silentLogger(),
    law: LAW,
    orders: [],
    reviewed: new Set([DATA_REF]),
    clueVersions: [],
    arrives: true,
    told: true,
    supplied: [],
    unnamed: [],
    usedBetween: () => undefined,
    papers: {
      issue: async (_tx, order) => {
        const checked = documentKinds[order.kind].schema.safeParse(order.data);
        if (!checked.success) throw new Error(`${order.kind}: ${checked.error.message}`);
        deps.orders.push(order);
        const documentId = asId<DocumentId>(newId('doc'));
        printed.set(documentId, order.data);
        return ok({
          documentId,
          number: `测${order.kind}〔2026〕${deps.orders.length}号`,
          title: titleOf(order.kind, checked.data),
          sha256: 'a'.repeat(64),
          pages: 1,
        });
      },
      draft: (kind, data, authority) => drawDraft(kind, data, clock.now(), authority),
      ...changesOfPapers,
      find: async () => undefined,
      dataOf: async (_db, documentId) => printed.get(documentId),
    },
    post: {
      received: async () => deps.told,
      find: async (_tx, deliveryId) => recordedDelivery(deliveryId, clock.now()),
      deliver: async () => {
        const now = clock.now();
        return ok({
          deliveryId: asId<DeliveryId>(newId('dlv')),
          method: 'ELECTRONIC',
          arrived: deps.arrives ? { at: now, legalDay: dayOf(now) } : null,
        });
      },
    },
    directory: {
      unit: partyFacts,
      outfallName: (outfall) => `${outfall} 排口`,
      factorName: (_outfall, factor) => factor,
      authority: async (_db, authorityId) => ({
        authorityId,
        name: '清川市生态环境局（演示）',
        docPrefix: '苏清环',
        region: asId<RegionKey>('jiangsu'),
        address: '演示路',
        phone: '0',
        reconsiderationBody: { zh: '清川市人民政府', en: 'Qingchuan government' },
        court: { zh: '清川法院', en: 'Qingchuan court' },
        payee: { zh: '指定银行', en: 'the bank named' },
        unnamed: deps.unnamed,
      }),
    },
    clues: {
      find: async (_db, _clueId, at) => deps.clueVersions.findLast((one) => ('version' in at ? one.version === at.version : one.knownAt <= at.knownBy)),
    },
    imports: { find: async () => undefined, kept: () => true },
    amounts: { between: async (_of, from, to) => deps.usedBetween(from, to) },
    freezer: {
      freeze: async (caseId) => ok(frozenAt((await eventsOf(db, caseId)).length)),
      newest: async (tx, caseId) => frozenAt((await eventsOf(tx, caseId)).length),
    },
    reviews: {
      check: async (_tx, dataRef) =>
        deps.reviewed.has(dataRef)
          ? ok({ reviewId: 'review-1' })
          : { ok: false, code: 'REVIEW-020', zh: '未经审核', en: 'not reviewed' },
      facts: async () => deps.supplied,
      told: async () => deps.told,
      history: async () => [{ accountId: demoAccountId('review-tech'), duty: 'data-reviewer' }],
    },
  };
  return deps;
}

/** The file as frozen at this version of the case. */
export const frozenAt = (version: number): FrozenFile => ({ version, name: `test_decision_${version}`, manifestSha256: 'b'.repeat(64), leaf: version });

/** The data of the hours of `handover`, of one outfall. */
export const dataRefOf = (outfall: string): string => `data:${outfall}:1773252000000:1773273600000`;
export const DATA_REF = dataRefOf('DA001');

/** 12 March 2026, six hours of NOx over the limit; handed over on Monday 16 March. */
export const handover = (more: Partial<Handover> = {}): Handover => ({
  clueId: 'clue-1',
  reviewId: 'review-1',
  unit: UNIT,
  outfall: 'DA001',
  groupId: DEMO_CITY,
  region: DEMO_REGION,
  facts: {
    zh: '2026年3月12日2时至8时，DA001 氮氧化物折算小时均值 6 次超过 50 mg/m³ 限值。',
    en: 'NOx over the limit for six hours',
  },
  factors: ['a21002'],
  period: { from: 1773252000000, to: 1773273600000 },
  violations: ['AIR_EXCEED'],
  evidence: { frames: [{ mn: 'MN1', from: 1773252000000, to: 1773273600000 }], materials: [] },
  handedOverAt: at('2026-03-16T10:00:00+08:00'),
  handedOverBy: demoAccountId('review-lead'),
  ...more,
});

const CERTIFIED: Readonly<Record<string, string>> = {
  officer: '苏ZF-060001',
  officer2: '苏ZF-060002',
  enforcement: '苏ZF-060010',
};

/** A member of the demonstration's cast, as access would hand him to a route. */
export function person(login: string, roles: Actor['roles']): Actor {
  const certificate = CERTIFIED[login];
  return {
    accountId: demoAccountId(login),
    name: login,
    roles,
    authorityId: DEMO_CITY,
    region: DEMO_REGION,
    ...(certificate === undefined ? {} : { certificate }),
  };
}

export const cast = {
  officer: person('officer', ['enforcement-officer']),
  officer2: person('officer2', ['enforcement-officer']),
  enforcement: person('enforcement', ['enforcement-lead']),
  caseReviewer: person('case-reviewer', ['case-reviewer']),
  legal: person('legal', ['legal']),
  hearing: person('hearing', ['hearing-host']),
  head: person('head', ['authority-head']),
  finance: person('finance', ['fine-clerk']),
  archivist: person('archivist', ['archivist']),
  unit: {
    accountId: asId<AccountId>('unit-person'),
    name: '张演示',
    roles: ['unit-user'],
    unitId: UNIT,
    region: DEMO_REGION,
  },
} as const satisfies Record<string, Actor>;

export const testClock = (text = '2026-03-16T10:05:00+08:00'): ManualClock => manualClock(at(text));
export const day = calendarDay;
