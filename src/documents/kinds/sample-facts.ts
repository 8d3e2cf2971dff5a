/** Fictional facts shared by the samples. No real unit, person or authority. */
export const sampleParty = {
  name: '示范市清源表面处理有限公司',
  creditCode: '91320000MA1EXAMPL0',
  address: '江苏省示范市开发区演示路 18 号',
  legalRepresentative: '张演示',
  permitNumber: '91320000MA1EXAMPL0001P',
};

export const sampleOfficers = [
  { name: '李甲', certificate: '10010001', date: '2026-03-12' },
  { name: '王乙', certificate: '10010002', date: '2026-03-12' },
];

export const sampleOpinions = [
  { role: '承办人意见', opinion: '违法事实清楚，证据确凿，建议按程序办理。', name: '李甲', certificate: '10010001', date: '2026-03-12' },
  { role: '部门负责人意见', opinion: '同意承办人意见。', name: '赵丙', date: '2026-03-12' },
  { role: '负责人审批', opinion: '同意。', name: '陈丁', date: '2026-03-13' },
];

export const sampleProvision = {
  instrument: '中华人民共和国水污染防治法',
  article: '第十条',
  text: '排放水污染物，不得超过国家或者地方规定的水污染物排放标准和重点水污染物排放总量控制指标。',
};

export const samplePenalProvision = {
  instrument: '中华人民共和国水污染防治法',
  article: '第八十三条第（二）项',
  text: '',
};

export const sampleEvidence = [
  {
    name: '自动监测小时数据及报文原文',
    provider: '示范市生态环境局监控中心',
    obtained: '2026年3月3日',
    proves: '2026年3月2日8时至11时化学需氧量小时均值超过排放限值',
    sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  },
  {
    name: '数据审核意见',
    provider: '示范市非现场数据审核小组',
    obtained: '2026年3月5日',
    proves: '上述数据关联、真实、完整、合法',
    sha256: '60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752',
  },
];

export const sampleContact = { name: '李甲', phone: '025-0000 0000', address: '江苏省示范市政务路 1 号' };

export const sampleRemedies = {
  reconsiderationBody: '示范市人民政府',
  reconsiderationTerm: '六十日内',
  court: '示范市铁路运输法院',
  suitTerm: '六个月内',
};

export const sampleFacts =
  '经查，你单位废水总排口（DW001）2026年3月2日8时至11时化学需氧量小时均值分别为 96.4、101.7、99.2 mg/L，超过排污许可证载明的 80 mg/L 限值；数据经标记核对，不属于校准、维护或故障时段。';
