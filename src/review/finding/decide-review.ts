import { personsOf, type Actor, type Role } from '#access';
import { ok, unstopped, type AccountId, type Refusal, type Result } from '#kernel';
import { ACTS, actorsOf, CLUE_STATES, isOn, transitionOf, type ClueAct, type ClueState, type ClueTransition } from '../clue/clue-machine.ts';
import { BODIES, type Body, type ReviewRoute } from '../clue/decide-route.ts';
import { refuse } from '../errors.ts';
import { GATES, gatesOf } from './gates.ts';
import { isMet, type CheckItem, type Finding, type PrecheckInput, type Track } from '../facts/precheck.ts';
import { isFromOutside, isSupplied, type Reviewers } from './outside-papers.ts';
import { shownBy, type Shown } from './record-words.ts';

/** On which way a clue is and which body reviews it. */
export interface OnItsWay {
  readonly route: ReviewRoute;
  readonly body: Body;
}

/** Is the step in the table, does it exist on the clue's way, and is it one of this person's role there? Pure. */
export function decideStep(state: ClueState | 'START', act: ClueAct, actor: Pick<Actor, 'accountId' | 'roles'>, way?: OnItsWay): Result<ClueTransition> {
  const row = transitionOf(state, act);
  const shown = state === 'START' ? { zh: '未归集', en: 'not taken up' } : CLUE_STATES[state];
  if (row === undefined || (way !== undefined && !isOn(row, way.route))) {
    return refuse('REVIEW-002', { args: { state: shown.zh, act: ACTS[act].zh, stateEn: shown.en, actEn: ACTS[act].en } });
  }
  const actors = way === undefined ? row.actors : actorsOf(row, way.body);
  const mine = actors.some((who) => (who === 'platform' ? actor.accountId === 'platform' : actor.roles.includes(who)));
  return mine ? ok(row) : refuse('REVIEW-003', { basis: row.basis });
}

export interface Assessment {
  readonly item: string;
  readonly track: Track;
  readonly outcome: Finding;
  readonly note: string;
  /** Null in older reviews. */
  readonly shown: Shown | null;
  readonly accountId: AccountId;
}

/** What a finding is held against: the review's records and files, as `CheckItem.refs` names them, its input, and who reviews. */
export interface FoundIn {
  readonly known: readonly string[];
  readonly input: Pick<PrecheckInput, 'materials'>;
  readonly reviewers: Reviewers;
}

/** Whether a figure stands in the words by itself, and not as a part of a longer one. */
const says = (note: string, figure: string): boolean => new RegExp(`(?<![\\d.])${figure.replace('.', '\\.')}(?!\\.?\\d)`, 'u').test(note);

/**
 * A finding on one item. Who meets what the program did not meet or could not tell says why in words that answer its figures, and by what record or file it is
 * shown (行政处罚法 第四十一条: 真实、清晰、完整、准确). What the program found not met is overruled by evidence from outside alone, and a record that is missing by
 * the record. What is asked is answered in own words, also where it is left open.
 *
 * @returns REVIEW-022 where there is nothing that could be shown; REVIEW-004 without words of one's own; REVIEW-018 without what shows it; REVIEW-019 for a
 *   record the review does not hold; REVIEW-027 where the record is still missing; REVIEW-026 without evidence from outside; REVIEW-025 where figures are not answered
 */
export function decideAssessment(item: CheckItem, command: Pick<Assessment, 'outcome' | 'note' | 'shown'>, { known, input, reviewers }: FoundIn): Refusal | undefined {
  const shown = command.shown ?? { refs: [], files: [] };
  const note = command.note.trim();
  const against = command.outcome === 'PASS' && item.outcome !== 'PASS';
  if (against && item.final === true) return refuse('REVIEW-022', { field: 'outcome' });
  const echoed = (against || item.asks === true) && note === item.detailZh.trim();
  if (echoed || note.length < (against || item.asks === true ? 5 : 2)) return refuse('REVIEW-004', { field: 'note' });
  if (against && shown.refs.length + shown.files.length === 0) return refuse('REVIEW-018', { field: 'shown' });
  const strange = shown.refs.find((ref) => !known.includes(ref));
  if (strange !== undefined) return refuse('REVIEW-019', { field: 'shown', args: { ref: strange } });
  if (against && item.absent === true && !isSupplied(shown, input, reviewers)) return refuse('REVIEW-027', { field: 'outcome' });
  if (against && item.outcome === 'FAIL' && !isFromOutside(shown, input, reviewers)) return refuse('REVIEW-026', { field: 'shown' });
  const unsaid = against ? (item.figures ?? []).filter((figure) => !says(note, figure)) : [];
  return unsaid.length === 0 ? undefined : refuse('REVIEW-025', { field: 'note', args: { figures: unsaid.join('、'), figuresEn: unsaid.join(', ') } });
}

