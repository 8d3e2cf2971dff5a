import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { instant, isRefusal, type Result } from '#kernel';
import { PDF, PdfNumber } from '@libpdf/core';
import { distinguishedName, issueCertificate, type CertificateRequest } from './certificate.ts';
import { checkSignedPdf, type SignatureProblem, type Trust } from './check-signed-pdf.ts';
import { documentKinds } from './document-kinds.ts';
import { layOut } from './render-document.ts';
import { DEVELOPMENT_REASON } from './seal-picture.ts';
import { developmentSeals, signerOf, type SealProvider } from './seal-provider.ts';
import { signDocument, type Signatory } from './sign-document.ts';

const at = instant(Date.UTC(2026, 2, 26, 2));
const folder = mkdtempSync(join(tmpdir(), 'mingjian-seals-'));
afterAll(() => rmSync(folder, { recursive: true }));

function must<T>(result: Result<T>): T {
  if (isRefusal(result)) throw new Error(`${result.code} ${result.zh}`);
  return result.value;
}

const seals = must(developmentSeals(join(folder, 'keys'), false));
const authority: Signatory = { slot: 'seal', subject: { kind: 'authority', id: 'a1', name: '示范市生态环境局' } };
const person = (slot: string, id: string, name: string): Signatory => ({ slot, subject: { kind: 'person', id, name } });

async function sealed(provider: SealProvider = seals): Promise<Uint8Array> {
  const { pdf, slots } = must(layOut('PENALTY_DECISION', documentKinds.PENALTY_DECISION.sample, { authority: '示范市生态环境局', number: '示环罚〔2026〕3号' }, at));
  return must(await signDocument(pdf, slots, [authority], provider, at)).bytes;
}

const trust = () => ({ roots: seals.roots() });
const problemsOf = async (bytes: Uint8Array, more: Trust = trust()): Promise<SignatureProblem[]> => {
  const report = await checkSignedPdf(bytes, more);
  expect(report.accepted).toBe(report.problems.length === 0 && report.signatures.every((s) => s.problems.length === 0));
  return [...report.problems, ...report.signatures.flatMap((s) => s.problems)];
};

