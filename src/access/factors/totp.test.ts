import { describe, expect, it } from 'vitest';
import { instant } from '#kernel';
import { base32, hotp, stepAt, stepOfCode, totpUri } from './totp.ts';
import { defaultFactorRoles, stageAfterPassword } from './decide-factor.ts';

const ascii = (text: string) => Buffer.from(text);
const SEEDS = {
  sha1: ascii('12345678901234567890'),
  sha256: ascii('12345678901234567890123456789012'),
  sha512: ascii('1234567890123456789012345678901234567890123456789012345678901234'),
} as const;

/** RFC 6238 appendix B: seconds since 1970, and the eight digits for SHA-1, SHA-256 and SHA-512. */
const VECTORS = [
  [59, '94287082', '46119246', '90693936'],
  [1111111109, '07081804', '68084774', '25091201'],
  [1111111111, '14050471', '67062674', '99943326'],
  [1234567890, '89005924', '91819424', '93441116'],
  [2000000000, '69279037', '90698825', '38618901'],
  [20000000000, '65353130', '77737706', '47863826'],
] as const;

describe('one-time passwords', () => {
  it('RFC 6238 appendix B: every vector of the three hashes', () => {
    for (const [seconds, sha1, sha256, sha512] of VECTORS) {
      const step = stepAt(instant(seconds * 1000));
      expect([hotp(SEEDS.sha1, step, 8), hotp(SEEDS.sha256, step, 8, 'sha256'), hotp(SEEDS.sha512, step, 8, 'sha512')]).toEqual([sha1, sha256, sha512]);
    }
  });

  it('RFC 4226 appendix D: the first ten counters', () => {
    const codes = Array.from({ length: 10 }, (_, counter) => hotp(SEEDS.sha1, counter));
    expect(codes).toEqual(['755224', '287082', '359152', '969429', '338314', '254676', '287922', '162583', '399871', '520489']);
  });

  it('takes a code one step early or late, and no other', () => {
    const at = instant(Date.parse('2026-09-14T10:00:10+08:00'));
    for (const off of [-2, -1, 0, 1, 2]) {
      expect(stepOfCode(SEEDS.sha1, hotp(SEEDS.sha1, stepAt(at) + off), at)).toBe(Math.abs(off) <= 1 ? stepAt(at) + off : undefined);
    }
  });

  it('writes the secret as RFC 4648 base32 and as the address an app reads', () => {
    expect(['', 'f', 'fo', 'foo', 'foob', 'fooba', 'foobar'].map((text) => base32(ascii(text)))).toEqual(['', 'MY', 'MZXQ', 'MZXW6', 'MZXW6YQ', 'MZXW6YTB', 'MZXW6YTBOI']);
    expect(totpUri('明鉴', 'officer', ascii('foobar'))).toBe(`otpauth://totp/${encodeURIComponent('明鉴')}:officer?secret=MZXW6YTBOI&issuer=${encodeURIComponent('明鉴')}&algorithm=SHA1&digits=6&period=30`);
  });
});

describe('what a right password opens', () => {
  const none = { totp: false, passkeys: 0 };
  it('asks for a factor that is enrolled, whatever the rule; demands one where a role needs it', () => {
    expect(stageAfterPassword({ totp: true, passkeys: 0 }, ['unit-user'], [])).toBe('second-factor');
    expect(stageAfterPassword({ totp: false, passkeys: 1 }, ['unit-user'], [])).toBe('second-factor');
    expect(stageAfterPassword(none, ['authority-head'], ['authority-head'])).toBe('enrol');
    expect(stageAfterPassword(none, ['lab'], ['authority-head'])).toBe('full');
  });
  it('where decisions are real all staff need one without any rule, units do not; elsewhere nobody does sec:X20', () => {
    expect(stageAfterPassword(none, ['admin'], defaultFactorRoles(true))).toBe('enrol');
    expect(stageAfterPassword(none, ['enforcement-officer'], defaultFactorRoles(true))).toBe('enrol');
    expect(stageAfterPassword(none, ['unit-user'], defaultFactorRoles(true))).toBe('full');
    expect(stageAfterPassword(none, ['enforcement-officer'], defaultFactorRoles(false))).toBe('full');
  });
});