export interface Signature {
  readonly track: Track;
  readonly accountId: AccountId;
  /** For whom it was given, where by a deputy. */
  readonly behalf?: AccountId | null;
  readonly conclusion: 'PASS' | 'RETURN' | 'REJECT';
}

const OUTCOMES: Readonly<Record<CheckItem['outcome'], { readonly zh: string; readonly en: string }>> = {
  PASS: { zh: '符合', en: 'met' }, FAIL: { zh: '不符合', en: 'not met' }, CANNOT_TELL: { zh: '不能判断', en: 'cannot tell' }, NOT_CONCERNED: { zh: '不涉及', en: 'not concerned' },
};

/** The pre-check with the newest human finding of each item laid over it. Both stand: what the program found, what the person found and by what. */
export function withAssessments({ input, items }: { readonly input: PrecheckInput; readonly items: readonly CheckItem[] }, assessments: readonly Assessment[]): readonly CheckItem[] {
  return items.map((item) => {
    const last = assessments.filter((a) => a.item === item.item).at(-1);
    if (last === undefined) return item;
    const { asks: _answered, ...found } = item;
    const same = item.outcome === last.outcome;
    const told = (language: 'zh' | 'en'): string => {
      const basis = last.shown === null || last.shown.refs.length + last.shown.files.length === 0 ? '' : shownBy(input, last.shown, language);
      const [program, person] = [OUTCOMES[item.outcome][language], OUTCOMES[last.outcome][language]];
      if (language === 'zh') return `程序：${program}，${unstopped(item.detailZh)}；审核人认定：${person}，${unstopped(last.note)}${basis === '' ? '' : `，依据：${basis}`}`;
      return `program: ${program}, ${unstopped(item.detailEn)}; reviewer: ${person}, ${unstopped(last.note)}${basis === '' ? '' : `, shown by ${basis}`}`;
    };
    return { ...found, outcome: last.outcome, ...(same ? {} : { program: item.outcome }), detailZh: told('zh'), detailEn: told('en') };
  });
}

/** The track a reviewer signs: the technical one is the body's, the legality one always that of legal staff. */
export function tracksOf(actor: Pick<Actor, 'roles'>, body: Body): readonly Track[] {
  const roles: Readonly<Record<Track, readonly Role[]>> = { TECHNICAL: BODIES[body].technical, LEGAL: ['review-legal'] };
  return TRACKS.filter((track) => roles[track].some((role) => actor.roles.includes(role)));
}

/** Does a signature count for this person, or for whom he acts: whoever signed it, and for whom? */
export const countsFor = ({ accountId, behalf }: Signature, actor: Parameters<typeof personsOf>[0]): boolean => personsOf(actor).some((who) => who === accountId || who === behalf);

/** May this person sign this track now? Two tracks, two people, once each. */
export function decideSignature(actor: Pick<Actor, 'accountId' | 'roles' | 'behalf'>, body: Body, track: Track, signed: readonly Signature[]): Refusal | undefined {
  if (!tracksOf(actor, body).includes(track)) return refuse('REVIEW-008');
  if (signed.some((s) => s.track === track)) return refuse('REVIEW-009');
  if (signed.some((s) => countsFor(s, actor))) return refuse('REVIEW-010');
  return undefined;
}

/**
 * Whoever finds for or against the data has said what he makes of everything his track is asked, were it only why he leaves it open.
 *
 * @param items the pre-check with the reviewers' findings laid over it
 */
export function decideAnswered(track: Track, conclusion: Signature['conclusion'], items: readonly CheckItem[]): Refusal | undefined {
  const open = conclusion === 'RETURN' ? [] : unanswered(items).filter((item) => item.track === track);
  return open.length === 0 ? undefined : refuse('REVIEW-023', missingOf(open.map(notAnswered)));
}

const unanswered = (items: readonly CheckItem[]): readonly CheckItem[] => items.filter((item) => item.asks === true);
const notAnswered = ({ zh, en }: CheckItem): Words => ({ zh: `${zh}：尚未说明`, en: `${en}: not answered yet` });

export interface Words {
  readonly zh: string;
  readonly en: string;
}

