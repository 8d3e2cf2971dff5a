import { dayOf, unstopped, type CalendarDay } from '#kernel';
import { formatDay } from '#documents';
import type { Delivery, DeliveryMethod, LeftAtThePlace } from './delivery.ts';
import { DELIVERY_METHODS } from './delivery.ts';
import type { DeliveryProofFacts } from './ports.ts';

export interface ProofServer {
  readonly name: string;
  readonly certificate: string;
}

/** What a proof of service (送达回证) names beside the delivery itself. */
export interface ProofContext {
  /** Name of the party served. */
  readonly recipient: string;
  readonly portalName: string;
  /** Number of the party's consent to electronic service; empty where it stands on none. */
  readonly consentNumber: string;
  /** Who served it, the one who recorded the receipt first; two where officers brought the paper. */
  readonly servers: readonly [ProofServer, ...ProofServer[]];
  /** Name of the person who confirmed; an id alone says nothing on paper. */
  readonly confirmedBy: string;
}

const shownBy = ({ witness, recording }: LeftAtThePlace): string =>
  [...(witness === '' ? [] : [`见证人${witness}在送达回证上签名`]), ...(recording === '' ? [] : [`送达过程拍照、录像（${recording}）`])].join('，');

/** How a service on paper was received, by its receipt (民事诉讼法 第八十七条至第九十五条, by 行政处罚法 第六十一条). */
const RECEIVED: Readonly<Record<Exclude<DeliveryMethod, 'ELECTRONIC'>, (receiver: string, day: string, left: LeftAtThePlace | null) => string>> = {
  DIRECT: (receiver, day) => `${receiver}于${day}在送达回证上记明收到日期并签名`,
  LEFT: (receiver, day, left) => left === null ? `${day}留置送达，送达回证记载的在场人或者见证人：${receiver}` : `${receiver}拒收，事由：${unstopped(left.reason)}；${day}留置送达，${shownBy(left)}`,
  ENTRUSTED: (receiver, day) => `受委托机关送达，${receiver}于${day}在送达回证上签名`,
  POST: (receiver, day) => `邮件由${receiver}签收，回执注明的收件日期为${day}`,
  FORWARDED: (receiver, day) => `经转交，${receiver}于${day}在送达回证上签收`,
  PUBLIC_NOTICE: (receiver, day) => `公告期满，${day}视为送达；登记：${receiver}`,
};

const receiptOf = ({ method, receiver, left }: Delivery, day: CalendarDay): string =>
  method === 'ELECTRONIC' ? '' : `${RECEIVED[method](receiver ?? '', formatDay(day), left)}；回证扫描件存卷。`;

/**
 * What stands on the receipt of a delivery (送达回证, D27), ready for the documents module as kind `DELIVERY_PROOF`.
 *
 * @returns undefined while it has not arrived, or while the receipt of a service on paper is not recorded: there is nothing to prove yet
 */
export function deliveryProofFacts(d: Delivery, context: ProofContext): DeliveryProofFacts | undefined {
  if (d.arrivedAt === null || d.legalDay === null) return undefined;
  const electronic = d.method === 'ELECTRONIC';
  const date = electronic ? dayOf(d.arrivedAt) : d.legalDay;
  if (!electronic && (d.receiver === null || d.proofSha256 === null)) return undefined;
  return {
    documentTitle: d.documentTitle,
    documentNumber: d.documentNumber,
    documentSha256: d.documentSha256,
    recipient: context.recipient,
    place: electronic ? `${context.portalName}账号 ${d.account}` : d.account === '' ? '当事人住所' : d.account,
    method: DELIVERY_METHODS[d.method].zh,
    system: electronic ? context.portalName : '/',
    sentAt: d.sentAt,
    // A receipt on paper says the day, not the minute.
    arrivedAt: electronic ? d.arrivedAt : d.legalDay,
    legalDay: d.legalDay,
    ...(d.readAt === null ? {} : { readAt: d.readAt }),
    ...(d.confirmedAt === null ? {} : { confirmedAt: d.confirmedAt }),
    confirmedBy: electronic ? context.confirmedBy : (d.receiver ?? ''),
    receipt: receiptOf(d, d.legalDay),
    receiptId: d.deliveryId.replace(/^[a-z]+_/, ''),
    consentNumber: context.consentNumber,
    server: { ...context.servers[0], date },
    ...(context.servers[1] === undefined ? {} : { second: { ...context.servers[1], date } }),
    remark: '',
  };
}
