import { own } from '#law';

/** On what each step of a clue rests: the region's own article, and national law beside it. What is shown of it is for `localBasis`. */
const APL41 = '行政处罚法 第四十一条';

export const BASES = {
  /** The platform finds, warns and passes on by itself. */
  warning: own('warning'),
  /** People analyse what the platform found. */
  analysis: own('analysis'),
  list: own('list'),
  patrol: own('patrol'),
  review: `${own('review')}；${APL41}`,
  /** Data without a passed review are no evidence. */
  evidence: `${own('evidence')}；${APL41}`,
  handover: own('handover'),
  signIn: own('signIn'),
  /** The party is told, may look and may speak. */
  notice: `${own('notice')}；${APL41}`,
  invited: own('invited'),
} as const;
