import type { Troupe } from './habits.ts';
import { bring, chinaTime } from './hand-in.ts';
import { personOf } from './persons.ts';
import { chinaDay } from './shapes.ts';

export interface Parcel {
  readonly deliveryId: string;
  readonly unitId: string;
  readonly documentTitle: string;
  readonly documentNumber: string;
  readonly method: string;
  readonly arrivedAt: number | null;
  readonly state: string;
}

/** The signed receipt of a paper that two officers brought is recorded with its scan. False when the platform would not have it. */
export async function recordReceipt(cast: Pick<Troupe, 'as' | 'act' | 'now'>, parcel: Parcel, by: string, receiver = `${personOf(parcel.unitId, '收发员').name}（单位收发员）`): Promise<boolean> {
  const url = `/api/deliveries/${parcel.deliveryId}`;
  const proofSha256 = await bring(cast, by, {
    title: '送达回证', as: 'pdf', lines: [['送达文书', parcel.documentTitle], ['文号', parcel.documentNumber], ['收件人', receiver], ['收件时间', chinaTime(cast.now())]],
  }, `${url}/receipts`);
  return proofSha256 !== undefined && cast.act(by, `${url}/proof`, { receivedOn: chinaDay(cast.now()), receiver, proofSha256, second: 'demo-officer2' });
}
