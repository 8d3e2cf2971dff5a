import { formatDay } from '#documents';
import { dayOf, unstopped, type Instant } from '#kernel';
import type { BasisDuty, Law } from '#law';
import { chargedActs } from '../charged-acts.ts';
import { basisOfAct } from '../discretion/choice-of-law.ts';
import type { PenaltyCase } from '../penalty-case.ts';
import type { CommandKind } from '../commands/index.ts';

/** What the applied provision lays on the authority beside the fine, and how it is met in the case. */
export interface LegalDuty {
  readonly duty: BasisDuty;
  /** The provision, e.g. 《生态环境法典》第一千一百零八条, and its words. */
  readonly provision: string;
  readonly words: string;
  readonly met: 'DONE' | 'SPARED' | 'AFTER_DECISION' | 'OPEN';
  /** How it is met, in Chinese, as papers print it. */
  readonly how: string;
}

/** Under which id the reason for not taking the measure is kept: that of its suggestion. */
export const DUTY_SUGGESTION = { LIMIT_OR_STOP: 'DUTY_LIMIT_OR_STOP', DETENTION_TRANSFER: 'PROPOSE_DETENTION' satisfies CommandKind } as const satisfies Record<BasisDuty, string>;

const LIMITS = { LIMIT_PRODUCTION: '责令限制生产', STOP_PRODUCTION: '责令停产整治' } as const;

/** Nothing lies with the police: not proposed, or withdrawn with the decision it stood on. */
const NOT_TRANSFERRED: readonly PenaltyCase['detention'][] = ['NO_DETENTION', 'DETENTION_FALLEN', 'DETENTION_WITHDRAWN'];

function transferredBy({ latest, papers }: PenaltyCase): string {
  const letter = papers.findLast(({ kind }) => kind === 'DETENTION_LETTER');
  const sent = latest.SEND_DETENTION;
  return sent === undefined || letter === undefined ? '已经呈批移送公安机关' : `已于${formatDay(dayOf(sent.at))}以《${letter.title}》（${letter.number}）移送公安机关`;
}

function metBy(state: PenaltyCase, duty: BasisDuty): Pick<LegalDuty, 'met' | 'how'> {
  const spared = state.notFollowed[DUTY_SUGGESTION[duty]];
  if (duty === 'LIMIT_OR_STOP') {
    const ordered = (['LIMIT_PRODUCTION', 'STOP_PRODUCTION'] as const).filter((kind) => state.proposal?.penalties.includes(kind) === true);
    if (ordered.length > 0) return { met: 'DONE', how: `${ordered.map((kind) => LIMITS[kind]).join('、')}，列入处罚内容` };
  } else if (!NOT_TRANSFERRED.includes(state.detention)) return { met: 'DONE', how: transferredBy(state) };
  if (spared !== undefined) return { met: 'SPARED', how: `不采取，理由：${unstopped(spared.reason)}${spared.provision === undefined ? '' : `（依据${spared.provision}）`}` };
  // The police are given a decision that was served (公治〔2014〕853号): before it the transfer can only be announced.
  return duty === 'DETENTION_TRANSFER' ? { met: 'AFTER_DECISION', how: '处罚决定送达后，依法将案件移送公安机关' } : { met: 'OPEN', how: '尚未列入处罚内容，也没有说明不采取的理由和依据' };
}

/**
 * Duties of the provisions the case applies: as weighed, before that as proposed. None against a person, and none where nothing is punished.
 */
export function dutiesOf(state: PenaltyCase, law: Law, now: Instant): LegalDuty[] {
  if (state.person !== undefined || (state.proposal !== undefined && state.proposal.outcome !== 'PENALTY')) return [];
  const found = chargedActs(state).flatMap((act) => {
    const basis = basisOfAct(state, law, act, dayOf(now));
    return (basis?.must ?? []).map(({ duty, words, by }) => ({ duty, words, provision: by ?? `《${basis?.instrument}》${basis?.article}`, ...metBy(state, duty) }));
  });
  return found.filter((one, i) => found.findIndex(({ duty }) => duty === one.duty) === i);
}

/** One sentence for each, as the decision and the legal review print them. */
export const dutyText = ({ provision, words, how }: LegalDuty): string => `${provision}规定的“${words}”：${how}`;
