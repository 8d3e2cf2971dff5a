import { createHash } from 'node:crypto';
import { allAuthorities, refusalFor, type Actor } from '#access';
import { HOUR, instant, ok, type Result } from '#kernel';
import { transact, type Database } from '#platform/db';
import { newId, newToken } from '#platform/ids';
import { receiverOf } from './decide-receiver.ts';
import { refuse } from './errors.ts';
import type { DisclosureDeps } from './prepare-publication.ts';
import { findReport, insertReport, reportsSince, updateReport, type PublicReport } from './store.ts';

/** Reports one source may make in an hour: enough for a neighbourhood behind one address, too few to flood the desk. */
const PER_HOUR = 10;
const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

/** What anybody may tell; a contact is a choice, so that a report needs no name. */
export interface ReportCommand {
  readonly text: string;
  readonly place: string;
  readonly contact: string;
}

/** Takes a problem from anybody, without a sign-in. The query code is shown once and kept only as a digest. */
export async function reportProblem(deps: DisclosureDeps, command: ReportCommand, source: string): Promise<Result<{ code: string }>> {
  if (command.text.trim().length < 5) return refuse('DISC-004', { field: 'text' });
  const code = newToken().slice(0, 16);
  const now = deps.clock.now();
  const sourceHash = digest(source);
  return transact<Result<{ code: string }>>(deps.db, async (tx) => {
    if ((await reportsSince(tx, sourceHash, instant(now - HOUR))) >= PER_HOUR) return refuse('DISC-006');
    const province = (await allAuthorities(tx)).find((one) => one.parentId === null)?.authorityId;
    const { data, authorityOf } = deps.registry();
    await insertReport(tx, {
      authorityId: receiverOf(`${command.place} ${command.text}`, data, authorityOf, province) ?? null,
      reportId: newId('rpt'), codeHash: digest(code), text: command.text.trim(), place: command.place.trim(), contact: command.contact.trim(), sourceHash,
      state: 'RECEIVED', answer: null, answeredBy: null, at: now, changedAt: now,
    });
    return ok({ code });
  });
}

/** What the reporter may see with his code: his own words, where it stands, the answer. */
export async function lookUpReport(db: Database, code: string): Promise<Result<PublicReport>> {
  const report = await findReport(db, { codeHash: digest(code) });
  return report === undefined ? refuse('DISC-005') : ok(report);
}

/** Enforcement of the authority it came to, or of one above, takes a report in hand or answers it. A suspicion goes on as a patrol clue of ⑤. */
export async function answerReport(deps: DisclosureDeps, actor: Actor, reportId: string, answer: string): Promise<Result<PublicReport>> {
  return transact<Result<PublicReport>>(deps.db, async (tx) => {
    const report = await findReport(tx, { reportId });
    const no = refusalFor(actor, 'disclosure.reports-answer', report ?? {});
    if (no !== undefined) return no;
    if (report === undefined) return refuse('DISC-005');
    const answered = answer.trim() !== '';
    const next: PublicReport = { ...report, state: answered ? 'ANSWERED' : 'HANDLING', answer: answered ? answer.trim() : report.answer, answeredBy: actor.accountId, changedAt: deps.clock.now() };
    await updateReport(tx, next);
    return ok(next);
  });
}
