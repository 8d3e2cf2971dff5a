import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asId, calendarDay, instant, isRefusal, type AccountId, type DocumentId, type UnitId } from '#kernel';
import { chooseMethod, dutyOf, legalDayOf, refuseReceiptDay, stepDelivery, type DeliveryAct } from './decide-delivery.ts';
import { DELIVERY_STATES, type Consent, type DeliveryState } from './delivery.ts';

const consent = (act: Consent['act']): Consent => ({
  consentId: 'c1', unitId: asId<UnitId>('E001'), act, channel: 'PORTAL', account: 'unit-e001', documentsCovered: '全部', signerName: '甲',
  signerRole: '法定代表人', signedBy: asId<AccountId>('a'), documentId: asId<DocumentId>('d'), documentNumber: '1', at: instant(0),
});
const question = { asked: undefined, needsConsent: true, consent: consent('GIVEN'), account: 'unit-e001' } as const;

describe('[JS-17.3] 征得同意并签订确认书的，优先电子送达', () => {
  it('同意且有账号：电子送达', () => {
    expect(chooseMethod(question)).toMatchObject({ value: { method: 'ELECTRONIC', reason: 'CONSENT', consentId: 'c1' } });
  });
  it('没有同意、已撤回同意：改为直接送达；指定电子送达则拒绝并说明缺什么', () => {
    for (const given of [undefined, consent('WITHDRAWN')]) {
      expect(chooseMethod({ ...question, consent: given })).toMatchObject({ value: { method: 'DIRECT', reason: 'NO_CONSENT' } });
      expect(chooseMethod({ ...question, consent: given, asked: 'ELECTRONIC' })).toMatchObject({ code: 'DLV-001', missing: ['送达地址（电子送达）确认书'] });
    }
  });
  it('没有账号的不能电子送达', () => {
    expect(chooseMethod({ ...question, account: undefined })).toMatchObject({ value: { method: 'DIRECT', reason: 'NO_ACCOUNT' } });
    expect(chooseMethod({ ...question, account: undefined, asked: 'ELECTRONIC' })).toMatchObject({ code: 'DLV-002' });
  });
  it('执法人员可以选择其他方式', () => {
    expect(chooseMethod({ ...question, asked: 'POST' })).toMatchObject({ value: { method: 'POST', reason: 'ASKED' } });
  });
  it('事实告知依办法通过平台发出，不以同意为前提', () => {
    expect(chooseMethod({ ...question, needsConsent: false, consent: undefined })).toMatchObject({ value: { method: 'ELECTRONIC', reason: 'NOTICE' } });
  });
});

describe('[JS-13.3] 发出、送达、阅读、确认收到是不同的状态', () => {
  const states = Object.keys(DELIVERY_STATES) as DeliveryState[];
  const acts: readonly DeliveryAct[] = ['arrive', 'fail', 'prove', 'read', 'confirm', 'replace'];

  it('没有送达就不能阅读或者确认', () => {
    for (const act of ['read', 'confirm'] as const) {
      expect(stepDelivery('SENT', act)).toMatchObject({ code: 'DLV-004' });
      expect(stepDelivery('FAILED', act)).toMatchObject({ code: 'DLV-004' });
    }
  });
  it('确认之后不能更换方式；任何次序都不会倒退', () => {
    expect(stepDelivery('CONFIRMED', 'replace')).toMatchObject({ code: 'DLV-004' });
    const order = ['SENT', 'DELIVERED', 'READ', 'CONFIRMED'];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...acts), { maxLength: 12 }), (sequence) => {
        let state: DeliveryState = 'SENT';
        for (const act of sequence) {
          const next = stepDelivery(state, act);
          if (isRefusal(next)) continue;
          if (order.includes(next.value)) expect(order.indexOf(next.value)).toBeGreaterThanOrEqual(order.indexOf(state));
          state = next.value;
        }
      }),
    );
  });
  it('every state and act has an answer', () => {
    for (const state of states) for (const act of acts) expect(['boolean']).toContain(typeof stepDelivery(state, act).ok);
  });
  it('机关还须做什么：在途的文书送达并登记回证，未能送达的改换方式，到达而须确认未确认的可以改换；其余没有', () => {
    const of = (state: DeliveryState, method: 'ELECTRONIC' | 'POST', mustConfirm: boolean) => dutyOf({ state, method, mustConfirm, arrivedAt: ['SENT', 'FAILED'].includes(state) ? null : instant(1) });
    expect([of('SENT', 'POST', false), of('FAILED', 'ELECTRONIC', false), of('FAILED', 'POST', true)]).toEqual(['HAND_OVER', 'OTHER_WAY', 'OTHER_WAY']);
    expect((['DELIVERED', 'READ'] as const).map((state) => of(state, 'ELECTRONIC', true))).toEqual(['CONFIRMATION', 'CONFIRMATION']);
    expect([of('DELIVERED', 'ELECTRONIC', false), of('DELIVERED', 'POST', true), of('CONFIRMED', 'ELECTRONIC', true), of('REPLACED', 'POST', false)]).toEqual([undefined, undefined, undefined, undefined]);
  });
  it('送达日按到达时刻的北京日期', () => {
    expect(legalDayOf(instant(Date.parse('2026-03-27T23:59:59+08:00')))).toBe('2026-03-27');
    expect(legalDayOf(instant(Date.parse('2026-03-28T00:00:00+08:00')))).toBe('2026-03-28');
  });
  it('回证日期不能早于可能的首日，也不能在将来', () => {
    const now = instant(Date.parse('2026-03-27T10:00:00+08:00'));
    const first = calendarDay('2026-03-20');
    expect(refuseReceiptDay(first, calendarDay('2026-03-20'), now)).toBeUndefined();
    expect(refuseReceiptDay(first, calendarDay('2026-03-19'), now)).toMatchObject({ code: 'DLV-005' });
    expect(refuseReceiptDay(first, calendarDay('2026-03-28'), now)).toMatchObject({ code: 'DLV-005' });
  });
});
