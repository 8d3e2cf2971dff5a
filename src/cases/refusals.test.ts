import { describe, expect, it } from 'vitest';
import { asId, isRefusal, type RegionKey } from '#kernel';
import { localBasis, own } from '#law';
import { COMMAND_KINDS, type CaseCommand } from './commands/index.ts';
import { refuse } from './errors.ts';
import { KEPT_APART, OF_THE_STEP } from './guards/guard-ids.ts';
import { articlesOf, GUARD_ARTICLES } from './guards/guards.ts';
import { act, filed, investigated, law, noticed, received, start, walk } from './testing/pure-case.ts';
import type { PenaltyCase } from './penalty-case.ts';
import { sample } from './testing/index.ts';
import { TRANSITIONS, transitionOf } from './transitions/transitions.ts';

const CHINESE = /[一-鿿]/;
const REGIONS = law.data.regions.map(({ key }) => key);
const NAMES = law.data.instruments.map(({ zh }) => zh);
/** Texts that hold in one other region only. */
const foreign = (region: RegionKey): string[] => law.data.regions.filter(({ key }) => key !== region).flatMap(({ measures }) => measures.cited);

/** What of a basis does not say where it is written: each provision begins with the name of a text the platform knows, and no other region's text is the basis. */
const unnamed = (basis: string, region: RegionKey): string[] =>
  basis.split('；').filter((part) => !NAMES.some((name) => part.replace(/^参照/, '').startsWith(name)) || foreign(region).some((name) => part.startsWith(name)));

/** What is wrong with the request itself, whatever the law says: not found, overtaken, incomplete, not as the door wants it. */
const OF_THE_REQUEST = ['CASE-001', 'CASE-007', 'CASE-011', 'CASE-012', 'CASE-013', 'CASE-015'];
/** These get their basis from the step and the guards, in the words of the region. */
const OF_THE_STEPS = ['CASE-002', 'CASE-003', 'CASE-004', 'CASE-005'];

describe('每一种拒绝都写明条文', () => {
  it('拒绝目录：除请求本身的问题以外，每一条都有条文，或者由所办步骤给出', () => {
    const bare = Object.entries(refuse.catalogue).filter(([, entry]) => !('basis' in entry)).map(([code]) => code);
    expect(bare.toSorted()).toEqual([...OF_THE_REQUEST, ...OF_THE_STEPS].toSorted());
    for (const [code, { en }] of Object.entries(refuse.catalogue)) expect(en, code).not.toMatch(CHINESE);
  });

  it('每一步的每一个检查，在每一个地区：拒绝所引的都是平台所知的法律文件，写明条款或者条号待核，不以别的地区的规定为依据', () => {
    let seen = 0;
    for (const row of TRANSITIONS)
      for (const region of REGIONS)
        for (const basis of [row.article, ...row.guards.map((id) => articlesOf([id], row))].map((text) => localBasis(law, text, region))) {
          expect(unnamed(basis, region), `${row.command} ${region}：${basis}`).toEqual([]);
          expect(basis, row.command).not.toContain(OF_THE_STEP);
          seen++;
        }
    expect(seen).toBeGreaterThan(TRANSITIONS.length * REGIONS.length * 2);
  });

  it('职责分离没有条文的，与该步骤的条文一并写明', () => {
    const apart = Object.entries(GUARD_ARTICLES).filter(([, article]) => article.includes('平台职责分离规则'));
    expect(apart.length).toBeGreaterThan(2);
    for (const [id, article] of apart) expect(article, id).toBe(KEPT_APART);
    expect(articlesOf(['OTHER_APPROVER'], transitionOf('APPROVE_FILING'))).toBe(`行政处罚法 第五十四条；${own('filing')}；平台职责分离规则`);
  });

  it('不会的：没有名称的依据、别的地区的规定', () => {
    const jiangsu = asId<RegionKey>('jiangsu');
    expect(unnamed('各专项措施的法定情形', jiangsu)).toHaveLength(1);
    expect(unnamed('沪环执法〔2021〕75号 三（五）二', jiangsu)).toHaveLength(1);
    expect(unnamed('江苏办法 第十二条；行政处罚法 第四十一条', jiangsu)).toEqual([]);
  });
});

describe('办不成的每一步', () => {
  it.each([['待立案', received], ['调查', filed], ['告知', noticed]] as const)('%s：在每一个地区都说出条文，缺的东西写在句子里，英文没有中文字', (_state, at) => {
    for (const region of REGIONS) {
      const state = { ...at(), region };
      const refused = COMMAND_KINDS.map((kind) => act(state, sample(kind, start, state), start)).filter(isRefusal);
      expect(refused.length).toBeGreaterThan(COMMAND_KINDS.length / 2);
      for (const { code, zh, en, basis = '', missing = [] } of refused) {
        expect(unnamed(basis, region), `${code} ${zh}：${basis}`).toEqual([]);
        expect(en, code).not.toMatch(CHINESE);
        if (code === 'CASE-003') for (const one of missing) expect(zh).toContain(one);
        if (code === 'CASE-003' || code === 'CASE-004') expect(missing.length, zh).toBeGreaterThan(0);
      }
    }
  });

  it('缺的东西用人读的名称说：理由、证据种类、不予处罚的依据，不是程序的代码', () => {
    const refusedFor = (state: PenaltyCase, command: CaseCommand) => { const result = act(state, command, start); return isRefusal(result) ? (result.missing ?? []) : []; };
    const wrong = [
      ...refusedFor(filed(), { ...sample('SUSPEND', start), ground: '别的' } as CaseCommand),
      ...refusedFor(filed(), { ...sample('PROPOSE_SEALING', start), situation: '别的' } as CaseCommand),
      ...refusedFor(received(), { ...sample('PROPOSE_FILING', start), harm: '别的' } as CaseCommand),
      ...refusedFor(filed(), { ...sample('ATTACH_EVIDENCE', start), point: 'PARTY', evidenceKind: 'WITNESS' } as CaseCommand),
      ...refusedFor(walk(investigated(), ['FINISH_INVESTIGATION', 'PASS_CASE_REVIEW', 'SET_DISCRETION'], start), { ...sample('DELIBERATE', start), outcome: 'NO_PENALTY', penalties: [] } as CaseCommand),
    ];
    expect(wrong).toEqual(expect.arrayContaining([expect.stringContaining('不可抗力'), expect.stringContaining('逃避监管'), expect.stringContaining('危害'), expect.stringContaining('书证'), expect.stringContaining('没有造成危害后果')]));
    for (const one of wrong) expect(one).not.toMatch(/[A-Z]{3,}/);
  });

  it('未经审核的电子数据：江苏引本省办法，外省只引法律', () => {
    const raw = (region: string) => {
      const state = { ...filed(), region: asId<RegionKey>(region) };
      const command = sample('ATTACH_EVIDENCE', start, state);
      return act(state, { ...command, evidenceKind: 'ELECTRONIC_DATA', point: 'AUTO_DATA', source: { from: 'PLATFORM_DATA', dataRef: 'data:DA001:1:2' } } as typeof command, start);
    };
    expect(raw('jiangsu')).toMatchObject({ code: 'CASE-004', basis: '江苏办法 第十二条；行政处罚法 第四十一条' });
    expect(raw('ningxia')).toMatchObject({ code: 'CASE-004', basis: '行政处罚法 第四十一条' });
  });
});
