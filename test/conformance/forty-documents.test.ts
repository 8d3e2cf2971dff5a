import { beforeAll, describe, expect, it } from 'vitest';
import { documentKind, documentKindKeys, layOut, type DocumentKindKey, type RenderedDocument } from '#documents';
import { instant, isRefusal } from '#kernel';
import { PAPER_KINDS, type PaperKind } from '#cases';
import { everyPaper } from '../../src/cases/testing/every-paper.ts';
import { layOutPaper, textOfPages } from '../../src/cases/testing/paper-of.ts';

type Row = readonly [kind: DocumentKindKey, ...words: readonly string[]];

const REMEDIES = ['行政复议', '六十日内', '行政诉讼', '六个月内'] as const;
const ALERT = ['识别规则', '数据时段', '监测值', '限值', '96.4mg/L', '请你单位', '反馈截止时间', '联系人', '电话', '不是行政处罚'] as const;
const REVIEW = ['监管对象', '时间', '地点', '因子', '数值', '数据生成、采集、存储、传输', '标记与单位主动报告', '视频与图像', '信息平台状态', '法律、行政法规依据', '关联性', '真实性', '完整性', '合法性', '审核结论', '技术审核', '2026年3月5日'] as const;
const APPROVAL = ['案由', '当事人', '违法事实', '依据', '理由', '承办人意见', '负责人审批', '期限'] as const;

/**
 * The forty documents: their required content as a reader finds it on the page (● of 评查细则 环执法发〔2024〕4号 and the statutes: 行政处罚法 第四十四、
 * 五十二、五十九条; 行政强制法 第二十四、五十四、五十五条). Papers of a case are made from the facts of a file by a step of the table; the others from their sample.
 */
