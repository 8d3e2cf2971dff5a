import { personsOf } from '#access';
import { documentKind, formatMoment } from '#documents';
import { dayOf, instant, type Instant } from '#kernel';
import { own, type Law } from '#law';
import type { ActingContext } from '../acting-context.ts';
import { chargedKeys, emptyPoints, pointsOf } from '../charged-acts.ts';
import { checksOnData } from '../evidence/checks-on-data.ts';
import { isElectronicData, materialRef } from '../evidence/data-ref.ts';
import { factsFound } from '../evidence/facts-found.ts';
import { mayBear } from '../evidence/fits-facts.ts';
import type { CaseCommand, CommandKind } from '../commands/index.ts';
import { problemsAt, type QualityLine } from '../quality/file-quality.ts';
import { ACT_GUARD_ARTICLES, ACT_GUARDS } from './act-found.ts';
import { FILING_GUARD_ARTICLES, FILING_GUARDS } from './filing.ts';
import { HEARING_GUARD_ARTICLES, HEARING_GUARDS } from './hearing.ts';
import { LEGAL_GUARD_ARTICLES, LEGAL_GUARDS } from './legal-review.ts';
import { NAMED_BODY_GUARD_ARTICLES, NAMED_BODY_GUARDS } from './named-bodies.ts';
import { KEPT_APART, OF_THE_STEP, type GuardId } from './guard-ids.ts';
import { DISCRETION_GUARD_ARTICLES, DISCRETION_GUARDS } from './discretion.ts';
import { measureArticles, measureChecks } from '../measures/measure-guards.ts';
import type { PenaltyCase } from '../penalty-case.ts';
import { MONEY_GUARD_ARTICLES, MONEY_GUARDS } from './money.ts';
import { PERFORMANCE_GUARD_ARTICLES, PERFORMANCE_GUARDS } from './performance.ts';
import { withinReview } from './reviewed-days.ts';
import { SITE_GUARD_ARTICLES, SITE_GUARDS } from './site-and-sampling.ts';
import { STATEMENT_GUARD_ARTICLES, STATEMENT_GUARDS } from '../recovery/demand-statements.ts';
import { standing } from '../recovery/obligations.ts';
import { REMEDY_GUARD_ARTICLES, REMEDY_GUARDS } from '../remedies/remedy-guards.ts';
import { KIN_GUARD_ARTICLES, KIN_GUARDS } from './kin.ts';
import { OPEN_POINT_GUARD_ARTICLES, OPEN_POINT_GUARDS } from './open-points.ts';
import { TERM_GUARD_ARTICLES, TERM_GUARDS } from './terms.ts';
import { fine, need, oneOf, titleIn } from './need.ts';

/** What a guard looks at. `command` is absent when the page asks in advance what is missing, and with it whoever it names. */
export interface GuardContext extends Partial<ActingContext> {
  readonly state: PenaltyCase;
  readonly command?: CaseCommand;
  /** The step asked about, also where no command has been written yet. */
  readonly step?: CommandKind;
  readonly law: Law;
  readonly now: Instant;
  /** The report on the quality of this file, where it has been made. */
  readonly quality?: readonly QualityLine[];
}

export type Guard = (ctx: GuardContext) => readonly string[];

