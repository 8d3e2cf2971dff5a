import { createHash } from 'node:crypto';
import { PDF } from '@libpdf/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instant, isRefusal, type Result } from '#kernel';
import { documentKinds, documentKindKeys, fieldsOf, type DocumentData, type DocumentKindKey } from './document-kinds.ts';
import { missingCharacters } from './fonts.ts';
import { drawDraft, layOut, renderDocument, type RenderedDocument } from './render-document.ts';

const at = instant(Date.UTC(2026, 2, 26, 2));
const head = { authority: '示范市生态环境局', number: '示环罚〔2026〕3号' };

function must<T>(result: Result<T>): T {
  if (isRefusal(result)) throw new Error(`${result.code} ${result.zh}`);
  return result.value;
}

/** Text of all pages without spaces: line breaks fall where the layout wants. */
async function textOf({ pdf }: RenderedDocument): Promise<string> {
  const file = await PDF.load(pdf);
  return file.getPages().map((page) => page.extractText().text).join('').replace(/\s/g, '');
}

const sampleOf = <K extends DocumentKindKey>(key: K): DocumentData<K> => structuredClone(documentKinds[key].sample) as DocumentData<K>;

/** Replaces every text of a sample that is plain text by the schema (dates, digests and sums stay). */
function fill(value: unknown, text: string): unknown {
  if (typeof value === 'string') return /^(\d{4}-\d{2}-\d{2}|[0-9a-f]{64}|\d+|)$/.test(value) ? value : text;
  if (Array.isArray(value)) return value.map((item) => fill(item, text));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fill(item, text)]));
  }
  return value;
}

