import { useMutation, useQuery } from '@tanstack/react-query';
import { Alert, Button, Form, Input } from 'antd';
import { useEffect, useRef } from 'react';
import { call } from '../api.ts';
import { useSpeech, type Text } from '../i18n.tsx';
import { ProblemAlert } from '../sign-in.tsx';
import { checkProof, leafHashOf, UnreadableProof, type ProofCheck as Found } from './check-proof.ts';

const TEXT = {
  intro: { zh: '每条记录都有一个证明文件（.tlog-proof）。核验在您自己的浏览器里进行，不需要相信本服务器。', en: 'Each record has a proof file (.tlog-proof). The check runs in your own browser; you need not trust this server.' },
  file: { zh: '选择证明文件', en: 'Choose the proof file' },
  text: { zh: '证明文件内容', en: 'Text of the proof file' },
  hash: { zh: '记录的摘要（64 位十六进制）', en: 'Hash of the record (64 hex digits)' },
  record: { zh: '或：记录原文（逐字节）', en: 'Or the exact text of the record' },
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
  root: { zh: '日志根', en: 'Root' },
} as const satisfies Record<string, Text>;

interface Values { proof: string; hash?: string; record?: string; keys: string }
const HASH = /[0-9a-f]{64}/;

async function run({ proof, hash = '', record = '', keys }: Values): Promise<Found> {
  const leaf = record === '' ? hash.trim().toLowerCase() : await leafHashOf(record);
  return checkProof(proof.replaceAll('\r\n', '\n'), leaf, keys.split(/\s+/).filter((key) => key !== '' && key !== 'log'));
}

function Verdict({ found }: { found: Found }) {
  const { t } = useSpeech();
  const good = found.included && found.signed === true;
  const bad = !found.included || found.signed === false;
  return (
    <Alert
      type={good ? 'success' : bad ? 'error' : 'warning'} showIcon aria-live="polite"
      title={found.included ? t(TEXT.included, { index: String(found.index), size: String(found.size) }) : t(TEXT.notIncluded)}
      description={(
        <>
          <div>{found.signed === true ? `✓ ${t(TEXT.signed, { origin: found.origin })}` : found.signed === false ? `✗ ${t(TEXT.forged)}` : `? ${t(TEXT.unknownKey)}`}</div>
          <div style={{ overflowWrap: 'anywhere' }}>{t(TEXT.root)} {found.root}</div>
        </>
      )}
    />
  );
}

/** Checks one record's proof without asking the server whether it is true. */
export function ProofCheck() {
  const { t } = useSpeech();
  const [form] = Form.useForm<Values>();
  const input = useRef<HTMLInputElement>(null);
  const log = useQuery({ queryKey: ['log'], queryFn: () => call('GET /api/public/evidence/log') });
  const check = useMutation({ mutationFn: run });
  const { data } = log;
  useEffect(() => {
    if (data !== undefined && !form.isFieldTouched('keys')) form.setFieldsValue({ keys: data.vkeys.join('\n') });
  }, [data, form]);
  if (globalThis.crypto?.subtle === undefined) return <Alert type="warning" showIcon title={t(TEXT.noCrypto)} />;
  async function take(file: File | undefined): Promise<void> {
    if (file === undefined) return;
    const named = HASH.exec(file.name)?.[0];
    form.setFieldsValue({ proof: await file.text(), ...(named === undefined ? {} : { hash: named }) });
  }
  return (
    <>
      <p style={{ marginTop: 0 }}>{t(TEXT.intro)}</p>
      <Form form={form} layout="vertical" requiredMark={false} initialValues={{ keys: '' }} onFinish={(values) => check.mutate(values)}>
        <input ref={input} type="file" style={{ display: 'none' }} aria-label={t(TEXT.file)} onChange={(event) => { void take(event.target.files?.[0]); event.target.value = ''; }} />
        <Button style={{ marginBottom: 12 }} onClick={() => input.current?.click()}>{t(TEXT.file)}</Button>
        <Form.Item name="proof" label={t(TEXT.text)} rules={[{ required: true, message: t(TEXT.required) }]}><Input.TextArea rows={5} className="digest" spellCheck={false} /></Form.Item>
        <Form.Item name="hash" label={t(TEXT.hash)} dependencies={['record']} rules={[({ getFieldValue }) => ({ validator: (_, value) => (String(getFieldValue('record') ?? '') !== '' || /^[0-9a-f]{64}$/i.test(String(value ?? '').trim()) ? Promise.resolve() : Promise.reject(new Error(t(TEXT.required)))) })]}>
          <Input className="digest" spellCheck={false} />
        </Form.Item>
        <Form.Item name="record" label={t(TEXT.record)}><Input.TextArea rows={2} className="digest" spellCheck={false} /></Form.Item>
        <Form.Item name="keys" label={t(TEXT.key)} extra={<span style={{ color: 'inherit' }}>{t(TEXT.keyHint)}</span>}><Input.TextArea rows={3} className="digest" spellCheck={false} /></Form.Item>
        <Button type="primary" htmlType="submit" loading={check.isPending} style={{ marginBottom: 14 }}>{t(TEXT.run)}</Button>
      </Form>
      {check.isError && (check.error instanceof UnreadableProof ? <Alert type="error" showIcon title={t(TEXT.unreadable)} /> : <ProblemAlert error={check.error} />)}
      {check.data !== undefined && <Verdict found={check.data} />}
    </>
  );
}
