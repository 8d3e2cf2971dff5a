import { describe, expect, it } from 'vitest';
import { asId, HOUR, type AuthorityId } from '#kernel';
import { at, NOX, SO2, World } from '../models/testing/world.ts';
import { readRule } from './read-rule.ts';
import { modelOfRule } from './rule-model.ts';
import type { Rule, RuleBody } from './rule.ts';

const body: RuleBody = {
  title: { zh: '贴近限值运行', en: 'Close to the limit' }, department: 'air', family: 'emission', trigger: 'hour', media: ['gas'], factors: [NOX, SO2],
  applies: 'state == "RUN" && !marked("STOP")', remind: 'zs(factor) > share * limit(factor)', warn: 'last(6).consecutive(zs(factor) > share * limit(factor)) >= 3', workOrder: '',
  params: { share: 0.9 }, standsAlone: false, excusedBy: ['instrument-work'],
  text: { zh: '{factor}折算浓度 {zs(factor)}，超过限值 {limit(factor)} 的九成', en: '{factor} converted at {zs(factor)}, above nine tenths of the limit {limit(factor)}' },
  purpose: { zh: '提前提醒贴限运行', en: 'reminds before the limit is reached' }, advice: { zh: '查工况和治污运行', en: 'look at the plant and its treatment' }, legalHooks: ['H1'],
};
const rule = (change: Partial<RuleBody> = {}): Rule => ({ id: 'R-001', version: 1, owner: asId<AuthorityId>('JS-QC'), area: [], body: { ...body, ...change } });
const high = (world: World, from: number, to: number): World => world.edit(NOX, from, to, () => 90);

describe('部门规则即模型 a department\'s rule is a model like the others', () => {
  it('[JS-10.1] says nothing on honest data, reminds at one hour, warns at the third in a row, with its figures in words', () => {
    const model = modelOfRule(rule());
    const now = at(20, 12) + 5 * 60_000;
    expect(model.evaluate(new World('gas', 21, 3).contextAt(now), model.params)).toMatchObject({ outcome: 'NOT_MET', findings: [] });
    const once = model.evaluate(high(new World('gas', 21, 3), at(20, 11), at(20, 12)).contextAt(now), model.params);
    expect(once.outcome).toBe('MET');
    expect(once.findings[0]).toMatchObject({ tier: 'REMIND', factors: [NOX], start: at(20, 11), end: at(20, 12), stats: { limit: 50 } });
    expect(once.findings[0]?.text.zh).toMatch(/氮氧化物折算浓度 \d+.*限值 50 的九成/u);
    const row = model.evaluate(high(new World('gas', 21, 3), at(20, 9), at(20, 12)).contextAt(now), model.params);
    expect(row.findings.at(-1)).toMatchObject({ tier: 'WARN', start: at(20, 9), end: at(20, 12) });
  });

  it('cannot tell where an hour is missing, and names what is missing', () => {
    const world = new World('gas', 21, 3);
    world.lost.push({ start: at(20, 11), end: at(20, 12), dark: false });
    const model = modelOfRule(rule({ applies: '' }));
    expect(model.evaluate(world.contextAt(at(20, 12) + 5 * 60_000), model.params)).toMatchObject({ outcome: 'CANNOT_TELL', missing: [`zs(${NOX})`, `zs(${SO2})`] });
    expect(modelOfRule(rule({ factors: ['a24088'] })).evaluate(world.contextAt(at(20, 12)), {})).toMatchObject({ outcome: 'CANNOT_TELL', missing: ['a24088'] });
  });

  it('judges a late hour, and the hours whose window it lies in, when it arrives', () => {
    const world = high(new World('gas', 21, 3), at(20, 4), at(20, 7));
    world.late.push({ start: at(20, 4), end: at(20, 5), arrives: at(20, 11) + 30 * 60_000 });
    const model = modelOfRule(rule());
    const late = world.arrivals(at(20, 12)).findLast((arrival) => arrival.facts.some((fact) => fact.kind === 'hour' && fact.start === at(20, 4)));
    const evaluation = model.evaluate(world.contextAt(late?.knownAt ?? 0), model.params);
    expect(evaluation.findings.map((f) => [f.end - HOUR, f.tier])).toEqual([[at(20, 4), 'REMIND'], [at(20, 5), 'REMIND'], [at(20, 6), 'WARN']]);
  });

  it('a rule asked by the clock judges at the next tick an hour that came after its own; a stretch judged again gives that stretch', () => {
    const model = modelOfRule(rule({ trigger: 'tick', warn: '' }));
    const world = high(new World('gas', 21, 3), at(20, 4), at(20, 5));
    world.late.push({ start: at(20, 4), end: at(20, 5), arrives: at(20, 5) + 20 * 60_000 });
    const asked = (tick: number): readonly number[] => model.evaluate(world.contextAt(tick), model.params).findings.map(({ end }) => end - HOUR);
    const [missed, next] = [at(20, 5) + 10 * 60_000, at(20, 6) + 10 * 60_000];
    expect([asked(missed), asked(next), asked(next + HOUR)]).toEqual([[], [at(20, 4)], []]);
    const again = (start: number, end: number) => model.evaluate(Object.assign(world.contextAt(at(20, 20)), { again: { start, end } }), model.params).findings.length;
    expect([again(at(20, 3), at(20, 5)), again(at(20, 5), at(20, 9)), model.judgesAgain]).toEqual([1, 0, true]);
  });

  it('takes a threshold that was changed by date, and speaks only of the owner\'s area', () => {
    const model = modelOfRule({ ...rule(), area: [asId<AuthorityId>('JS-QC')] });
    const world = high(new World('gas', 21, 3), at(20, 11), at(20, 12));
    expect(model.evaluate(world.contextAt(at(20, 12) + 60_000 * 5), { share: 99 }).outcome).toBe('NOT_MET');
    const reg = world.registration();
    expect(model.applies?.({ ...reg, authority: asId<AuthorityId>('JS-NZ') })).toBe(false);
    expect(model.applies?.({ ...reg, authority: asId<AuthorityId>('JS-QC') })).toBe(true);
  });

  it('a daily rule judges the whole of yesterday', () => {
    const model = modelOfRule(rule({ trigger: 'day', remind: 'last(24).share(zs(factor) > share * limit(factor)) > 0.9', warn: '', applies: '' }));
    const evaluation = model.evaluate(high(new World('gas', 21, 3), at(19), at(20)).contextAt(at(20, 2)), model.params);
    expect(evaluation.findings[0]).toMatchObject({ start: at(19), end: at(20), factors: [NOX] });
  });

  it('finds every problem of a form at once, each with its field', () => {
    const { problems } = readRule({ ...body, remind: 'zs(fator) > 1', workOrder: 'tru', text: { zh: '值 {limt(factor)}', en: 'x {1' }, params: { share: 0.9, avg: 1 }, factors: [NOX, 'a2100'], media: [] });
    expect(problems.map((one) => one.field)).toEqual(['params', 'factors', 'media', 'remind', 'workOrder', 'text.zh', 'text.en']);
    expect(problems.find((one) => one.field === 'text.zh')).toMatchObject({ at: 3, suggestion: 'limit' });
    expect(readRule({ ...body, workOrder: 'last(720).mean(avg(factor) + avg(factor) + avg(factor)) > 1' }).problems).toMatchObject([{ field: 'remind', zh: expect.stringContaining('整条规则计算量过大') }]);
    expect(() => modelOfRule(rule({ remind: 'nothing' }))).toThrow('does not read');
  });
});
