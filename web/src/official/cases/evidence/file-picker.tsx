import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useRef, useState } from 'react';
import type { Routes } from '../../../shared/api.gen.ts';
import { Problem, problemOf } from '../../../shared/api.ts';
import { ask } from '../../../shared/ask.ts';
import { useSpeech, type Text } from '../../../shared/i18n.tsx';
import { ProblemAlert } from '../../../shared/sign-in.tsx';
import { FileVerdict } from './file-verdict.tsx';

export type ImportedFile = Routes['GET /api/cases/:id/files']['response']['items'][number];

const TEXT = {
  choose: { zh: '选择文件', en: 'Choose a file' },
  large: { zh: '文件超过 64 MB，不能送入', en: 'The file is larger than 64 MB' },
} as const satisfies Record<string, Text>;

const MAX_BYTES = 64 * 1024 * 1024;

/** Brings a file to a door of the platform as it is; the platform answers with what its signatures are worth. */
export async function bringTo(door: string, file: File): Promise<ImportedFile> {
  const response = await ask(`${door}?name=${encodeURIComponent(file.name.slice(0, 200))}`, {
    method: 'POST', headers: { 'content-type': 'application/octet-stream' }, body: file,
  });
  if (!response.ok) throw await problemOf(response);
  return response.json() as Promise<ImportedFile>;
}

export const bring = (caseId: string, file: File): Promise<ImportedFile> => bringTo(`/api/cases/${encodeURIComponent(caseId)}/files`, file);

/** Takes in a file: its value is its digest, and its signatures are checked at once. Evidence of a case goes to the case, a receipt to its own door. */
export function FilePicker({ caseId, door, id, onChange, onName }: ({ caseId: string; door?: never } | { caseId?: never; door: string }) & { id?: string; onChange?: (sha256: string) => void; onName?: (name: string) => void }) {
  const input = useRef<HTMLInputElement>(null);
  const queries = useQueryClient();
  const { t } = useSpeech();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const [taken, setTaken] = useState<ImportedFile>();
  const read = async (file: File | undefined) => {
    if (file === undefined) return;
    setTaken(undefined);
    setError(file.size > MAX_BYTES ? new Problem(413, { title: TEXT.large.zh, detail: TEXT.large.en }) : undefined);
    if (file.size > MAX_BYTES) return;
    setBusy(true);
    try {
      const kept = await (caseId === undefined ? bringTo(door, file) : bring(caseId, file));
      setTaken(kept);
      void queries.invalidateQueries({ queryKey: ['files', caseId] });
      onName?.(kept.fileName);
      onChange?.(kept.sha256);
    } catch (problem) {
      setError(problem);
    }
    setBusy(false);
  };
  return (
    <div>
      <input ref={input} {...(id === undefined ? {} : { id })} type="file" style={{ display: 'none' }} aria-label={t(TEXT.choose)} onChange={(event) => { void read(event.target.files?.[0]); event.target.value = ''; }} />
      <Button loading={busy} onClick={() => input.current?.click()}>{t(TEXT.choose)}</Button> {taken?.fileName}
      {error !== undefined && <ProblemAlert error={error} />}
      {taken !== undefined && <FileVerdict file={taken} {...(caseId === undefined ? {} : { caseId })} title={t(taken.verdictWords)} open />}
    </div>
  );
}