/** Article relied on by each guard, quoted in the refusal by `articlesOf`. */
export const GUARD_ARTICLES: Readonly<Record<GuardId, string>> = {
  ...measureArticles,
  ...FILING_GUARD_ARTICLES,
  DATA_REVIEW_PASSED: `${own('evidence')}；行政处罚法 第四十一条`,
  SUSPICION_TOLD: `${own('notice')}；行政处罚法 第四十一条`,
  TWO_OFFICERS: '行政处罚法 第四十二条',
  OTHER_APPROVER: KEPT_APART,
  NOT_AN_OFFICER: '行政处罚法 第五十七条',
  KNOWN_GROUND: OF_THE_STEP,
  EVIDENCE_REVIEWED: `${own('evidence')}；行政处罚法 第四十一条`,
  CHECK_REVIEWED: `${own('evidence')}；行政处罚法 第四十一条`,
  KNOWN_POINT: `${own('collection')}；行政处罚法 第五十四条`,
  DATA_FIT_FACTS: '行政处罚法 第四十条、第四十六条',
  ONSITE_GROUND: own('onsite'),
  EVIDENCE_COMPLETE: `${own('collection')}；行政处罚法 第四十条`,
  ...ACT_GUARD_ARTICLES,
  ...DISCRETION_GUARD_ARTICLES,
  OUTCOME_GROUNDED: '行政处罚法 第三十三条、第五十七条',
  VOTERS_APART: '行政处罚法 第五十七条',
  RECORDER_APART: KEPT_APART,
  DEPARTMENT_HEARD: '生态环境行政执法案卷评查细则（环执法发〔2024〕4号）',
  WINDOW_OVER: '生态环境行政处罚办法 第四十四条；行政处罚法 第六十四条',
  ...HEARING_GUARD_ARTICLES,
  ...LEGAL_GUARD_ARTICLES,
  ...NAMED_BODY_GUARD_ARTICLES,
  POINTS_ANSWERED: '行政处罚法 第四十五条',
  NOTICE_HONOURED: '行政处罚法 第四十四条、第六十二条',
  RECTIFICATION_SETTLED: `${own('rectification')}；行政处罚法 第二十八条`,
  ACT_ESTABLISHED: '生态环境行政处罚办法 第三十七条、第三十八条',
  CASE_RUNNING: '行政处罚法 第二十八条',
  DECISION_DELIVERED: '行政复议法 第二十条',
  OFFSITE_CHECK_FIRST: own('rectification'),
  DAY_AHEAD: '生态环境行政处罚办法 第九条',
  TIMES_IN_ORDER: '行政处罚法 第五十五条',
  FILE_QUALITY: '生态环境行政执法案卷评查细则（环执法发〔2024〕4号）',
  ...TERM_GUARD_ARTICLES,
  ...SITE_GUARD_ARTICLES,
  ...PERFORMANCE_GUARD_ARTICLES,
  ...KIN_GUARD_ARTICLES,
  ...OPEN_POINT_GUARD_ARTICLES,
  ...REMEDY_GUARD_ARTICLES,
  ...STATEMENT_GUARD_ARTICLES,
  ...MONEY_GUARD_ARTICLES,
};

/** What a step rests on where these guards stand against it, in the order of the guards. */
export const articlesOf = (ids: readonly GuardId[], step: { readonly article: string }): string =>
  [...new Set(ids.flatMap((id) => GUARD_ARTICLES[id].replace(OF_THE_STEP, step.article).split('；')))].join('；');

