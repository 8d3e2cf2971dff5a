import { own } from '#law';
import { UNDECIDED } from './phases.ts';
import { step } from './transition.ts';

const APL = '行政处罚法';
const O30 = '生态环境行政处罚办法';

/**
 * Joint cases. Each party keeps a file, a notice, a statement, a fine and a service of its own: what is joint is the matter,
 * not the paper. An archived file is never touched: it is handled anew in a file that names it.
 */
export const kinSteps = [
  step({
    command: 'SPLIT_CASE',
    zh: '分案办理',
    en: 'split a violation off into a case of its own',
    from: ['INVESTIGATING'],
    to: [],
    stays: true,
    actor: 'case.approve-filing',
    article: `${O30} 第十八条；${APL} 第二十九条`,
    papers: ['SPLIT_APPROVAL'],
    guards: ['SPLITTABLE', 'NOT_AN_OFFICER'],
  }),
  step({
    command: 'ADD_PARTY',
    zh: '对共同违法的当事人另案处理',
    en: 'open a case against another party to the same act',
    from: ['INVESTIGATING'],
    to: [],
    stays: true,
    actor: 'case.approve-filing',
    article: `${APL} 第四条、第五条；${O30} 第十八条`,
    papers: ['PARTY_ADDED'],
    guards: ['OTHER_PARTY', 'NOT_AN_OFFICER'],
  }),
  step({
    command: 'ADD_PERSON',
    zh: '对直接负责的主管人员和其他直接责任人员另案处理',
    en: 'open a case against a person directly in charge or responsible',
    from: ['INVESTIGATING'],
    to: [],
    stays: true,
    actor: 'case.approve-filing',
    article: `${APL} 第四条、第五条；${O30} 第十八条`,
    papers: ['PARTY_ADDED'],
    guards: ['OTHER_PARTY', 'PERSON_LIABLE', 'NOT_AN_OFFICER'],
  }),
  step({
    command: 'TELL_SUSPICION',
    zh: '告知共同违法的当事人涉嫌违法事实',
    en: 'tell the other party what it is suspected of',
    from: UNDECIDED,
    to: [],
    stays: true,
    actor: 'case.notify',
    duty: 'investigator',
    article: `${own('notice')}；${APL} 第四十四条`,
    papers: ['SUSPICION_NOTICE'],
    posts: { papers: ['SUSPICION_NOTICE'], onArrival: 'RECORD_PAPER_DELIVERED', confirmed: true },
    guards: ['OTHER_PARTY_TO_TELL', 'EVIDENCE_REVIEWED'],
  }),
  step({
    command: 'MERGE_CASE',
    zh: '并案办理',
    en: 'merge into an earlier case of the same party',
    from: ['INVESTIGATING'],
    to: ['MERGED'],
    actor: 'case.approve-filing',
    article: `${O30} 第十八条；${APL} 第二十九条`,
    papers: ['MERGER_APPROVAL'],
    cancels: ['T8', 'TM'],
    guards: ['MERGEABLE', 'MEASURES_SETTLED', 'RECTIFICATION_IN_ONE', 'NOT_AN_OFFICER'],
  }),
  step({
    command: 'TAKE_IN_CASE',
    zh: '并入另案',
    en: 'take in another case',
    from: ['INVESTIGATING'],
    to: [],
    stays: true,
    actor: 'SYSTEM',
    article: `${O30} 第十八条；${APL} 第二十九条`,
    papers: ['MERGER_RECORD'],
  }),
  step({
    command: 'REOPEN_ARCHIVED',
    zh: '对已归档案件重新办理',
    en: 'handle an archived case anew',
    from: ['ARCHIVED'],
    to: [],
    stays: true,
    actor: 'case.approve-closing',
    article: `${APL} 第七十五条`,
    papers: ['REOPENING_APPROVAL'],
    guards: ['KNOWN_GROUND', 'NOT_AN_OFFICER', 'NOT_REOPENED'],
  }),
] as const;
