import { describe, expect, it } from 'vitest';
import { asId, type AccountId, type AuthorityId, type RegionKey, type UnitId } from '#kernel';
import type { Actor } from './actor.ts';
import { AGENT_ACT_NAMES } from './agents/agent-acts.ts';
import { ACTION_AREAS } from './action-words.ts';
import { can } from './decide-access.ts';
import { dutyOf } from './permissions.ts';
import { permissionGrid } from './permission-grid.ts';
import { ALL_ROLES, ROLES, type Role } from './roles.ts';

const unitId = asId<UnitId>('E1');
const authorityId = asId<AuthorityId>('A1');
const below = asId<AuthorityId>('A1-1');
const bearer = (role: Role): Actor => ({
  accountId: asId<AccountId>('a'), name: '甲', roles: [role], region: asId<RegionKey>('jiangsu'),
  ...(role === 'unit-agent' ? { entrusted: [{ grantId: 'g', unitId, outfalls: ['O1'], acts: AGENT_ACT_NAMES }] }
    : ROLES[role].side === 'unit' ? { unitId } : { authorityId, area: [authorityId, below] }),
});
/** The four kinds of object a cell speaks of. */
const own = { unitId, authorityId };
const lower = { unitId: asId<UnitId>('E9'), authorityId: below };
const strange = { unitId: asId<UnitId>('E9'), authorityId: asId<AuthorityId>('A9') };
const nobodys = {};

/** What the printed words promise, for each kind of object. */
const PROMISE = {
  'any': [true, true, true, true],
  'own-authority': [true, true, false, false],
  'own-unit': [true, false, false, false],
  // Outfall by outfall: none of these four names one (agents.test.ts shows the ones that do).
  'entrusted': [false, false, false, false],
  'none': [false, false, false, false],
} as const;

describe('权限表 the printed permission table', () => {
  const grid = permissionGrid();

  it('every cell of role × action says exactly what is then allowed, own, below, foreign and ownerless sec:X12', () => {
    let cells = 0;
    for (const line of grid) {
      for (const role of ALL_ROLES) {
        const reach = line.cells.find((cell) => cell.role === role)?.reach ?? 'none';
        const decided = [own, lower, strange, nobodys].map((resource) => can(bearer(role), line.action, resource));
        expect({ role, action: line.action, decided }).toEqual({ role, action: line.action, decided: PROMISE[reach] });
        expect(can(bearer(role), line.action)).toBe(reach !== 'none');
        cells++;
      }
    }
    expect(cells).toBe(grid.length * ALL_ROLES.length);
  });

  it('has words in both languages for every act, and no two acts share their words', () => {
    for (const side of ['zh', 'en'] as const) {
      const words = grid.map((line) => line.words[side]);
      expect(words.filter((text) => text.trim() === '' || /^[a-z-]+\.[a-z-]+$/.test(text))).toEqual([]);
      expect(new Set(words).size).toBe(words.length);
    }
    expect(grid.filter((line) => line.area === undefined).map((line) => line.action)).toEqual([]);
    expect(Object.keys(ACTION_AREAS).filter((area) => !grid.some((line) => line.action.startsWith(`${area}.`)))).toEqual([]);
  });

  it('names the duty an act takes up and with which duties it may not be joined', () => {
    for (const line of grid) expect(line.duty !== null).toBe(dutyOf(line.action) !== undefined);
    const decide = grid.find((line) => line.action === 'case.decide');
    expect(decide?.duty?.zh).toBe('决定签发人');
    expect(decide?.apart).toContainEqual({ zh: '调查人员', en: 'investigator', basis: '行政处罚法 第五十七条' });
  });

  it('三员不办案：管理员在案件、审核、线索各行均为空白', () => {
    const stewards: readonly Role[] = ['admin', 'security-admin', 'audit-admin'];
    const official = grid.filter((line) => /^(case|review|clue|document)\./.test(line.action));
    expect(official.flatMap((line) => line.cells).filter((cell) => stewards.includes(cell.role))).toEqual([]);
  });
});
