import { defineRefusals } from '#kernel';
import { own } from '#law';

/** Numbered refusals of the delivery module. */
export const refuseDelivery = defineRefusals({
  'DLV-001': {
    zh: '未取得当事人同意，不得以电子方式送达；请取得电子送达确认书，或者采用其他方式送达',
    en: 'no electronic service without the consent of the party; obtain the confirmation or serve in another way',
    basis: `行政处罚法 第六十一条；${own('service')}`,
  },
  'DLV-002': {
    zh: '当事人没有可用的接收账号，不能以电子方式送达',
    en: 'the party has no working account; it cannot be served electronically',
  },
  'DLV-003': { zh: '送达记录不存在', en: 'no such delivery', status: 404 },
  'DLV-004': { zh: '该送达现处于“{state}”，不能{act}', en: 'the delivery is {stateEn}; it cannot be {actEn}' },
  'DLV-005': { zh: '送达日期不能早于发出或者晚于今天', en: 'the day of receipt lies before sending or in the future', status: 422 },
  'DLV-006': { zh: '电子送达以系统到达记录为准，不另行登记回证', en: 'electronic service is proved by its arrival record', status: 409 },
  'DLV-007': { zh: '没有可以撤回的同意', en: 'there is no consent to withdraw' },
  'DLV-008': { zh: '排污单位未登记', en: 'the unit is not registered', status: 404 },
  'DLV-009': { zh: '更换送达方式须采用非电子方式', en: 'the other way must not be electronic again', status: 422 },
  'DLV-011': {
    zh: '文书已于 {day} 送达，不能再改用其他方式', en: 'the document was served on {day}; no other way can be taken any more',
    basis: '行政处罚法 第六十一条；民事诉讼法 第八十七条、第九十条', status: 409,
  },
  'DLV-012': {
    zh: '留置送达须记明拒收事由，并有见证人签名，或者有拍照、录像', en: 'a paper left at the place needs the reason of the refusal and the signature of a witness, or pictures of the service',
    basis: '行政处罚法 第六十一条；民事诉讼法 第八十九条', status: 422,
  },
  'DLV-013': { zh: '见证人不得是送达人员', en: 'the witness is none of those who serve the paper', basis: '民事诉讼法 第八十九条', status: 422 },
  'DLV-014': {
    zh: '直接送达、留置送达由两名执法人员进行，须写明与登记人同去的另一名送达人员', en: 'two officers bring a paper to the party: name the one who went along with you',
    basis: '行政处罚法 第四十二条、第六十一条', status: 422,
  },
  'DLV-010': { zh: '没有收存过这份回证，只凭摘要不能证明送达', en: 'no such receipt was taken in; a digest alone proves no service', status: 422 },
});
