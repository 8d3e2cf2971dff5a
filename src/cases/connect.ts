import { accountsOf, hasAccount, missingOf, officeOf, type Office } from '#access';
import { assessQuantities, findClue, findClueVersion, modelById } from '#analysis';
import { deliver, deliveriesOfDocument, findConsent, findDelivery } from '#delivery';
import { drawDraft, findDocument, issueDocument, issuingAuthority, redline, redlineCorrection, findImport, sentenceOf, type DocumentDeps } from '#documents';
import { asId, dayOf, Decimal, instant, ok, type ClueId, type FactorCode, type OutfallId, type ReviewId, type UnitId } from '#kernel';
import type { Law } from '#law';
import type { PlatformDeps } from '#platform';
import type { BlobStore } from '#platform/blobs';
import { measuredOf } from '#quality';
import { clueHistory, findNotice, findReview, isReviewed, observedFacts } from '#review';
import { partyOf, type StoredRegistry } from '#register';
import { parseDataRef } from './evidence/data-ref.ts';
import { refuse } from './errors.ts';
import type { Amounts, AuthorityFacts, CaseDeps, CaseDirectory, Clues, DataReviews, Imports, Papers, Post } from './ports.ts';

/** The real documents, delivery, register and review behind the ports of a case. */
export function connectCases(
  deps: PlatformDeps & DocumentDeps & { readonly law: Law },
  registry: () => StoredRegistry,
): Omit<CaseDeps, 'freezer'> {
  const { db, clock, log, law, blobs } = deps;
  return { db, clock, log, law, papers: papersOf(deps), post: postOf(deps), directory: directoryOf(registry), reviews: connectReviews(law), clues, imports: connectImports(blobs), amounts: amountsOf(deps, registry) };
}

const amountsOf = ({ db, series, law, clock }: PlatformDeps & { readonly law: Law }, registry: () => StoredRegistry): Amounts => ({
  async between({ outfall: id, factor, period }, from, to) {
    const outfall = registry().outfall(id);
    if (outfall === undefined) return undefined;
    const { standings, within } = await assessQuantities({ db, series, law, registry: registry() }, { outfall, factor: factor as FactorCode, asOf: clock.now(), to: to - 1 });
    const account = standings.find(({ cap }) => cap.period === period);
    if (account === undefined) return undefined;
    const after = measuredOf(account);
    const before = from < account.cap.start ? new Decimal(0) : after.minus(within(from, to).measuredKg);
    return { permitted: account.cap.kg, before: before.toDecimalPlaces(3).toString(), after: after.toDecimalPlaces(3).toString() };
  },
});

/** What changed in the printed wording. */
export const changesOfPapers: Pick<Papers, 'redline' | 'correction'> = { redline, correction: redlineCorrection };

export const papersOf = (deps: DocumentDeps): Papers => ({
  issue: async (tx, order) => {
    const issued = await issueDocument(tx, deps, {
      kind: order.kind,
      data: order.data,
      authority: order.authority,
      subject: { kind: 'case', id: order.caseId },
      unitId: order.unitId,
      preparedBy: order.preparedBy,
      ...(order.approval === undefined ? {} : { approval: order.approval }),
    });
    if (!issued.ok) return issued;
    const { documentId, number, title, sha256 } = issued.value;
    const pages = (await findDocument(tx, documentId))?.pages ?? 1;
    return ok({ documentId, number, title, sha256, pages });
  },
  draft: (kind, data, authority) => drawDraft(kind, data, deps.clock.now(), authority),
  ...changesOfPapers,
  find: async (tx, id) => {
    const row = await findDocument(tx, id);
    if (row === undefined) return undefined;
    const { documentId, number, title, sha256, pages, issuedAt } = row;
    return { documentId, number, title, sha256, pages, issuedOn: dayOf(issuedAt) };
  },
  dataOf: async (db, id) => (await findDocument(db, id))?.data,
});

/** Who does not confirm is served by hand, by post or as the law otherwise allows; then the receipt counts. */
const received: Post['received'] = async (db, documentId) =>
  (await deliveriesOfDocument(db, documentId)).some((d) => d.state === 'CONFIRMED' || (d.method !== 'ELECTRONIC' && d.legalDay !== null));

export const postOf = (deps: Pick<DocumentDeps, 'clock'>): Post => ({
  find: async (tx, deliveryId) => {
    const delivery = await findDelivery(tx, deliveryId);
    if (delivery === undefined) return undefined;
    const consent = delivery.consentId === null ? undefined : await findConsent(tx, delivery.consentId);
    const people = await accountsOf(tx, delivery.servedBy);
    const servers = delivery.servedBy.flatMap((id) => people.filter(({ accountId }) => accountId === id));
    return { delivery, consentNumber: consent?.documentNumber ?? '', servers: servers.map(({ accountId, name, certificate }) => ({ accountId, name, ...(certificate === null || certificate.to < (delivery.legalDay ?? certificate.from) ? {} : { certificate: certificate.number }) })) };
  },
  received,
  deliver: async (tx, { caseId, ...order }) => {
    const sent = await deliver(tx, deps, {
      ...order,
      subject: { kind: 'case', id: caseId },
      needsConsent: true,
    });
    if (!sent.ok) return sent;
    const { deliveryId, method, arrivedAt, legalDay } = sent.value;
    return ok({
      deliveryId,
      method,
      arrived: arrivedAt === null || legalDay === null ? null : { at: arrivedAt, legalDay },
    });
  },
});

