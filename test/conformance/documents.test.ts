import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { X509Certificate } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { developmentSeals, documentKind, documentKindKeys, layOut, signDocument, type DocumentKindKey, type Signatory } from '#documents';
import { instant, isRefusal, type Result } from '#kernel';
import { pdfCheckers } from './pdf-checkers.ts';

const at = instant(Date.UTC(2026, 2, 26, 2));
const folder = mkdtempSync(join(tmpdir(), 'mingjian-conformance-'));
const checkers = pdfCheckers();
const files = new Map<DocumentKindKey, { path: string; signatures: number; title: string }>();

function must<T>(result: Result<T>): T {
  if (isRefusal(result)) throw new Error(`${result.code} ${result.zh}`);
  return result.value;
}

async function makeAll(): Promise<void> {
  mkdirSync(join(folder, 'papers'));
  const seals = must(developmentSeals(join(folder, 'keys'), false));
  for (const key of documentKindKeys) {
    const head = { authority: '示范市生态环境局', number: '示环〔2026〕3号', signers: ['李甲', '王乙', '陈丁', '张演示'], platform: key.endsWith('NOTICE') };
    const { pdf, slots, title } = must(layOut(key, documentKind(key).sample, head, at));
    const signatories = [...slots]
      .sort((a, b) => Number(a.shape === 'seal') - Number(b.shape === 'seal'))
      .map((slot): Signatory => ({ slot: slot.id, subject: { kind: slot.shape === 'seal' ? 'authority' : 'person', id: slot.id, name: slot.name || '信息平台' } }));
    const { bytes } = must(await signDocument(pdf, slots, signatories, seals, at));
    const path = join(folder, 'papers', `${key}.pdf`);
    writeFileSync(path, bytes);
    files.set(key, { path, signatures: signatories.length, title });
  }
  const root = join(folder, 'root.crt');
  writeFileSync(root, new X509Certificate(seals.roots()[0]!).toString());
  checkers?.trustStore(root, folder);
}

beforeAll(makeAll, 120_000);
afterAll(() => rmSync(folder, { recursive: true }));

describe.skipIf(checkers === undefined)('outside programs judge every kind of document (skipped: poppler, NSS or PDFBox is not installed)', () => {
  it('[JS-17.1] doc:D01 PDFBox preflight: valid PDF/A-1b, signed and sealed', () => {
    expect(checkers!.preflight(join(folder, 'papers'), [...files.keys()].map((key) => `${key}.pdf`))).toEqual([]);
  }, 120_000);

  it('[JS-17.2] [JS-20.4] doc:D03 pdfsig: every signature valid, trusted, the last covers the whole document', () => {
    for (const [key, { path, signatures }] of files) {
      if (signatures === 0) continue;
      const report = checkers!.poppler('pdfsig', '-nssdir', `sql:${folder}`, path);
      expect(report.match(/Signature is Valid/g), key).toHaveLength(signatures);
      expect(report.match(/Certificate is Trusted/g), key).toHaveLength(signatures);
      expect(report.match(/ETSI\.CAdES\.detached/g), key).toHaveLength(signatures);
      expect(report.split('Signature #').at(-1), key).toContain('Total document signed');
    }
  }, 60_000);

  it('[JS-17.2] doc:D04 doc:D05 pdfsig sees one changed byte; of appended bytes only the missing line tells', () => {
    const { path } = files.get('PENALTY_DECISION')!;
    const changed = readFileSync(path);
    changed[20_000]! ^= 1;
    writeFileSync(join(folder, 'changed.pdf'), changed);
    expect(checkers!.poppler('pdfsig', join(folder, 'changed.pdf'))).toContain('Digest Mismatch');
    writeFileSync(join(folder, 'appended.pdf'), Buffer.concat([readFileSync(path), Buffer.from('\n% more')]));
    const appended = checkers!.poppler('pdfsig', join(folder, 'appended.pdf'));
    expect(appended).toContain('Signature is Valid');
    expect(appended).not.toContain('  - Total document signed');
  });

  it('[JS-17.1] pdffonts: all fonts embedded; pdftotext gives the text back', () => {
    for (const [key, { path, title }] of files) {
      const fonts = checkers!.poppler('pdffonts', path).trim().split('\n').slice(2);
      expect(fonts.length, key).toBeGreaterThan(0);
      for (const line of fonts) expect(line, key).toMatch(/yes\s+yes\s+yes/);
      expect(checkers!.poppler('pdftotext', path, '-').replace(/\s/g, ''), key).toContain(title);
    }
  }, 60_000);
});
