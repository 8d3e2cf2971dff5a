import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isRefusal, type LeafIndex } from '#kernel';
import { buildPackage, policyText, type BuiltPackage, type PackageContent } from '#evidence';
import { newSecret, parseSecret, signNote, splitNote, witnessSigner, type NoteSigner } from '#evidence/log';
import { readZip, verifyPackage, type CheckLine, type VerifyReport } from '#evidence/verify';
import { pack, remake, unpack } from './forge-package.ts';
import { packageFixture, type PackageFixture } from './package-fixture.ts';

let fixture: PackageFixture;
let built: BuiltPackage;
let policy: string;

const build = async (content: PackageContent): Promise<BuiltPackage> => {
  const result = await buildPackage(fixture.deps, content);
  if (isRefusal(result)) throw new Error(`${result.code} ${result.en}`);
  return result.value;
};
const filesOf = (zip: Uint8Array): Map<string, Uint8Array> => unpack(built.name, zip);
const zipOf = (files: ReadonlyMap<string, Uint8Array>): Uint8Array => pack(built.name, files);
const remade = (files: ReadonlyMap<string, Uint8Array>, resign?: NoteSigner): Map<string, Uint8Array> =>
  remake(built.name, files, resign);
const failing = (report: VerifyReport): CheckLine[] => report.lines.filter((line) => line.status === 'fails');
const named = (report: VerifyReport): string =>
  failing(report)
    .flatMap((line) => line.problems.map((p) => p.where))
    .join('\n');
const verify = (files: ReadonlyMap<string, Uint8Array>): Promise<VerifyReport> =>
  verifyPackage(zipOf(files), { policy });
beforeAll(async () => {
  fixture = await packageFixture();
  policy = policyText(fixture.deps);
  built = await build(fixture.content);
});
afterAll(() => fixture.drop());

describe('[PAPER-3.2-5c] 案件证据包一经固定即可由任何人核验', () => {
  it('holds under the pinned policy; without one it is "cannot tell", never green', async () => {
    const report = await verifyPackage(built.zip, { policy });
    expect(report.lines.filter((line) => line.status !== 'holds').map((line) => [line.check, line.status])).toEqual([
      ['time', 'not-claimed'],
      ['decision', 'not-claimed'],
      ['replay', 'not-claimed'],
    ]);
    expect(report).toMatchObject({
      exit: 0,
      package: { name: built.name, kind: 'decision', manifestSha256: built.manifestSha256 },
    });
    expect((await verifyPackage(built.zip)).exit).toBe(2);
    expect((await verifyPackage(built.zip, { policy: 'nonsense' })).exit).toBe(3);
  });

  it('the same content again gives the same bytes and no second leaf (pkg:P03); other content under the name is refused', async () => {
    const again = await build(fixture.content);
    expect(Buffer.from(again.zip).equals(Buffer.from(built.zip))).toBe(true);
    expect(again.leaf).toBe(built.leaf);
    expect(await buildPackage(fixture.deps, { ...fixture.content, title: '另一标题' })).toMatchObject({
      code: 'EVID-011',
    });
  });

  it('a later edition names the earlier manifest and marks what is new; the earlier one still holds (pkg:P13)', async () => {
    const extra = { path: 'e.json', json: { served: true } };
    const later = await build({
      ...fixture.content,
      kind: 'archive',
      files: { ...fixture.content.files, service: [extra] },
      earlier: [{ name: built.name, manifest: built.manifest }],
    });
    const report = await verifyPackage(later.zip, { policy });
    expect(report.exit).toBe(0);
    const editions = JSON.parse(
      Buffer.from(
        [...readZip(later.zip).files].find(([path]) => path.endsWith('/data/editions.json'))?.[1] ?? '',
      ).toString(),
    ) as { earlier: unknown; new: string[] };
    expect(editions.earlier).toEqual([{ name: built.name, manifestSha256: built.manifestSha256 }]);
    expect(editions.new).toEqual(['data/service/e.json']);
    expect((await verifyPackage(built.zip, { policy })).exit).toBe(0);
  });

  it('the party’s edition shows other firms’ leaves as hashes only (pkg:P11)', async () => {
    const notice = await build({ ...fixture.content, kind: 'notice' });
    expect(Buffer.from(notice.zip).includes('32050500019999')).toBe(false);
    expect(Buffer.from(built.zip).includes('32050500019999')).toBe(true);
    const report = await verifyPackage(notice.zip, { policy });
    expect([report.exit, report.lines.find((line) => line.check === 'completeness')?.status]).toEqual([
      0,
      'not-claimed',
    ]);
  });

  it('content that is not what its leaf fixed is refused before anything is made', async () => {
    const { frames, files, events } = fixture.content;
    const [frame] = frames;
    const wrong: Partial<PackageContent>[] = [
      { frames: [{ ...(frame as (typeof frames)[0]), raw: Buffer.from('##forged') }, ...frames.slice(1)] },
      { files: { ...files, documents: [{ path: 'd.pdf', bytes: Buffer.from('%PDF'), leaf: built.leaf }] } },
      { events: [{ leaf: (events[0]?.leaf ?? 0) as LeafIndex, event: { step: 'CLOSED' } }] },
      { files: { documents: [{ path: '../x', bytes: Buffer.of() }] } },
      { caseNo: '../../etc' },
      { cites: [9_999_999 as LeafIndex] },
    ];
    for (const [i, change] of wrong.entries())
      expect([i, await buildPackage(fixture.deps, { ...fixture.content, seq: 50 + i, ...change })]).toMatchObject([
        i,
        { ok: false },
      ]);
  });
});

