import { PENALTY_TITLES } from '#law';
import { causeOf, chargedActs, chargedKeys, emptyPoints } from '../charged-acts.ts';
import { isElectronicData } from '../evidence/data-ref.ts';
import { contradictions } from '../discretion/computed-grades.ts';
import { PERSON_ROLES } from '../kin/liable-person.ts';
import { basisOf, byHand, erasOf, has, notYet, problem, sound, type QualityRule } from './quality-rule.ts';

const REVIEW = '生态环境行政执法案卷评查细则（环执法发〔2024〕4号）';
const APL = '行政处罚法';

/** Authority, officers, party, facts, evidence, provisions and range (items 1–13). */
export const SUBJECT_RULES: readonly QualityRule[] = [
  {
    no: 1, zh: '执法主体、管辖不合法', en: 'authority not competent', article: `${APL} 第二十二条、第二十五条；${REVIEW}`, paper: 'FILING_APPROVAL', at: [],
    check: ({ state }) =>
      state.filing === undefined ? notYet() : state.filing.conditions.jurisdiction ? sound('立案时已确认属于本机关管辖') : problem('立案审批未确认管辖'),
  },
  {
    no: 2, zh: '执法人员少于两人或者证件无效', en: 'fewer than two officers or no valid certificate', article: `${APL} 第四十二条`, paper: 'FILING_APPROVAL', at: ['SEND_NOTICE', 'DECIDE', 'PROPOSE_CLOSING'],
    check: ({ state }) => {
      if (state.filing === undefined) return notYet();
      const bare = state.officers.filter((o) => o.certificate === undefined);
      if (state.officers.length < 2) return problem(`在册执法人员 ${state.officers.length} 人`);
      return bare.length > 0 ? problem(`${bare.map((o) => o.name).join('、')}没有有效证件`) : sound(state.officers.map((o) => `${o.name} ${o.certificate}`).join('、'));
    },
  },
  {
    no: 3, zh: '当事人名称前后不一致', en: 'the party is named differently', article: REVIEW, paper: 'PARTY_CHANGE', at: [],
    check: ({ state }) =>
      state.partyName === undefined ? sound('各文书由同一登记信息生成') : has(state, 'PARTY_CHANGE') ? sound(`更名为${state.partyName}，有变更记录`) : problem('更名没有记录'),
  },
  {
    no: 4, zh: '处罚对象错误', en: 'wrong subject', article: `${REVIEW} 第4项例8`, paper: 'INVESTIGATION_REPORT', at: ['SEND_NOTICE', 'DECIDE'],
    check: ({ state, law }) => {
      const acts = chargedActs(state);
      if (acts.length === 0) return notYet();
      if (state.person !== undefined) return sound(`${state.person.employer.name}${PERSON_ROLES[state.person.role].zh}`);
      const type = state.partyType;
      if (type === undefined) return byHand('登记信息没有写明当事人是排污单位还是第三方机构，须人工核对');
      const wrong = acts.filter((act) => !law.violation(act.violation).subjects.includes(type));
      return wrong.length > 0 ? problem(wrong.map((act) => law.violation(act.violation).cause).join('、')) : sound(type === 'DISCHARGE_UNIT' ? '当事人为登记的排污单位' : '当事人为登记的第三方机构');
    },
  },
  {
    no: 5, zh: '主要事实不清、证据不足', en: 'facts unclear or evidence insufficient', article: `${APL} 第四十条`, paper: 'INVESTIGATION_REPORT', at: ['SEND_NOTICE', 'DECIDE', 'PROPOSE_CLOSING'],
    check: ({ state, law }) => {
      if (state.violation === undefined || state.report === undefined) return notYet();
      if (state.report.outcome === 'NOT_ESTABLISHED') return sound('调查认定违法事实不成立，不作处罚');
      const missing = emptyPoints(state, law);
      return missing.length > 0 ? problem(`缺${missing.map((p) => p.title.zh).join('、')}`) : sound(`必备取证要点齐全，证据 ${state.evidence.length} 项`);
    },
  },
  {
    no: 6, zh: '证据取得不合法', en: 'evidence obtained unlawfully', article: `${APL} 第四十一条、第四十六条`, paper: 'EVIDENCE_EXTRACT_RECORD', at: ['DECIDE'],
    check: ({ state }) => {
      const raw = state.evidence.filter((e) => isElectronicData(e) && e.source.from !== 'REVIEWED_DATA');
      return raw.length > 0 ? problem(`未经审核的电子数据：${raw.map((e) => e.title).join('、')}`) : state.evidence.length === 0 ? notYet() : sound('电子数据均经数据审核');
    },
  },
  {
    no: 7, zh: '未审查当事人没有主观过错的主张', en: 'a plea of no fault was not examined', article: `${APL} 第三十三条第二款`, paper: 'DEFENCE_REVIEW', at: ['DECIDE'],
    check: ({ state }) => {
      const pleas = state.defence.filter((p) => /过错|突发|不可抗力|意外/.test(p.point));
      const silent = pleas.filter((p) => p.answer === undefined || p.answer.reason.trim() === '');
      if (pleas.length === 0) return sound('当事人未提出没有主观过错的主张');
      return silent.length > 0 ? problem(`未答复：${silent.map((p) => p.point.slice(0, 40)).join('；')}`) : sound(`${pleas.length} 点主张均已审查并说明理由`);
    },
  },
  {
    no: 8, zh: '适用法律条款错误', en: 'wrong provision', article: `${APL} 第五十七条、第五十九条`, paper: 'CASE_REVIEW_OPINION', at: ['SEND_NOTICE', 'DECIDE'],
    check: (file) => {
      if (file.state.discretion === undefined) return notYet();
      const basis = basisOf(file);
      if (basis === undefined) return problem('处罚依据不属于本违法类型');
      const named = `${basis.instrument}${basis.article}`;
      return basis.verified ? sound(named) : byHand(`${named}：平台所存条文尚未经法律人员核对，须对照公布的原文核对`);
    },
  },
  {
    no: 9, zh: '适用了不在有效期的法律', en: 'law not in force for the act', article: `${APL} 第三十七条`, paper: 'DISCRETION_SHEET', at: ['SEND_NOTICE', 'DECIDE'],
    check: (file) => {
      const { discretion } = file.state;
      const eras = erasOf(file);
      if (discretion === undefined || eras === undefined) return notYet();
      if (!eras.candidates.some((b) => b.id === discretion.basisId)) return problem('所选依据在行为时和决定时都不在有效期');
      return eras.choiceRequired && discretion.basisReason.trim() === '' ? problem('新旧法律并存，未写明选择理由') : sound(eras.choiceRequired ? `${eras.reason}；选择的理由：${discretion.basisReason}` : eras.reason);
    },
  },
  {
    no: 10, zh: '无依据适用兜底条款', en: 'a catch-all clause without basis', article: REVIEW, paper: 'CASE_REVIEW_OPINION', at: [],
    check: ({ state, law }) =>
      state.violation === undefined ? notYet() : byHand(`案由“${causeOf(law, chargedKeys(state)).zh}”须人工核对未适用兜底条款`),
  },
  {
    no: 11, zh: '处罚种类、幅度超出法定范围', en: 'kind or sum outside the statutory range', article: `${APL} 第三十四条、第五十七条`, paper: 'DISCRETION_SHEET', at: ['SEND_NOTICE', 'DECIDE'],
    check: (file) => {
      const { proposal, discretion } = file.state;
      const basis = basisOf(file);
      if (proposal === undefined || basis === undefined) return notYet();
      if (proposal.outcome !== 'PENALTY') return sound('不作处罚');
      const kinds = proposal.penalties.filter((p) => !basis.penalties.includes(p) && p !== 'WARNING');
      if (kinds.length > 0) return problem(`${basis.article}没有规定的处罚种类：${kinds.map((kind) => PENALTY_TITLES[kind].zh).join('、')}`);
      if (proposal.amount === 0 || basis.fine === undefined || file.state.further.length > 0) return sound('处罚种类有依据；数项违法行为分别计算，各在法定幅度内');
      const low = proposal.amount < basis.fine.min && discretion?.trace.mitigation === undefined;
      return low || proposal.amount > basis.fine.max
        ? problem(`${proposal.amount} 元不在 ${basis.fine.min}–${basis.fine.max} 元之内，且没有减轻情节`)
        : sound(`${proposal.amount} 元，法定幅度 ${basis.fine.min}–${basis.fine.max} 元`);
    },
  },
  {
    no: 12, zh: '偏离裁量基准未说明理由、未集体讨论', en: 'benchmark left without reasons or discussion', article: `${APL} 第三十四条；生态环境行政处罚办法 第四十一条`, paper: 'COLLECTIVE_DISCUSSION', at: ['DECIDE'],
    check: ({ state, law, others }) => {
      if (state.discretion === undefined) return notYet();
      const against = contradictions(state, law, Object.fromEntries(state.discretion.trace.lines.map(({ factor, grade }) => [factor, grade])), others);
      if (against.length > 0) return problem(`裁量情节与查明的事实不一致，缺${against.join('；')}`);
      if (state.discretion.trace.mitigation === undefined) return sound('按基准计算');
      return has(state, 'COLLECTIVE_DISCUSSION') || state.decision === undefined && state.main !== 'DECISION_READY' ? sound(`减轻：${state.discretion.trace.mitigation.ground}，须集体讨论`) : problem('减轻处罚未经集体讨论');
    },
  },
  {
    no: 13, zh: '查封、扣押与违法无关的物品', en: 'things sealed that have nothing to do with the act', article: '行政强制法 第二十三条', paper: 'EVIDENCE_EXTRACT_RECORD', at: [],
    check: ({ state }) => (state.papers.some((p) => /查封|扣押/.test(p.title)) ? byHand('须人工核对查封、扣押清单只限于涉案的设施、设备') : sound('没有查封、扣押')),
  },
];
