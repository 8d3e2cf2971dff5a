import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { can, DEMO_CITY, demoAccountId } from '#access';
import { addDays, asId, calendarDay, dayOf, type AuthorityId, type RegionKey } from '#kernel';
import { loadLaw } from '#law';
import { ruleOfBody } from './check-member.ts';
import { decideAdmission, decideMembership, missingFrom, sits, type Admission } from './decide-membership.ts';
import { bodiesIn } from '../clue/decide-route.ts';
import { addMember, endMember } from './keep-members.ts';
import { showBodies } from './show-members.ts';
import type { Member } from '../store/members.ts';
import { membersOf } from '../store/members.ts';
import { must, openDesk, person, REGIONS, type Desk } from '../testing/desk.ts';
import { takeReview } from '../finding/open-review.ts';
import { freezeList, triageClue } from '../panel/triage-clue.ts';

const law = loadLaw();
const day = calendarDay('2026-09-14');
const of = (key: string) => asId<RegionKey>(key);
const seat = (more: Partial<Admission> = {}): Admission => ({ body: 'REVIEW', accountId: person('a'), department: 'MONITORING', lead: false, fromDay: day, toDay: null, ...more });
const term = (more: Partial<Member> = {}): Member => ({ ...seat(), memberId: 'm', authorityId: DEMO_CITY, ...more });

describe('who may sit in a body', () => {
  const rule = ruleOfBody(law, of('jiangsu'), 'REVIEW', day);

  it('[JS-7.1] 专班和审核小组只设在省、市两级，派出机构的线索由所属市局办理', () => {
    expect(decideAdmission({ level: 'branch' }, ['review-technical'], rule, [], seat())).toMatchObject({ code: 'REVIEW-063' });
    for (const level of ['province', 'city'] as const) expect(decideAdmission({ level }, ['review-technical'], rule, [], seat())).toBeUndefined();
  });

  it('[JS-7.3][JS-7.5] 专班由监控部门牵头，审核小组由执法部门牵头', () => {
    const lead = seat({ lead: true, department: 'MONITORING' });
    expect(decideAdmission({ level: 'city' }, ['review-lead'], rule, [], lead)).toMatchObject({ code: 'REVIEW-067', basis: rule.basis });
    expect(decideAdmission({ level: 'city' }, ['review-lead'], rule, [], { ...lead, department: 'ENFORCEMENT' })).toBeUndefined();
    const panel = ruleOfBody(law, of('jiangsu'), 'PANEL', day);
    expect(decideAdmission({ level: 'city' }, ['panel-lead'], panel, [], seat({ body: 'PANEL', lead: true, department: 'ENFORCEMENT' }))).toMatchObject({ code: 'REVIEW-067' });
    expect(decideAdmission({ level: 'city' }, ['panel-lead'], panel, [], seat({ body: 'PANEL', lead: true, department: 'CONTROL' }))).toBeUndefined();
  });

  it('one lead at a time, one seat for a person, a role that fits, a term that ends after it begins', () => {
    const first = term({ lead: true, accountId: person('b'), toDay: calendarDay('2026-12-31') });
    const lead = seat({ lead: true, department: 'ENFORCEMENT' });
    expect(decideAdmission({ level: 'city' }, ['review-lead'], rule, [first], lead)).toMatchObject({ code: 'REVIEW-069' });
    expect(decideAdmission({ level: 'city' }, ['review-lead'], rule, [first], { ...lead, fromDay: calendarDay('2027-01-01') })).toBeUndefined();
    expect(decideAdmission({ level: 'city' }, ['review-technical'], rule, [term()], seat())).toMatchObject({ code: 'REVIEW-068' });
    expect(decideAdmission({ level: 'city' }, ['seal-keeper'], rule, [], seat())).toMatchObject({ code: 'REVIEW-066' });
    expect(decideAdmission({ level: 'city' }, ['review-technical'], rule, [], seat({ toDay: addDays(day, -1) }))).toMatchObject({ code: 'REVIEW-064' });
  });

  it('[NX-3.6a] 宁夏研判团队须有执法、监测、信息技术人员，缺一不能办理', () => {
    const team = ruleOfBody(law, of('ningxia'), 'TEAM', day);
    expect(team.mix).toEqual(['ENFORCEMENT', 'MONITORING', 'IT']);
    const two = [term({ body: 'TEAM', department: 'ENFORCEMENT' }), term({ body: 'TEAM', department: 'MONITORING', accountId: person('b') })];
    expect(missingFrom(two, team, day)).toEqual(['IT']);
    expect(decideMembership(two, 'TEAM', team, person('a'), day, 'member')).toMatchObject({ code: 'REVIEW-065', missing: ['信息技术人员'] });
    const three = [...two, term({ body: 'TEAM', department: 'IT', accountId: person('c') })];
    expect(decideMembership(three, 'TEAM', team, person('a'), day, 'member')).toBeUndefined();
  });

  it('membership is judged by the day: before, on the first, on the last, after', () => {
    const member = term({ toDay: addDays(day, 2) });
    expect([-1, 0, 2, 3].map((n) => sits(member, addDays(day, n)))).toEqual([false, true, true, false]);
    expect(decideMembership([], 'REVIEW', rule, person('a'), day, 'member')).toMatchObject({ code: 'REVIEW-060' });
    expect(decideMembership([term({ accountId: person('b') })], 'REVIEW', rule, person('a'), day, 'member')).toMatchObject({ code: 'REVIEW-061' });
    expect(decideMembership([term()], 'REVIEW', rule, person('a'), day, 'lead')).toMatchObject({ code: 'REVIEW-062' });
  });

  it('every region names its bodies', () => {
    expect(REGIONS.map((region) => bodiesIn(law, of(region), day))).toEqual([
      ['PANEL', 'REVIEW'], ['TEAM'], ['CONTROL', 'PANEL', 'REVIEW'], ['LAB', 'PANEL', 'REVIEW'],
    ]);
    expect(ruleOfBody(law, of('inner-mongolia'), 'CONTROL', day).leadDepartment).toBe('CONTROL');
    expect(ruleOfBody(law, of('shanghai'), 'LAB', day).leadDepartment).toBe('MONITORING');
    // Outside its own model Inner Mongolia follows the national default.
    expect(ruleOfBody(law, of('inner-mongolia'), 'REVIEW', day).leadDepartment).toBe('ENFORCEMENT');
  });
});

