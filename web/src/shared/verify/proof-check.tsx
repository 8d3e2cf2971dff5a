import { useMutation, useQuery } from '@tanstack/react-query';
import { Alert, Button, Flex, Form, Input } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { call } from '../api.ts';
import { useSpeech, type Text } from '../i18n.tsx';
import { ProblemAlert } from '../sign-in.tsx';
import { formatTime } from '../tiers.ts';
import { checkProof, digestOf, leafHashOf, recordIn, UnreadableProof, type ProofCheck as ProofFound } from './check-proof.ts';
import { useDoubts, WhatIsProven } from './what-is-proven.tsx';

const TEXT = {
  intro: { zh: '每条记录都有一个证明文件（.tlog-proof）。核验在您自己的浏览器里进行，不需要相信本服务器。', en: 'Each record has a proof file (.tlog-proof). The check runs in your own browser; you need not trust this server.' },
  file: { zh: '选择证明文件', en: 'Choose the proof file' },
  text: { zh: '证明文件内容', en: 'Text of the proof file' },
  hash: { zh: '记录的摘要（64 位十六进制）', en: 'Hash of the record (64 hex digits)' },
  record: { zh: '或：记录原文（逐字节；证明文件里带有的自动填入）', en: 'Or the exact text of the record (filled in where the proof file carries it)' },
  key: { zh: '日志公钥', en: 'Public keys of the log' },
  keyHint: { zh: '默认取自本服务器；您从别处得到的公钥更可靠，可以粘贴在这里', en: 'Taken from this server; keys you got elsewhere are better and may be pasted here' },
  run: { zh: '在浏览器中核验', en: 'Check in the browser' },
  required: { zh: '请填写', en: 'Required' },
  noCrypto: { zh: '此浏览器在非加密连接下不提供密码学功能，请用 https 或 localhost 打开', en: 'This browser offers no cryptography without https or localhost' },
  unreadable: { zh: '不是可读取的证明文件', en: 'not a readable proof file' },
  included: { zh: '这条记录确实在日志中：第 {index} 条，日志共 {size} 条', en: 'The record is in the log: entry {index} of {size}' },
  notIncluded: { zh: '摘要与证明不符：记录被改动，或证明不属于它', en: 'Hash and proof do not match: the record was changed or the proof is another’s' },
  signed: { zh: '日志头由 {origin} 的公钥签署', en: 'The head is signed by the key of {origin}' },
  forged: { zh: '日志头的签名不成立', en: 'The signature of the head does not hold' },
  unknownKey: { zh: '日志头不是由所给公钥签署，无法判断', en: 'The head is not signed by the given keys: cannot tell' },
  named: { zh: '“{name}”的摘要就是记录里写的摘要（SHA-256）', en: 'The digest of “{name}” is the one the record names (SHA-256)' },
  notNamed: { zh: '“{name}”的摘要不是记录里写的摘要：文件被改动，或证明不属于它', en: 'The digest of “{name}” is not the one the record names: the file was changed or the proof is another’s' },
  otherPaper: { zh: '记录在日志中，但不是这份文件的记录', en: 'The record is in the log, but it is not this file’s' },
  leaf: { zh: '第 {index} 条记录的叶摘要', en: 'Leaf hash of record {index}' },
  path: { zh: '经 {n} 步到达的日志根', en: 'Root of the log, {n} steps from there' },
  paper: { zh: '选择要核对的文件（如公开文本）', en: 'Choose the file to hold against it, e.g. a published text' },
  written: { zh: '{what}在 {at}（日志所记时间）已写入本平台的存证日志第 {index} 条，此后未被改动', en: '{what} was written to this platform’s evidence log at {at} (as the log tells the time), entry {index}, and has not been changed since' },
  writtenSomeTime: { zh: '{what}已写入本平台的存证日志第 {index} 条，此后未被改动', en: '{what} stands in this platform’s evidence log, entry {index}, and has not been changed since' },
  theRecord: { zh: '这条记录', en: 'This record' },
  loaded: { zh: '已载入：{name}', en: 'Loaded: {name}' },
} as const satisfies Record<string, Text>;

