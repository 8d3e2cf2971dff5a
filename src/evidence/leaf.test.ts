import { describe, expect, it } from 'vitest';
import { instant, isRefusal, manualClock } from '#kernel';
import { encodeFrameLeaf, encodeLeaf, leafToken, sha256Hex, sm3Hex } from '#evidence';

const clock = manualClock(instant(1_793_000_000_000));

describe('leaves', () => {
  it('65,535 bytes are taken, 65,536 refused before the transaction (ev:E14)', () => {
    const filled = (n: number) =>
      encodeLeaf({ t: 'case', ref: 'c', list: Array.from({ length: 2_000 }, () => 'x'.repeat(n)) }, clock.now());
    const base = filled(20);
    const room = 65_535 - (isRefusal(base) ? 0 : base.value.length);
    const exact = (more: number) =>
      encodeLeaf(
        {
          t: 'case',
          ref: 'c',
          list: [
            ...Array.from({ length: 1_999 }, () => 'x'.repeat(20)),
            'x'.repeat(20),
            ...Array.from({ length: Math.floor((room + more) / 203) }, () => 'y'.repeat(200)),
            'z'.repeat(((room + more) % 203) - 3),
          ],
        },
        clock.now(),
      );
    const fits = exact(0);
    expect(isRefusal(fits) ? fits.code : fits.value.length).toBe(65_535);
    expect(exact(1)).toMatchObject({ ok: false, code: 'EVID-001' });
  });

  it('refuses free text, wherever it hides, and gives foreign text a digest instead (sec:X28)', () => {
    for (const bad of ['张三 13800000000', 'a b', '<img onerror>', 'x'.repeat(300), "a'b", 'a\u202eb'])
      expect(encodeLeaf({ t: 'case', ref: 'c', deep: { list: [bad] } }, clock.now())).toMatchObject({
        code: 'EVID-002',
      });
    expect(leafToken('32050500010001')).toBe('32050500010001');
    expect(leafToken('bad mn\u0000')).toMatch(/^sha256:[0-9a-f]{64}$/);
  });
});

describe('frame leaves', () => {
  it('are written as RFC 8785 writes them, whatever the device sent', () => {
    const at = clock.now();
    for (const mn of ['32050500010001', '', '张三', 'a"b', 'a\\b', "it's", '<x>', '\u0000', 'é', 'x'.repeat(300)]) {
      const raw = Buffer.from('##0001');
      const frame = {
        t: 'frame.dup',
        ref: 'f1',
        raw,
        mn,
        cn: '2011',
        qn: '20261122010000001',
        pno: '1',
        peer: '[::1]:9',
        conn: 'c',
        verdict: 'OK',
        of: 3,
      } as const;
      const { raw: _raw, ...members } = frame;
      const stated = { ...members, mn: leafToken(mn), len: raw.length, sha256: sha256Hex(raw), sm3: sm3Hex(raw) };
      const canonical = encodeLeaf(stated, at);
      expect(Buffer.from(encodeFrameLeaf(frame, at)).toString()).toBe(
        isRefusal(canonical) ? canonical.en : Buffer.from(canonical.value).toString(),
      );
    }
  });
});
