import { z } from 'zod';
import * as f from '../fields.ts';
import { kind } from './document-kind.ts';
import {
  sampleEvidence, sampleFacts, sampleOfficers, sampleOpinions, sampleParty, samplePenalProvision, sampleProvision,
} from './sample-facts.ts';

/** What every record made at the place holds: when, where, who was there, what was told and said, who signed. */
const atThePlace = {
  cause: f.text,
  party: f.party,
  startedAt: f.moment,
  endedAt: f.moment,
  place: f.text,
  present: f.text,
  witness: f.maybe,
  toldRights: f.text,
  statement: f.text,
  recordingId: f.text,
  /** Signed, or refused and why: a blank would say nothing. */
  signature: f.text,
  officers: z.array(f.person).min(2).max(4),
};
const sampleAtThePlace = {
  cause: '涉嫌超过许可排放浓度排放水污染物', party: sampleParty, startedAt: Date.UTC(2026, 2, 12, 1, 0), endedAt: Date.UTC(2026, 2, 12, 3, 0), place: '废水总排口',
  present: '厂长张演示到场', toldRights: '出示执法证件，告知申请回避、陈述申辩的权利和配合检查的义务，当事人表示清楚，不申请回避。', statement: '当事人无异议。',
  recordingId: 'cam_2026_0021', signature: '当事人张演示核对后签名。', officers: sampleOfficers,
};