const FORTY: Readonly<Record<string, readonly Row[]>> = {
  'D1 预警提醒、警告、电子督办单': [['REMINDER_NOTICE', ...ALERT], ['WARNING_NOTICE', ...ALERT], ['SUPERVISION_SHEET', ...ALERT]],
  'D2 涉嫌违法问题线索清单': [['SUSPECTED_VIOLATION_LIST', '线索编号', '排污单位', '排放口', '因子', '时间', '规则及版本', '研判分析', '研判人', '清单版本']],
  'D3 数据审核意见': [['REVIEW_OPINION', ...REVIEW], ['EXCEEDANCE_REVIEW_REPORT', ...REVIEW]],
  'D4 违法事实告知': [['SUSPICION_NOTICE', '涉嫌违法事实', '查询数据和证据', '陈述和申辩', '建议于2026年3月23日前', '作用：与该单位共同安装了旁路管道', '确认收到']],
  'D5 线索移送单': [['HANDOVER_SHEET', '线索编号', '审核意见', '附件', '校验值', '移送单位', '移送时间', '接收单位', '接收时间']],
  'D6 立案审批表': [['FILING_APPROVAL', '案件来源', '案由', '当事人', '统一社会信用代码', '案情简介', '立案理由', '承办人意见', '负责人审批', '办理期限', '执法证号']],
  'D7 不予立案、撤销立案审批表': [['NOT_FILED_APPROVAL', '理由类别', '理由', '线索去向'], ['FILING_REVOCATION', '理由类别', '理由', '案件去向']],
  'D8 现场检查（勘察）笔录': [['SITE_INSPECTION_RECORD', '开始时间', '结束时间', '检查地点', '检查人员', '记录人', '执法证号', '厂长张演示到场', '告知事项', '回避', '陈述申辩', '生产情况', '环评、验收、许可等手续', '污染物产生、治理和排放情况', '发现的情况', '采样、拍照、录像情况', '逐页核对签名', '以下空白', '更正处']],
  'D9 远程询问笔录': [['REMOTE_INQUIRY_RECORD', '开始时间', '结束时间', '远程平台', '录音录像编号', '身份核验', '被询问人', '询问人', '执法证号', '告知事项', '问：', '答：', '主观过错、持续时间、次数和后果', '送达地址确认', '核对意见', '以下空白']],
  'D10 采样记录、监测报告': [
    ['SAMPLING_RECORD', '采样单位', '采样人员', '采样点位', '监测项目', '开始时间', '采样方法和依据', '采样仪器', '样品编号', '当事人签名'],
    ['TEST_REPORT_RECEIPT', '监测（检测）机构', '资质认定231012340000', '委托单位', '报告编号', '采样', '方法和仪器', '签发', '结果', '三级签名和检验检测专用章', '点位、时间、项目与采样记录核对一致'],
  ],
  'D11 监测结果告知书': [['TEST_RESULT_NOTICE', '结果', '异议', '个工作日内', '要求重新监测']],
  'D12 先行登记保存': [
    ['PRESERVATION_APPROVAL', ...APPROVAL],
    ['PRESERVATION_ORDER', '因', '先行登记保存', '脱硝系统控制柜', '2号机组', '期限', '妥善保管', ...REMEDIES],
    ['PRESERVATION_LIST', '名称', '数量', '地点', '保管人', '当事人签名', '见证人签名'],
    ['PRESERVATION_RESULT', '处理决定', '脱硝系统控制柜', ...REMEDIES],
  ],
  'D13 证据提取单': [['EVIDENCE_EXTRACT_RECORD', '来源设备或系统', '提取方法', '开始时间', '结束时间', '提取人', '协助人', '当事人到场和签名', '见证人', '确认意见']],
  'D14 案件调查报告': [['INVESTIGATION_REPORT', '案件来源', '调查经过', '当事人基本情况', '查明的事实', '证明事项', '违反', '处罚依据', '裁量情节', '调查结论', '处理建议']],
  'D15 案件审查意见': [['CASE_REVIEW_OPINION', '管辖', '事实', '证据', '程序', '追责时效', '法律适用与裁量', '审查结论']],
  'D16 责令改正违法行为决定书': [['RECTIFICATION_ORDER', '立案调查', '调查人员为', '执法证号', '有下列证据为证', '证明：', '违反了下列规定', '责令你单位于', '具体要求如下', '按日连续处罚', ...REMEDIES]],
  'D17 行政处罚事先（听证）告知书': [['PRIOR_NOTICE', '拟认定的违法事实和证据', '证明：', '违反的规定', '依据、种类和幅度', '在法定罚款幅度（', '内裁量：', '罚款', '大写', '陈述、申辩', '五个工作日内', '要求听证', '联系人']],
  'D18 听证通知书': [['HEARING_SESSION_NOTICE', '案由', '时', '听证室', '公开举行听证', '主持人：', '听证员：', '记录人：', '申请回避', '委托一至二人代理', '视为放弃听证权利']],
  'D19 听证笔录、报告': [
    ['HEARING_RECORD', '时间、地点', '主持人', '参加人员', '听证笔录', '举证和质证', '辩论', '最后陈述', '核对和签名', '核对无误', '当事人或者代理人：', '案件调查人员：', '记录人：'],
    ['HEARING_REPORT', '听证时间、地点', '听证主持人', '当事人的主张', '听证主持人意见', '建议'],
  ],
  'D20 陈述申辩复核意见': [['DEFENCE_REVIEW', '陈述申辩要点', '意见', '证据', '采纳', '理由', '复核结论']],
  'D21 法制审核意见书': [['LEGAL_REVIEW', '执法主体', '执法人员', '执法程序', '事实与证据', '法律适用与裁量', '文书', '是否涉嫌犯罪', '审核意见']],
  'D22 集体讨论记录': [['COLLECTIVE_DISCUSSION', '参加讨论的负责人', '意见', '表决', '结论', '承办人', '不参加表决']],
  'D23 行政处罚决定书': [['PENALTY_DECISION', '违法事实和证据', '证明：', '违反的规定', '告知、陈述申辩及听证情况', '裁量理由', '处罚依据和决定', '大写', '履行方式和期限', '十五日内', '加处罚款', '强制执行', '救济途径和期限', '封存为案卷证据包', ...REMEDIES]],
  'D24 不予行政处罚决定书': [['NO_PENALTY_DECISION', '违法事实和证据', '违反的规定', '改正情况', '不予处罚的理由', '不予行政处罚', '教育', '依据：', ...REMEDIES]],
  'D25 当场行政处罚决定书': [['ON_SPOT_DECISION', '年', '查明你单位实施了以下违法行为', '违反的规定和处罚依据', '陈述申辩', '罚款', '十五日内到指定银行缴纳', '执法人员', '当事人签收', '六十日内', '对行政复议决定不服的，可以自收到行政复议决定书之日起十五日内']],
  'D26 送达地址（电子送达）确认书': [['SERVICE_CONFIRMATION', '同意电子送达', '电子送达途径', '账号', '适用文书', '索取纸质文书', '撤回同意', '法定代表人：', '2026年']],
  'D27 送达回证': [['DELIVERY_PROOF', '送达文书', '文号', '受送达人', '送达方式', '电子送达', '电子系统', '发出时间', '到达时间', '法定送达日', '回执编号', '送达人']],
  'D28 同意延期（分期）缴纳罚款通知书': [['INSTALMENT_NOTICE', '同意延期缴纳罚款通知书', '处罚决定书》（', '余额', '元', '前缴清', '理由']],
  'D29 督促履行义务催告书': [['DEMAND_NOTICE', '处罚决定书》（', '送达你单位', '逾期未履行', '十个工作日内', '履行方式', '金额：人民币', '大写', '加处罚款', '有权进行陈述和申辩']],
  'D30 强制执行申请书': [['COURT_APPLICATION', '强制执行申请书', '申请人', '被申请人：示范电力有限公司', '申请事项', '事实和理由', '催告情况', '附件', '负责人']],
  'D31 查封、扣押': [
    ['SEALING_APPROVAL', ...APPROVAL, '必要性与比例'],
    ['SEALING_ORDER', '查封决定书', '上述行为属于', '情形', '第二十五条', '名称', '型号', '编号', '地点', '期限', '应当履行下列义务', ...REMEDIES],
    ['SEALING_LIST', '脱硝系统控制柜', '封条编号', '当事人签名', '见证人签名', '执法人员'],
    ['SEALING_RECORD', '开始', '结束', '告知', '陈述申辩', '录音录像', '当事人逐页签名'],
    ['SEALING_EXTENSION', '延长查封期限通知书', '决定书》（', '予以查封，自', '理由', '期限', '如不服本通知', ...REMEDIES],
    ['SEALING_RELEASE', '解除查封决定书', '决定书》（', '予以查封，自', '现查明', '退还', '接收', '脱硝系统控制柜', '地点'],
  ],
  'D32 责令限制生产、停产整治决定书': [['PRODUCTION_ORDER', '责令限制生产决定书', '上述行为属于', '行政处罚决定书》（', '有下列证据为证', '依据', '责令限制生产', '期限', '应当履行下列义务', ...REMEDIES]],
  'D33 按日连续处罚决定书': [
    ['DAILY_PENALTY', '环境保护法》第五十九条', '送达《按日连续处罚事先（听证）告知书》', '强制执行', '首次检查查明', '复查查明', '责令改正违法行为决定书', '该决定书于', '行政处罚决定书', '起', '止', '日数', '按原处罚数额', '大写', ...REMEDIES],
    ['DAILY_NOTICE', '首次检查查明', '复查查明', '日数', '陈述、申辩', '要求听证'],
  ],
  'D34 移送涉嫌犯罪': [['TRANSFER_APPROVAL', ...APPROVAL, '法制机构意见'], ['TRANSFER_LETTER', '涉嫌污染环境罪', '依据', '批准移送', '移送材料', '页数', '移送人', '执法证号', '接收人签名']],
  'D35 移送适用行政拘留': [['DETENTION_APPROVAL', ...APPROVAL], ['DETENTION_LETTER', '责任人', '依据', '批准移送', '移送材料', '执法证号', '接收人签名']],
  'D36 生态环境损害赔偿': [['DAMAGE_CLUE', '损害情况', '证据', '损害估算'], ['NEGOTIATION_LETTER', '损害数额', '磋商'], ['DAMAGE_AGREEMENT', '损害事实', '赔偿数额', '大写', '修复完成期限', '赔偿权利人', '赔偿义务人', '依据《生态环境损害赔偿管理规定》', '乙方（签名、盖章）']],
  'D37 整改核查表': [['RECTIFICATION_CHECK', '责令改正决定', '核查方式', '方式选择理由', '核查情况', '核查结果', '佐证材料']],
  'D38 结案审批表': [['CLOSING_APPROVAL', '办案经过', '决定书文号', '处理结果', '履行情况', '改正情况', '结案理由', '负责人审批']],
  'D39 卷内目录、备考表': [['DOSSIER_CATALOGUE', '序号', '题名', '页号', '保管期限', '备考表']],
  'D40 公开审批表': [['PUBLICATION_APPROVAL', '公开内容', '隐去的内容', '公开渠道', '公开日期', '撤回']],
};

