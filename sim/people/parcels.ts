import { unitLoginOf, type Troupe } from './habits.ts';
import { chinaDay } from './shapes.ts';

export interface Parcel {
  readonly deliveryId: string;
  readonly method: string;
  readonly arrivedAt: number | null;
  readonly state: string;
}

/** The signed receipt of a paper brought by hand is recorded with its scan. False when the platform would not have it. */
export async function recordReceipt(cast: Troupe, unitId: string, parcel: Parcel, by: string): Promise<boolean> {
  const scan = await cast.as(unitLoginOf(unitId)).request<{ sha256: string }>('POST', '/api/unit/materials', { base64: Buffer.from(`送达回证 ${parcel.deliveryId}`).toString('base64') });
  return scan.ok && cast.act(by, `/api/deliveries/${parcel.deliveryId}/proof`, { receivedOn: chinaDay(cast.now()), receiver: '单位收发室', proofSha256: scan.body.sha256 });
}