describe('[JS-25.2] [NX-3.1c] every tamper is found and the file named', () => {
  it('each file: one byte changed, deleted, renamed, one added (pkg:P04)', async () => {
    const files = filesOf(built.zip);
    for (const [path, bytes] of files) {
      const changed = Buffer.from(bytes);
      if (changed.length > 0) changed.writeUInt8(changed.readUInt8(changed.length >> 1) ^ 0x01, changed.length >> 1);
      const without = new Map(files);
      without.delete(path);
      const cases = {
        changed: new Map(files).set(path, changed),
        deleted: without,
        renamed: new Map(without).set(`${path}x`, bytes),
        added: new Map(files).set(`${path}.new`, Buffer.from('x')),
      };
      for (const [what, set] of Object.entries(cases)) {
        const report = await verify(set);
        expect([path, what, report.exit, named(report).includes(path)]).toEqual([path, what, 1, true]);
      }
    }
  }, 60_000);

  it('one flipped bit anywhere in the ZIP, headers included', async () => {
    const source = Buffer.from(built.zip);
    const one = async (at: number, bit: number): Promise<void> => {
      const zip = Buffer.from(source);
      zip.writeUInt8(zip.readUInt8(at) ^ (1 << bit), at);
      expect((await verifyPackage(zip, { policy })).exit).toBe(1);
    };
    await fc.assert(fc.asyncProperty(fc.nat(source.length - 1), fc.nat(7), one), { numRuns: 60 });
    const directory = source.readUInt32LE(source.length - 6);
    await fc.assert(fc.asyncProperty(fc.integer({ min: directory, max: source.length - 1 }), fc.nat(7), one), {
      numRuns: 60,
    });
    for (const zip of [
      source.subarray(0, -1),
      Buffer.concat([source, Buffer.of(0)]),
      Buffer.concat([Buffer.of(0), source]),
      Buffer.alloc(0),
      Buffer.from('PK'),
    ])
      expect((await verifyPackage(zip, { policy })).exit).toBe(1);
  }, 60_000);

  it('two frames’ bytes swapped and every manifest made again: the leaves give it away (pkg:P05)', async () => {
    const files = filesOf(built.zip);
    const raw = [...files.keys()].find((path) => path.startsWith('data/frames/raw/')) as string;
    const bytes = Buffer.from(files.get(raw) as Uint8Array);
    const [a, b] = [bytes.indexOf('w01018-Rtd=2.5'), bytes.indexOf('w01018-Rtd=4.5')];
    bytes.write('w01018-Rtd=4.5', a);
    bytes.write('w01018-Rtd=2.5', b);
    const report = await verify(remade(files.set(raw, bytes)));
    expect(report.exit).toBe(1);
    expect(failing(report).map((line) => line.check)).toEqual(['signature', 'frames', 'package']);
    expect(named(report)).toContain(raw);
  });

  it('a frame left out of index and bytes, manifests made again: completeness names its leaf (ev:E11)', async () => {
    const files = filesOf(built.zip);
    const dropped = fixture.frameLeaves[3] as number;
    const index = Buffer.from(files.get('data/frames/index.jsonl') as Uint8Array)
      .toString()
      .split('\n');
    files.set(
      'data/frames/index.jsonl',
      Buffer.from(index.filter((line) => !line.includes(`"leaf":${dropped},`)).join('\n')),
    );
    const report = await verify(remade(files));
    expect(report.exit).toBe(1);
    const completeness = report.lines.find((line) => line.check === 'completeness');
    expect(completeness?.problems.map((p) => p.where)).toEqual([`leaf ${dropped}`]);
  });

  it('an attacker’s whole package with his own log, keys and policy: 1 under the pinned policy, 2 without (pkg:P06, sec:X30)', async () => {
    const other = await packageFixture();
    try {
      const forged = await buildPackage(other.deps, other.content);
      const zip = isRefusal(forged) ? Buffer.alloc(0) : forged.value.zip;
      const pinned = await verifyPackage(zip, { policy });
      expect([
        pinned.exit,
        failing(pinned)
          .map((line) => line.check)
          .slice(0, 2),
      ]).toEqual([1, ['signature', 'policy']]);
      expect((await verifyPackage(zip)).exit).toBe(2);
    } finally {
      await other.drop();
    }
  });

  it('events, proofs, ranges and the package leaf: re-signed with the true key they still do not hold', async () => {
    const [signer] = fixture.deps.keys.signers as [NoteSigner];
    const text = (files: ReadonlyMap<string, Uint8Array>, path: string): string =>
      Buffer.from(files.get(path) ?? '').toString();
    const range = [...filesOf(built.zip).keys()].find((path) => path.endsWith('.entries')) as string;
    const proof = `log/proofs/${built.leaf}.tlog-proof`;
    const changes: [string, string, (files: Map<string, Uint8Array>) => unknown][] = [
      [
        'audit',
        'events.jsonl line 1',
        (files) =>
          files.set(
            'data/audit/events.jsonl',
            Buffer.from(text(files, 'data/audit/events.jsonl').replace('FILED', 'CLOSED')),
          ),
      ],
      ['bindings', 'd24', (files) => files.set('data/documents/d24-处罚决定书.pdf', Buffer.from('%PDF-1.4 other'))],
      [
        'proofs',
        String(built.leaf),
        (files) => files.set(proof, Buffer.from(text(files, proof).replace(/index \d+/, 'index 1'))),
      ],
      [
        'proofs',
        'log/range',
        (files) => files.set(range, Buffer.from(text(files, range).replace('w', 'v').replace('"f2"', '"g2"'))),
      ],
      ['package', 'log/package.json', (files) => files.set('log/package.json', Buffer.from('{"leaf":1}'))],
      ['time', '', () => undefined],
    ];
    for (const [check, where, change] of changes) {
      const files = filesOf(built.zip);
      change(files);
      const report = await verify(remade(files, signer));
      const line = report.lines.find((one) => one.check === check);
      if (check === 'time') expect(report.exit).toBe(0);
      else
        expect([check, report.exit, line?.status, line?.problems.some((p) => p.where.includes(where))]).toEqual([
          check,
          1,
          'fails',
          true,
        ]);
    }
  });
});

