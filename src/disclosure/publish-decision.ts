import { accountOf, behalfOf, refusalFor, type Actor } from '#access';
import { loadCase } from '#cases';
import { formatDay } from '#documents';
import { appendLeaf, appendLeaves, type LeafInput } from '#evidence';
import { dayOf, ok, type CaseId, type Refusal, type RegionKey, type Result } from '#kernel';
import { closeDeadline, openDeadline } from '#platform/deadlines';
import { transact, type Tx } from '#platform/db';
import { newId } from '#platform/ids';
import { emit } from '#platform/outbox';
import { refuse } from './errors.ts';
import { hidePeople, peopleIn, type ApprovalFacts, type DisclosureDeps } from './prepare-publication.ts';
import { actionOf, decidePublication, type Publication, type PublicationAct } from './publication.ts';
import { contentLines, publicText, textRefOf } from './public-text.ts';
import { HIDDEN_KINDS, redact, type HiddenKind } from './redact.ts';
import { findPublication, insertAct, updatePublication } from './store.ts';

/** A step of a publication with its reason. */
export interface PublicationCommand {
  readonly act: PublicationAct;
  readonly note: string;
  /** For `edit`: the new text. */
  readonly facts?: string;
  /** Names to hide beside those of the people in the file. */
  readonly names?: readonly string[];
}

/** The text with the people of the file and those named hidden, and how often anything was hidden in it until now. */
function hiddenIn(publication: Publication, text: string, names: readonly string[]): Pick<Publication, 'facts' | 'content' | 'redactions'> {
  const { text: facts, hidden } = redact(text, names);
  const content = publication.content === null ? null : hidePeople(publication.content, names);
  const kinds = Object.entries(hidden).map(([kind, n]) => [kind, n + (publication.redactions[kind as HiddenKind] ?? 0)]);
  return { facts, content, redactions: { ...publication.redactions, ...Object.fromEntries(kinds) } };
}

function changed(publication: Publication, command: PublicationCommand, actor: Actor, people: readonly string[], at: Publication['changedAt']): Publication {
  const names = [...people, ...(command.names ?? [])];
  switch (command.act) {
    case 'edit':
      return { ...publication, ...hiddenIn(publication, command.facts ?? publication.facts, names), preparedBy: actor.accountId, preparedFor: actor.behalf?.accountId ?? null };
    case 'publish':
      return { ...publication, ...hiddenIn(publication, publication.facts, names), publishedAt: at };
    case 'withhold':
      return publication;
    case 'withdraw':
      return { ...publication, withdrawnAt: at, withdrawNote: command.note.trim() };
  }
}

const DECIDED = { publish: '同意公开', withhold: '不予公开', withdraw: '撤回公开并说明理由' } as const;

/** 公开审批表: the text, what is hidden in it, the channel, the day, and the reason where it is withheld or taken back. */
async function approvalFacts(tx: Tx, p: Publication, { act, note }: PublicationCommand, actor: Actor): Promise<ApprovalFacts> {
  const decision = act === 'edit' ? '' : DECIDED[act];
  const hidden = Object.entries(p.redactions).map(([kind, times]) => `${HIDDEN_KINDS[kind as HiddenKind].zh} ${times} 处`);
  const today = dayOf(p.changedAt);
  // The platform itself has no account: it prepares the text from the file.
  const preparer = (await accountOf(tx, p.preparedBy))?.name ?? '平台';
  const rows: readonly (readonly [string, string])[] = [
    ['决定书文号', `${p.documentNo}（${formatDay(p.decidedOn)}）`],
    ['案由和处理结果', `${p.violation}；${p.outcome}${p.amount > 0 ? `，${p.amount} 元` : ''}`],
    ['公开内容', p.facts],
    ...contentLines(p.content),
    ['隐去的内容', hidden.length === 0 ? '无' : hidden.join('、')],
    ['公开渠道', '本机关公开页面（平台）'],
    ['决定', decision],
    ['公开日期', p.publishedAt === null ? '/' : formatDay(dayOf(p.publishedAt))],
    ['说明', note.trim() === '' ? '/' : note.trim()],
  ];
  return {
    cause: p.violation,
    unit: p.unitName,
    rows: rows.map(([label, text]) => ({ label, text: text === '' ? '/' : text })),
    basis: [{ instrument: '中华人民共和国行政处罚法', article: '第四十八条' }, { instrument: '生态环境行政处罚办法', article: '第六十一条至第六十六条' }],
    opinions: [
      { role: '拟办意见', opinion: '公开文本已隐去个人信息，提请审批。', name: preparer, date: today },
      { role: '审批意见', opinion: `${decision}。`, name: actor.name, date: today },
    ],
  };
}