const TRACK_NAMES = {
  TECHNICAL: { zh: '技术审核签署', en: 'signature of the technical track' },
  LEGAL: { zh: '合法性审核签署', en: 'signature of the legality track' },
} as const satisfies Record<Track, Words>;
const TRACKS = ['TECHNICAL', 'LEGAL'] as const;

const unsignedTracks = (signed: readonly Signature[]): readonly Words[] => TRACKS.filter((track) => !signed.some((s) => s.track === track)).map((track) => TRACK_NAMES[track]);

const missingOf = (words: readonly Words[]) => ({ missing: words.map((w) => w.zh), missingEn: words.map((w) => w.en) });

/** What stands around the two signatures. */
export interface Around {
  /** Set where the review was drawn for a second opinion; `conclusion` null until it is given. */
  readonly second: { readonly conclusion: Signature['conclusion'] | null } | null;
  /** Invited people not heard yet, recusals not decided yet. */
  readonly waiting: readonly Words[];
  readonly recused: readonly AccountId[];
}

const NOTHING: Around = { second: null, waiting: [], recused: [] };

/** The two findings on a drawn review differ: neither may prevail, the matter goes back for more. */
export const disagrees = (signed: readonly Signature[], { second }: Around): boolean => {
  const first = signed.find((s) => s.track === 'TECHNICAL');
  return first !== undefined && second !== null && second.conclusion !== null && second.conclusion !== first.conclusion;
};

/** What every final conclusion waits for, whichever way it goes. */
function unfinished(signed: readonly Signature[], around: Around): readonly Words[] {
  const unseen = around.second !== null && around.second.conclusion === null ? [{ zh: '第二人盲审意见', en: 'the blind second opinion' }] : [];
  const split = disagrees(signed, around) ? [{ zh: '两人技术审核意见不一致，须退回补充', en: 'the two technical findings differ: to be returned for more' }] : [];
  const void_ = signed.filter((s) => around.recused.includes(s.accountId))
    .map((s) => ({ zh: `${TRACK_NAMES[s.track].zh}因签署人回避无效，须退回后重新审核`, en: `${TRACK_NAMES[s.track].en} is void, its signer withdrew: to be returned and reviewed anew` }));
  return [...unsignedTracks(signed), ...unseen, ...split, ...void_, ...around.waiting];
}

/** What still stands between the review and a passing opinion, in words for the screen. Empty: it may pass. */
export function obstacles(input: PrecheckInput, items: readonly CheckItem[], signed: readonly Signature[], around: Around = NOTHING): readonly Words[] {
  const against = signed.filter((s) => s.conclusion !== 'PASS').map((s) => ({ zh: `${TRACK_NAMES[s.track].zh}意见为不通过`, en: `${TRACK_NAMES[s.track].en} is against` }));
  const open = items.filter((item) => item.force === 'MANDATORY' && !isMet(item))
    .map((item) => ({ zh: `${item.zh}：${item.outcome === 'FAIL' ? '不符合' : '不能判断'}`, en: `${item.en}: ${item.outcome === 'FAIL' ? 'not met' : 'cannot tell'}` }));
  const gates = gatesOf(input, items)
    .filter((gate) => gate.force === 'MANDATORY' && gate.outcome !== 'PASS' && gate.gate !== 'G7')
    .map((gate) => ({ zh: `${gate.gate} ${GATES[gate.gate].zh}`, en: `${gate.gate} ${GATES[gate.gate].en}` }));
  return [...unfinished(signed, around), ...against, ...open, ...unanswered(items).map(notAnswered), ...gates];
}

export type Conclusion = 'pass' | 'return' | 'reject';

/**
 * The group's conclusion. Passing needs both signatures in favour, every mandatory item and gate met; returning and
 * rejecting need a reason, and rejecting also both signatures: what is refused for good was looked at by both.
 */
export function decideConclusion(
  conclusion: Conclusion,
  reason: string,
  input: PrecheckInput,
  items: readonly CheckItem[],
  signed: readonly Signature[],
  around: Around = NOTHING,
): Refusal | undefined {
  switch (conclusion) {
    case 'pass': {
      const missing = obstacles(input, items, signed, around);
      return missing.length > 0 ? refuse('REVIEW-011', missingOf(missing)) : undefined;
    }
    case 'return':
      return reason.trim().length < 5 ? refuse('REVIEW-004', { field: 'reason' }) : undefined;
    case 'reject': {
      if (reason.trim().length < 5) return refuse('REVIEW-004', { field: 'reason' });
      const missing = unfinished(signed, around);
      return missing.length > 0 ? refuse('REVIEW-011', missingOf(missing)) : undefined;
    }
  }
}