interface Values { proof: string; hash?: string; record?: string; keys: string }
const HASH = /[0-9a-f]{64}/;

/** A published file and the proof given out beside it. */
export interface Given {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly proof: string;
}
type Paper = Pick<Given, 'name' | 'bytes'>;
interface Found extends ProofFound {
  /** The file held against the record: its digest, and whether the record names it. */
  readonly paper?: { readonly name: string; readonly digest: string; readonly named: boolean };
  /** When the record says it was written, epoch milliseconds. */
  readonly at: number | undefined;
}

/** Records carry their moment; anything else has none to tell. */
function momentIn(record: string): number | undefined {
  const at = /"at":"([^"]+)"/.exec(record)?.[1];
  const ms = at === undefined ? Number.NaN : Date.parse(at);
  return Number.isFinite(ms) ? ms : undefined;
}

async function held({ name, bytes }: Paper, record: string): Promise<NonNullable<Found['paper']>> {
  const digest = await digestOf(bytes);
  return { name, digest, named: record.includes(`"sha256":"${digest}"`) };
}

async function run({ proof, hash = '', record = '', keys }: Values, paper: Paper | undefined): Promise<Found> {
  const leaf = record === '' ? hash.trim().toLowerCase() : await leafHashOf(record);
  const found = { ...await checkProof(proof.replaceAll('\r\n', '\n'), leaf, keys.split(/\s+/).filter((key) => key !== '' && key !== 'log')), at: momentIn(record) };
  return paper === undefined ? found : { ...found, paper: await held(paper, record) };
}

const ofProof = (proof: string): Pick<Values, 'proof' | 'record'> => ({ proof, record: recordIn(proof) ?? '' });

function Verdict({ found, ownKeys }: { found: Found; ownKeys: boolean }) {
  const { t } = useSpeech();
  const doubtsOf = useDoubts();
  const { paper, included, signed } = found;
  const good = included && signed === true && paper?.named !== false;
  const bad = !included || signed === false || paper?.named === false;
  const mark = (holds: boolean | undefined) => (holds === undefined ? '?' : holds ? '✓' : '✗');
  const steps: readonly (readonly [boolean | undefined, string, string])[] = [
    ...(paper === undefined ? [] : [[paper.named, t(paper.named ? TEXT.named : TEXT.notNamed, { name: paper.name }), paper.digest] as const]),
    [included, t(TEXT.leaf, { index: String(found.index) }), found.leafHash],
    [included, t(TEXT.path, { n: found.steps }), found.root],
    [signed, t(signed === true ? TEXT.signed : signed === false ? TEXT.forged : TEXT.unknownKey, { origin: found.origin }), ''],
  ];
  return (
    <Alert
      type={good ? 'success' : bad ? 'error' : 'warning'} showIcon aria-live="polite"
      title={!included ? t(TEXT.notIncluded) : paper?.named === false ? t(TEXT.otherPaper) : t(TEXT.included, { index: String(found.index), size: String(found.size) })}
      description={<><ol style={{ margin: 0, paddingInlineStart: 0, listStyle: 'none' }}>{steps.map(([holds, what, digest]) => <li key={what} style={{ marginTop: 4 }}>{mark(holds)} {what}{digest !== '' && <div className="digest">{digest}</div>}</li>)}</ol>
        {good && <WhatIsProven proven={[t(found.at === undefined ? TEXT.writtenSomeTime : TEXT.written, { what: paper === undefined ? t(TEXT.theRecord) : `“${paper.name}”`, at: formatTime(found.at), index: String(found.index) })]} open={doubtsOf({ witnesses: found.witnesses, key: ownKeys ? found.keyId : undefined })} />}
      </>}
    />
  );
}

