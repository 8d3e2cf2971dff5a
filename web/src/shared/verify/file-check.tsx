import { useMutation } from '@tanstack/react-query';
import { Button, Spin } from 'antd';
import { useRef, useState } from 'react';
import { useSpeech, type Text } from '../i18n.tsx';
import { ProblemAlert } from '../sign-in.tsx';
import { sendPackage, sendPaper } from './send-file.ts';
import { PackageVerdict, PaperVerdict } from './verdict.tsx';

const TEXT = {
  choose: { zh: '选择文件（ZIP 证据包或 PDF 文书）', en: 'Choose a file (ZIP package or PDF paper)' },
  drop: { zh: '也可以把文件拖到这里。文件只用于这次核验，不会保存。', en: 'Or drop it here. The file is used for this check only and not kept.' },
  checking: { zh: '正在核验 {name} …', en: 'Checking {name} …' },
  large: { zh: '文件超过 {n} MB，请用离线核验程序核验', en: 'Larger than {n} MB: use the offline verifier' },
  field: { zh: '待核验文件', en: 'File to check' },
} as const satisfies Record<string, Text>;

const MB = 1024 * 1024;
const LIMITS = { zip: 32, pdf: 20 } as const;

async function check(file: File) {
  // What a file is says its first bytes, not its name.
  const start = new TextDecoder('latin1').decode(await file.slice(0, 5).arrayBuffer());
  return start.startsWith('%PDF') ? { kind: 'paper' as const, report: await sendPaper(file) } : { kind: 'package' as const, report: await sendPackage(file) };
}

/** One place for any file a person holds: a case package or a signed paper. */
export function FileCheck() {
  const { t } = useSpeech();
  const input = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<File>();
  const run = useMutation({ mutationFn: check });
  const limit = file?.name.toLowerCase().endsWith('.pdf') === true ? LIMITS.pdf : LIMITS.zip;
  const tooLarge = file !== undefined && file.size > limit * MB;
  function take(given: File | undefined): void {
    setFile(given);
    run.reset();
    if (given !== undefined && given.size <= LIMITS.zip * MB) run.mutate(given);
  }
  return (
    <>
      <div
        onDragOver={(event) => event.preventDefault()} onDrop={(event) => { event.preventDefault(); take(event.dataTransfer.files[0]); }}
        style={{ border: '1px dashed rgba(128,128,128,.7)', borderRadius: 6, padding: 20, textAlign: 'center', marginBottom: 14 }}
      >
        <input ref={input} type="file" accept=".zip,.pdf,application/zip,application/pdf" style={{ display: 'none' }} aria-label={t(TEXT.field)} onChange={(event) => { take(event.target.files?.[0]); event.target.value = ''; }} />
        <Button type="primary" size="large" style={{ whiteSpace: 'normal', height: 'auto', paddingBlock: 8 }} onClick={() => input.current?.click()}>{t(TEXT.choose)}</Button>
        <div style={{ marginTop: 8, fontSize: 13 }}>{t(TEXT.drop)}</div>
      </div>
      {tooLarge && <p role="alert">{t(TEXT.large, { n: limit })}</p>}
      {run.isPending && <div aria-live="polite"><Spin size="small" /> {t(TEXT.checking, { name: file?.name ?? '' })}</div>}
      {run.isError && <ProblemAlert error={run.error} />}
      {run.data?.kind === 'package' && <PackageVerdict report={run.data.report} />}
      {run.data?.kind === 'paper' && <PaperVerdict report={run.data.report} />}
    </>
  );
}
