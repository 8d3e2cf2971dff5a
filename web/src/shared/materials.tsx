import { Alert, Button, Flex, Form, Typography } from 'antd';
import { useRef, useState } from 'react';
import { call } from './api.ts';
import { useSpeech, type Text } from './i18n.tsx';
import { ProblemAlert } from './problem-alert.tsx';

/** A file that was handed in, by its digest. */
export interface Material {
  readonly name: string;
  readonly sha256: string;
}

const TEXT = {
  add: { zh: '添加材料', en: 'Add a file' },
  hint: { zh: '照片、扫描件、台账均可，每个不超过 5 MB，最多 20 个。上传时即按摘要保存，内容不会被改动。', en: 'Photos, scans or ledgers, up to 5 MB each, 20 at most. Kept by digest as uploaded; nothing is changed.' },
  large: { zh: '超过 5 MB，未加入：{name}', en: 'Larger than 5 MB and left out: {name}' },
  many: { zh: '超过 20 个，未加入：{name}', en: 'More than 20; left out: {name}' },
  sending: { zh: '文件正在上传，请稍候再提交', en: 'Files are still on their way; send in a moment' },
  onItsWay: { zh: '正在上传…', en: 'on its way…' },
  must: { zh: '请添加材料', en: 'Add a file' },
  remove: { zh: '移除', en: 'Remove' },
  choose: { zh: '选择文件', en: 'Choose files' },
} as const satisfies Record<string, Text>;

const MAX_BYTES = 5 * 1024 * 1024;
const MAX_FILES = 20;

async function base64Of(file: File): Promise<string> {
  const url = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error ?? new Error('unreadable file'));
    reader.readAsDataURL(file);
  });
  return url.slice(url.indexOf(',') + 1);
}

type Taking = 'POST /api/unit/materials' | 'POST /api/review/materials' | 'POST /api/review/list-files' | 'POST /api/review/proofs';

/** While a file is on its way its place is kept by a mark that is no digest. */
const onItsWay = ({ sha256 }: Material): boolean => sha256.startsWith('…');
let marks = 0;

/** Files that go with what a person says. Each is sent at once over the route given, and remembered by its digest. */
function Materials({ to, value = [], onChange, settled }: { to: Taking; value?: readonly Material[]; onChange?: (value: readonly Material[]) => void; settled(): void }) {
  const { t } = useSpeech();
  const input = useRef<HTMLInputElement>(null);
  const list = useRef(value);
  list.current = value;
  const [errors, setErrors] = useState<readonly unknown[]>([]);
  const [refused, setRefused] = useState<{ readonly large: readonly File[]; readonly many: readonly File[] }>();
  const put = (next: readonly Material[]): void => {
    list.current = next;
    onChange?.(next);
  };

  async function take(files: readonly File[]): Promise<void> {
    const fit = files.filter((each) => each.size <= MAX_BYTES);
    const room = MAX_FILES - list.current.length;
    setErrors([]);
    setRefused({ large: files.filter((each) => each.size > MAX_BYTES), many: fit.slice(room) });
    const sent = fit.slice(0, room).map((file) => ({ file, mark: { name: file.name.slice(0, 200), sha256: `…${++marks}` } }));
    put([...list.current, ...sent.map(({ mark }) => mark)]);
    for (const { file, mark } of sent) {
      const kept = await base64Of(file).then((base64) => call(to, { body: { base64 } })).catch((problem: unknown) => {
        setErrors((before) => [...before, problem]);
        return undefined;
      });
      const rest = list.current.filter((one) => one.sha256 !== mark.sha256 && one.sha256 !== kept?.sha256);
      put(kept === undefined ? rest : [...rest, { name: mark.name, sha256: kept.sha256 }]);
    }
    settled();
  }

  const names = (files: readonly File[]): string => files.map(({ name }) => name).join('、');
  return (
    <Flex vertical gap={6}>
      <input ref={input} type="file" multiple style={{ display: 'none' }} aria-label={t(TEXT.choose)} onChange={(event) => { void take([...(event.target.files ?? [])]); event.target.value = ''; }} />
      <div><Button loading={value.some(onItsWay)} disabled={value.length >= MAX_FILES} onClick={() => input.current?.click()}>+ {t(TEXT.add)}</Button></div>
      <Typography.Text type="secondary" style={{ fontSize: 12 }}>{t(TEXT.hint)}</Typography.Text>
      {refused !== undefined && refused.large.length > 0 && <Alert type="warning" showIcon title={t(TEXT.large, { name: names(refused.large) })} />}
      {refused !== undefined && refused.many.length > 0 && <Alert type="warning" showIcon title={t(TEXT.many, { name: names(refused.many) })} />}
      {errors.map((error, i) => <ProblemAlert key={i} error={error} />)}
      <MaterialList items={value} onRemove={(sha256) => put(list.current.filter((one) => one.sha256 !== sha256))} />
    </Flex>
  );
}

/** The field for files in a form: it holds the form back until every file has arrived. */
export function MaterialsItem({ to, name = 'materials', label, required = false }: { to: Taking; name?: string; label: string; required?: boolean }) {
  const { t } = useSpeech();
  const form = Form.useFormInstance();
  const again = () => { if (form.getFieldError(name).length > 0) form.validateFields([name]).catch(() => undefined); };
  const arrived = (_: unknown, value: readonly Material[] = []) => (value.some(onItsWay) ? Promise.reject(new Error(t(TEXT.sending))) : Promise.resolve());
  return <Form.Item name={name} label={label} required={required} validateTrigger={[]} rules={[{ validator: arrived }, ...(required ? [{ required, message: t(TEXT.must) }] : [])]}><Materials to={to} settled={again} /></Form.Item>;
}

/** Names and digests; the digest shows later which file was handed in. */
export function MaterialList({ items, onRemove }: { items: readonly Material[]; onRemove?: (sha256: string) => void }) {
  const { t } = useSpeech();
  if (items.length === 0) return null;
  return (
    <ul style={{ margin: 0, paddingInlineStart: 18 }}>
      {items.map((each) => (
        <li key={each.sha256}>
          <span style={{ overflowWrap: 'anywhere' }}>{each.name}</span>{' '}
          {onItsWay(each) ? <span role="status">{t(TEXT.onItsWay)}</span> : <span className="digest" title={each.sha256}>SHA-256 {each.sha256.slice(0, 12)}…</span>}
          {onRemove !== undefined && !onItsWay(each) && <Button size="small" type="link" onClick={() => onRemove(each.sha256)}>{t(TEXT.remove)}</Button>}
        </li>
      ))}
    </ul>
  );
}