/** What no paper may show: keys of the program and ids but the number of the clue, names of files, dates for machines, holes, doubts about articles, stops set twice or upon another. */
const RAW = /undefined|null|NaN|\[object|《》|[A-Z]{3,}_[A-Z]|\d{4}-\d{2}-\d{2}(?!\d)|待核|未核实|[，。；：]{2}|（（|（）|(?<![a-z])(?!clue_)[a-z]+_[0-9a-z]+|\.(?:csv|pdf|xlsx?)/i;
/** A bracket or a quotation that is opened and never closed. */
function unclosed(text: string): string | undefined {
  for (const [open, close] of ['（）', '《》', '“”', '〔〕']) {
    let depth = 0;
    for (const [i, sign] of [...text].entries()) {
      if (sign === open) depth += 1;
      else if (sign === close && --depth < 0) return text.slice(Math.max(0, i - 20), i + 1);
    }
    if (depth !== 0) return `${open} ${depth}`;
  }
  return undefined;
}
/** What a reader stumbles over on these pages; undefined where nothing does. */
const stumble = (text: string): string | undefined => text.match(RAW)?.[0] ?? unclosed(text);

const at = instant(Date.UTC(2026, 2, 26, 2));
const head = { authority: '清川市生态环境局', number: '示1' };
const isCasePaper = (kind: string): kind is PaperKind => Object.hasOwn(PAPER_KINDS, kind);
const COMES_WITH_THE_HANDOVER = ['HANDOVER_SHEET', 'CONTROL_RECHECK_NOTE', 'REVIEW_OPINION'];

let owed: ReturnType<typeof everyPaper>;
beforeAll(() => {
  owed = everyPaper();
}, 60_000);

function documentOf(kind: DocumentKindKey): RenderedDocument {
  const step = isCasePaper(kind) && kind !== 'DOSSIER_CATALOGUE' ? owed.get(kind) : undefined;
  if (step !== undefined) return layOutPaper(step.before, step.event, kind as PaperKind).document;
  const laidOut = layOut(kind, documentKind(kind).sample, head, at);
  if (isRefusal(laidOut)) throw new Error(`${kind}: ${laidOut.zh}`);
  return laidOut.value;
}

describe('四十种文书（评查细则、行政处罚法、行政强制法）', () => {
  it('[JS-17.1] 四十种都有，编号各归其种', () => {
    const numbers = Object.keys(FORTY).map((title) => title.split(' ')[0]);
    expect(numbers).toEqual(Array.from({ length: 40 }, (_, i) => `D${i + 1}`));
    for (const [title, rows] of Object.entries(FORTY)) for (const [kind] of rows) expect(`${documentKind(kind).no.replace(/[a-z]+$/, '')} ${kind}`).toBe(`${title.split(' ')[0]} ${kind}`);
    // Every kind with a number of the forty stands under it.
    for (const kind of documentKindKeys) expect(documentKind(kind).no, kind).toMatch(/^(D([1-9]|[123]\d|40)[a-z]*|P\d+|R.+|SH-\d+)$/);
  });

  it.each(Object.entries(FORTY))('[JS-17.1] %s：法定内容在页面上', async (_title, rows) => {
    for (const [kind, ...words] of rows) {
      const document = documentOf(kind);
      const text = await textOfPages(document);
      for (const word of [document.title, '示1', '清川市生态环境局', ...words]) expect(text, `${kind} 缺“${word}”`).toContain(word);
      expect(text, kind).toMatch(/\d{4}年\d{1,2}月\d{1,2}日/);
      expect(stumble(text), kind).toBeUndefined();
    }
  });

  it('[JS-17.1] 对外文书写明当事人：名称、统一社会信用代码、地址、法定代表人', async () => {
    const outer = Object.values(FORTY).flat().map(([kind]) => kind).filter((kind) => documentKind(kind).sealed && documentKind(kind).template !== 'd04-suspicion-notice.typ' && !['transfer-letter.typ', 'negotiation-letter.typ', 'damage-agreement.typ'].includes(documentKind(kind).template));
    for (const kind of outer) for (const word of [/当事人|被申请人/, /统一社会信用代码/, /地址/, /法定代表人/]) expect(await textOfPages(documentOf(kind)), kind).toMatch(word);
  });
});

describe('案件的每一种文书', () => {
  const kinds = (Object.keys(PAPER_KINDS) as PaperKind[]).filter((kind) => !COMES_WITH_THE_HANDOVER.includes(kind));

  it('[JS-17.1] 流程表走得到每一种，没有一种只留数据', () => {
    expect(kinds.filter((kind) => !owed.has(kind))).toEqual([]);
  });

  it.each(['INVESTIGATION_REPORT', 'PRIOR_NOTICE', 'PENALTY_DECISION', 'RECTIFICATION_ORDER'] as const)('[JS-17.1] %s：条文写明，没有待核的，没有占位的联系方式和统计用语', async (kind) => {
    expect(await textOfPages(documentOf(kind))).not.toMatch(/待核|见企业端|惊异度|尚缺/);
  });

  it.each(kinds)('[JS-17.1] %s：由卷内事实排版，没有代码、空洞和机器日期', async (kind) => {
    const text = await textOfPages(documentOf(kind));
    expect(text).toContain(documentOf(kind).title);
    expect(stumble(text)).toBeUndefined();
  });

  it.each(['事实清楚；。', '见附件。；', '证据，，', '（（一）', '排口（1号', '“未标记', '审核 rvw_0A9', '运维台账.csv', '（）'])('[JS-17.1] “%s”会被发现', (text) => {
    expect(stumble(text)).toBeDefined();
  });
});
