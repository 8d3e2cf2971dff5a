import { parseCalendarDay } from '#kernel';
import type { CommandOf } from '../commands/index.ts';
import { samplingOf } from '../evidence/samplings.ts';
import { transitionOf } from '../transitions/transitions.ts';
import { rightsLeft, rightsText } from '../waiver.ts';
import { dayText } from './letter.ts';
import { PAPER_KINDS, type PaperKind } from './paper-kinds.ts';
import * as f from './paper-facts.ts';

/** Kinds of paper the party itself hands in. */
export type PartyPaperKind = { [K in PaperKind]: (typeof PAPER_KINDS)[K]['by'] extends 'PARTY' ? K : never }[PaperKind];

/** The authority's paper each of them answers; the newest of these that stands in the file is named. */
const ANSWERS: Readonly<Record<PartyPaperKind, readonly PaperKind[]>> = {
  TEST_RESULT_COMMENT: ['TEST_RESULT_NOTICE'],
  PARTY_QUESTION: [],
  OFFICER_RECUSAL_REQUEST: [],
  DEFENCE_STATEMENT: ['PRIOR_NOTICE'],
  RIGHTS_WAIVER: ['PRIOR_NOTICE'],
  HEARING_REQUEST: ['PRIOR_NOTICE'],
  HEARING_WITHDRAWAL: ['PRIOR_NOTICE'],
  POSTPONEMENT_REQUEST: ['HEARING_SESSION_NOTICE', 'DAILY_HEARING_NOTICE'],
  RECUSAL_REQUEST: ['HEARING_SESSION_NOTICE', 'DAILY_HEARING_NOTICE'],
  PAYMENT_VOUCHER: ['PENALTY_DECISION', 'ON_SPOT_DECISION'],
  INSTALMENT_REQUEST: ['PENALTY_DECISION', 'ON_SPOT_DECISION'],
  RECTIFICATION_REPORT: ['RECTIFICATION_ORDER'],
  RELEASE_REQUEST: ['SEALING_ORDER'],
  PRODUCTION_PLAN: ['PRODUCTION_ORDER'],
  PRODUCTION_COMPLETION: ['PRODUCTION_ORDER'],
  PRODUCTION_FILING: ['PRODUCTION_ORDER'],
  DAILY_DEFENCE: ['DAILY_NOTICE'],
  DAILY_INSTALMENT_REQUEST: ['DAILY_PENALTY'],
  DEMAND_STATEMENT: ['DEMAND_NOTICE', 'DAILY_DEMAND_NOTICE', 'CORRECTION_DEMAND'],
  REPAIR_REPORT: ['DAMAGE_AGREEMENT'],
};

/** What a field of the party's command is called on paper; the order of the command is the order on paper. */
export const PARTY_WORDS: Readonly<Record<string, string>> = {
  samplingId: '所指采样', objects: '对结果有无异议', asksRetest: '是否要求重新监测', officerId: '申请回避的执法人员', question: '疑问', statement: '陈述', reason: '理由', signer: '签署人',
  proof: '证明材料', amount: '缴款金额', paidOn: '缴款日期', voucher: '票据号', untilDay: '申请延至', measures: '采取的措施', completedOn: '完成日期', plan: '整改方案',
  publishedAt: '公开地址', monitoringReport: '监测报告',
};

const YES_NO: Readonly<Record<string, readonly [string, string]>> = { objects: ['无异议', '有异议'] };

interface Said {
  readonly label: string;
  readonly text: string;
}

const samplingText = ({ after }: f.PaperFacts, id: string): string => {
  const sampling = samplingOf(after, id);
  return sampling === undefined ? id : `${dayText(sampling.takenOn)}，${sampling.spot}，${sampling.items}${sampling.report === undefined ? '' : `（报告 ${sampling.report.reportNo}）`}`;
};

/** One field of the command as words; empty fields say nothing. */
function wordsOf(facts: f.PaperFacts, field: string, value: unknown): string {
  if (typeof value === 'boolean') return (YES_NO[field] ?? ['否', '是'])[value ? 1 : 0] ?? '';
  if (typeof value === 'number') return f.yuan(value);
  if (typeof value !== 'string') return '';
  if (field === 'samplingId') return samplingText(facts, value);
  if (field === 'officerId') return facts.before.officers.find((o) => o.accountId === value)?.name ?? '执法人员';
  const day = parseCalendarDay(value);
  return day === undefined ? value : dayText(day);
}

type Points = CommandOf<'SUBMIT_DEFENCE'>['points'];
const pointsOf = (points: Points): Said[] =>
  points.flatMap(({ point, proof }, i) => [{ label: `第${i + 1}点意见`, text: point }, ...(proof === '' ? [] : [{ label: `第${i + 1}点意见的证据`, text: proof }])]);

/** A waiver says by itself what it gives up. */
const waivedBy = (kind: PartyPaperKind, { before }: f.PaperFacts): Said[] => (kind === 'RIGHTS_WAIVER' ? [{ label: '放弃的权利', text: `${rightsText(rightsLeft(before))}（告知书告知而尚未行使的）` }] : []);

/** Data of whatever the party hands in (当事人提交材料): its own words, unchanged, with who was signed in and when. */
export function partyPaper(kind: PartyPaperKind) {
  return (facts: f.PaperFacts) => {
    const { command, actor, at } = facts.event;
    const { kind: _step, ...fields } = command;
    const about = facts.before.papers.findLast((p) => ANSWERS[kind].includes(p.kind));
    const named = Object.entries(fields).map(([field, value]) => ({ label: PARTY_WORDS[field] ?? '', text: wordsOf(facts, field, value) }));
    return {
      cause: f.causeOf(facts),
      caseNumber: facts.before.caseNo,
      party: f.partyBlock(facts),
      matter: transitionOf(command.kind).zh,
      submitter: actor.name,
      identity: actor.unitId === undefined ? '由登记人代为录入' : '当事人账号登录企业端',
      submittedAt: at,
      about: about === undefined ? '' : `《${about.title}》（${about.number}）`,
      statements: [...waivedBy(kind, facts), ...('points' in fields ? pointsOf(fields.points as Points) : []), ...named.filter(({ label, text }) => label !== '' && text !== '')],
      attachments: 'proof' in fields && Array.isArray(fields.proof) ? f.filesOf(fields.proof) : [],
    };
  };
}

/** Data of every paper of the party. */
export const partyPapers = Object.fromEntries((Object.keys(ANSWERS) as PartyPaperKind[]).map((kind) => [kind, partyPaper(kind)])) as Readonly<Record<PartyPaperKind, (facts: f.PaperFacts) => object>>;