function directoryOf(registry: () => StoredRegistry): CaseDirectory {
  return {
    unit: (id: UnitId) => partyOf(registry(), id),
    outfallName: (id: OutfallId) => registry().outfall(id)?.attributes['name'] ?? id,
    factorName: (id: OutfallId, code: string) => registry().factorsOf(id).find(({ factor }) => factor === code)?.factorZh || code,
    authority: async (db, id) => ({ ...(await issuingAuthority(db, id)), ...printedOf(await officeOf(db, id)) }),
  };
}

/**
 * What papers print of the authority's own data (`access.office`). What nobody has entered is said in the words of the law, never made up:
 * then the account stands on the payment notice that is handed over with the decision (行政处罚法 第六十七条、第七十四条).
 */
export function printedOf(office: Office): Omit<AuthorityFacts, 'authorityId' | 'name' | 'docPrefix' | 'region'> {
  const { address, phone, reconsideration, court, collection } = office;
  const { bank, accountName, accountNo } = collection;
  return {
    // The national environmental hotline reaches every authority; an address that nobody entered is left out.
    address,
    phone: phone || '12369',
    reconsiderationBody: reconsideration.zh === '' ? { zh: '本级人民政府', en: 'the people’s government of the same level' } : reconsideration,
    court: court.zh === '' ? { zh: '有管辖权的人民法院', en: 'the people’s court that is competent' } : court,
    payee: hasAccount(collection)
      ? {
        zh: `代收银行${bank.zh}（户名：${accountName.zh}，账号：${accountNo}）或者通过电子支付系统`,
        en: `the collecting bank, ${bank.en || bank.zh} (account name: ${accountName.en || accountName.zh}, account number: ${accountNo}), or by electronic payment`,
      }
      : { zh: '缴款通知书（随处罚决定书交付）载明的银行账户或者通过电子支付系统', en: 'the bank account named in the payment notice handed over with the decision, or by electronic payment' },
    unnamed: missingOf(office),
  };
}

export const connectImports = (blobs: Pick<BlobStore, 'has'>): Imports => ({
  kept: (sha256) => blobs.has(sha256),
  find: async (tx, caseId, sha256) => {
    const file = await findImport(tx, caseId, sha256);
    return file === undefined ? undefined : { verdict: file.report.verdict, sentence: sentenceOf(file.report) };
  },
});

/** What the review module knows, as a case asks it. */
export const connectReviews = (law: Law): DataReviews => ({
  check: async (tx, dataRef) => {
    const ref = parseDataRef(dataRef);
    return ref === undefined
      ? refuse('CASE-004', { field: 'source.dataRef', missing: [dataRef] })
      : isReviewed(tx, ref);
  },
  facts: async (tx, reviewId, violations) => {
    const review = await findReview(tx, asId<ReviewId>(reviewId));
    return review?.state === 'PASSED' ? observedFacts(law, review.precheck.input, violations, reviewId) : [];
  },
  history: (tx, clueId) => clueHistory(tx, asId<ClueId>(clueId)),
  told: async (db, clueId) => {
    const notice = await findNotice(db, asId<ClueId>(clueId));
    if (notice?.state === 'CONFIRMED') return true;
    return notice !== undefined && notice.documentId !== null && received(db, notice.documentId);
  },
});

/** What analysis keeps of a clue, as a case asks it. */
export const clues: Clues = {
  find: async (db, clueId, at) => {
    const clue = 'version' in at ? await findClueVersion(db, clueId, at.version) : (await findClue(db, clueId, at.knownBy))?.clue;
    if (clue === undefined) return undefined;
    const { version, knownAt, claim, tier, models, start, end, cleared } = clue;
    return {
      version, knownAt: instant(Math.round(knownAt)), claim, tier: TIER_WORDS[tier], cleared, from: instant(Math.round(start)), to: instant(Math.round(end)),
      models: models.map((id) => { const title = modelById(id)?.title; return { zh: `${id} ${title?.zh ?? ''}`.trim(), en: `${id} ${title?.en ?? ''}`.trim() }; }),
    };
  },
};

const TIER_WORDS = { REMIND: { zh: '提醒', en: 'reminder' }, WARN: { zh: '警告', en: 'warning' }, WORK_ORDER: { zh: '执法工单', en: 'work order' } } as const;
