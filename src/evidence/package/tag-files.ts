import { dayOf, type Instant } from '#kernel';
import { createHash } from 'node:crypto';
import { sm3Hex } from '../digest.ts';
import { signNote, type NoteSigner } from '../log/index.ts';
import { STATEMENT_FILE, statementText } from '../verify/index.ts';

type Files = ReadonlyMap<string, Uint8Array>;

/** Lines as `sha256sum` and `sha512sum` print and check them, in the order of the paths. */
export const manifestOf = (algorithm: 'sha256' | 'sha512', files: Files): string =>
  [...files.keys()]
    .sort()
    .map(
      (path) =>
        `${createHash(algorithm)
          .update(files.get(path) as Uint8Array)
          .digest('hex')}  ${path}\n`,
    )
    .join('');

/** Lines as `cksum -a sm3` prints and `cksum -c` checks them. */
const sm3Sums = (files: Files): string =>
  [...files.keys()]
    .sort()
    .map((path) => `SM3 (${path}) = ${sm3Hex(files.get(path) as Uint8Array)}\n`)
    .join('');

export interface BagInfo {
  readonly name: string;
  readonly organisation: string;
  readonly title: string;
  readonly frozenAt: Instant;
}

/** The bag around a payload: tag files, manifests, the signed statement. All deterministic. */
export function bagFiles(info: BagInfo, payload: Files, log: Files, signer: NoteSigner): Map<string, Uint8Array> {
  const octets = [...payload.values()].reduce((sum, bytes) => sum + bytes.length, 0);
  const oneLine = (value: string): string => value.replaceAll(/\s+/g, ' ').trim();
  const bagInfo = [
    `Source-Organization: ${oneLine(info.organisation)}`,
    `External-Identifier: ${info.name}`,
    `External-Description: ${oneLine(info.title)}`,
    `Bagging-Date: ${dayOf(info.frozenAt)}`,
    `Payload-Oxum: ${octets}.${payload.size}`,
    'Bag-Software-Agent: 明鉴 Mingjian',
  ];
  const tags = new Map<string, Uint8Array>([
    ['bagit.txt', Buffer.from('BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n')],
    ['bag-info.txt', Buffer.from(`${bagInfo.join('\n')}\n`)],
    ['manifest-sha256.txt', Buffer.from(manifestOf('sha256', payload))],
    ['manifest-sha512.txt', Buffer.from(manifestOf('sha512', payload))],
    ['sm3sums.txt', Buffer.from(sm3Sums(payload))],
    ['README.zh-CN.txt', Buffer.from(README)],
    ...log,
  ]);
  const tagManifest = Buffer.from(manifestOf('sha256', tags));
  const statement = statementText(info.name, tags.get('manifest-sha256.txt') as Uint8Array, tagManifest);
  return new Map([
    ...payload,
    ...tags,
    ['tagmanifest-sha256.txt', tagManifest],
    [STATEMENT_FILE, Buffer.from(signNote(statement, [signer]))],
  ]);
}

const README = `证据包核验说明

本包为 BagIt（RFC 8493）格式，压缩包内文件不压缩。解压后进入顶层文件夹，可用下列通用工具自行核验，不需要本系统：

1. 文件未被改动：
   sha256sum -c manifest-sha256.txt
   sha512sum -c manifest-sha512.txt
   sha256sum -c tagmanifest-sha256.txt
   cksum -c sm3sums.txt            （国密 SM3，coreutils 9 以上）
2. 存证日志：log/checkpoints/*.note 为 C2SP tlog-checkpoint（signed note），
   log/proofs/*.tlog-proof 为 C2SP tlog-proof，log/leaves/*.bin 为存证原始字节（RFC 6962 叶）。
   可用 Go 语言 golang.org/x/mod/sumdb/note 与 tlog 核验，或用
   openssl pkeyutl -verify -rawin 核验检查点签名。
3. 完整性：log/range/*.entries 为时段内全部存证条目（每条前有 16 位长度；长度为零者后随 32 字节叶哈希），
   *.json 给出左右两侧子树哈希，据此可重算检查点根。
4. 一次完成全部核验：node mingjian-verify.mjs 证据包.zip --policy 策略文件
   策略文件（信任哪一日志公钥、哪些见证方）必须由包外取得，例如处罚决定书所载公钥指纹；
   包内 log/policy.txt 仅供参考，不能作为信任依据。
   退出码：0 成立，1 不成立，2 无法判断，3 用法错误。

核验成立说明：这些字节在所载时间之前已被固定，此后未被改动、插入或删除；不说明传感器所报为真。
`;