/** Every guard, pure. Answers with what is missing, in words a person can act on. */
export const GUARDS: Readonly<Record<GuardId, Guard>> = {
  ...measureChecks,
  ...FILING_GUARDS,
  DATA_REVIEW_PASSED: ({ state, withdrawn = [] }) => [
    ...need(state.reviewId !== '', '通过的数据审核意见'),
    ...state.evidenceRefs.filter((ref) => withdrawn.includes(ref.dataRef)).map((ref) => `“${ref.title}”的数据审核通过意见（审核已被否定）`),
  ],
  // G9: the party knows the facts before it is told what is to follow.
  SUSPICION_TOLD: ({ told }) =>
    need(told !== false, '当事人对涉嫌违法事实告知书的确认接收（不确认的，以直接、邮寄等其他方式送达的回证）'),
  TWO_OFFICERS: ({ state, command, actor, assistant }) => {
    const named = command?.kind === 'PROPOSE_FILING' || command?.kind === 'ASSIGN_OFFICERS';
    const pair = named ? [actor, assistant] : state.officers.length > 0 ? state.officers : undefined;
    if (pair === undefined || (named && actor === undefined)) return fine;
    const [first, second] = pair;
    if (first === undefined || second === undefined) return ['第二名执法人员'];
    return [
      ...need(!personsOf(first).includes(second.accountId), '两名不同的执法人员'),
      ...[first, second].flatMap((o) => need(o.certificate !== undefined, `${o.name}的有效执法证件`)),
      // Who declared an interest is out of the case; it goes on with somebody in his place.
      ...[first, second].flatMap((o) => need(!state.duties.some(({ accountId, duty }) => duty === 'interested' && personsOf(o).includes(accountId)), `更换已申报回避的${o.name}`)),
    ];
  },
  OTHER_APPROVER: ({ state, command, actor }) => {
    const proposers = (command?.kind === 'APPROVE_CLOSING' ? state.closing?.proposedBy : state.proposedBy) ?? [];
    return need(actor === undefined || !personsOf(actor).some((one) => proposers.includes(one)), '呈批人以外的审批人');
  },
  NOT_AN_OFFICER: ({ state, actor }) =>
    need(
      actor === undefined || !state.officers.flatMap(personsOf).some((one) => personsOf(actor).includes(one)),
      '本案调查人员以外的审批人',
    ),
  KNOWN_GROUND: ({ state, command, law }) => {
    const lists = {
      REFUSE_FILING: 'not-filed-grounds',
      REVOKE_FILING: 'not-filed-grounds',
      SUSPEND: 'suspension-grounds',
      TERMINATE: 'termination-grounds',
      PROPOSE_CLOSING: 'closing-grounds',
      BEGIN_EXCLUSION: 'exclusion-grounds',
      REOPEN_CASE: 'reopening-grounds',
      REOPEN_ARCHIVED: 'reopening-grounds',
      POSTPONE_HEARING: 'hearing-postponement-grounds',
      POSTPONE_DAILY_HEARING: 'hearing-postponement-grounds',
      ADJOURN_HEARING: 'hearing-adjournment-grounds',
      RECORD_STAY: 'stay-grounds',
      RECORD_ACT_STAY: 'stay-grounds',
      WAIVE_SURCHARGE: 'surcharge-waiver-grounds',
    } as const;
    if (command === undefined || !(command.kind in lists) || !('ground' in command)) return fine;
    const list = law.codes(lists[command.kind as keyof typeof lists]);
    if (!list.codes.some((c) => c.code === command.ground))
      return [oneOf(list)];
    return command.kind === 'PROPOSE_CLOSING'
      ? need(command.ground === closingGround(state), `与案件结果一致的结案理由：${titleIn(list, closingGround(state))}`)
      : fine;
  },
  // The statutory gate: no electronic data without a passed review, whatever they are called, and no file that a review refused. At the decision the whole file is looked at again.
  EVIDENCE_REVIEWED: ({ state, command, passed: later = [], withdrawn = [] }) => {
    const passed = new Set([...state.evidenceRefs, ...later].map((ref) => `${ref.reviewId}/${ref.dataRef}`));
    const items = command?.kind === 'ATTACH_EVIDENCE' ? [command] : state.evidence;
    return items
      .filter((i) =>
        i.source.from === 'FILE' && i.evidenceKind !== 'ELECTRONIC_DATA' ? withdrawn.includes(materialRef(i.source.sha256))
          : isElectronicData(i) && (i.source.from !== 'REVIEWED_DATA' || withdrawn.includes(i.source.dataRef) || !passed.has(`${i.source.reviewId}/${i.source.dataRef}`)))
      .map((i) => `“${i.title}”的数据审核通过意见（未经审核的电子数据不得作为证据）`);
  },
  // What a check read from data alone is data as well: what stands on its finding waits for their review.
  CHECK_REVIEWED: ({ state, step, withdrawn = [] }) =>
    (step === undefined ? [] : checksOnData(state, step)).filter(({ dataRef }) => withdrawn.includes(dataRef))
      .map(({ from, to }) => `复查所依据的自动监测数据（${formatMoment(instant(from))}–${formatMoment(instant(to))}）的审核通过意见`),
  KNOWN_POINT: ({ state, command, law }) => {
    if (command?.kind !== 'ATTACH_EVIDENCE' || state.violation === undefined) return fine;
    const point = pointsOf(state, law).find((e) => e.id === command.point);
    if (point === undefined) return [`本违法类型取证要点中的一项（没有 ${command.point}）`];
    return [
      ...need(point.kinds.includes(command.evidenceKind), `${point.title.zh}可用的证据种类：${point.kinds.map((kind) => titleIn(law.codes('evidence-kinds'), kind)).join('、')}`),
      ...need(command.shows === undefined || point.act === true, `能够证明行为方式的取证要点（不是“${point.title.zh}”）`),
    ];
  },
  // Data of another time, outfall or factor prove nothing of these facts.
  DATA_FIT_FACTS: ({ state, command }) => {
    if (command?.kind !== 'ATTACH_EVIDENCE' || state.violation === undefined) return fine;
    const violation = chargedKeys(state).find((key) => command.point.startsWith(`${key}:`)) ?? state.violation;
    const facts = factsFound(state, violation) ?? [];
    return need(facts.length === 0 || facts.some((fact) => mayBear(command, fact)), '与所述事实同一排放口、时间重叠的数据（其他时间、其他排放口的数据不能证明该事实）');
  },
  ONSITE_GROUND: ({ state, command, law, now }) => {
    if (command?.kind !== 'SWITCH_MODE' || command.mode !== 'ONSITE') return fine;
    const known = law.onsiteGrounds(state.region, dayOf(now)).some((g) => g.code === command.ground);
    return need(known, '转现场的法定情形');
  },
  // What is not there is why nothing was established: then no list is asked for.
  EVIDENCE_COMPLETE: ({ state, command, law }) => {
    if (state.violation === undefined || (command?.kind === 'FINISH_INVESTIGATION' && command.outcome === 'NOT_ESTABLISHED')) return fine;
    return emptyPoints(state, law).map((p) => p.title.zh);
  },
  ...ACT_GUARDS,
  ACT_ESTABLISHED: ({ state }) => need(state.report?.outcome !== 'NOT_ESTABLISHED', '认定违法事实成立的调查报告（调查认为不成立的，先退回补充调查）'),
  ...DISCRETION_GUARDS,
  OUTCOME_GROUNDED: ({ state, command, law, now }) => {
    if (state.report?.outcome === 'NOT_ESTABLISHED')
      return need(command?.kind !== 'DELIBERATE' || command.outcome === 'NOT_ESTABLISHED' || command.outcome === 'RETURN', '认定违法事实成立的调查报告（调查认为不成立的，退回补充调查）');
    if (state.discretion === undefined) return ['裁量计算表'];
    if (command?.kind !== 'DELIBERATE') return fine;
    if (command.outcome === 'PENALTY')
      return [...need(command.penalties.length > 0, '处罚种类'), ...need(state.person === undefined || command.penalties.every((kind) => kind === 'FINE'), '对个人只规定了罚款'), ...need(command.penalties.includes('CONFISCATION') === (command.confiscation !== undefined), '没收违法所得的金额（且只在拟没收时填写）')];
    if (command.outcome !== 'NO_PENALTY' || state.violation === undefined) return fine;
    const rules = law.exemptionRules(state.violation, state.region, dayOf(now));
    return need(
      rules.some((r) => r.id === command.exemptionId),
      `不予处罚的依据：${rules.map(({ title }) => title.zh).join('、')}`,
    );
  },
  VOTERS_APART: ({ state, command }) => {
    if (command === undefined || !('members' in command)) return fine;
    // A member without an account is known by the name alone.
    const voting = command.members.filter((m) => state.officers.some((o) => (m.accountId === undefined ? m.name.trim() === o.name : m.accountId === o.accountId)));
    const agree = command.members.filter((m) => m.agrees).length * 2 > command.members.length;
    const positive = command.kind === 'DELIBERATE' ? command.outcome !== 'RETURN' : command.agreed;
    return [...voting.map((m) => `${m.name}是调查人员，不得参加表决`), ...need(!positive || agree, '多数成员同意')];
  },
  RECORDER_APART: ({ state, command, actor, host }) => {
    if (command === undefined || !('recorder' in command) || command.recorder === '') return fine;
    const presides = command.kind === 'GRANT_HEARING' || command.kind === 'NOTIFY_DAILY_HEARING' ? host : actor;
    const recorder = command.recorder.trim();
    return [
      ...need(presides?.name !== recorder, '主持人以外的记录人'),
      ...need(!state.officers.some(({ name }) => name === recorder), '本案调查人员以外的记录人'),
    ];
  },
  // Who heads the department and approves on delegation gives both opinions in one.
  DEPARTMENT_HEARD: ({ state, command, departmentHead }) =>
    need(command?.kind !== 'APPROVE_FILING' || departmentHead !== false || endorsed(state) !== undefined, '部门负责人意见'),
  WINDOW_OVER: ({ state, now }) => {
    const ends = state.notice?.windowEnds;
    return need(
      ends !== undefined && now >= ends,
      `陈述申辩、听证期限届满${ends === undefined ? '' : `（${dayOf(instant(ends - 1))}）`}或者当事人明示放弃`,
    );
  },
  ...HEARING_GUARDS,
  ...LEGAL_GUARDS,
  ...NAMED_BODY_GUARDS,
  POINTS_ANSWERED: ({ state, command }) => {
    if (command?.kind !== 'REVIEW_DEFENCE') return fine;
    const answered = new Set(command.answers.map((a) => a.pointId));
    return state.defence
      .filter((p) => p.answer === undefined && !answered.has(p.pointId))
      .map((p) => `对“${p.point.slice(0, 40)}”的复核意见`);
  },
  NOTICE_HONOURED: ({ state }) => {
    if (state.proposal?.outcome !== 'PENALTY') return need(state.proposal !== undefined, '案件审议结论');
    return [
      ...need(state.notice?.delivery !== undefined, '事先告知书送达'),
      ...state.defence.filter((p) => p.answer === undefined).map((p) => `对“${p.point.slice(0, 40)}”的复核意见`),
      ...(['LEGAL_REVIEW', 'CASE_REVIEW_OPINION', 'DISCRETION_SHEET'] as const).flatMap((kind) =>
        need(
          state.papers.some((p) => p.kind === kind),
          `卷内文书 ${documentKind(kind).zh}`,
        ),
      ),
    ];
  },
  RECTIFICATION_SETTLED: ({ state }) => {
    // The unit corrects; from a person nothing but the fine is asked.
    if (state.decision === undefined || state.decision.outcome === 'NOT_ESTABLISHED' || state.person !== undefined) return fine;
    return need(
      state.rectification === 'CORRECTED' || state.rectification === 'NOT_NEEDED',
      '整改核查合格，或者记明无须整改的理由',
    );
  },
  CASE_RUNNING: ({ state }) => {
    const outside = [
      'PRELIM_REVIEW',
      'FILING_PROPOSED',
      'NOT_FILED',
      'MERGED',
      'TRANSFERRED_OUT',
      'CLOSING_PROPOSED',
      'CLOSED',
      'ARCHIVED',
    ];
    return need(!outside.includes(state.main), '已立案且未结案的案件');
  },
  DECISION_DELIVERED: ({ state }) => {
    const after = ['PERFORMING', 'OVERDUE', 'DEMANDED', 'COURT_APPLIED', 'TO_CLOSE', 'CLOSED', 'ARCHIVED'];
    const stands = state.decision?.delivery !== undefined && state.decision.overturned !== true;
    return need(stands && after.includes(state.main), '已送达且未被撤销的决定');
  },
  OFFSITE_CHECK_FIRST: ({ command }) =>
    need(
      command?.kind !== 'CHECK_RECTIFICATION' || command.method !== 'ONSITE' || command.methodReason !== '',
      '不采用非现场方式核查的理由',
    ),
  DAY_AHEAD: ({ command, now }) => {
    const day =
      command?.kind === 'ORDER_RECTIFICATION'
        ? command.dueOn
        : command?.kind === 'GRANT_INSTALMENTS'
          ? command.untilDay
          : command?.kind === 'DEMAND_CORRECTION' || command?.kind === 'ORDER_SUBSTITUTE'
            ? command.dueOn
            : undefined;
    return need(day === undefined || day > dayOf(now), '晚于今日的期限');
  },
  TIMES_IN_ORDER: ({ state, command, now }) => {
    if (command?.kind === 'PROPOSE_FILING')
      return [
        ...need(command.actStart <= command.actEnd && command.actEnd <= dayOf(now), '先后正确的行为起止日期'),
        ...(state.openedFrom === undefined && (state.suggestions.includes(command.violation) || factsFound(state, command.violation)?.length) ? withinReview(state, command, command.violation) : fine),
      ];
    if (command?.kind === 'SETTLE_LATER_FINDINGS') {
      const { actStart = dayOf(now), actEnd = dayOf(now) } = command;
      return [...need(actStart <= actEnd && actEnd <= dayOf(now), '先后正确的行为起止日期'), ...(command.way === 'TAKE_IN' ? withinReview(state, { actStart, actEnd }, state.violation) : fine)];
    }
    if (command?.kind === 'ATTACH_EVIDENCE') return need((command.startedAt ?? now) <= now, '先后正确且不晚于现在的起止时间');
    if (command?.kind !== 'RECORD_INQUIRY') return fine;
    return need(command.startedAt < command.endedAt && command.endedAt <= now, '先后正确且不晚于现在的起止时间');
  },
  FILE_QUALITY: ({ step, quality, ...file }) => (step === undefined ? fine : problemsAt(file, step, quality)),
  ...TERM_GUARDS,
  ...SITE_GUARDS,
  ...PERFORMANCE_GUARDS,
  ...KIN_GUARDS,
  ...OPEN_POINT_GUARDS,
  ...REMEDY_GUARDS,
  ...STATEMENT_GUARDS,
  ...MONEY_GUARDS,
};

