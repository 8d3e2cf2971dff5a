import type { Actor } from '#access';
import { dayOf, ok, type Result } from '#kernel';
import type { Tx } from '#platform/db';
import { COMPARED, COMPARISONS, noteIsPaper, type Compared, type RecheckCommand } from './decide-recheck.ts';
import { CAUSES, type Cause } from './decide-sheet.ts';
import { windowOf } from '../notice/issue-notice.ts';
import type { Paper } from '../ports.ts';
import { ACTS } from './sheet-machine.ts';
import type { Held } from '../store/held.ts';
import type { Sheet, StoredFeedback } from '../store/sheets.ts';
import type { SupervisionDeps } from './step-sheet.ts';

type About = Pick<Sheet, 'unitId' | 'authorityId' | 'region' | 'outfall' | 'sentenceZh'> & { readonly period: string; readonly sheetNumber: string };

/** Data of the recheck note: what was seen, what the unit said, what each source shows, the finding. */
function noteData(deps: SupervisionDeps, actor: Actor, about: About, answer: StoredFeedback | undefined, command: Omit<RecheckCommand, 'outcome'>, conclusion: string): Record<string, unknown> {
  return {
    sheetNumber: about.sheetNumber, unit: deps.directory.unit(about.unitId)?.name ?? about.unitId, outfall: deps.directory.outfallName(about.outfall),
    period: about.period, finding: about.sentenceZh,
    answer: answer === undefined ? '' : `${CAUSES[answer.cause as Cause].zh}：${answer.explanation}${answer.measures === '' ? '' : `；措施：${answer.measures}`}${answer.late ? '（逾期反馈）' : ''}`,
    comparisons: (Object.keys(COMPARED) as Compared[]).map((key) => {
      const found = command.compared?.[key];
      return { subject: COMPARED[key].zh, result: found === undefined ? '未比对' : COMPARISONS[found].zh };
    }),
    note: command.note.trim(), falseAnswer: command.falseAnswer, conclusion,
    checkers: [{ name: actor.name, date: dayOf(deps.clock.now()) }],
  };
}

const make = (tx: Tx, deps: SupervisionDeps, actor: Actor, about: About, subject: { kind: 'sheet' | 'clue'; id: string }, data: Record<string, unknown>): Promise<Result<Paper>> =>
  deps.papers.make(tx, { kind: 'CONTROL_RECHECK_NOTE', data, subject, unitId: null, authorityId: about.authorityId, preparedBy: actor });

/** The note as a paper where the region's gate rests on it; elsewhere the ledger row of the act is the record. */
export async function makeRecheckNote(
  tx: Tx, deps: SupervisionDeps, actor: Actor, sheet: Sheet, answer: StoredFeedback | undefined, command: RecheckCommand,
): Promise<Result<Paper | undefined>> {
  if (!noteIsPaper(deps.law, sheet.region, deps.clock.now())) return ok(undefined);
  const about: About = { ...sheet, period: windowOf(sheet.periodFrom, sheet.periodTo), sheetNumber: sheet.documentNo ?? '' };
  return make(tx, deps, actor, about, { kind: 'sheet', id: sheet.sheetId }, noteData(deps, actor, about, answer, command, ACTS[command.outcome].zh));
}

/** The note by which control staff tell enforcement of a suspicion the unit was not asked about (二（四）). */
export async function makeTellingNote(tx: Tx, deps: SupervisionDeps, actor: Actor, held: Held, note: string): Promise<Result<Paper>> {
  const about: About = { ...held, period: windowOf(held.event.period.from, held.event.period.to), sheetNumber: '' };
  const data = noteData(deps, actor, about, undefined, { note, falseAnswer: false }, '疑似数据造假或设备不正常运行，告知同级执法部门并配合现场调查取证');
  return make(tx, deps, actor, about, { kind: 'clue', id: held.clueId }, data);
}
