import { describe, expect, it } from 'vitest';
import { asId, HOUR, instant, type OutfallId, type UnitId } from '#kernel';
import { answerTo, judge, recordOf } from '#sim/people/review/answers';
import type { CluePage, ReviewPage } from '#sim/people/shapes';
import { precheck } from '../../src/review/facts/precheck-rules.ts';
import type { PrecheckInput } from '../../src/review/facts/precheck.ts';
import { decideAssessment } from '../../src/review/finding/decide-review.ts';
import { soundInput } from '../../src/review/testing/sound-facts.ts';

const FROM = instant(Date.parse('2026-09-14T02:00:00+08:00'));
const NOW = FROM + 30 * HOUR;
const sound = (more: Partial<PrecheckInput> = {}) => soundInput({ unitId: asId<UnitId>('E1'), outfall: asId<OutfallId>('O1'), periodFrom: FROM, periodTo: instant(FROM + 6 * HOUR) }, more);
const platform = { outages: [], silences: 0, clockOffsetMs: 3, logIntact: true };
const calibration = sound().calibrations![0]!;
const frames = sound().frames!;
const issued = { name: '校准记录.pdf', sha256: 'd'.repeat(64), kind: 'SERVICE_RECORD', issuer: '某运维公司' } as const;

/** The review's page as the cast reads it, and its clue after so many returns. */
function pages(input: PrecheckInput, returned = 0): { readonly clue: CluePage; readonly review: ReviewPage } {
  const review = { reviewId: 'r1', state: 'OPEN', kind: 'INITIAL', items: precheck(input), input, signatures: [], missing: [] } as unknown as ReviewPage;
  const before = Array.from({ length: returned }, () => ({ ...review, state: 'RETURNED' }));
  return { review, clue: { clueId: 'c1', unitName: '演示公司', outfallName: '1号烟囱', periodFrom: new Date(FROM).toISOString(), reviews: [...before, review] } as unknown as CluePage };
}
const judged = (more: Partial<PrecheckInput>, returned = 0) => { const { clue, review } = pages(sound(more), returned); return judge(clue, review, NOW); };

/** What the reviewer says of an item, and what the platform says to that. */
function said(more: Partial<PrecheckInput>, key: string) {
  const input = sound(more);
  const { clue, review } = pages(input);
  const items = precheck(input);
  const item = items.find((one) => one.item === key)!;
  const found = answerTo({ item: review.items.find((one) => one.item === key)!, review, clue, now: NOW });
  const { kind, issuer } = found?.paper ?? {};
  const files = found === undefined || (found.refs.length > 0 && found.paper === undefined) ? [] : [{ name: 'x.pdf', sha256: 'a'.repeat(64), ...(kind === undefined ? {} : { kind, issuer }) }];
  const refusal = found && decideAssessment(item, { outcome: 'PASS', note: found.note, shown: { refs: found.refs, files: files as never } }, {
    known: [...items.flatMap(({ refs }) => refs), ...input.materials.map(({ sha256 }) => `sha256:${sha256}`)], input, reviewers: ['韩技术', '数据审核小组'],
  });
  return { note: found?.note, refusal };
}

describe('演示审核人的认定', () => {
  it('每一句都说本项的事实，回应程序给出的数值，平台都受理', () => {
    const cases: readonly (readonly [Partial<PrecheckInput>, string, RegExp])[] = [
      [{ platform: { ...platform, clockOffsetMs: -64873 } }, 'platform.time', /相差 64873 毫秒.*授时服务记录/u],
      [{ platform: { ...platform, clockOffsetMs: null } }, 'platform.time', /没有算出偏差.*授时服务记录/u],
      [{ platform: null }, 'platform.running', /导入的历史数据/u],
      [{ platform: { ...platform, outages: [{ from: FROM, to: instant(FROM + 4 * HOUR) }] } }, 'platform.running', /中断 1 次、共 4 小时.*应有 6 小时，收到 6，有效 6/u],
      [{ frames: { ...frames, sentAgain: { hours: 3, frames: 5 } } }, 'data.transport', /3 个小时、报文 5 条.*取先到的一条/u],
      [{ calibrations: [{ ...calibration, last: null }], materials: [issued] }, 'data.calibration', /某运维公司出具的“校准记录\.pdf”/u],
      [{ device: { ...sound().device, accepted: null }, materials: [issued] }, 'data.generation', /某运维公司/u],
      [{ videos: [{ camera: 'C1', start: FROM, end: FROM, event: '人员进入', sha256: 'e'.repeat(64) }] }, 'video.clear', /抓拍图像 1 张/u],
      [{ materials: [issued] }, 'other.materials', /材料 1 件：校准记录\.pdf（某运维公司出具）/u],
      [{ answers: [{ sheetId: 's1', cause: 'OTHER', at: FROM, late: false }] }, 'other.answers', /单位反馈 1 次.*按时标记 0 个.*应有 6 小时/u],
      [{ outfall: null }, 'data.object', /没有指向某一排放口/u],
    ];
    for (const [more, item, words] of cases) {
      const { note, refusal } = said(more, item);
      expect(note, item).toMatch(words);
      expect(refusal, item).toBeUndefined();
    }
  });

  it('没有记录的不认定符合：先退回补充，补不来的不予认定', () => {
    const none = { calibrations: [{ ...calibration, last: null }] };
    expect(said(none, 'data.calibration').note).toBeUndefined();
    expect(judged(none)).toMatchObject({ conclusion: 'RETURN', asked: ['补充记录：校准、核查在有效期内'], reason: expect.stringContaining('没有记录') });
    expect(judged(none, 1)).toMatchObject({ conclusion: 'REJECT', reason: expect.stringContaining('退回补充后仍不能认定符合') });
    expect(judged({ ...none, materials: [issued] }, 1)).toMatchObject({ conclusion: 'PASS' });
  });

  it('不符合而没有外部来源可以推翻的，不予认定；只差封存的，退回等待；无可挑剔的通过', () => {
    expect(judged({})).toMatchObject({ conclusion: 'PASS' });
    expect(judged({ frames: { ...frames, conflicts: 2 } })).toMatchObject({ conclusion: 'REJECT', reason: expect.stringContaining('同键异值 2') });
    expect(judged({ frames: { ...frames, sealed: 1 } })).toMatchObject({ conclusion: 'RETURN', asked: [expect.stringContaining('签名检查点')] });
    const out = { platform: { ...platform, outages: [{ from: FROM, to: instant(FROM + 4 * HOUR) }] } };
    expect(judged(out)).toMatchObject({ conclusion: 'PASS' });
    // Whether a device was silent cannot be told while the platform heard nobody.
    expect(judged({ ...out, withoutValues: true })).toMatchObject({ conclusion: 'REJECT', reason: expect.stringContaining('接收中断 1 次') });
  });

  it('补来的是运维单位自己的记录，写明在本案时段以前；不是每家都有', () => {
    const { clue } = pages(sound());
    const records = Array.from({ length: 40 }, (_, k) => recordOf({ ...clue, clueId: `c${k}` }, NOW));
    const held = records.flatMap((one) => one ?? []);
    expect(held.length).toBeGreaterThan(20);
    expect(held.length).toBeLessThan(40);
    for (const { kind, issuer, file } of held) {
      expect([kind, issuer]).toEqual(['SERVICE_RECORD', '演示公司自动监测设备运维单位']);
      expect(Date.parse(`${file.lines.find(([what]) => what === '校准时间')?.[1]?.replace(' ', 'T')}:00+08:00`)).toBeLessThan(FROM);
    }
  });
});
