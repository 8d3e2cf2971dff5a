import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentKindKeys, documentKinds } from './document-kinds.ts';
import { fieldName } from './field-names.ts';
import { compareText, redline, redlineCorrection, type RedlinePart } from './redline.ts';

const sample = documentKinds.PENALTY_DECISION.sample;
const shown = (parts: readonly RedlinePart[]): string =>
  parts.map(({ change, text }) => (change === 'SAME' ? text : change === 'REMOVED' ? `[-${text}-]` : `[+${text}+]`)).join('');
const joined = (parts: readonly RedlinePart[], not: RedlinePart['change']): string =>
  parts.filter((part) => part.change !== not).map((part) => part.text).join('');

describe('文书修改对照', () => {
  it('每一种文书的每一个字段都有中英文名称', () => {
    const nameless = documentKindKeys.flatMap((key) =>
      Object.keys(documentKinds[key].schema.shape).filter((field) => fieldName(field) === undefined).map((field) => `${key}.${field}`));
    expect(nameless).toEqual([]);
  });

  it('[JS-17.1] 只列出有变化的字段，金额、数字成整体对照，中文按词对照', () => {
    const changed = { ...sample, amount: '98000', facts: sample.facts.replace('3小时', '4小时'), decisions: ['责令改正违法行为；', '处罚款人民币 98000 元。'] };
    const fields = redline('PENALTY_DECISION', sample, changed);
    expect(fields.map((field) => field.field)).toEqual(expect.arrayContaining(['decisions', 'amount']));
    const decisions = fields.find((field) => field.field === 'decisions')!;
    expect(decisions).toMatchObject({ zh: '决定内容', en: 'What is decided' });
    expect(decisions.paragraphs.map(shown)).toEqual(['责令改正违法行为；', '处罚款人民币 [-118000-][+98000+] 元。']);
  });

  it('日期、金额按纸面文字对照；同样的内容没有改动', () => {
    const order = documentKinds.RECTIFICATION_ORDER.sample;
    const [field] = redline('RECTIFICATION_ORDER', order, { ...order, dueOn: '2026-04-20' });
    expect(field?.paragraphs.map(shown)).toEqual(['2026年4月[-15-][+20+]日']);
    expect(redline('RECTIFICATION_ORDER', order, structuredClone(order))).toEqual([]);
  });

  it('增加、删除的段落整段标出，其余段落不动', () => {
    const order = documentKinds.RECTIFICATION_ORDER.sample;
    const [field] = redline('RECTIFICATION_ORDER', order, { ...order, demands: [order.demands[0]!, '公开整改结果', ...order.demands.slice(1)] });
    expect(field?.paragraphs.map(shown)).toEqual([order.demands[0], '[+公开整改结果+]', order.demands[1]]);
  });

  it('更正笔误：改在原文书的哪一处一目了然', () => {
    const [field] = redlineCorrection('PENALTY_DECISION', sample, sample.party.creditCode!, '91320000MA1CORRECT');
    expect(field).toMatchObject({ field: 'party', zh: '当事人' });
    expect(joined(field!.paragraphs[0]!, 'REMOVED')).toContain('91320000MA1CORRECT');
    expect(redlineCorrection('PENALTY_DECISION', sample, '文书里没有的话', '别的')).toEqual([]);
  });

  it('任何两段文字：去掉新增即原文，去掉删除即新文', () => {
    const chinese = fc.string({ unit: fc.constantFrom(...'罚款十五万元，整改二三个月内1203.5mg 。公司'), maxLength: 60 });
    fc.assert(fc.property(chinese, chinese, (before, after) => {
      const parts = compareText(before, after);
      expect(joined(parts, 'ADDED')).toBe(before);
      expect(joined(parts, 'REMOVED')).toBe(after);
    }));
  });

  it('毫无共同之处的长文不拖垮对照', () => {
    const parts = compareText('甲乙丙丁'.repeat(5_000), '子丑寅卯'.repeat(5_000));
    expect(joined(parts, 'ADDED')).toBe('甲乙丙丁'.repeat(5_000));
  }, 10_000);
});
