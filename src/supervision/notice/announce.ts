import { peopleWith } from '#access';
import { announce, type ChannelKey } from '#delivery';
import { asId, dayOf, toRfc3339, type SheetId } from '#kernel';
import type { Tx } from '#platform/db';
import type { UnitFacts } from '../ports.ts';
import { NOTICES } from '../sheet/sheet-machine.ts';
import { lockUnit } from '../store/lock.ts';
import { findSheet, markAnnounced, unannounced, type Sheet } from '../store/sheets.ts';
import type { SupervisionDeps } from '../sheet/step-sheet.ts';

const MOST_NAMED = 3;

type Recipients = Parameters<typeof announce>[2]['recipients'];
type Subject = { readonly kind: string; readonly ids: readonly string[] };

/** Sends a short text to the unit, and to whoever else is named, through the channels the region names. */
export async function tellUnit(tx: Tx, deps: SupervisionDeps, unit: UnitFacts, subject: Subject, body: string, others: Recipients = []): Promise<void> {
  const today = dayOf(deps.clock.now());
  const channels = deps.law.valueAt('delivery.noticeChannels', unit.region, today).value.filter((key): key is ChannelKey => key !== 'PORTAL');
  await announce(tx, deps, {
    subject, unitId: unit.unitId, authorityId: unit.authorityId, channels, body, dailyLimit: deps.law.valueAt('supervision.dailyNotices', unit.region, today).value,
    recipients: [{ audience: 'UNIT', name: unit.name, address: unit.phone }, ...others],
  });
}

/** The same to the unit and to the control staff of its authority. */
export async function tellBoth(tx: Tx, deps: SupervisionDeps, unit: UnitFacts, subject: Subject, body: string): Promise<void> {
  const staff = await peopleWith(tx, 'monitoring-control', unit.authorityId, dayOf(deps.clock.now()));
  await tellUnit(tx, deps, unit, subject, body, staff.map(({ name, login }) => ({ audience: 'STAFF' as const, name, address: login })));
}

const shown = (sheet: Sheet): string => (sheet.feedbackDue === null ? '' : `，请于${toRfc3339(sheet.feedbackDue).slice(5, 16).replace('T', ' ')}前反馈`);

/** What a message may say: that there is something, where and by when. The matter itself stays in the portal. */
function textOf(deps: SupervisionDeps, portal: string, unit: UnitFacts, sheets: readonly Sheet[]): string {
  const line = (sheet: Sheet) => `${deps.directory.outfallName(sheet.outfall)}${NOTICES[sheet.tier].title}（${sheet.documentNo ?? ''}）${shown(sheet)}`;
  const more = sheets.length > MOST_NAMED ? `等${sheets.length}份` : '';
  return `【${portal}】${unit.name}：${sheets.slice(0, MOST_NAMED).map(line).join('；')}${more}。请登录企业端查看。`;
}

/**
 * Tells of every notice of the unit that has gone out and was not yet announced: several at once make one message
 * (内环办〔2021〕103号 一（一）: 向排污单位和监管部门发送).
 */
export async function announceSheets(tx: Tx, deps: SupervisionDeps, sheetId: string): Promise<void> {
  const sheet = await findSheet(tx, asId<SheetId>(sheetId));
  const unit = sheet === undefined ? undefined : deps.directory.unit(sheet.unitId);
  if (unit === undefined) return;
  await lockUnit(tx, unit.unitId);
  const sheets = await unannounced(tx, unit.unitId);
  if (sheets.length === 0) return;
  const portal = deps.law.valueAt('delivery.portalName', unit.region, dayOf(deps.clock.now())).value;
  await tellBoth(tx, deps, unit, { kind: 'sheet', ids: sheets.map((each) => each.sheetId) }, textOf(deps, portal, unit, sheets));
  await markAnnounced(tx, sheets.map((each) => each.sheetId));
}
