import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ImportReport } from '../imports/import-report.ts';
import { ofdParts, sm2Holder, zipOfd, type OfdPlan } from '../testing/ofd-writer.ts';
import { checkOfd } from './check-ofd.ts';
import { readXml } from './read-xml.ts';

const YEAR = 365 * 86_400_000;
const NOW = Date.UTC(2026, 2, 12, 2);
const terms = { from: NOW - YEAR, to: NOW + YEAR };
const root = sm2Holder('示范电子认证根', terms);
const maker = sm2Holder('示范制章中心', terms, root);
const signer = sm2Holder('示范市水务局', terms, root);
const plan: OfdPlan = { signer, maker, sealName: '示范市水务局公章', sealedAt: NOW, sealFrom: NOW - YEAR / 2, sealTo: NOW + YEAR / 2 };
const roots = [root.certificate];
const check = (more: Partial<OfdPlan> = {}, trusted: readonly Uint8Array[] = roots): ImportReport => checkOfd(zipOfd(ofdParts({ ...plan, ...more })), trusted);
const words = (report: ImportReport, outcome: string): string[] => [...report.lines, ...report.signatures.flatMap((one) => one.lines)].filter((line) => line.outcome === outcome).map((line) => line.zh);

describe('OFD 电子签章核验', () => {
  it.each(['GB/T 38540', 'GM/T 0031'] as const)('doc:D09 %s 签章：摘要、签章值、印章、期限、信任链逐项成立', (form) => {
    const report = check({ form });
    expect(report).toMatchObject({ format: 'OFD', verdict: 'VALID', signatures: [{ kind: 'SEAL', signer: '示范市水务局', seal: '示范市水务局公章', signedAt: NOW, coversWholeFile: true, trusted: true }] });
    expect(words(report, 'HOLDS').join()).toContain(form);
    expect(words(report, 'FAILS')).toEqual([]);
  });

  it.each(['GB/T 38540', 'GM/T 0031'] as const)('doc:D09 %s：任何一个部件改动一个字节都不通过，并指出该部件', (form) => {
    const parts = ofdParts({ ...plan, form });
    for (const name of Object.keys(parts)) {
      // The list of signatures is by the standard outside every signature: what a change of it can do is tell below.
      if (name.endsWith('Signatures.xml')) continue;
      for (const at of [0.15, 0.5, 0.85]) {
        const changed = new Uint8Array(parts[name]!);
        changed[Math.floor(changed.length * at)]! ^= 0x01;
        const report = checkOfd(zipOfd({ ...parts, [name]: changed }), roots);
        expect(report.verdict, `${name} ${at}`).toBe('BROKEN');
        const faults = words(report, 'FAILS').join('；');
        const names = name.endsWith('SignedValue.dat') ? /签名|签章|印章|制章/ : name.endsWith('Signature.xml') ? /Signature\.xml|部件|签名/ : new RegExp(name.split('/').at(-1)!);
        expect(faults, `${name} ${at}`).toMatch(names);
      }
      const { [name]: _gone, ...rest } = parts;
      expect(checkOfd(zipOfd(rest), roots).verdict, `without ${name}`).toBe('BROKEN');
    }
  });

  it('签名列表被清空即“没有签名”，指向别处即不通过；都不会当作有效', () => {
    const parts = ofdParts(plan);
    const list = (body: string) => ({ ...parts, 'Doc_0/Signs/Signatures.xml': new TextEncoder().encode(`<ofd:Signatures xmlns:ofd="x">${body}</ofd:Signatures>`) });
    expect(checkOfd(zipOfd(list('')), roots).verdict).toBe('UNSIGNED');
    expect(checkOfd(zipOfd(list('<ofd:Signature BaseLoc="../../OFD.xml"/>')), roots).verdict).toBe('BROKEN');
  });

  it('另加的部件没有签名保护的，说明签名未覆盖全部内容并点名', () => {
    const report = check({ extra: { 'Doc_0/Attachs/extra.xml': new TextEncoder().encode('<a/>') } });
    expect(report.verdict).toBe('PARTIAL');
    expect(words(report, 'NOTE').join()).toContain('Doc_0/Attachs/extra.xml');
  });

  it('印章过期、证书不在印章之列、印章换了一枚，各自点名', () => {
    expect(words(check({ sealTo: NOW - 1 }), 'FAILS')).toEqual(['签章时印章不在有效期内']);
    const stranger = sm2Holder('无关单位', terms, root);
    expect(words(check({ users: [stranger.certificate] }), 'FAILS')).toEqual(['签章人的证书不在该印章准许使用之列']);
    const expired = sm2Holder('过期单位', { from: NOW - 2 * YEAR, to: NOW - YEAR }, root);
    expect(words(check({ signer: expired, users: [expired.certificate] }), 'FAILS')).toEqual(['签章时签章人证书不在有效期内']);
    const parts = ofdParts(plan);
    const other = ofdParts({ ...plan, sealName: '另一枚章' });
    const swapped = checkOfd(zipOfd({ ...parts, 'Doc_0/Signs/Sign_0/Seal.esl': other['Doc_0/Signs/Sign_0/Seal.esl']! }), roots);
    expect(words(swapped, 'FAILS').join()).toContain('不是同一枚');
  });

  it('追溯不到受信任的根，或者用可以伪造的摘要，都说不能判断，不说通过', () => {
    const unknown = check({}, []);
    expect(unknown).toMatchObject({ verdict: 'CANNOT_TELL', signatures: [{ trusted: false }] });
    expect(words(unknown, 'CANNOT_TELL')).toEqual(['签章人证书未能追溯到已配置的受信任根', '制章人证书未能追溯到已配置的受信任根']);
    expect(check({ method: 'SHA1' }).verdict).toBe('CANNOT_TELL');
    expect(check({ method: '1.2.156.10197.1.401' }).verdict).toBe('VALID');
    const forged = sm2Holder('示范电子认证根', terms, undefined, '冒充者');
    expect(check({ signer: sm2Holder('冒名单位', terms, forged) }).signatures[0]?.trusted).toBe(false);
  });

  it('sec:X21 压缩炸弹、重名、越界路径、非压缩包：不打开，说明缘由', () => {
    const parts = ofdParts(plan);
    expect(checkOfd(zipSync({ ...parts, 'Doc_0/bomb.xml': [new Uint8Array(12 * 1024 * 1024), { level: 6 }] }), roots)).toMatchObject({ verdict: 'BROKEN', lines: [{ zh: expect.stringContaining('bomb.xml') }] });
    expect(words(checkOfd(zipOfd({ ...parts, '../evil.xml': new Uint8Array(1) }), roots), 'FAILS').join()).toContain('../evil.xml');
    expect(words(checkOfd(zipOfd({ ...parts, 'ofd.XML': new Uint8Array(1) }), roots), 'FAILS').join()).toContain('occurs twice');
    expect(words(checkOfd(zipOfd(Object.fromEntries(Array.from({ length: 2_100 }, (_, i) => [`p${i}`, new Uint8Array(1)]))), roots), 'FAILS').join()).toContain('too large');
    expect(checkOfd(new Uint8Array([0x50, 0x4b, 3, 4, 9, 9]), roots).verdict).toBe('BROKEN');
  }, 30_000);

  it('声明的大小说谎也不会多占内存，内容对不上摘要即不通过', () => {
    const zip = zipOfd(ofdParts(plan));
    const lying = new Uint8Array(zip);
    const view = new DataView(lying.buffer);
    for (let at = 0; at < lying.length - 46; at++) if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 5, true);
    expect(checkOfd(lying, roots).verdict).toBe('BROKEN');
  });

  it('XML 不许文档类型和实体：不展开、不外联', () => {
    const parts = ofdParts(plan);
    const evil = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><ofd:OFD xmlns:ofd="x">&b;</ofd:OFD>';
    expect(words(checkOfd(zipOfd({ ...parts, 'OFD.xml': new TextEncoder().encode(evil) }), roots), 'FAILS').join()).toContain('document types are not allowed');
    for (const bad of ['<a>&b;</a>', '<a>', '<a></b>', '<a/><b/>', '<a x="1" x="2"/>', 'text', '', `${'<a>'.repeat(80)}${'</a>'.repeat(80)}`]) expect(() => readXml(new TextEncoder().encode(bad)), bad).toThrow();
    expect(readXml(new TextEncoder().encode('<o:a b:c="1&amp;2"><![CDATA[<x>]]><!-- no --><d/>&#x6587;</o:a>'))).toEqual({ name: 'a', attributes: { c: '1&2' }, children: [{ name: 'd', attributes: {}, children: [], text: '' }], text: '<x>文' });
  });

  it('任何乱字节都只得到报告，不会抛错', () => {
    const zip = zipOfd(ofdParts(plan));
    fc.assert(fc.property(fc.array(fc.tuple(fc.nat(zip.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 }), (changes) => {
      const changed = new Uint8Array(zip);
      for (const [at, value] of changes) changed[at] = value;
      expect(['VALID', 'CANNOT_TELL', 'PARTIAL', 'BROKEN', 'UNSIGNED']).toContain(checkOfd(changed, roots).verdict);
    }), { numRuns: 60 });
  }, 30_000);
});

const SAMPLE = join(import.meta.dirname, '../../../../shared/corpus/ofd/seal-v4-signed.ofd');

describe.skipIf(!existsSync(SAMPLE))('OFD 样本（他人软件所制）', () => {
  it('doc:D09 ofdrw 所签样本：摘要、两级 SM2 签名成立；其测试证书已过期，逐项点名', () => {
    const bytes = existsSync(SAMPLE) ? readFileSync(SAMPLE) : new Uint8Array();
    const report = checkOfd(bytes, []);
    expect(words(report, 'HOLDS')).toEqual([
      '5 个部件的 SM3 摘要一致', '签章值与签名描述一致（SM3）', '签章人的 SM2 签名（GB/T 38540）成立', '制章人（OFD R&W Test Certificate）对印章的签名成立', '签章人在印章准许使用的证书之列',
    ]);
    expect(words(report, 'FAILS')).toEqual(['签章时印章不在有效期内', '签章时签章人证书不在有效期内']);
  });
});
