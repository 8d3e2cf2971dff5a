import { defineRefusals } from '#kernel';
import { own } from '#law';

export const refuse = defineRefusals({
  'ARCH-001': { zh: '未找到', en: 'not found', status: 404 },
  'ARCH-002': { zh: '案件尚未结案，不能归档', en: 'the case is not closed', status: 409, basis: own('closing') },
  'ARCH-003': {
    zh: '卷内还缺：{list}',
    en: 'papers are missing from the dossier',
    status: 422,
    basis: '原环境行政处罚办法 第六十八至七十条',
  },
  'ARCH-004': {
    zh: '已归档的案卷不得增加、修改或者抽取',
    en: 'an archived dossier is never changed',
    status: 409,
    basis: '原环境行政处罚办法 第七十条',
  },
});
