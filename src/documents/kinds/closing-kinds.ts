import { z } from 'zod';
import * as f from '../fields.ts';
import { kind } from './document-kind.ts';
import { sampleOfficers, sampleOpinions, sampleParty } from './sample-facts.ts';

export const closingKinds = {
  SERVICE_CONFIRMATION: kind({
    no: 'D26', zh: '送达地址（电子送达）确认书', en: 'Confirmation of service address and electronic service', reach: 'outer',
    sealed: false, abbreviation: '送确', template: 'd26-service-confirmation.typ',
    schema: z.object({
      party: f.party,
      /** Told before consent: legal effect, arrival rule, right to paper and to withdraw. */
      told: f.text,
      consents: z.boolean(),
      channels: z.array(z.object({ name: f.text, account: f.text })).max(8).default([]),
      documentsCovered: f.text,
      paperAddress: f.maybe,
      recipient: f.text,
      phone: f.maybe,
      signer: f.person.extend({ role: f.text }),
    }),
    sample: {
      party: sampleParty,
      told: '电子送达与纸质送达具有同等效力；以文书到达您单位企业端账号的日期为送达日期；您有权索取纸质文书，也可随时书面撤回同意。',
      consents: true, channels: [{ name: '企业端（环保脸谱）', account: 'demo-unit-01' }],
      documentsCovered: '本案全部执法文书，包括行政处罚决定书', paperAddress: '江苏省示范市开发区演示路 18 号', recipient: '张演示',
      phone: '139****0000', signer: { name: '张演示', role: '法定代表人', date: '2026-03-12' },
    },
  }),

  DELIVERY_PROOF: kind({
    no: 'D27', zh: '送达回证', en: 'Proof of delivery', reach: 'outer', sealed: false,
    abbreviation: '送', template: 'd27-delivery-proof.typ',
    schema: z.object({
      documentTitle: f.text,
      documentNumber: f.text,
      documentSha256: f.sha256,
      recipient: f.text,
      place: f.text,
      method: f.text,
      system: f.text,
      sentAt: f.moment,
      /** By the minute where a system recorded it, by the day where a receipt on paper does. */
      arrivedAt: z.union([f.moment, f.day]),
      legalDay: f.day,
      readAt: f.moment.optional().transform((value) => value ?? ''),
      confirmedAt: f.moment.optional().transform((value) => value ?? ''),
      confirmedBy: f.maybe,
      receipt: f.maybe,
      receiptId: f.text,
      consentNumber: f.maybe,
      server: f.person,
      /** The other officer of the two who brought it. */
      second: f.person.optional(),
      remark: f.maybe,
    }),
    sample: {
      documentTitle: '行政处罚决定书', documentNumber: '示环罚〔2026〕1号',
      documentSha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08', recipient: sampleParty.name,
      place: '企业端账号 demo-unit-01', method: '电子送达', system: '明鉴企业端', sentAt: Date.UTC(2026, 2, 27, 1, 0),
      arrivedAt: Date.UTC(2026, 2, 27, 1, 0), legalDay: '2026-03-27', readAt: Date.UTC(2026, 2, 27, 3, 20),
      confirmedAt: Date.UTC(2026, 2, 27, 3, 25), confirmedBy: '张演示', receipt: '', receiptId: '20260003',
      consentNumber: '示环送确〔2026〕1号', server: sampleOfficers[0]!,
    },
  }),

  RECTIFICATION_CHECK: kind({
    no: 'D37', zh: '整改情况核查表', en: 'Rectification check', reach: 'inner', sealed: false,
    abbreviation: '核', template: 'd37-rectification-check.typ',
    schema: z.object({
      unit: f.text,
      orderNumber: f.text,
      demands: f.text,
      dueOn: f.day,
      method: f.text,
      methodReason: f.text,
      checkedFrom: f.moment,
      checkedTo: f.moment,
      findings: f.text,
      proof: z.array(z.object({ name: f.text, sha256: f.maybeSha256 })).max(60).default([]),
      result: f.text,
      checkers: z.array(f.person).min(1).max(4),
    }),
    sample: {
      unit: sampleParty.name, orderNumber: '示环责改〔2026〕1号', demands: '停止超标排放，检修加药系统。', dueOn: '2026-04-15',
      method: '数据审查（非现场）', methodReason: '自动监测数据足以核实整改情况。', checkedFrom: Date.UTC(2026, 3, 1),
      checkedTo: Date.UTC(2026, 3, 15), findings: '整改期满前后 360 个有效小时均值全部达标，用电与产量关系恢复正常。',
      proof: [{ name: '小时均值清单.csv' }], result: '已改正', checkers: sampleOfficers,
    },
  }),

  CLOSING_APPROVAL: kind({
    no: 'D38', zh: '结案审批表', en: 'Closing approval', reach: 'inner', sealed: false,
    abbreviation: '结', template: 'd38-closing-approval.typ',
    schema: z.object({
      cause: f.text,
      party: f.party,
      filedOn: f.maybeDay,
      decisionNumber: f.text,
      decidedOn: f.maybeDay,
      servedOn: f.maybeDay,
      course: f.text,
      result: f.text,
      performance: f.text,
      rectification: f.text,
      remedyCourse: f.text,
      ground: f.text,
      opinions: f.opinions,
    }),
    sample: {
      cause: '超过许可排放浓度排放水污染物', party: sampleParty, filedOn: '2026-03-09', decisionNumber: '示环罚〔2026〕1号',
      decidedOn: '2026-03-26', servedOn: '2026-03-27', course: '立案、调查、审查、告知、法制审核、决定、送达、执行均依法完成。',
      result: '责令改正，罚款 118000 元。', performance: '2026年4月2日缴清（缴款凭证 demo-0001）。', rectification: '经数据审查核实已改正。',
      remedyCourse: '未申请行政复议，未提起行政诉讼。', ground: '行政处罚决定已履行，违法行为已改正。', opinions: sampleOpinions,
    },
  }),

  DOSSIER_CATALOGUE: kind({
    no: 'D39', zh: '卷内文件目录', en: 'Dossier catalogue', reach: 'inner', sealed: false,
    abbreviation: '卷', template: 'd39-dossier-catalogue.typ',
    schema: z.object({
      caseTitle: f.text,
      caseNumber: f.text,
      retention: f.text,
      volume: f.text,
      items: z
        .array(z.object({ title: f.text, number: f.maybe, responsible: f.text, date: f.maybeDay, pages: f.text, sha256: f.maybeSha256, remark: f.maybe }))
        .min(1)
        .max(500),
      /** 备考表: state of the volume at filing. */
      remarks: f.text,
      filedBy: f.person,
      checkedBy: f.person,
    }),
    sample: {
      caseTitle: '示范市清源表面处理有限公司超标排放水污染物案', caseNumber: '示环罚〔2026〕1号', retention: '30 年', volume: '正卷',
      items: [
        { title: '行政处罚决定书', number: '示环罚〔2026〕1号', responsible: '示范市生态环境局', date: '2026-03-26', pages: '1–4' },
        { title: '送达回证', number: '示环送〔2026〕1号', responsible: '李甲', date: '2026-03-27', pages: '5' },
      ],
      remarks: '本卷电子文件齐全，签名与校验值均核对无误。', filedBy: { name: '韩寅', date: '2026-05-20' },
      checkedBy: { name: '杨卯', date: '2026-05-20' },
    },
  }),
};
