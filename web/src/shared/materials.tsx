import { Alert, Button, Flex, Typography } from 'antd';
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
  large: { zh: '“{name}”超过 5 MB', en: '"{name}" is larger than 5 MB' },
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

type Taking = 'POST /api/unit/materials' | 'POST /api/review/materials';

/** A form's field: files that go with what a person says. Each is sent at once over the route given, and remembered by its digest. */
export function Materials({ to, value = [], onChange }: { to: Taking; value?: readonly Material[]; onChange?: (value: Material[]) => void }) {
  const { t } = useSpeech();
  const input = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const [large, setLarge] = useState<string>();

  async function take(files: readonly File[]): Promise<void> {
    setBusy(true);
    setError(undefined);
    setLarge(files.find((file) => file.size > MAX_BYTES)?.name);
    const kept = [...value];
    try {
      for (const file of files.filter((each) => each.size <= MAX_BYTES).slice(0, MAX_FILES - kept.length)) {
        const { sha256 } = await call(to, { body: { base64: await base64Of(file) } });
        kept.push({ name: file.name.slice(0, 200), sha256 });
      }
    } catch (problem) {
      setError(problem);
    }
    onChange?.(kept);
    setBusy(false);
  }

  return (
    <Flex vertical gap={6}>
      <input ref={input} type="file" multiple style={{ display: 'none' }} aria-label={t(TEXT.choose)} onChange={(event) => { void take([...(event.target.files ?? [])]); event.target.value = ''; }} />
      <div><Button loading={busy} disabled={value.length >= MAX_FILES} onClick={() => input.current?.click()}>+ {t(TEXT.add)}</Button></div>
      <Typography.Text type="secondary" style={{ fontSize: 12 }}>{t(TEXT.hint)}</Typography.Text>
      <MaterialList items={value} onRemove={(sha) => onChange?.(value.filter((each) => each.sha256 !== sha))} />
      {large !== undefined && <Alert type="warning" showIcon title={t(TEXT.large, { name: large })} />}
      {error !== undefined && <ProblemAlert error={error} />}
    </Flex>
  );
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
          <span className="digest" title={each.sha256}>SHA-256 {each.sha256.slice(0, 12)}…</span>
          {onRemove !== undefined && <Button size="small" type="link" onClick={() => onRemove(each.sha256)}>{t(TEXT.remove)}</Button>}
        </li>
      ))}
    </ul>
  );
}
