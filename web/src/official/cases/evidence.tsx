import { useQuery } from '@tanstack/react-query';
import { Card, Flex, Tag, Tooltip, Typography } from 'antd';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { call } from '../../shared/api.ts';
import type { CasePage } from '../shapes.ts';
import type { ImportedFile } from './file-picker.tsx';
import { FileVerdict } from './file-verdict.tsx';

const TEXT = {
  title: { zh: '证据链', en: 'Evidence chain' },
  required: { zh: '必备', en: 'required' },
  optional: { zh: '可选', en: 'optional' },
  missing: { zh: '缺', en: 'missing' },
  none: { zh: '立案后按案由列出取证要点', en: 'Points of proof are listed once the case is filed' },
  done: { zh: '必备要点 {a}/{b}', en: '{a} of {b} required points' },
  reviewed: { zh: '数据审核 {id}', en: 'data review {id}' },
} as const satisfies Record<string, Text>;

/** Points of proof of this violation: filled boxes have evidence, empty ones wait. */
export function Evidence({ page }: { page: CasePage }) {
  const { t } = useSpeech();
  const { evidencePoints, state } = page;
  const brought = useQuery({ queryKey: ['files', state.caseId, page.timeline.length], queryFn: () => call('GET /api/cases/:id/files', { params: { id: state.caseId } }) });
  const fileOf = (sha256: string | undefined) => brought.data?.items.find((file) => file.sha256 === sha256);
  if (evidencePoints.length === 0) return <Card size="small" title={t(TEXT.title)}><Typography.Text type="secondary">{t(TEXT.none)}</Typography.Text></Card>;
  const required = evidencePoints.filter((point) => point.required);
  const done = required.filter((point) => point.items.length > 0).length;
  return (
    <Card size="small" title={t(TEXT.title)} extra={<span style={{ fontVariantNumeric: 'tabular-nums' }}><span aria-hidden style={{ letterSpacing: 2 }}>{'▣'.repeat(done)}{'▢'.repeat(required.length - done)}</span> {t(TEXT.done, { a: done, b: required.length })}</span>}>
      <Flex vertical gap={8}>
        {evidencePoints.map((point) => (
          <Flex key={point.id} justify="space-between" gap={12} align="start">
            <span style={{ minWidth: 0 }}>
              <span aria-hidden>{point.items.length > 0 ? '▣' : '▢'} </span>{point.zh} <Tag style={{ marginInlineEnd: 0 }}>{t(point.required ? TEXT.required : TEXT.optional)}</Tag>
              {state.evidence.filter((item) => item.point === point.id).map((item) => (
                <div key={item.itemId} style={{ paddingInlineStart: 18 }}>
                  <Tooltip title={item.proves}><Typography.Text type="secondary">{item.title} · {item.provider} · {item.obtainedOn}</Typography.Text></Tooltip>
                  {item.source.from === 'REVIEWED_DATA' && <Typography.Text type="secondary"> · {t(TEXT.reviewed, { id: item.source.reviewId ?? '' })}</Typography.Text>}
                  <Brought caseId={state.caseId} file={item.source.from === 'FILE' ? fileOf(item.source.sha256) : undefined} />
                </div>
              ))}
            </span>
            {point.items.length === 0 && point.required && <Typography.Text strong>{t(TEXT.missing)}</Typography.Text>}
          </Flex>
        ))}
      </Flex>
    </Card>
  );
}

function Brought({ caseId, file }: { caseId: string; file: ImportedFile | undefined }) {
  const { t } = useSpeech();
  return file === undefined ? null : <FileVerdict file={file} caseId={caseId} title={t(file.verdictWords)} />;
}
