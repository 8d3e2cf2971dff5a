import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Alert, Button, Flex, Form, Spin, Typography, type FormInstance } from 'antd';
import { useEffect, useState } from 'react';
import { Problem } from '../../../shared/api.ts';
import { useSpeech, type Text } from '../../../shared/i18n.tsx';
import { ProblemAlert } from '../../../shared/sign-in.tsx';
import { ask } from '../../shapes.ts';
import { FIELDS } from '../field-words.ts';
import type { PaperPreview } from './paper-shapes.ts';
import { Redline } from './redline.tsx';

const TEXT = {
  draft: { zh: '预览草稿：没有文号、不盖章、不保存。', en: 'A draft to look at: no number, no seal, nothing kept.' },
  pages: { zh: '{title}（草稿，{n} 页）', en: '{title} (draft, {n} pages)' },
  none: { zh: '这一步不生成有版面的文书', en: 'This step draws up no paper with a layout' },
  missing: { zh: '填写以下内容后显示文书', en: 'The paper shows once these are filled in' },
  pin: { zh: '以现稿为对照', en: 'Compare with this draft' },
  unpin: { zh: '不再对照', en: 'Stop comparing' },
  since: { zh: '与对照稿相比', en: 'Compared with the draft kept' },
  issued: { zh: '与已制发的 {no} 相比', en: 'Compared with {no} as issued' },
} as const satisfies Record<string, Text>;

/** Typing pauses this long before the paper is set again. */
const PAUSE_MS = 600;

function useSettled<T>(value: T): T {
  const [settled, settle] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => settle(value), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

function Sheet({ paper }: { paper: PaperPreview }) {
  const { t } = useSpeech();
  const [url, show] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([paper.svg], { type: 'image/svg+xml' }));
    show(made);
    return () => URL.revokeObjectURL(made);
  }, [paper.svg]);
  const name = t(TEXT.pages, { title: paper.title, n: paper.pages });
  return <figure style={{ margin: 0 }}><figcaption style={{ marginBottom: 4 }}><strong>{name}</strong></figcaption>{url && <img className="paper-sheet" src={url} alt={name} />}</figure>;
}

function Wanting({ problem }: { problem: Problem }) {
  const { t } = useSpeech();
  const names = [...new Set(problem.missing.map((path) => path.split('.').findLast((part) => FIELDS[part] !== undefined) ?? path))];
  return <Alert type="info" showIcon title={t(TEXT.missing)} description={names.map((name) => t(FIELDS[name] ?? { zh: name, en: name })).join('、')} />;
}

/** The papers of a step typeset with what stands in its form now, set again whenever typing pauses. */
export function PaperPreviews({ caseId, command, form }: { caseId: string; command: (values: unknown) => object; form: FormInstance }) {
  const { t } = useSpeech();
  const typed = Form.useWatch<unknown>([], form);
  const now = useSettled(JSON.stringify(command(typed ?? {})));
  const [before, pin] = useState<string>();
  const query = useQuery({
    queryKey: ['preview', caseId, now, before], retry: false, placeholderData: keepPreviousData, gcTime: 0,
    queryFn: () => ask('POST /api/cases/:id/previews', { params: { id: caseId }, body: { now: JSON.parse(now), ...(before === undefined ? {} : { before: JSON.parse(before) }) } }),
  });
  const wanting = query.error instanceof Problem && query.error.code === 'CASE-012' ? query.error : undefined;
  return (
    <Flex vertical gap={12}>
      <Flex wrap gap={8} justify="space-between" align="center">
        <Typography.Text type="secondary">{t(TEXT.draft)} {query.isFetching && <Spin size="small" />}</Typography.Text>
        {before === undefined ? <Button size="small" disabled={query.data === undefined || query.isError} onClick={() => pin(now)}>{t(TEXT.pin)}</Button> : <Button size="small" onClick={() => pin(undefined)}>{t(TEXT.unpin)}</Button>}
      </Flex>
      {wanting !== undefined && <Wanting problem={wanting} />}
      {query.isError && wanting === undefined && <ProblemAlert error={query.error} />}
      {query.data?.items.length === 0 && <Typography.Text type="secondary">{t(TEXT.none)}</Typography.Text>}
      {query.data?.items.map((paper) => (
        <Flex vertical gap={8} key={paper.kind}>
          {paper.against !== null && (
            <section aria-label={t(TEXT.since)}>
              <Typography.Text strong>{paper.against === 'DRAFT' ? t(TEXT.since) : t(TEXT.issued, { no: paper.against })}</Typography.Text>
              <Redline fields={paper.changes} />
            </section>
          )}
          <Sheet paper={paper} />
        </Flex>
      ))}
    </Flex>
  );
}
