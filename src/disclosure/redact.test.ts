import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asId, type AccountId } from '#kernel';
import { decidePublication, type PublicationState } from './publication.ts';
import { redact } from './redact.ts';

describe('redaction', () => {
  it('hides names, numbers and accounts, and says how many of each', () => {
    const text = '法定代表人张三丰（电话13912345678，身份证32010119800101123X）与张三到场，账号6222020200112233445，邮箱a.b@example.com。张三丰签字。';
    const { text: out, hidden } = redact(text, ['张三', '张三丰']);
    expect(out).toBe('法定代表人张某（电话＊＊＊，身份证＊＊＊）与张某到场，账号＊＊＊，邮箱＊＊＊。张某签字。');
    expect(hidden).toEqual({ person: 3, phone: 1, identity: 1, account: 1, email: 1 });
  });

  it('leaves measured values, dates and document numbers alone', () => {
    const text = '2026年3月12日2时至8时氮氧化物折算值 47.6 mg/m³，超标 0.27 倍，苏清环罚〔2026〕1号，统一社会信用代码91329000MA1EXAMPL0。';
    expect(redact(text, []).text).toBe(text);
  });

  it('no given name is left, whatever the text', () => {
    const name = fc.constantFrom('张三', '李四光', '欧阳修远');
    fc.assert(
      fc.property(fc.array(fc.oneof(name, fc.string({ maxLength: 6 }))), fc.subarray(['张三', '李四光', '欧阳修远']), (parts, names) => {
        const out = redact(parts.join(''), names).text;
        for (const hidden of names) expect(out).not.toContain(hidden);
      }),
    );
  });
});

describe('a publication', () => {
  const by = (id: string) => ({ accountId: asId<AccountId>(id) });
  const at = (state: PublicationState) => ({ state, preparedBy: by('a').accountId, preparedFor: null });

  it('is approved by another person than prepared it', () => {
    expect(decidePublication(at('PREPARED'), 'publish', by('a'), '')).toMatchObject({ code: 'DISC-003' });
    expect(decidePublication(at('PREPARED'), 'publish', by('b'), '')).toMatchObject({ ok: true, value: 'PUBLISHED' });
  });

  it('is never edited once public; withdrawing needs a word and is final', () => {
    expect(decidePublication(at('PUBLISHED'), 'edit', by('b'), '')).toMatchObject({ code: 'DISC-002' });
    expect(decidePublication(at('PUBLISHED'), 'withdraw', by('b'), '')).toMatchObject({ code: 'DISC-004' });
    expect(decidePublication(at('PUBLISHED'), 'withdraw', by('b'), '复议决定变更')).toMatchObject({ value: 'WITHDRAWN' });
    expect(decidePublication(at('WITHDRAWN'), 'publish', by('b'), '')).toMatchObject({ code: 'DISC-002' });
  });
});