/** Why a text may not be published yet, whoever asks: its decision has not reached the party. */
export async function beforeService({ db }: Pick<DisclosureDeps, 'db'>, { caseId }: Pick<Publication, 'caseId'>): Promise<Refusal | undefined> {
  const decision = (await loadCase(db, caseId))?.state.decision;
  return decision !== undefined && decision.delivery === undefined ? refuse('DISC-007') : undefined;
}

/** One step of a publication. Publishing ends the clock of order 30 article 65 by its event; withdrawing ends T17. */
export async function actOnPublication(deps: DisclosureDeps, actor: Actor, publicationId: string, command: PublicationCommand): Promise<Result<Publication>> {
  return transact<Result<Publication>>(deps.db, async (tx) => {
    const publication = await findPublication(tx, { publicationId }, true);
    if (publication === undefined) return refuse('DISC-001');
    const no = refusalFor(actor, actionOf(command.act), publication);
    if (no !== undefined) return no;
    const early = command.act === 'publish' ? await beforeService(deps, publication) : undefined;
    if (early !== undefined) return early;
    const to = decidePublication(publication, command.act, actor, command.note);
    if (!to.ok) return to;
    const now = deps.clock.now();
    const next: Publication = { ...changed(publication, command, actor, await peopleIn(deps, publication), now), state: to.value, changedAt: now };
    const approved = command.act === 'edit' ? ok(undefined) : await deps.papers.approval(tx, next, await approvalFacts(tx, next, command, actor), actor);
    if (!approved.ok) return approved;
    await updatePublication(tx, next);
    await insertAct(tx, { eventId: newId('pev'), publicationId, at: now, act: command.act, to: to.value, actorId: actor.accountId, note: command.note.trim() });
    if (command.act === 'withdraw') await closeDeadline(tx, { clockId: 'T17', subjectKind: 'publication', subjectId: publicationId, closedAt: now });
    if (command.act === 'publish' || command.act === 'withhold') {
      await emit(tx, deps.clock, { type: 'decision.published', subject: publication.caseId, payload: { caseId: publication.caseId, publicationId, state: to.value } });
    }
    const act: LeafInput = { t: 'doc', ref: publicationId, act: command.act, state: to.value, actor: actor.accountId, ...behalfOf(actor), case: publication.caseId };
    if (command.act !== 'publish') {
      await appendLeaf(tx, deps.clock, act);
      return ok(next);
    }
    const textSha = await deps.blobs.put(Buffer.from(publicText(next)));
    const [, textLeaf = null] = await appendLeaves(tx, deps.clock, [act, { t: 'doc', ref: textRefOf(publicationId), kind: 'PUBLICATION', no: publication.documentNo, sha256: textSha }]);
    const proved = { ...next, textSha, textLeaf };
    await updatePublication(tx, proved);
    return ok(proved);
  });
}

/** A remedy that left the decision standing leaves its publication standing, too. */
const OVERTURNED: ReadonlySet<string> = new Set(['CHANGED', 'REMANDED', 'REVOKED']);

async function overturnedIn(deps: DisclosureDeps, caseId: CaseId): Promise<RegionKey | undefined> {
  const state = (await loadCase(deps.db, caseId))?.state;
  return state !== undefined && OVERTURNED.has(state.remedy) ? state.region : undefined;
}

/** A decision changed or revoked, by a remedy or by a new decision of the authority itself, must leave the public page within three working days, with a word (处罚法 第四十八条). */
export async function openWithdrawal(tx: Tx, deps: DisclosureDeps, caseId: CaseId, newDecisionIn?: RegionKey): Promise<void> {
  const publication = await findPublication(tx, { caseId }, true);
  if (publication?.state !== 'PUBLISHED') return;
  const region = newDecisionIn ?? (await overturnedIn(deps, caseId));
  if (region === undefined) return;
  const due = deps.law.due('T17', region, deps.clock.now());
  await openDeadline(tx, {
    clockId: 'T17', subjectKind: 'publication', subjectId: publication.publicationId, unitId: publication.unitId, authorityId: publication.authorityId, holder: publication.authorityId, article: due.article,
    dayKind: due.dayKind, startedAt: due.startedAt, dueAt: due.dueAt, provisional: due.provisional,
  });
}