describe('outside clocks', () => {
  const witnessed = (
    files: Map<string, Uint8Array>,
    offsetS: bigint,
  ): { files: Map<string, Uint8Array>; policy: string } => {
    const [signer] = fixture.deps.keys.signers as [NoteSigner];
    const at = BigInt(Math.floor(fixture.clock.now() / 1_000)) + offsetS;
    const witness = witnessSigner('court.example', Buffer.alloc(32, 9), () => at);
    for (const [path, bytes] of files)
      if (path.endsWith('.note') && path.startsWith('log/checkpoints/')) {
        const note = Buffer.from(bytes).toString();
        const cosigned = note + (signNote(splitNote(note)?.text ?? '', [witness]).split('\n\n')[1] ?? '');
        files.set(path, Buffer.from(cosigned));
        for (const [proof, content] of files)
          if (proof.startsWith('log/proofs/'))
            files.set(proof, Buffer.from(Buffer.from(content).toString().replace(note, cosigned)));
      }
    return {
      files: remade(files, signer),
      policy: `${policy.replace('quorum none\n', '')}witness court ${witness.verifier.vkey}\nquorum court\n`,
    };
  };

  it('a head the policy’s quorum did not co-sign is "cannot tell"; a co-signed one holds (ev:E10)', async () => {
    const good = witnessed(filesOf(built.zip), 30n);
    expect(
      (await verifyPackage(zipOf(good.files), { policy: good.policy })).lines.find((l) => l.check === 'time')?.status,
    ).toBe('holds');
    expect((await verifyPackage(zipOf(good.files), { policy: good.policy })).exit).toBe(0);
    expect((await verifyPackage(built.zip, { policy: good.policy })).exit).toBe(2);
  });

  it('a leaf that states a time outside its witnessed bounds is "time not supported" (ev:E10)', async () => {
    const late = witnessed(filesOf(built.zip), -7_200n);
    const report = await verifyPackage(zipOf(late.files), { policy: late.policy });
    expect([report.exit, failing(report).map((line) => line.check)]).toEqual([1, ['time']]);
    expect(failing(report)[0]?.problems[0]?.en).toBe('time not supported');
  });

  it('two heads of one size with different roots are a fork (ev:E09)', async () => {
    const [signer] = fixture.deps.keys.signers as [NoteSigner];
    const files = filesOf(built.zip);
    const path = [...files.keys()].filter((p) => p.startsWith('log/checkpoints/')).at(-1) as string;
    const body = splitNote(Buffer.from(files.get(path) as Uint8Array).toString())?.text ?? '';
    const [origin, size] = body.split('\n');
    files.set(
      'log/checkpoints/fork.note',
      Buffer.from(signNote(`${origin}\n${size}\n${Buffer.alloc(32, 1).toString('base64')}\n`, [signer])),
    );
    const report = await verify(remade(files, signer));
    expect([
      report.exit,
      report.lines.find((line) => line.check === 'policy')?.problems.some((p) => p.en.startsWith('fork')),
    ]).toEqual([1, true]);
  });

  it('a failing line of a known key fails the head even beside a good one', async () => {
    const stranger = parseSecret(newSecret('ed25519', 'x', Buffer.alloc(32, 3))) as NoteSigner;
    const [signer] = fixture.deps.keys.signers as [NoteSigner];
    const files = filesOf(built.zip);
    const path = [...files.keys()].filter((p) => p.startsWith('log/checkpoints/')).at(-1) as string;
    const forged = signNote('other\n', [{ verifier: signer.verifier, sign: stranger.sign }]).split('\n\n')[1] ?? '';
    files.set(path, Buffer.concat([Buffer.from(files.get(path) as Uint8Array), Buffer.from(forged)]));
    const report = await verify(remade(files, signer));
    expect([report.exit, named(report).includes(path)]).toEqual([1, true]);
  });
});

describe('recomputation hook', () => {
  it('gets only proven frames, and its verdict is part of the report (pkg:P07)', async () => {
    const replayed = await build({
      ...fixture.content,
      seq: 7,
      files: { ...fixture.content.files, replay: [{ path: 'expected.json', json: { n: 40 } }] },
    });
    const judge = (n: number) => ({
      policy,
      recompute: (pkg: { frames: readonly unknown[] }) => ({
        problems: pkg.frames.length === n ? [] : [{ where: 'hour 9', zh: '不同', en: 'differs' }],
        zh: '重算',
        en: 'recomputed',
      }),
    });
    expect((await verifyPackage(replayed.zip, judge(40))).exit).toBe(0);
    expect(named(await verifyPackage(replayed.zip, judge(41)))).toBe('hour 9');
    expect((await verifyPackage(replayed.zip, { policy })).exit).toBe(2);
    const broken = await verifyPackage(replayed.zip, {
      policy,
      recompute: () => {
        throw new Error('no such model');
      },
    });
    expect(broken.exit).toBe(1);
  });
});
