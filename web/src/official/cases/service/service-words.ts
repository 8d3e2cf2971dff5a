import type { Text } from '../../../shared/i18n.tsx';
import type { DeliveryRow, ServiceMethod } from './service-shapes.ts';

/** What each way of service on paper asks for (民事诉讼法 第七章第二节): where it goes, who signs, and which day counts. */
export interface ServiceWords { readonly name: Text; readonly place: Text; readonly receiver: Text; readonly day: Text }

const signed: Text = { zh: '签收人（姓名、身份）', en: 'Who signed (name, position)' };
const signedOn: Text = { zh: '签收日期', en: 'Signed on' };

export const PAPER_WAYS: Readonly<Record<Exclude<ServiceMethod, 'ELECTRONIC'>, ServiceWords>> = {
  DIRECT: { name: { zh: '直接送达', en: 'direct' }, place: { zh: '送达地址', en: 'Address' }, receiver: signed, day: signedOn },
  LEFT: {
    name: { zh: '留置送达', en: 'left' }, place: { zh: '留置地点', en: 'Where it is left' },
    receiver: { zh: '拒收人（姓名、身份）', en: 'Who refused (name, position)' }, day: { zh: '留置日期', en: 'Left on' },
  },
  ENTRUSTED: { name: { zh: '委托送达', en: 'entrusted' }, place: { zh: '受托机关', en: 'Authority entrusted' }, receiver: signed, day: signedOn },
  POST: { name: { zh: '邮寄送达', en: 'by post' }, place: { zh: '邮寄地址', en: 'Postal address' }, receiver: signed, day: { zh: '回执注明的收件日期', en: 'Day of receipt on the return slip' } },
  FORWARDED: { name: { zh: '转交送达', en: 'forwarded' }, place: { zh: '转交单位', en: 'Forwarded through' }, receiver: signed, day: signedOn },
  PUBLIC_NOTICE: {
    name: { zh: '公告送达', en: 'by public notice' }, place: { zh: '公告刊登处', en: 'Where the notice is published' },
    receiver: { zh: '公告经办人', en: 'Who published the notice' }, day: { zh: '公告期满日', en: 'Day the notice has run its term' },
  },
};

/** Why a paper went this way. */
export const REASONS: Readonly<Record<DeliveryRow['methodReason'], Text | undefined>> = {
  NO_CONSENT: { zh: '当事人未同意电子送达', en: 'the party has not agreed to electronic service' },
  NO_ACCOUNT: { zh: '当事人没有可用账号', en: 'the party has no working account' },
  CONSENT: undefined, NOTICE: undefined, ASKED: undefined,
};

/** What is still to be done about a paper under way, and since when it waits. */
export const DUTIES: Readonly<Record<NonNullable<DeliveryRow['duty']>, { readonly name: Text; readonly since: Text }>> = {
  HAND_OVER: { name: { zh: '待送达并登记回证', en: 'To be served, receipt to be recorded' }, since: { zh: '{time} 发出，尚无回证', en: 'sent {time}, no receipt yet' } },
  OTHER_WAY: { name: { zh: '未能送达，须改换方式', en: 'Not delivered: another way is due' }, since: { zh: '{time} 发出', en: 'sent {time}' } },
  CONFIRMATION: { name: { zh: '未确认收到，可改换方式', en: 'Receipt not confirmed: may go another way' }, since: { zh: '{time} 到达，当事人尚未确认', en: 'arrived {time}, not confirmed by the party' } },
};

/** From which day a receipt counts, where that is later: a notice to the public runs its term first. */
export const FROM: Text = { zh: '{day} 起可以登记', en: 'can be recorded from {day}' };
