import type { OfficePart } from '#access';
import type { PartyType } from '#law';
import type { AmountStanding } from './evidence/amount-standing.ts';
import type { CaseClue } from './evidence/later-findings.ts';
import type { Kin } from './kin/kin.ts';
import type { CaseActor, FrozenFile, PenaltyCase, ReviewedData } from './penalty-case.ts';
import type { Suggestion } from './measures/suggestions.ts';
import type { CheckedFile, PartyFacts } from './ports.ts';
import type { ObservedFact } from '#review';
import type { OtherCase } from './store/other-cases.ts';
import type { TimedRecord } from './evidence/timed-records.ts';

/** What the file itself does not hold and a guard or a rule of the file review asks for; left out where nobody looked. */
export interface LookedUp {
  /** Other cases of the party. */
  readonly others?: readonly OtherCase[];
  /** Records of the authority's officers that touch the time of the one to be made. */
  readonly records?: readonly TimedRecord[];
  /** The clue of the case, as handed over and as last known. */
  readonly clue?: CaseClue;
  /** The permitted amounts charged, at both ends of a check of the correction. */
  readonly amounts?: readonly AmountStanding[];
  /** Measures and exemptions the file points to. */
  readonly suggestions?: readonly Suggestion[];
  /** What papers print of the authority and nobody has entered. */
  readonly unnamed?: readonly OfficePart[];
}

/** Who acts, and what was looked up of the things the command names. */
export interface ActingContext extends LookedUp {
  readonly actor: CaseActor;
  /** What the register says the party is. */
  readonly partyType?: PartyType;
  /** The second officer named by the command, looked up with his certificate of the day. */
  readonly assistant?: CaseActor;
  /** Whether who approves the filing heads the enforcement department. */
  readonly departmentHead?: boolean;
  /** Who may act for the party without an authorisation: its legal representative, or the person the case is against; empty where the register names nobody. */
  readonly representative?: string;
  /** The host of the hearing named by the command. */
  readonly host?: CaseActor;
  /** What a supplementary review passed, when the command cites one. */
  readonly passed?: readonly ReviewedData[];
  readonly withdrawn?: readonly string[];
  /** Facts that reviews of data brought since the handover show, when the step takes later findings in. */
  readonly supplied?: readonly ObservedFact[];
  /** The unit confirmed the notice of the suspicion, or was served with it in another way. */
  readonly told?: boolean;
  /** What the check of an attached file came to when it was brought. */
  readonly checked?: CheckedFile;
  /** The newest frozen file, when the step signs a decision. */
  readonly frozen?: FrozenFile;
  /** Whether the words that a correction calls wrong stand in the paper it corrects. */
  readonly wordsStand?: boolean;
  /** The further party of a joint case, the case to merge into, and the case this step opens. */
  readonly other?: PartyFacts;
  readonly target?: PenaltyCase;
  readonly opened?: Kin;
}
