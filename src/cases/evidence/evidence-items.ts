import { formatMoment } from '#documents';
import { dayOf, instant } from '#kernel';
import type { ViolationKey } from '#law';
import { ACCOUNT_SHEET, POWER_SHEET, USED_BEFORE } from '#review';
import type { CommandOf } from '../commands/index.ts';
import { reviewerOf, type EvidenceItem, type PenaltyCase } from '../penalty-case.ts';

const framesProve = ({ mn, from, to }: { readonly mn: string; readonly from: number; readonly to: number }): string =>
  `编号 ${mn} 的自动监测设备在${formatMoment(from)}至${formatMoment(to)}测得的数值、数据标记和运行状态`;

/** Files of a review that stand for a point of their own: of a permitted amount the account and the report it rests on, of treatment what its power meters read. By the beginning of their titles. */
const SHEETS: readonly (readonly [title: string, of: ViolationKey, told: Pick<EvidenceItem, 'point' | 'proves' | 'provider'>])[] = [
  [ACCOUNT_SHEET, 'PERMIT_EXCEED', { point: 'CALC', proves: '所列期间逐月的实测排放量、累计排放量与许可排放量，以及另列的缺失、无效小时的替代值（只供核对，不计入违法事实）', provider: '本机关信息平台（依据当事人自动监测设备上传的数据计算）' }],
  [USED_BEFORE, 'PERMIT_EXCEED', { point: 'CALC', proves: '自动监测设备接入信息平台以前，当事人在核算期内已经排放的数量（当事人自行核算）', provider: '当事人报送的排污许可执行报告' }],
  [POWER_SHEET, 'TREATMENT_NOT_BY_PERMIT', { point: 'POWER', proves: '所列时段生产设施、治理设施逐小时的用电功率，以及此前一日的功率', provider: '当事人用电监控设备上传，信息平台接收并按小时计算' }],
];

const sheetOf = ({ violation }: PenaltyCase, title: string) => SHEETS.find(([start, of]) => of === violation && title.startsWith(start))?.[2];

/** Nobody types a fact twice: what the review passed is evidence from the day of filing. It was obtained with the opinion, not when the data were measured. */
export function handedOverEvidence(state: PenaltyCase, point: string): EvidenceItem[] {
  if (state.filing === undefined) return [...state.evidence];
  const paper = state.papers.find(({ kind }) => kind === 'REVIEW_OPINION');
  const obtainedOn = paper?.issuedOn ?? dayOf(state.handedOverAt);
  const base = { mode: 'OFFSITE' as const, obtainedOn, provider: reviewerOf(state) };
  const data = state.evidenceRefs.map((ref, i): EvidenceItem => ({
    ...base,
    itemId: `H${i + 1}`,
    title: ref.title,
    evidenceKind: 'ELECTRONIC_DATA',
    point,
    ...(ref.frames === undefined ? {} : { factors: state.factors, ...(state.acts === undefined ? {} : { shows: state.acts }) }),
    ...sheetOf(state, ref.title) ?? (ref.frames === undefined ? { proves: `${ref.title}所载的内容` } : { proves: framesProve(ref.frames), provider: '当事人自动监测设备上传，信息平台接收并存证' }),
    source: {
      from: 'REVIEWED_DATA',
      reviewId: ref.reviewId,
      dataRef: ref.dataRef,
      ...(ref.sha256 === undefined ? {} : { sha256: ref.sha256 }),
    },
  }));
  const opinion: EvidenceItem = {
    ...base,
    itemId: 'H0',
    title: paper === undefined ? '数据审核意见' : `数据审核意见（${paper.number}）`,
    evidenceKind: 'DOCUMENT',
    point: 'REVIEW',
    proves: `${reviewerOf(state)}对上述时段自动监测数据的关联性、真实性、完整性、合法性逐项审核，认定可以作为行政执法证据`,
    source: { from: 'RECORD', note: state.opinionDocumentId ?? state.reviewId },
  };
  return [...state.evidence, opinion, ...data];
}

/** What an item shows of the act, as the officer says. */
export const shown = ({ shows }: Pick<CommandOf<'ATTACH_EVIDENCE'>, 'shows'>): Pick<EvidenceItem, 'shows'> => (shows === undefined ? {} : { shows: [shows] });

/** Which time a log or a recording is of. */
export const covered = ({ coversFrom, coversTo }: Pick<CommandOf<'ATTACH_EVIDENCE'>, 'coversFrom' | 'coversTo'>): Pick<EvidenceItem, 'covers'> =>
  (coversFrom === undefined || coversTo === undefined ? {} : { covers: { from: instant(coversFrom), to: instant(coversTo) } });

export const inquiryItem = (command: CommandOf<'RECORD_INQUIRY'>, itemId: string): EvidenceItem => ({
  itemId,
  title: `远程询问笔录（${command.asked.name}）`,
  evidenceKind: 'PARTY_STATEMENT',
  point: 'INQUIRY',
  mode: 'OFFSITE',
  obtainedOn: dayOf(instant(command.startedAt)),
  provider: command.asked.name,
  proves: '当事人对违法事实、过错和改正情况的陈述',
  ...shown(command),
  source: { from: 'RECORD', note: command.recordingId },
});

/** The point of the checklist that asks for the record of the place, where a kind of violation has one. */
export const SITE_POINT = 'SITE';

type OnSite = CommandOf<'RECORD_SITE_INSPECTION'> | CommandOf<'RECORD_SAMPLING'>;

/** The record of what officers did at the place is evidence of its own kind (行政处罚法 第四十六条). */
export const siteItem = (command: OnSite, itemId: string, point: string): EvidenceItem => ({
  itemId,
  title: command.kind === 'RECORD_SAMPLING' ? `采样记录（${command.spot}）` : '现场检查（勘察）笔录',
  evidenceKind: 'SITE_RECORD',
  point,
  mode: 'ONSITE',
  obtainedOn: dayOf(instant(command.takenAt)),
  provider: '执法人员制作',
  proves: command.kind === 'RECORD_SAMPLING' ? `在${command.spot}采集${command.items}样品的经过` : command.found,
  ...(command.kind === 'RECORD_SAMPLING' ? {} : shown(command)),
  source: { from: 'RECORD', note: command.recordingId },
});

export const reportItem = (command: CommandOf<'RECEIVE_TEST_REPORT'>, itemId: string): EvidenceItem => ({
  itemId,
  title: `监测（检测）报告 ${command.reportNo}`,
  evidenceKind: 'DOCUMENT',
  point: 'TEST_REPORT',
  mode: 'ONSITE',
  obtainedOn: command.receivedOn,
  provider: command.laboratory,
  proves: command.result,
  source: { from: 'FILE', ...command.report },
});