describe('[JS-17.1] 执法文书以电子文书方式制作', () => {
  it.each(documentKindKeys)('%s: 样例可排版，标题、文号、机关名称在纸面上', async (key) => {
    const document = must(layOut(key, sampleOf(key), head, at));
    const text = await textOf(document);
    expect(text).toContain(document.title);
    expect(text).toContain('示环罚〔2026〕3号');
    expect(text).toContain('示范市生态环境局');
  });

  it('doc:D01 长文本、空值都能排版', () => {
    for (const key of documentKindKeys) {
      must(layOut(key, fill(sampleOf(key), '超长内容'.repeat(30)), head, at));
      const data = sampleOf(key) as Record<string, unknown>;
      for (const field of fieldsOf(key)) if (!field.required) delete data[field.name];
      must(layOut(key, data, head, at));
    }
  });

  it('当事人是个人的：写身份证件号码、工作单位和职务，称“你”', async () => {
    const sample = sampleOf('PENALTY_DECISION');
    const { creditCode: _code, legalRepresentative: _of, permitNumber: _permit, ...party } = sample.party;
    const text = await textOf(must(layOut('PENALTY_DECISION', { ...sample, party: { ...party, name: '赵演示', idNumber: '11010119800101001X', post: '示范电力有限公司生产副总经理' } }, head, at)));
    expect(text).toContain('身份证件号码：11010119800101001X');
    expect(text).toContain('工作单位和职务：示范电力有限公司生产副总经理');
    expect(text).toContain('决定对你作出如下处理');
    expect(text).not.toMatch(/你单位|统一社会信用代码/);
  });

  it('预览：每页横贯“草稿”，没有文号，不留签名位；正式文书上没有这两个字', async () => {
    const draft = must(layOut('PENALTY_DECISION', sampleOf('PENALTY_DECISION'), { ...head, number: '' }, at));
    const pages = (await PDF.load(draft.pdf)).getPages().map((page) => page.extractText().text.replace(/\s/g, ''));
    expect(pages.length).toBe(draft.pages);
    // It lies across the text, so that the two characters stand apart when read line by line.
    for (const page of pages) expect(page).toMatch(/稿[\s\S]*草|草[\s\S]*稿/);
    expect(await textOf(must(layOut('PENALTY_DECISION', sampleOf('PENALTY_DECISION'), head, at)))).not.toMatch(/草/);
    const drawn = must(drawDraft('PENALTY_DECISION', sampleOf('PENALTY_DECISION'), at, head.authority));
    expect(drawn).toMatchObject({ title: '行政处罚决定书', pages: draft.pages });
    // It is shown as a picture: nothing in it may run or load.
    expect(drawn.svg).not.toMatch(/<script|<foreignObject|href="(?!#)/);
    expect(drawDraft('PENALTY_DECISION', { ...sampleOf('PENALTY_DECISION'), facts: '' }, at, head.authority)).toMatchObject({ code: 'DOC-001', field: 'facts' });
  });

  it('doc:D10 同样的输入得到同样的字节', () => {
    const digest = (): string =>
      createHash('sha256').update(must(renderDocument('PENALTY_DECISION', sampleOf('PENALTY_DECISION'), at))).digest('hex');
    const first = digest();
    must(renderDocument('FILING_APPROVAL', sampleOf('FILING_APPROVAL'), at));
    expect(digest()).toBe(first);
  });

  it('doc:D02 缺字时拒绝并指出字符', () => {
    const data = sampleOf('PENALTY_DECISION');
    const refused = layOut('PENALTY_DECISION', { ...data, party: { ...data.party, name: '𠮷祥公司' } }, head, at);
    expect(refused).toMatchObject({ ok: false, code: 'DOC-002', missing: ['𠮷 (U+20BB7)'] });
    expect(layOut('PENALTY_DECISION', data, { ...head, authority: '市\u202e局' }, at)).toMatchObject({ code: 'DOC-002', missing: ['U+202E'] });
  });

  it('rare characters the fonts do have are printed', async () => {
    const data = sampleOf('PENALTY_DECISION');
    const text = await textOf(must(layOut('PENALTY_DECISION', { ...data, party: { ...data.party, name: '㐂㙓鿏龘公司' } }, head, at)));
    expect(text).toContain('㐂㙓鿏龘公司');
  });

  it('SO₂ is written with plain figures instead of being refused', async () => {
    const text = await textOf(must(layOut('REMINDER_NOTICE', { ...sampleOf('REMINDER_NOTICE'), sentence: 'SO₂ 超限 μg/m³' }, head, at)));
    expect(text).toContain('SO2超限μg/m³');
  });

  it('恶意内容只作为文字出现', async () => {
    const hostile = '企业#..[*$_`<img/onerror=x>=cmd@#panic("x")\\#import"/etc/passwd"//{}</slot>';
    const data = sampleOf('SUSPICION_NOTICE');
    const document = must(layOut('SUSPICION_NOTICE', { ...data, party: { ...data.party, name: hostile }, facts: hostile }, head, at));
    expect(await textOf(document)).toContain(hostile);
  });

  it('any text the fonts can draw is set, in any field, without changing the layout program', () => {
    const text = fc.string({ unit: 'binary', maxLength: 40 }).filter((value) => missingCharacters(value.replace(/[\r\t]/g, '')).length === 0);
    fc.assert(
      fc.property(text, (value) => {
        const result = layOut('CASE_REVIEW_OPINION', { ...sampleOf('CASE_REVIEW_OPINION'), facts: `实${value}` }, head, at);
        expect(isRefusal(result)).toBe(false);
      }),
      { numRuns: 15 },
    );
  });

  it('data that do not fit are refused with the field named', () => {
    const { reviewers: _left, ...rest } = sampleOf('LEGAL_REVIEW');
    expect(layOut('LEGAL_REVIEW', rest, head, at)).toMatchObject({ code: 'DOC-001', field: 'reviewers' });
    expect(layOut('PENALTY_DECISION', { ...sampleOf('PENALTY_DECISION'), amount: '=cmd' }, head, at)).toMatchObject({ field: 'amount' });
    expect(layOut('FILING_APPROVAL', { ...sampleOf('FILING_APPROVAL'), receivedOn: '2026-02-30' }, head, at)).toMatchObject({ field: 'receivedOn' });
  });

  it('金额有大小写，文号为全角六角括号', async () => {
    const text = await textOf(must(layOut('PENALTY_DECISION', sampleOf('PENALTY_DECISION'), head, at)));
    expect(text).toContain('人民币118,000元（大写：壹拾壹万捌仟元整）');
    expect(text).not.toMatch(/\[2026\]/);
  });

  it('提醒单、警告单、督办单写明不是行政处罚', async () => {
    for (const key of ['REMINDER_NOTICE', 'WARNING_NOTICE', 'SUPERVISION_SHEET'] as const) {
      expect(await textOf(must(layOut(key, sampleOf(key), head, at)))).toContain('不是行政处罚');
    }
  });

  it('达到听证标准时告知书写明听证权利，否则不写', async () => {
    const { hearing: _hearing, ...without } = sampleOf('PRIOR_NOTICE');
    const withHearing = await textOf(must(layOut('PRIOR_NOTICE', sampleOf('PRIOR_NOTICE'), head, at)));
    expect(withHearing).toContain('行政处罚事先（听证）告知书');
    expect(withHearing).toContain('有权要求听证');
    const plain = await textOf(must(layOut('PRIOR_NOTICE', without, head, at)));
    expect(plain).toContain('行政处罚事先告知书');
    expect(plain).not.toContain('听证');
  });

  it('法律名称来自数据，模板中没有', async () => {
    const { readFileSync, readdirSync } = await import('node:fs');
    const folder = new URL('../../law/templates/', import.meta.url);
    for (const file of readdirSync(folder)) {
      expect(readFileSync(new URL(file, folder), 'utf8'), file).not.toMatch(/中华人民共和国|防治法|处罚法|环境保护法|管理条例/);
    }
  });

  it('the document does not depend on when or where it is made', () => {
    const zone = process.env.TZ;
    const digests = ['UTC', 'America/Los_Angeles', 'Asia/Shanghai'].map((tz) => {
      process.env.TZ = tz;
      return Buffer.from(must(renderDocument('HANDOVER_SHEET', sampleOf('HANDOVER_SHEET'), at))).toString('base64');
    });
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
    expect(new Set(digests).size).toBe(1);
  });
});