/** Checks one record's proof, and the file it names, without asking the server whether it is true. */
export function ProofCheck({ given }: { given?: Given | undefined }) {
  const { t } = useSpeech();
  const [form] = Form.useForm<Values>();
  const input = useRef<HTMLInputElement>(null);
  const paperInput = useRef<HTMLInputElement>(null);
  const [paper, setPaper] = useState<Paper | undefined>(given);
  const log = useQuery({ queryKey: ['log'], queryFn: () => call('GET /api/public/evidence/log') });
  const check = useMutation({ mutationFn: (values: Values) => run(values, paper) });
  const { data } = log;
  useEffect(() => {
    if (data === undefined) return;
    if (!form.isFieldTouched('keys')) form.setFieldsValue({ keys: data.vkeys.join('\n') });
    // What was opened together with its proof is checked at once.
    if (given !== undefined) form.submit();
  }, [data, form, given]);
  if (globalThis.crypto?.subtle === undefined) return <Alert type="warning" showIcon title={t(TEXT.noCrypto)} />;
  async function take(file: File | undefined): Promise<void> {
    if (file === undefined) return;
    const named = HASH.exec(file.name)?.[0];
    form.setFieldsValue({ ...ofProof(await file.text()), ...(named === undefined ? {} : { hash: named }) });
  }
  async function takePaper(file: File | undefined): Promise<void> {
    if (file !== undefined) setPaper({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) });
  }
  return (
    <>
      <p style={{ marginTop: 0 }}>{t(TEXT.intro)}</p>
      <Form form={form} layout="vertical" requiredMark={false} initialValues={{ keys: '', ...(given === undefined ? {} : ofProof(given.proof)) }} onFinish={(values) => check.mutate(values)}>
        <input ref={input} type="file" style={{ display: 'none' }} aria-label={t(TEXT.file)} onChange={(event) => { void take(event.target.files?.[0]); event.target.value = ''; }} />
        <input ref={paperInput} type="file" style={{ display: 'none' }} aria-label={t(TEXT.paper)} onChange={(event) => { void takePaper(event.target.files?.[0]); event.target.value = ''; }} />
        <Flex wrap gap={8} align="center" style={{ marginBottom: 12 }}>
          <Button onClick={() => input.current?.click()}>{t(TEXT.file)}</Button>
          <Button style={{ whiteSpace: 'normal', height: 'auto' }} onClick={() => paperInput.current?.click()}>{t(TEXT.paper)}</Button>
          {paper !== undefined && <span style={{ overflowWrap: 'anywhere' }}>{t(TEXT.loaded, { name: paper.name })}</span>}
        </Flex>
        <Form.Item name="proof" label={t(TEXT.text)} rules={[{ required: true, message: t(TEXT.required) }]}><Input.TextArea rows={5} className="digest" spellCheck={false} /></Form.Item>
        <Form.Item name="hash" label={t(TEXT.hash)} dependencies={['record']} rules={[({ getFieldValue }) => ({ validator: (_, value) => (String(getFieldValue('record') ?? '') !== '' || /^[0-9a-f]{64}$/i.test(String(value ?? '').trim()) ? Promise.resolve() : Promise.reject(new Error(t(TEXT.required)))) })]}>
          <Input className="digest" spellCheck={false} />
        </Form.Item>
        <Form.Item name="record" label={t(TEXT.record)}><Input.TextArea rows={2} className="digest" spellCheck={false} /></Form.Item>
        <Form.Item name="keys" label={t(TEXT.key)} extra={<span style={{ color: 'inherit' }}>{t(TEXT.keyHint)}</span>}><Input.TextArea rows={3} className="digest" spellCheck={false} /></Form.Item>
        <Button type="primary" htmlType="submit" loading={check.isPending} style={{ marginBottom: 14 }}>{t(TEXT.run)}</Button>
      </Form>
      {check.isError && (check.error instanceof UnreadableProof ? <Alert type="error" showIcon title={t(TEXT.unreadable)} /> : <ProblemAlert error={check.error} />)}
      {check.data !== undefined && <Verdict found={check.data} ownKeys={data !== undefined && form.getFieldValue('keys') === data.vkeys.join('\n')} />}
    </>
  );
}
