import { asId, type LeafIndex } from '#kernel';
import { progressBar, say } from '../terminal.ts';
import { wholeNumber, type Register } from './command.ts';

export const evidence: Register = (program) => {
  const command = program.command('evidence').description('存证日志 the evidence log');
  command
    .command('check')
    .description('逐条核对日志、封存块、检查点、报文原文与封存报文 full check of the log against its checkpoints, the journal and the sealed frames')
    .action(async () => {
      const [{ checkLog, evidenceOf, renderLogCheck }, { bodyDigests, sealedFrames }, { withPlatform }] = await Promise.all([
        import('#evidence'), import('#ingest'), import('../with-platform.ts'),
      ]);
      const bar = progressBar('核对 checking');
      const check = await withPlatform((platform) =>
        checkLog(evidenceOf(platform), { onProgress: bar, frameDigests: (from, to) => bodyDigests(platform.db, from, to), sealedFrames: sealedFrames(platform.db) }));
      say(renderLogCheck(check));
      process.exitCode = check.ok ? 0 : 1;
    });
  command
    .command('proof')
    .description('一条存证的证明文件（C2SP tlog-proof） proof of one leaf')
    .argument('<leaf>', '存证序号 index of the leaf', wholeNumber('<leaf>', 0, Number.MAX_SAFE_INTEGER))
    .action(async (leaf: number) => {
      const [{ evidenceOf, proofOf }, { withPlatform }] = await Promise.all([import('#evidence'), import('../with-platform.ts')]);
      const proof = await withPlatform((platform) => proofOf(evidenceOf(platform), asId<LeafIndex>(leaf)));
      if (!proof.ok) {
        process.stderr.write(`${proof.zh} ${proof.en}\n`);
        process.exitCode = 1;
        return;
      }
      process.stdout.write(proof.value.proof);
    });
};