/** The opinion of the head of the department on the proposal that now waits; one on a proposal that was returned says nothing of the next. */
export function endorsed({ latest }: PenaltyCase): PenaltyCase['latest']['ENDORSE_FILING'] {
  const given = latest.ENDORSE_FILING;
  return given !== undefined && given.version > (latest.PROPOSE_FILING?.version ?? -1) ? given : undefined;
}

/** The closing ground the case's own course calls for. */
export function closingGround(state: PenaltyCase): string {
  const has = (kind: string) => state.papers.some((p) => p.kind === kind);
  const revoked = state.remedy === 'REVOKED' && state.decision?.overturned === true;
  if (revoked || has('FILING_REVOCATION')) return 'REVOKED';
  if (has('TERMINATION_APPROVAL')) return 'TERMINATED';
  if (state.decision === undefined) return 'TRANSFERRED';
  if (state.decision.outcome === 'NO_PENALTY') return 'NO_PENALTY';
  if (state.decision.outcome === 'NOT_ESTABLISHED') return 'NOT_ESTABLISHED';
  if (!has('ENFORCEMENT_RECORD')) return 'PERFORMED';
  // The court ended it with something left.
  return standing(state, 'FINE').owed > 0 ? 'ENFORCEMENT_ENDED' : 'ENFORCED';
}