describe('[JS-17.2] 电子签章', () => {
  let file: Uint8Array;
  beforeAll(async () => {
    file = await sealed();
  });

  it('doc:D03 签章有效、可追溯到根、覆盖整个文件', async () => {
    const report = await checkSignedPdf(file, trust());
    expect(report).toMatchObject({ accepted: true, problems: [] });
    expect(report.signatures).toMatchObject([{ field: 'seal', signer: '示范市生态环境局 [a1]', signedAt: at, coversWholeFile: true, problems: [] }]);
  });

  it('doc:D04 改动任何一个已签字节都被发现', async () => {
    const text = Buffer.from(file).toString('latin1');
    const gap = text.indexOf('/Contents <') + '/Contents <'.length;
    for (const place of [0.01, 0.2, 0.5, 0.8]) {
      const changed = file.slice();
      const index = Math.floor(file.length * place);
      if (Math.abs(index - gap) < 20_000) continue;
      changed[index]! ^= 1;
      expect(await problemsOf(changed), `byte ${index}`).not.toEqual([]);
    }
    const signature = file.slice();
    signature[gap + 900]! ^= 1;
    expect(await problemsOf(signature)).not.toEqual([]);
  });

  it('doc:D05 签名之后追加字节即拒绝', async () => {
    expect(await problemsOf(Buffer.concat([file, Buffer.from('\n% more')]))).toContain('APPENDED');
    const reopened = await PDF.load(file);
    reopened.getPage(0)!.dict.set('Rotate', PdfNumber.of(90));
    const revised = await reopened.save({ incremental: true });
    expect(await problemsOf(revised)).toEqual(expect.arrayContaining(['APPENDED', 'EXTRA_REVISION']));
  });

  it('截断、非 PDF、未签名文件都被拒绝并说明原因', async () => {
    expect(await problemsOf(new TextEncoder().encode('=cmd'))).toEqual(['NOT_A_PDF']);
    const plain = must(layOut('PENALTY_DECISION', documentKinds.PENALTY_DECISION.sample, { authority: '甲', number: '1' }, at));
    expect(await problemsOf(plain.pdf)).toEqual(['NO_SIGNATURE']);
    expect(await problemsOf(file.subarray(0, file.length - 40))).not.toEqual([]);
  });

  it('doc:D07 不受信任、过期、未生效、吊销、用途不符的证书都被拒绝', async () => {
    expect(await problemsOf(file, { roots: [] })).toEqual(['CHAIN']);
    const year = (y: number) => Date.UTC(y, 0, 1);
    expect(await problemsOf(await sealed(provider({ notBefore: year(2020), notAfter: year(2025) })), providerTrust())).toEqual(['EXPIRED']);
    expect(await problemsOf(await sealed(provider({ notBefore: year(2027), notAfter: year(2030) })), providerTrust())).toEqual(['NOT_YET_VALID']);
    const wrongUse = await problemsOf(await sealed(provider({ notBefore: year(2020), notAfter: year(2030), use: 'ca' })), providerTrust());
    expect(wrongUse).toEqual(['WRONG_USE']);
    const good = provider({ notBefore: year(2020), notAfter: year(2030) });
    const signer = await good.signerFor(authority.subject);
    const { X509Certificate } = await import('node:crypto');
    const revoked = new Set([new X509Certificate(signer.certificate).serialNumber.toUpperCase()]);
    const signed = await sealed(good);
    expect(await problemsOf(signed, providerTrust())).toEqual([]);
    expect(await problemsOf(signed, { ...providerTrust(), revoked })).toEqual(['REVOKED']);
  });

  const root = issueCertificate({ commonName: 'root', organisation: 'test', use: 'ca', notBefore: 0, notAfter: Date.UTC(2049, 0, 1) });
  const providerTrust = () => ({ roots: [root.certificate] });
  const provider = (request: Pick<CertificateRequest, 'notBefore' | 'notAfter'> & { use?: 'ca' | 'sign' }): SealProvider => {
    const issuer = { ...root, subject: distinguishedName('root', 'test') };
    const own = issueCertificate({ use: 'sign', ...request, commonName: 'seal', organisation: 'test', issuer });
    return { kind: 'external', legend: [], reason: '', roots: () => [root.certificate], signerFor: async () => signerOf(own, [root.certificate]) };
  };

  it('doc:D11 开发印章带「测试印章 无法律效力」，生产模式拒绝使用', async () => {
    expect((await checkSignedPdf(file, trust())).signatures[0]!.reason).toBe(DEVELOPMENT_REASON);
    expect(DEVELOPMENT_REASON).toContain('测试印章 无法律效力');
    const dict = (await PDF.load(file)).getForm()!.getSignatureField('seal')!.getDict();
    expect(dict.getString('TU')!.asString()).toContain('测试印章 无法律效力');
    expect(developmentSeals(join(folder, 'keys'), true)).toMatchObject({ ok: false, code: 'DOC-010' });
  });

  it('印章有可见外观，位于成文日期处', async () => {
    const opened = await PDF.load(file);
    const dict = opened.getForm()!.getSignatureField('seal')!.getDict();
    const rect = dict.getArray('Rect')!;
    const [x1, , x2] = [0, 1, 2].map((i) => (rect.at(i) as PdfNumber).value) as [number, number, number];
    expect(x2 - x1).toBeCloseTo(119.06, 0);
    expect(x1).toBeGreaterThan(300);
    expect(dict.getRef('P')).toEqual(opened.getPage(opened.getPageCount() - 1)!.ref);
    expect(dict.getDict('AP', (ref) => opened.getObject(ref))).toBeDefined();
  });

  it('keys lie in files of mode 0600, a second start uses the same ones', () => {
    const keys = readdirSync(join(folder, 'keys'));
    expect(keys).toContain('root.pem');
    for (const key of keys) expect(statSync(join(folder, 'keys', key)).mode & 0o777).toBe(0o600);
    expect(must(developmentSeals(join(folder, 'keys'), false)).roots()).toEqual(seals.roots());
  });
});

describe('[JS-20.4] 电子文书数字签名', () => {
  it('doc:D06 多人签名各为一个修订，最后一个覆盖整个文件，前面的都是前缀', async () => {
    const head = { authority: '示范市生态环境局', number: '示环立〔2026〕1号', signers: ['李甲', '赵丙', '陈丁'] };
    const { pdf, slots } = must(layOut('FILING_APPROVAL', documentKinds.FILING_APPROVAL.sample, head, at));
    const signatories = [person('s1', 'p1', '李甲'), person('s2', 'p2', '赵丙'), person('s3', 'p3', '陈丁')];
    const { bytes, uses } = must(await signDocument(pdf, slots, signatories, seals, at));
    const report = await checkSignedPdf(bytes, trust());
    expect(report.accepted).toBe(true);
    expect(report.signatures.map((s) => [s.field, s.signer, s.coversWholeFile])).toEqual([
      ['s1', '李甲 [p1]', false], ['s2', '赵丙 [p2]', false], ['s3', '陈丁 [p3]', true],
    ]);
    const lengths = report.signatures.map((s) => s.coversBytes);
    expect([...lengths].sort((a, b) => a - b)).toEqual(lengths);
    expect(uses.map((use) => use.digestBefore).slice(1)).toEqual(uses.map((use) => use.digestAfter).slice(0, -1));
    // Cut back to the second signature, the file is a whole document again: nothing earlier was rewritten.
    const earlier = await checkSignedPdf(bytes.subarray(0, lengths[1]), trust());
    expect(earlier).toMatchObject({ accepted: true });
    expect(earlier.signatures).toHaveLength(2);
  });

  it('a signature without a place in the layout is refused', async () => {
    const { pdf, slots } = must(layOut('LEGAL_REVIEW', documentKinds.LEGAL_REVIEW.sample, { authority: '甲', number: '1' }, at));
    expect(await signDocument(pdf, slots, [authority], seals, at)).toMatchObject({ ok: false, code: 'DOC-012' });
  });
});
