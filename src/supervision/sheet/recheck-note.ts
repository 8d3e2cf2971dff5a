import type { Actor } from '#access';
import { findClue } from '#analysis';
import { dayOf, instant, ok, type ClueId, type OutfallId, type Result } from '#kernel';
import type { Tx } from '#platform/db';
import type { Asked } from './asked-clues.ts';
import { COMPARED, COMPARISONS, foundOtherwise, noteIsPaper, type Compared, type RecheckCommand } from './decide-recheck.ts';
import { CAUSES, type Cause } from './decide-sheet.ts';
import { windowOf } from '../notice/issue-notice.ts';
import type { Paper } from '../ports.ts';
import { ACTS } from './sheet-machine.ts';
import type { Held } from '../store/held.ts';
import type { Sheet, StoredFeedback } from '../store/sheets.ts';
import type { SupervisionDeps } from './step-sheet.ts';

type About = Pick<Sheet, 'unitId' | 'authorityId' | 'region' | 'outfall' | 'sentenceZh'> & { readonly period: string; readonly sheetNumber: string };

/** Electronic data become evidence by a review of their own, in which legal staff sign too (行政处罚法 第四十一条): this note does not stand for it. */
const DATA_REVIEW = '本单复核督办信息和企业反馈是否属实。所列线索的电子数据，其关联性、真实性、完整性、合法性由监控部门技术人员和法制审核人员逐条审核，各自出具数据审核意见；未经审核通过的，不作为证据，也不移交。';

interface Matter {
  readonly clueNo: string;
  readonly factor: string;
  readonly period: string;
  readonly finding: string;
}

/** What each of these clues says by itself, as it is known now. */
async function mattersOf(tx: Tx, deps: SupervisionDeps, outfall: OutfallId, clues: readonly ClueId[]): Promise<Matter[]> {
  const found = await Promise.all(clues.map((clueId) => findClue(tx, clueId)));
  return found.flatMap((stored) => stored === undefined ? [] : [{
    clueNo: stored.clue.id, factor: stored.clue.factors.map((code) => deps.directory.factorName(outfall, code)).join('、') || '不涉及特定因子',
    period: windowOf(instant(stored.clue.start), instant(stored.clue.end)), finding: stored.clue.claim.zh,
  }]);
}

/** Data of the recheck note: what was seen, what the unit said, what each source shows, the finding. */
function noteData(deps: SupervisionDeps, actor: Actor, about: About, matters: readonly Matter[], answer: StoredFeedback | undefined, command: Omit<RecheckCommand, 'outcome'>, conclusion: string, goesOn: boolean): Record<string, unknown> {
  return {
    sheetNumber: about.sheetNumber, unit: deps.directory.unit(about.unitId)?.name ?? about.unitId, outfall: deps.directory.outfallName(about.outfall),
    period: about.period, finding: about.sentenceZh, matters,
    answer: answer === undefined ? '' : `${CAUSES[answer.cause as Cause].zh}：${answer.explanation}${answer.measures === '' ? '' : `；措施：${answer.measures}`}${answer.late ? '（逾期反馈）' : ''}`,
    comparisons: (Object.keys(COMPARED) as Compared[]).map((key) => {
      const [found, told] = [command.compared?.[key], command.held?.[key].zh];
      return { subject: COMPARED[key].zh, result: `${found === undefined ? '未比对' : COMPARISONS[found].zh}${told === undefined ? '' : `（${told}）`}` };
    }),
    note: command.note.trim(), against: foundOtherwise(command).length === 0 ? '' : (command.against ?? '').trim(), falseAnswer: command.falseAnswer, conclusion, ...(goesOn ? { dataReview: DATA_REVIEW } : {}),
    checkers: [{ name: actor.name, date: dayOf(deps.clock.now()) }],
  };
}

const make = (tx: Tx, deps: SupervisionDeps, actor: Actor, about: About, subject: { kind: 'sheet' | 'clue'; id: string }, data: Record<string, unknown>): Promise<Result<Paper>> =>
  deps.papers.make(tx, { kind: 'CONTROL_RECHECK_NOTE', data, subject, unitId: null, authorityId: about.authorityId, preparedBy: actor });

/** The note as a paper where the region's gate rests on it; elsewhere the ledger row of the act is the record. */
export async function makeRecheckNote(
  tx: Tx, deps: SupervisionDeps, actor: Actor, sheet: Sheet, { clues, period }: Asked, answer: StoredFeedback | undefined, command: RecheckCommand,
): Promise<Result<Paper | undefined>> {
  if (!noteIsPaper(deps.law, sheet.region, deps.clock.now())) return ok(undefined);
  const about: About = { ...sheet, period: windowOf(period.periodFrom, period.periodTo), sheetNumber: sheet.documentNo ?? '' };
  const matters = await mattersOf(tx, deps, sheet.outfall, clues);
  return make(tx, deps, actor, about, { kind: 'sheet', id: sheet.sheetId }, noteData(deps, actor, about, matters, answer, command, ACTS[command.outcome].zh, command.outcome === 'establish'));
}

/** The note by which control staff tell enforcement of a suspicion the unit was not asked about (二（四）). */
export async function makeTellingNote(tx: Tx, deps: SupervisionDeps, actor: Actor, held: Held, note: string): Promise<Result<Paper>> {
  const about: About = { ...held, period: windowOf(held.event.period.from, held.event.period.to), sheetNumber: '' };
  const matters = await mattersOf(tx, deps, held.outfall, [held.clueId]);
  const data = noteData(deps, actor, about, matters, undefined, { note, falseAnswer: false }, '疑似数据造假或设备不正常运行，告知同级执法部门并配合现场调查取证', true);
  return make(tx, deps, actor, about, { kind: 'clue', id: held.clueId }, data);
}