describe('keeping the bodies', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk('members', '2026-09-14T09:00:00+08:00');
  });
  afterAll(() => desk.close());
  const head = () => desk.official('head', 'authority-head');

  it('only the head of the authority keeps them, only at home, only with people of the authority', async () => {
    const command = { ...seat({ accountId: demoAccountId('lab'), body: 'LAB' }), authorityId: DEMO_CITY };
    for (const role of ['review-lead', 'panel-lead', 'admin', 'security-admin'] as const) expect(can(desk.official('x', role), 'group.keep', { authorityId: DEMO_CITY }), role).toBe(false);
    expect(await addMember(desk.deps, desk.official('review-lead', 'review-lead'), command)).toMatchObject({ code: 'ACCESS-004' });
    expect(await addMember(desk.deps, desk.official('head', 'authority-head', asId<AuthorityId>('JS-NZ')), command)).toMatchObject({ status: 404 });
    expect(await addMember(desk.deps, head(), { ...command, authorityId: asId<AuthorityId>('JS-QC-HD') })).toMatchObject({ code: 'REVIEW-063' });
    expect(await addMember(desk.deps, head(), { ...command, body: 'REVIEW', accountId: demoAccountId('neighbour') })).toMatchObject({ code: 'REVIEW-051' });
    expect(await addMember(desk.deps, head(), { ...command, accountId: demoAccountId('seal'), body: 'REVIEW' })).toMatchObject({ code: 'REVIEW-066' });
  });

  it('[JS-7.1] 任期届满的成员当日起不能办理，新任成员当日起可以；页面列明成员、部门、任期和牵头人', async () => {
    const clueId = await desk.raise('jiangsu', ['C01']);
    await must(triageClue(desk.deps, desk.official('panel', 'panel-member'), clueId, { decision: 'list', note: '与用电、门禁比对后列入' }));
    await must(freezeList(desk.deps, desk.official('panel-lead', 'panel-lead')));
    const technical = desk.official('review-tech', 'review-technical');
    const today = dayOf(desk.clock.now());
    const mine = (await membersOf(desk.db, DEMO_CITY, 'REVIEW')).find((member) => member.accountId === technical.accountId);
    await must(endMember(desk.deps, head(), mine?.memberId ?? '', addDays(today, -1)));
    expect(await takeReview(desk.deps, technical, clueId)).toMatchObject({ code: 'REVIEW-061' });
    expect(await endMember(desk.deps, head(), mine?.memberId ?? '', today)).toMatchObject({ code: 'REVIEW-064' });
    const again = { ...seat({ accountId: technical.accountId }), authorityId: DEMO_CITY };
    await must(addMember(desk.deps, head(), again));
    expect(await addMember(desk.deps, head(), again)).toMatchObject({ code: 'REVIEW-068' });
    expect(await takeReview(desk.deps, technical, clueId)).toMatchObject({ ok: true });
    const shown = await showBodies(desk.deps, head());
    const review = shown.find((body) => body.authorityId === DEMO_CITY && body.body === 'REVIEW');
    expect(review).toMatchObject({ leadDepartment: 'ENFORCEMENT', hasLead: true, missing: [] });
    expect(review?.members.filter((member) => member.accountId === technical.accountId).map((member) => member.sits)).toEqual([false, true]);
    expect(review?.members.find((member) => member.lead)).toMatchObject({ name: '韩秉直', departmentName: { zh: '执法' } });
    expect(shown.some((body) => body.authorityId === 'JS-QC-HD')).toBe(false);
  });
});
