import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asId, type AccountId, type AuthorityId, type RegionKey, type UnitId } from '#kernel';
import { anonymous, type Actor } from './actor.ts';
import { areaUnder, groupAuthority } from './authority.ts';
import { can, gate, refusalFor, visibilityOf } from './decide-access.ts';
import { DEMO_AUTHORITIES, DEMO_CAST, DEMO_CITY, DEMO_PROVINCE } from './demo/demo-cast.ts';
import { PERMISSIONS, type Action } from './permissions.ts';
import { ALL_ROLES, ROLES, type Role } from './roles.ts';

const authority = (id: string) => asId<AuthorityId>(id);
const unit = (id: string) => asId<UnitId>(id);
const base = { accountId: asId<AccountId>('a'), name: '甲', region: asId<RegionKey>('jiangsu') };
const official = (roles: Role[], id: AuthorityId = DEMO_CITY): Actor => ({
  ...base, roles, authorityId: id, area: areaUnder(DEMO_AUTHORITIES, id),
});
const firm = (id: string): Actor => ({ ...base, roles: ['unit-user'], unitId: unit(id) });
const actions = [...new Set(PERMISSIONS.map((row) => row.action))];

describe('can', () => {
  it('reaches the own authority and those below it, never a neighbour', () => {
    const lead = official(['panel-lead']);
    expect(can(lead, 'clue.triage', { authorityId: DEMO_CITY })).toBe(true);
    expect(can(lead, 'clue.triage', { authorityId: authority('JS-QC-HD') })).toBe(true);
    expect(can(lead, 'clue.triage', { authorityId: authority('JS-NZ') })).toBe(false);
    expect(can(lead, 'clue.triage', { authorityId: DEMO_PROVINCE })).toBe(false);
  });

  it('an object without an owner is reached by no local right', () => {
    expect(can(official(['panel-lead']), 'clue.triage', {})).toBe(false);
    expect(can(official(['panel-lead']), 'clue.triage', { authorityId: null })).toBe(false);
  });

  it('a unit reaches its own objects only sec:X12', () => {
    expect(can(firm('E1'), 'supervision.feedback', { unitId: unit('E1') })).toBe(true);
    expect(can(firm('E1'), 'supervision.feedback', { unitId: unit('E2') })).toBe(false);
  });

  it('no role of a unit and no steward holds an official act on a case', () => {
    const acts = actions.filter((action) => /^(case|review|clue)\./.test(action));
    for (const role of ['admin', 'security-admin', 'audit-admin'] as const) {
      for (const action of acts) expect(can({ ...base, roles: [role] }, action), `${role} ${action}`).toBe(false);
    }
    expect(can(firm('E1'), 'case.decide')).toBe(false);
    expect(can(firm('E1'), 'review.sign')).toBe(false);
  });
});

describe('refusalFor', () => {
  it('says sign in, not allowed, or not found', () => {
    expect(refusalFor(anonymous(), 'case.decide')).toMatchObject({ code: 'ACCESS-001', status: 401 });
    expect(refusalFor(firm('E1'), 'case.decide')).toMatchObject({ code: 'ACCESS-004', status: 403 });
    expect(refusalFor(firm('E1'), 'case.defend', { unitId: unit('E2') })).toMatchObject({ code: 'ACCESS-005', status: 404 });
    expect(refusalFor(firm('E1'), 'case.defend', { unitId: unit('E1') })).toBeUndefined();
  });

  it('matrix: every action × role × foreign object is refused unless the row says any', () => {
    for (const action of actions) {
      for (const role of ALL_ROLES) {
        const actor: Actor = ROLES[role].side === 'unit' ? { ...firm('E1'), roles: [role] } : { ...official([role]) };
        const reachesAll = PERMISSIONS.some((row) => row.action === action && row.jurisdiction === 'any' && (row.roles as readonly Role[]).includes(role));
        const foreign = { unitId: unit('E9'), authorityId: authority('JS-NZ') };
        expect(can(actor, action, foreign), `${role} ${action}`).toBe(reachesAll);
      }
    }
  });
});

describe('visibilityOf', () => {
  it('shows in a list exactly what can() allows on a page', () => {
    const anyAuthority = fc.constantFrom('JS', 'JS-QC', 'JS-QC-HD', 'JS-NZ').map(authority);
    const anyUnit = fc.constantFrom('E1', 'E2').map(unit);
    const anyActor = fc.oneof(
      fc.tuple(fc.subarray([...ALL_ROLES]), anyAuthority).map(([roles, id]) => official(roles, id)),
      fc.constantFrom('E1', 'E2').map(firm),
      fc.constant(anonymous()),
    );
    fc.assert(
      fc.property(anyActor, fc.constantFrom<Action>(...actions), anyAuthority, anyUnit, (actor, action, authorityId, unitId) => {
        const shown = visibilityOf(actor, action);
        const listed = shown.kind === 'all' || (shown.kind === 'some' && (shown.authorities.includes(authorityId) || shown.unitId === unitId));
        expect(listed).toBe(can(actor, action, { authorityId, unitId }));
      }),
    );
  });
});

describe('gate', () => {
  it('opens public routes and throws on an action nobody defined', () => {
    expect(gate(anonymous(), 'public')).toBeUndefined();
    expect(() => gate(anonymous(), 'case.fly')).toThrow(/unknown action/);
  });
});

describe('authorities', () => {
  it('[JS-7.1] 专班与审核小组只设于省、市两级，派出机构的线索归其所属市', () => {
    expect(groupAuthority(DEMO_AUTHORITIES, authority('JS-QC-HD'))).toBe(DEMO_CITY);
    expect(groupAuthority(DEMO_AUTHORITIES, DEMO_CITY)).toBe(DEMO_CITY);
    expect(groupAuthority(DEMO_AUTHORITIES, DEMO_PROVINCE)).toBe(DEMO_PROVINCE);
  });

  it('[JS-5] the province sees its cities and their branch offices', () => {
    expect(areaUnder(DEMO_AUTHORITIES, DEMO_PROVINCE)).toHaveLength(DEMO_AUTHORITIES.length);
  });

  it('the demonstration cast is at least fourteen people with distinct duties', () => {
    expect(new Set(DEMO_CAST.map((member) => member.name)).size).toBeGreaterThanOrEqual(14);
    expect(new Set(DEMO_CAST.flatMap((member) => member.roles)).size).toBeGreaterThanOrEqual(14);
    const officers = DEMO_CAST.filter((member) => member.roles.includes('enforcement-officer'));
    expect(officers.every((member) => member.certificate !== undefined)).toBe(true);
  });
});
