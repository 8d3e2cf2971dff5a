import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoAccountId, type Actor } from '#access';
import { asId, HOUR, instant, type OutfallId } from '#kernel';
import { own } from '#law';
import { findClue } from '../store/clues.ts';
import { listMatters, type JointMatter } from '../store/joint.ts';
import { must, openDesk, unitOf, type Desk } from '../testing/desk.ts';
import { concludeJoint, conveneJoint, speakJoint } from './act-on-joint.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk('joint', '2026-09-14T09:00:00+08:00');
});
afterAll(() => desk.close());

const lab = () => desk.official('lab-lead', 'lab');
const officer = () => desk.official('officer', 'enforcement-officer');
const seat = (login: string, department: 'ENFORCEMENT' | 'MONITORING' | 'EIA' | 'AIR') => ({ accountId: demoAccountId(login), department });
const says = (actor: Actor, outcome: 'NOTHING' | 'SUSPECTED' | 'EXCUSED', text = '已核对现场和平台记录') => ({ accountId: actor.accountId, outcome, text });
const inspection = { kind: 'INSPECTION', subject: 'TESTING_AGENCY', question: '自行监测报告的采样时间与用电记录不符', seats: [seat('officer', 'ENFORCEMENT'), seat('lab', 'MONITORING')] } as const;
const inSession = (): Promise<JointMatter> => must(conveneJoint(desk.deps, lab(), unitOf('shanghai'), inspection));

describe('部门联合', () => {
  it('[SH-9.1] 监测机构召集执法联合检查社会检测机构：各自发表意见，涉嫌弄虚作假的直送审核成为线索', async () => {
    const { matterId } = await inSession();
    expect(await concludeJoint(desk.deps, lab(), matterId, { text: '情况属实，移交处理', report: null })).toMatchObject({ code: 'REVIEW-085', missing: ['执法', '监测'] });
    await must(speakJoint(desk.deps, desk.official('lab', 'lab'), matterId, says(desk.official('lab', 'lab'), 'SUSPECTED', '采样记录与门禁不符，疑似未到场')));
    await must(speakJoint(desk.deps, officer(), matterId, says(officer(), 'SUSPECTED')));
    const from = instant(desk.clock.now() - 8 * HOUR);
    const report = { outfall: asId<OutfallId>('O-joint'), from, to: desk.clock.now(), sentenceZh: '检测机构未到现场采样，涉嫌出具虚假报告' };
    expect(await concludeJoint(desk.deps, officer(), matterId, { text: '情况属实，移交处理', report })).toMatchObject({ status: 403 });
    const done = await must(concludeJoint(desk.deps, lab(), matterId, { text: '情况属实，移交处理', report }));
    const clue = await findClue(desk.db, done.conclusion!.clueId!);
    expect(clue).toMatchObject({ source: 'PATROL', state: 'LISTED', unitId: unitOf('shanghai'), sentenceZh: report.sentenceZh });
    expect(await concludeJoint(desk.deps, lab(), matterId, { text: '再次作出结论', report: null })).toMatchObject({ code: 'REVIEW-083' });
  });

  it('[SH-9.1] 联合检查缺了执法或者监测不成立；须写明检查什么', async () => {
    const convene = (more: object) => conveneJoint(desk.deps, lab(), unitOf('shanghai'), { ...inspection, ...more });
    expect(await convene({ seats: [seat('air', 'AIR'), seat('lab', 'MONITORING')] })).toMatchObject({ code: 'REVIEW-082', missing: ['执法'], basis: own('jointInspection') });
    expect(await convene({ subject: null })).toMatchObject({ code: 'REVIEW-081' });
    expect(await convene({ seats: [seat('officer', 'ENFORCEMENT'), seat('officer', 'MONITORING')] })).toMatchObject({ code: 'REVIEW-056' });
    expect(await convene({ seats: [seat('officer', 'ENFORCEMENT'), seat('nobody', 'MONITORING')] })).toMatchObject({ code: 'REVIEW-051' });
  });

  it('[NX-3.5d] 执法、监测、审批会商：本人发表意见，不能参加的由召集人记明，没有涉嫌违法就没有线索', async () => {
    const lead = desk.official('enforcement', 'enforcement-lead');
    const question = '新增锅炉是否需要重新申请排污许可';
    const two = await conveneJoint(desk.deps, lead, unitOf('ningxia'), { kind: 'CONSULTATION', subject: null, question, seats: [seat('officer', 'ENFORCEMENT')] });
    expect(two).toMatchObject({ code: 'REVIEW-082', missing: ['至少两个部门'] });
    const seats = [seat('officer', 'ENFORCEMENT'), seat('lab', 'MONITORING'), seat('air', 'EIA')];
    expect(await conveneJoint(desk.deps, officer(), unitOf('ningxia'), { kind: 'CONSULTATION', subject: null, question, seats })).toMatchObject({ status: 403 });
    const { matterId } = await must(conveneJoint(desk.deps, lead, unitOf('ningxia'), { kind: 'CONSULTATION', subject: null, question, seats }));
    const approval = desk.official('air', 'element-dept');
    expect(await speakJoint(desk.deps, lead, matterId, says(approval, 'NOTHING'))).toMatchObject({ code: 'REVIEW-057' });
    expect(await speakJoint(desk.deps, desk.official('monitor', 'monitoring-control'), matterId, says(desk.official('monitor', 'monitoring-control'), 'NOTHING'))).toMatchObject({ code: 'REVIEW-057' });
    await must(speakJoint(desk.deps, approval, matterId, says(approval, 'NOTHING', '属于重大变动，应当重新申请')));
    await must(speakJoint(desk.deps, officer(), matterId, says(officer(), 'NOTHING')));
    expect(await speakJoint(desk.deps, officer(), matterId, says(officer(), 'SUSPECTED'))).toMatchObject({ code: 'REVIEW-057' });
    await must(speakJoint(desk.deps, lead, matterId, says(desk.official('lab', 'lab'), 'EXCUSED', '外出比对监测，未能参加')));
    const report = { outfall: null, from: instant(0), to: instant(1), sentenceZh: '涉嫌无证排污' };
    expect(await concludeJoint(desk.deps, lead, matterId, { text: '由审批部门指导重新申请', report })).toMatchObject({ code: 'REVIEW-086' });
    await must(concludeJoint(desk.deps, lead, matterId, { text: '由审批部门指导重新申请', report: null }));
    const { items: [kept] } = await listMatters(desk.db, { kind: 'all' }, { unitId: unitOf('ningxia'), limit: 5 });
    expect(kept).toMatchObject({ concluded: true, conclusion: { clueId: null }, words: [{ outcome: 'NOTHING' }, { outcome: 'NOTHING' }, { outcome: 'EXCUSED' }] });
  });
});