export const investigationKinds = {
  SITE_INSPECTION_RECORD: kind({
    no: 'D8', zh: '现场检查（勘察）笔录', en: 'Site inspection record', reach: 'outer', sealed: false, abbreviation: '检', template: 'd08-site-inspection-record.typ',
    schema: z.object({ ...atThePlace, production: f.text, formalities: f.text, treatment: f.text, found: f.text, photos: f.maybe, recorder: f.person }),
    sample: {
      ...sampleAtThePlace, production: '电镀生产线两条正常生产。', formalities: '有环境影响评价批复、竣工验收和排污许可证。', treatment: '含镍废水经化学沉淀后排放，加药泵停运。',
      found: '废水总排口正在外排，加药泵停运，药剂桶为空。', photos: '拍摄照片6张；另制采样记录。', recorder: sampleOfficers[1]!,
    },
  }),

  SAMPLING_RECORD: kind({
    no: 'D10', zh: '采样记录', en: 'Sampling record', reach: 'outer', sealed: false, abbreviation: '采', template: 'd10-sampling-record.typ',
    schema: z.object({
      ...atThePlace, laboratory: f.text, samplers: f.text, spot: f.text, items: f.text, method: f.text, instrument: f.maybe,
      samples: z.array(z.object({ number: f.text, quantity: f.text, storage: f.text })).min(1).max(50),
    }),
    sample: {
      ...sampleAtThePlace, laboratory: '示范市生态环境监测站', samplers: '孙戊、周己', spot: '废水总排口 DW001', items: '化学需氧量、总铜', method: '《污水监测技术规范》', instrument: '瞬时采样器',
      samples: [{ number: 'WS-0312-01', quantity: '500 mL', storage: '加酸、避光、封条封存' }],
    },
  }),

  FILING_APPROVAL: kind({
    no: 'D6', zh: '立案审批表', en: 'Filing approval', reach: 'inner', sealed: false,
    abbreviation: '立', template: 'd06-filing-approval.typ',
    schema: z.object({
      source: f.text,
      cause: f.text,
      party: f.party,
      facts: f.text,
      reason: f.text,
      basis: f.provisionList,
      receivedOn: f.day,
      limit: f.text,
      officers: z.array(f.person).min(2).max(4),
      opinions: f.opinions,
    }),
    sample: {
      source: '数据审核小组移送（示环移〔2026〕1号）', cause: '涉嫌超过许可排放浓度排放水污染物', party: sampleParty,
      facts: sampleFacts,
      reason: '有初步证据证明违法行为，依法应当给予行政处罚，属于本机关管辖，未超过追责时效。',
      basis: [{ instrument: '生态环境行政处罚办法', article: '第十八条' }],
      receivedOn: '2026-03-06', limit: '收到移送之日起7个工作日内', officers: sampleOfficers, opinions: sampleOpinions,
    },
  }),

  REMOTE_INQUIRY_RECORD: kind({
    no: 'D9', zh: '远程调查询问笔录', en: 'Remote inquiry record', reach: 'outer', sealed: false,
    abbreviation: '询', template: 'd09-remote-inquiry-record.typ',
    schema: z.object({
      cause: f.text,
      startedAt: f.moment,
      endedAt: f.moment,
      platform: f.text,
      recordingId: f.text,
      identityCheck: f.text,
      asked: z.object({ name: f.text, idNumber: f.maybe, role: f.text, unit: f.text, phone: f.maybe, address: f.maybe }),
      officers: z.array(f.person).min(2).max(4),
      recorder: f.person,
      rightsTold: f.text,
      dialogue: z.array(z.object({ question: f.text, answer: f.text })).min(1).max(200),
      /** Fault, duration, number of times, consequences, as the person asked states them. */
      circumstances: f.maybe,
      serviceAddress: f.maybe,
      checkedByAsked: f.text,
    }),
    sample: {
      cause: '涉嫌超过许可排放浓度排放水污染物',
      startedAt: Date.UTC(2026, 2, 12, 1, 0), endedAt: Date.UTC(2026, 2, 12, 1, 50),
      platform: '明鉴远程询问室', recordingId: 'rec_2026_0007', identityCheck: '企业端实名登录并经人证比对一致',
      asked: { name: '张演示', idNumber: '3201**********0000', role: '法定代表人', unit: sampleParty.name, phone: '139****0000' },
      officers: sampleOfficers, recorder: { name: '王乙', certificate: '10010002', date: '2026-03-12' },
      rightsTold: '执法人员出示执法证件，告知被询问人有申请回避、陈述、申辩的权利和如实回答、协助调查的义务。被询问人表示清楚，不申请回避。',
      dialogue: [
        { question: '请说明 2026年3月2日8时至11时的生产和治理设施运行情况。', answer: '当时正常生产，二沉池进水浓度升高，加药泵流量不足。' },
        { question: '自动监测设备当时是否在校准或者维护？', answer: '没有，设备正常运行。' },
      ],
      circumstances: '加药泵故障，非故意；持续三小时；两年内首次；未发现危害后果。',
      serviceAddress: '同意通过企业端电子送达，账号为本单位企业端账号。',
      checkedByAsked: '以上笔录我已看过，与我说的一致。',
    },
  }),

  EVIDENCE_EXTRACT_RECORD: kind({
    no: 'D13', zh: '证据提取单', en: 'Electronic evidence extraction record', reach: 'outer', sealed: false,
    abbreviation: '证提', template: 'd13-evidence-extract-record.typ',
    schema: z.object({
      cause: f.text,
      unit: f.text,
      source: f.text,
      method: f.text,
      environment: f.maybe,
      startedAt: f.moment,
      endedAt: f.moment,
      /** None where what was taken is no file, e.g. a statement. */
      files: z.array(z.object({ name: f.text, sha256: f.sha256, note: f.maybe })).max(300).default([]),
      logRoot: f.maybe,
      /** Who of the party was there and signed, or why nobody did; and who witnessed it. */
      attendance: f.maybe,
      witness: f.maybe,
      operator: f.person,
      assistant: f.person,
      confirmation: f.text,
      confirmedBy: f.person.optional(),
    }),
    sample: {
      cause: '涉嫌超过许可排放浓度排放水污染物', unit: sampleParty.name, source: '明鉴平台存证日志与报文库',
      method: '按时间范围导出原始报文，逐条核对存证证明，计算校验值后封存。', environment: '平台版本 0.1.0',
      startedAt: Date.UTC(2026, 2, 12, 2, 0), endedAt: Date.UTC(2026, 2, 12, 2, 6),
      files: [{ name: 'frames-20260302.jsonl', sha256: sampleEvidence[0]!.sha256, note: '2026年3月2日报文原文' }],
      logRoot: '存证日志第 184210 条，根 q3Zr…', operator: sampleOfficers[0]!, assistant: sampleOfficers[1]!,
      confirmation: '当事人经企业端确认以上数据与本单位保存的数据一致。',
    },
  }),

  INVESTIGATION_REPORT: kind({
    no: 'D14', zh: '案件调查报告', en: 'Investigation report', reach: 'inner', sealed: false,
    abbreviation: '调', template: 'd14-investigation-report.typ',
    schema: z.object({
      cause: f.text,
      origin: f.text,
      course: f.text,
      party: f.party,
      facts: f.text,
      evidence: f.evidenceList,
      broken: f.provisionList,
      penal: f.provisionList,
      discretion: f.text,
      conclusion: f.text,
      proposal: f.text,
      officers: z.array(f.person).min(2).max(4),
    }),
    sample: {
      cause: '涉嫌超过许可排放浓度排放水污染物', origin: '数据审核小组移送，2026年3月9日立案。',
      course: '2026年3月10日至12日，采用非现场方式调取自动监测数据、工况和用电数据，远程询问法定代表人。',
      party: sampleParty, facts: sampleFacts, evidence: sampleEvidence, broken: [sampleProvision], penal: [samplePenalProvision],
      discretion: '超标倍数 0.27 倍，持续 3 小时，首次违法，已主动整改。', conclusion: '违法事实清楚，证据确凿。',
      proposal: '建议责令改正，处罚款人民币 120000 元。', officers: sampleOfficers,
    },
  }),

  CASE_REVIEW_OPINION: kind({
    no: 'D15', zh: '案件审查意见表', en: 'Case review opinion', reach: 'inner', sealed: false,
    abbreviation: '审', template: 'd15-case-review-opinion.typ',
    schema: z.object({
      cause: f.text,
      unit: f.text,
      jurisdiction: f.text,
      facts: f.text,
      evidence: f.text,
      procedure: f.text,
      limitation: f.text,
      lawAndDiscretion: f.text,
      conclusion: f.text,
      reviewers: z.array(f.person).min(1).max(4),
    }),
    sample: {
      cause: '涉嫌超过许可排放浓度排放水污染物', unit: sampleParty.name, jurisdiction: '属于本机关管辖。',
      facts: '违法事实清楚。', evidence: '证据确凿，均经数据审核，来源合法。', procedure: '程序合法，两名执法人员办理。',
      limitation: '未超过二年追责时效。', lawAndDiscretion: '适用法律正确，裁量适当。', conclusion: '同意进入裁量和事先告知。',
      reviewers: [{ name: '冯辛', date: '2026-03-16' }],
    },
  }),

  DISCRETION_SHEET: kind({
    no: 'R16', zh: '行政处罚裁量计算表', en: 'Discretion calculation sheet', reach: 'inner', sealed: false,
    abbreviation: '裁', template: 'discretion-sheet.typ',
    schema: z.object({
      cause: f.text,
      unit: f.text,
      violation: f.text,
      penal: f.provisionList,
      table: f.text,
      tableVersion: f.text,
      formula: f.text,
      minimum: f.money,
      maximum: f.money,
      factors: z.array(z.object({ name: f.text, circumstance: f.text, value: f.text, source: f.text })).min(1).max(40),
      /** Every intermediate number, in order: expression and result. */
      trace: z.array(z.object({ step: f.text, expression: f.text, result: f.text })).min(1).max(80),
      adjustments: f.maybe,
      amount: f.money,
      sentence: f.text,
      officers: z.array(f.person).min(1).max(4),
    }),
    sample: {
      cause: '涉嫌超过许可排放浓度排放水污染物', unit: sampleParty.name, violation: '超过许可排放浓度排放水污染物',
      penal: [samplePenalProvision], table: '在法定罚款幅度内裁量', tableVersion: '2026-01',
      formula: '罚款 = [X + Σ% × (1 − X)] × 法定上限，X = 法定下限 ÷ 法定上限', minimum: '100000', maximum: '1000000',
      factors: [
        { name: '超标倍数', circumstance: '0.5 倍以下', value: '2 %', source: '小时均值计算表' },
        { name: '违法次数', circumstance: '两年内首次', value: '0 %', source: '处罚记录查询' },
      ],
      trace: [
        { step: 'X', expression: '100000 ÷ 1000000', result: '0.1' },
        { step: 'Σ%', expression: '2 % + 0 %', result: '0.02' },
        { step: '罚款', expression: '[0.1 + 0.02 × (1 − 0.1)] × 1000000', result: '118000' },
      ],
      adjustments: '', amount: '118000', sentence: '综合考虑超标倍数较低、首次违法，决定处罚款人民币 118000 元。',
      officers: sampleOfficers,
    },
  }),
};
