import { defineRefusals } from '#kernel';

/** What the law library refuses to compute. */
export const refuse = defineRefusals({
  'LAW-001': { zh: '处罚依据 {basis} 没有罚款幅度', en: 'basis {basis} has no fine range', status: 422 },
  'LAW-002': { zh: '裁量因子未填：{factor}', en: 'discretion factor not answered: {factor}', status: 422 },
  'LAW-003': { zh: '裁量等级不存在：{grade}', en: 'no such grade: {grade}', status: 422 },
  'LAW-004': {
    zh: '减轻幅度超过基准允许的 {floor}%',
    en: 'mitigation beyond the {floor}% the benchmark allows',
    status: 422,
    basis: '行政处罚法 第三十二条',
  },
});
