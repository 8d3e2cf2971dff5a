import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEMO_CITY, DEMO_REGION, demoAccountId } from '#access';
import { documentKind, issueDocument } from '#documents';
import { emit } from '#platform/outbox';
import { openScene } from '#sim/people/scene';
import { handOn, seal } from '../../src/app/hand-on.ts';
import { checkProof, UnreadableProof } from '../../web/src/shared/verify/check-proof.ts';
import { openStage, overflow, type Stage, type Visit } from './stage.ts';

const ROOMS = ['/public', '/public/decisions', '/public/log', '/public/verify', '/public/report'];

/** Pictures for whoever wants to look; written only where a folder is named. */
const shot = async (page: Visit['page'], name: string): Promise<void> => {
  const folder = process.env['MINGJIAN_SHOTS'];
  if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
};

describe('公众 the public pages', { timeout: 150_000 }, () => {
  let stage: Stage;
  let leaf: { readonly proof: string; readonly leafHash: string };
  let vkeys: string[];
  let pdf: Uint8Array;
  const visit = (width: number, language: 'zh' | 'en'): Promise<Visit> => stage.visit({ width, language });
  beforeAll(async () => {
    stage = await openStage();
    const { platform } = stage.domain;
    const issued = await platform.db.transaction().execute((tx) => issueDocument(tx, stage.domain.documents, {
      kind: 'PENALTY_DECISION', data: documentKind('PENALTY_DECISION').sample, authority: { authorityId: DEMO_CITY, name: '清川市生态环境局（演示）', docPrefix: '苏清环', region: DEMO_REGION },
      subject: { kind: 'case', id: 'case-1' }, unitId: null, preparedBy: { accountId: demoAccountId('officer'), name: '周行舟' }, approval: { accountId: demoAccountId('head'), name: '魏司南', approvedAt: stage.clock.now(), ref: 'case-1' },
    }));
    if (!issued.ok) throw new Error(issued.en);
    pdf = issued.value.pdf;
    const payload = {
      caseId: 'case-1', caseNo: 'JS-QC-2026-0001', unitId: 'QY0001', authorityId: DEMO_CITY, region: 'jiangsu', violation: 'AIR_EXCEED', outcome: 'PENALTY',
      amount: 186_000, decidedAt: stage.clock.now(), documentId: issued.value.documentId, documentNumber: '苏清环罚〔2026〕1号',
    };
    await platform.db.transaction().execute((tx) => emit(tx, stage.clock, { type: 'case.decided', subject: 'case-1', payload }));
    while ((await handOn(stage.domain)) > 0);
    const scene = openScene({ base: stage.base, password: 'mingjian-demo-2026' });
    const { items } = await scene.as('legal').get<{ items: { id: string }[] }>('/api/disclosure/publications');
    await scene.as('head').post(`/api/disclosure/publications/${items[0]?.id}`, { act: 'publish', note: '依法公开。' });
    await seal(stage.domain);
    leaf = await scene.as('unit-qy0001').get('/api/evidence/leaves/0/proof');
    ({ vkeys } = (await (await fetch(`${stage.base}/api/public/evidence/log`)).json()) as { vkeys: string[] });
  }, 180_000);
  afterAll(async () => {
    await stage?.close();
  });

  it('[SH-14.3] anybody finds a published decision and reads what was hidden in it', async () => {
    const { page, errors, go, axe } = await visit(360, 'zh');
    await go('/public');
    await page.getByRole('heading', { name: '最近公开的决定' }).waitFor();
    await go('/public/decisions');
    await page.getByRole('searchbox').fill('不存在的单位');
    await page.keyboard.press('Enter');
    await page.getByText('没有找到符合', { exact: false }).waitFor();
    await page.getByRole('searchbox').fill('苏清环罚');
    await page.keyboard.press('Enter');
    await page.getByRole('link').filter({ has: page.locator('strong') }).first().click();
    await page.getByText('186,000 元').waitFor();
    await page.getByText('予以行政处罚').waitFor();
    await page.getByText('超过大气污染物排放标准排放大气污染物案').first().waitFor();
    for (const text of ['处罚依据', '处罚内容', '示范市人民政府']) await page.getByText(text, { exact: false }).first().waitFor();
    await shot(page, 'public-decision');
    expect(await axe()).toEqual([]);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    // One click: text and proof are loaded and followed from the digest to the signed head, in this browser.
    await page.getByRole('link', { name: '在本浏览器核验' }).click();
    await page.getByText('✓ “苏清环罚〔2026〕1号.txt”的摘要就是记录里写的摘要', { exact: false }).waitFor();
    await page.getByText('✓ 日志头由', { exact: false }).waitFor();
    // In plain words: what this proves, and what nobody has signed for.
    await page.getByText('“苏清环罚〔2026〕1号.txt”在 2026-09-14', { exact: false }).waitFor();
    await page.getByText('本实例的日志头上没有独立见证人的签名', { exact: false }).first().waitFor();
    await page.getByText('取自同一台服务器，指纹 mingjian.local/evidence/2026a+', { exact: false }).waitFor();
    await shot(page, 'public-proof');
    expect(await axe()).toEqual([]);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    await page.getByLabel('选择要核对的文件（如公开文本）').setInputFiles({ name: '别的.txt', mimeType: 'text/plain', buffer: Buffer.from('别的文字') });
    await page.getByRole('button', { name: '在浏览器中核验' }).click();
    await page.getByText('✗ “别的.txt”的摘要不是记录里写的摘要', { exact: false }).waitFor();
    expect(errors).toEqual([]);
  });

  it('the proof of a record is checked in the browser itself; a changed record is found out', async () => {
    const { page, errors, go, axe } = await visit(1440, 'zh');
    await go('/public/verify');
    await page.getByLabel('选择证明文件').setInputFiles({ name: `leaf-0-${leaf.leafHash}.tlog-proof`, mimeType: 'text/plain', buffer: Buffer.from(leaf.proof) });
    await page.getByRole('button', { name: '在浏览器中核验' }).click();
    await page.getByText('这条记录确实在日志中', { exact: false }).waitFor();
    await page.getByText('✓ 日志头由', { exact: false }).waitFor();
    expect(await axe()).toEqual([]);
    await page.getByLabel('记录的摘要（64 位十六进制）').fill(`${leaf.leafHash.slice(0, 63)}${leaf.leafHash.endsWith('0') ? '1' : '0'}`);
    await page.getByRole('button', { name: '在浏览器中核验' }).click();
    await page.getByText('摘要与证明不符', { exact: false }).waitFor();
    expect(errors).toEqual([]);
  });

  it('the browser check refuses a forged head, an unknown key and rubbish', async () => {
    expect(await checkProof(leaf.proof, leaf.leafHash, vkeys)).toMatchObject({ included: true, signed: true, index: 0n });
    const [head = '', ...rest] = leaf.proof.split('\n\n');
    const size = /\n(\d+)\n/.exec(rest.join('\n\n'))?.[1] ?? '';
    const forged = [head, ...rest].join('\n\n').replace(`\n${size}\n`, `\n${Number(size) + 1}\n`);
    expect(await checkProof(forged, leaf.leafHash, vkeys)).toMatchObject({ signed: false });
    expect(await checkProof(leaf.proof, leaf.leafHash, [])).toMatchObject({ included: true, signed: undefined });
    await expect(checkProof('rubbish', leaf.leafHash, vkeys)).rejects.toBeInstanceOf(UnreadableProof);
  });

  it('a file that is no package gets a verdict in words, not an error', async () => {
    const { page, errors, go, axe } = await visit(360, 'en');
    await go('/public/verify');
    await page.getByLabel('File to check').setInputFiles({ name: 'x.zip', mimeType: 'application/zip', buffer: Buffer.from('PK nonsense') });
    await page.getByText('It does not hold', { exact: false }).waitFor();
    await page.getByText('ZIP container', { exact: false }).waitFor();
    await page.getByLabel('File to check').setInputFiles({ name: 'x.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 nonsense') });
    await page.getByText('The signature is not accepted').waitFor();
    await page.getByText('its digest is not in the evidence log of this platform', { exact: false }).waitFor();
    expect(await axe()).toEqual([]);
    expect(errors).toEqual([]);
  });

  it('an uploaded decision says whose seal it bears, by which certificate, and where its digest stands in the log', async () => {
    const { page, errors, go, axe } = await visit(390, 'zh');
    await go('/public/verify');
    await page.getByLabel('待核验文件').setInputFiles({ name: '决定书.pdf', mimeType: 'application/pdf', buffer: Buffer.from(pdf) });
    await page.getByText('签章有效，文件自签章后未被改动').waitFor();
    for (const text of ['证书由', '这份文件的摘要在 2026-09-14', '日志头在', '本实例的日志头上没有独立见证人的签名', '核验本身没有作假']) await page.getByText(text, { exact: false }).first().waitFor();
    await shot(page, 'public-paper');
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    expect(await axe()).toEqual([]);
    expect(errors).toEqual([]);
  });

  it('a citizen reports a problem without a name, an officer of the authority in charge answers it, and the code opens the answer', async () => {
    const { page, errors, go } = await visit(360, 'zh');
    await go('/public/report');
    await page.getByLabel('发生了什么').fill('昨晚十点后 QY0001-DA001 排口冒黑烟');
    await page.getByRole('button', { name: /提\s*交/ }).click();
    await page.getByText('您的查询码').waitFor();
    const code = (await page.locator('strong').filter({ hasText: /^[\w-]{16}$/ }).first().textContent()) ?? '';
    await page.getByLabel('查询码', { exact: true }).fill(code);
    await page.getByRole('button', { name: /查\s*询/ }).click();
    await page.getByText('还没有答复').waitFor();

    const officer = await stage.visit({ login: 'officer', width: 1440, language: 'zh' });
    await officer.go('/reports');
    await officer.page.getByText('QY0001-DA001 排口冒黑烟').waitFor();
    await officer.page.getByRole('button', { name: /接\s*办/ }).click();
    await officer.page.getByRole('cell', { name: '办理中' }).waitFor();
    expect(await officer.axe()).toEqual([]);
    await officer.page.getByRole('button', { name: /答\s*复/ }).click();
    await officer.page.getByLabel('答复（举报人凭查询码看到）').fill('已到现场核查，正在办理。');
    await officer.page.getByRole('button', { name: /确\s*定/ }).click();
    await officer.page.getByRole('cell', { name: '已答复' }).waitFor();
    expect(officer.errors).toEqual([]);

    await page.getByRole('button', { name: /查\s*询/ }).click();
    await page.getByText('已到现场核查，正在办理。').waitFor();
    expect(errors).toEqual([]);
  });

  it.each([[360, 'zh'], [1440, 'en']] as const)('every page at %i px in %s is accessible, fits and is quiet', async (width, language) => {
    const { page, errors, go, walk, axe } = await visit(width, language);
    await go('/public');
    for (const room of ROOMS) {
      await walk(room);
      await page.getByRole('heading', { level: 1 }).waitFor();
      expect({ room, axe: await axe(), overflow: Math.max(0, await overflow(page)) }).toEqual({ room, axe: [], overflow: 0 });
    }
    expect(errors).toEqual([]);
  });
});
