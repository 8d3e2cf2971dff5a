import { allAuthorities, areaOf, behalfOf, refusalFor, type Actor } from '#access';
import { appendLeaf } from '#evidence';
import { addMonths, calendarDay, dayOf, isRefusal, ok, startOfDay, type CalendarDay, type Result } from '#kernel';
import { transact } from '#platform/db';
import { newId } from '#platform/ids';
import { emit } from '#platform/outbox';
import { emitConfirmed } from '../confirmed-event.ts';
import { refuse } from '../errors.ts';
import { levelRefusal } from '../ladder/level.ts';
import { accountOfQuota, accountTexts, amountTexts, decideQuota, periodText, type QuotaDeps, type QuotaWarning } from './quota.ts';
import { confirmedBetween, findQuota, insertReport, settleClue, settleQuota, type QuotaReport } from '../store/quotas.ts';
import type { SupervisionDeps } from '../sheet/step-sheet.ts';

/**
 * Control staff of the level the region names say whether the over-quantity is true (二（三）: 自治区监控部门确认).
 *
 * Who says yes is held to the account as it is known now.
 *
 * @returns SUPV-005, SUPV-014, SUPV-020, SUPV-021, SUPV-031 (what was measured is below what is permitted)
 */
export async function confirmQuota(deps: QuotaDeps, actor: Actor, quotaId: string, command: { readonly holds: boolean; readonly note: string }): Promise<Result<QuotaWarning>> {
  return transact<Result<QuotaWarning>>(deps.db, async (tx) => {
    const quota = await findQuota(tx, quotaId, true);
    if (quota === undefined) return refuse('SUPV-020');
    const { value, source, article } = deps.law.valueAt('supervision.quotaConfirmLevel', quota.region, dayOf(deps.clock.now()));
    const no = refusalFor(actor, 'supervision.confirm-quota', quota) ?? (await levelRefusal(tx, actor, value, `${source} ${article}`));
    if (no !== undefined) return no;
    if (command.note.trim().length < 5) return refuse('SUPV-005', { field: 'note' });
    const to = decideQuota(quota.state, command.holds, isReported(deps, quota));
    if (!to.ok) return to;
    const account = await accountOfQuota(deps, quota);
    if (command.holds && account?.over === false) return refuse('SUPV-031', { field: 'holds', args: accountTexts(account), basis: `${source} ${article}` });
    await settleQuota(tx, quotaId, { state: to.value, by: actor.accountId, at: deps.clock.now(), note: command.note.trim() });
    await appendLeaf(tx, deps.clock, { t: 'sheet', ref: quotaId, act: 'confirm-quota', state: to.value, ...(account === undefined ? {} : { until: account.until, measured: account.measuredKg }), actor: actor.accountId, ...behalfOf(actor) });
    return ok((await findQuota(tx, quotaId)) as QuotaWarning);
  });
}

const isReported = (deps: Pick<SupervisionDeps, 'law' | 'clock'>, { region }: Pick<QuotaWarning, 'region'>): boolean =>
  deps.law.valueAt('supervision.quotaReport', region, dayOf(deps.clock.now())).value === 'MONTHLY';

const nameOf = ({ directory }: Pick<SupervisionDeps, 'directory'>, { unitId, outfall, factor, period, periodStart }: QuotaWarning) => ({
  unit: directory.unit(unitId)?.name ?? unitId, outfall: directory.outfallName(outfall), factor: directory.factorName(outfall, factor), period: periodText(period, periodStart),
});

const monthStart = (month: string): CalendarDay => calendarDay(`${month}-01`);

/**
 * The month's confirmed over-quantities of the actor's area go to enforcement as one report; each whose clue is known, were it the one of the warning before, is
 * confirmed to ⑤ with the report as its paper, the others when their clue comes (`attachClue`). The month must be over: a report is not a running list.
 *
 * @param month `YYYY-MM` in China time
 * @returns SUPV-014, SUPV-023 (month not over), SUPV-024 (nothing that the region reports), SUPV-030 (what was confirmed is not over any more)
 */
export async function reportQuotas(deps: QuotaDeps, actor: Actor, month: string): Promise<Result<QuotaReport>> {
  return transact<Result<QuotaReport>>(deps.db, async (tx) => {
    const no = refusalFor(actor, 'supervision.report-quota', actor);
    if (no !== undefined) return no;
    const now = deps.clock.now();
    const [from, to] = [startOfDay(monthStart(month)), startOfDay(addMonths(monthStart(month), 1))];
    if (now < to) return refuse('SUPV-023', { field: 'month' });
    const authority = (await allAuthorities(tx)).find((one) => one.authorityId === actor.authorityId);
    const items = (await confirmedBetween(tx, areaOf(actor), from, to)).filter((item) => isReported(deps, item));
    const [first] = items;
    if (first === undefined || authority === undefined) return refuse('SUPV-024');
    const level = deps.law.valueAt('supervision.quotaConfirmLevel', first.region, dayOf(now));
    const basis = `${level.source} ${level.article}`;
    const low = await levelRefusal(tx, actor, level.value, basis);
    if (low !== undefined) return low;
    const accounts = await Promise.all(items.map(async (item) => ({ item, name: nameOf(deps, item), account: await accountOfQuota(deps, item) })));
    const fallen = accounts.filter(({ account }) => account?.over === false);
    if (fallen.length > 0) return refuse('SUPV-030', { missing: fallen.map(({ name }) => Object.values(name).join(' ')), basis });
    const reportId = newId('qrp');
    const paper = await deps.papers.make(tx, {
      kind: 'OVER_QUANTITY_REPORT', unitId: null, authorityId: authority.authorityId, preparedBy: actor, subject: { kind: 'quota-report', id: reportId },
      data: {
        month: periodText('MONTH', from), receiver: `${authority.nameZh}执法部门`, basis, reporters: [{ name: actor.name, date: dayOf(now) }],
        items: accounts.map(({ item, name, account }) => ({
          ...name, ...(account === undefined ? amountTexts(item) : accountTexts(account)), confirmedOn: dayOf(item.confirmedAt ?? now), note: item.note ?? '',
        })),
      },
    });
    if (isRefusal(paper)) return paper;
    const report: QuotaReport = { reportId, authorityId: authority.authorityId, month, documentId: paper.value.documentId, documentNo: paper.value.number, sha256: paper.value.sha256, reportedBy: actor.accountId, at: now };
    await insertReport(tx, report, items.map((item) => item.quotaId));
    for (const item of items) {
      const clueId = await settleClue(tx, item);
      if (clueId !== null) await emitConfirmed(tx, deps, { ...item, clueId, sheetId: null, route: 'OVER_QUANTITY', paper: paper.value }, actor.accountId);
    }
    await emit(tx, deps.clock, { type: 'quota.reported', subject: reportId, payload: { reportId, month, documentId: report.documentId, quotas: items.map((item) => item.quotaId), units: [...new Set(items.map((item) => item.unitId))] } });
    await appendLeaf(tx, deps.clock, { t: 'sheet', ref: reportId, act: 'report-quotas', month, count: items.length, actor: actor.accountId, ...behalfOf(actor) });
    return ok(report);
  });
}
