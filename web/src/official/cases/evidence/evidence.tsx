import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Card, Flex, Tag, Tooltip, Typography } from 'antd';
import { useState } from 'react';
import { useSpeech, type Text } from '../../../shared/i18n.tsx';
import { call } from '../../../shared/api.ts';
import { useLaw } from '../../parts/use-law.ts';
import { SupplementLink } from '../../reviews/supplement.tsx';
import type { CasePage, NextStep } from '../../shapes.ts';
import { ActDrawer } from '../act-form.tsx';
import type { ImportedFile } from './file-picker.tsx';
import { FileVerdict } from './file-verdict.tsx';
import { useArticle } from '../../../shared/terms/article.ts';

const TEXT = {
  title: { zh: '证据链', en: 'Evidence chain' },
  required: { zh: '必备', en: 'required' },
  optional: { zh: '可选', en: 'optional' },
  missing: { zh: '缺', en: 'missing' },
  none: { zh: '立案后按案由列出取证要点', en: 'Points of proof are listed once the case is filed' },
  done: { zh: '必备要点 {a}/{b}', en: '{a} of {b} required points' },
  reviewed: { zh: '数据审核', en: 'data review' },
  others: { zh: '其他证据', en: 'Other evidence' },
  supply: { zh: '补齐', en: 'Supply' },
  supplyOf: { zh: '补齐：{point}', en: 'Supply: {point}' },
} as const satisfies Record<string, Text>;

type EvidenceItem = CasePage['state']['evidence'][number];

/** Points of proof of this violation: filled boxes have evidence, empty ones wait. */
export function Evidence({ page }: { page: CasePage }) {
  const { t } = useSpeech();
  const article = useArticle();
  const means = new Map(useLaw().codes('means-of-the-act').map(({ value, label }) => [value, label]));
  const { evidencePoints, state } = page;
  const [acting, act] = useState<{ step: NextStep; point: string }>();
  const brought = useQuery({ queryKey: ['files', state.caseId, page.timeline.length], queryFn: () => call('GET /api/cases/:id/files', { params: { id: state.caseId } }) });
  const fileOf = (sha256: string | undefined) => brought.data?.items.find((file) => file.sha256 === sha256);
  const shown = (item: EvidenceItem) => (
    <div key={item.itemId} style={{ paddingInlineStart: 18 }}>
      <Tooltip title={item.proves}><Typography.Text type="secondary">{article(item.title)} · {item.provider} · {item.obtainedOn}</Typography.Text></Tooltip>
      {item.source.from === 'REVIEWED_DATA' && <> · <Link to="/reviews/$clueId" params={{ clueId: state.clueId }} style={{ textDecoration: 'underline' }}>{t(TEXT.reviewed)} →</Link></>}
      {item.shows?.map((one) => <Tag key={one} style={{ marginInlineStart: 8 }}>{means.get(one) ?? one}</Tag>)}
      <Brought caseId={state.caseId} file={item.source.from === 'FILE' ? fileOf(item.source.sha256) : undefined} />
    </div>
  );
  const others = state.evidence.filter((item) => !evidencePoints.some((point) => point.id === item.point));
  if (evidencePoints.length === 0) return <Card size="small" title={t(TEXT.title)}><Typography.Text type="secondary">{t(TEXT.none)}</Typography.Text></Card>;
  const stepFor = (point: string) => page.next.find((step) => step.allowed && step.command === (point === 'INQUIRY' ? 'RECORD_INQUIRY' : 'ATTACH_EVIDENCE'));
  const required = evidencePoints.filter((point) => point.required);
  const done = required.filter((point) => point.items.length > 0).length;
  return (
    <Card size="small" title={t(TEXT.title)} extra={<span style={{ fontVariantNumeric: 'tabular-nums' }}><span aria-hidden style={{ letterSpacing: 2 }}>{'▣'.repeat(done)}{'▢'.repeat(required.length - done)}</span> {t(TEXT.done, { a: done, b: required.length })}</span>}>
      <Flex vertical gap={8}>
        {evidencePoints.map((point) => (
          <Flex key={point.id} justify="space-between" gap={12} align="start">
            <span style={{ minWidth: 0 }}>
              <span aria-hidden>{point.items.length > 0 ? '▣' : '▢'} </span>{article(point.zh)} <Tag style={{ marginInlineEnd: 0 }}>{t(point.required ? TEXT.required : TEXT.optional)}</Tag>
              {state.evidence.filter((item) => item.point === point.id).map(shown)}
            </span>
            {point.items.length === 0 && <Supply required={point.required} title={article(point.zh)} step={stepFor(point.id)} act={(step) => act({ step, point: point.id })} />}
          </Flex>
        ))}
        {others.length > 0 && <div><span aria-hidden>▣ </span>{t(TEXT.others)}{others.map(shown)}</div>}
        <SupplementLink clueId={state.clueId} />
      </Flex>
      {acting && <ActDrawer key={acting.point} page={page} step={acting.step} point={acting.point} close={() => act(undefined)} />}
    </Card>
  );
}

/** An empty point: who may fill it does so from here, everybody else reads that it is missing. */
function Supply({ required, title, step, act }: { required: boolean; title: string; step: NextStep | undefined; act: (step: NextStep) => void }) {
  const { t } = useSpeech();
  if (step === undefined && !required) return null;
  return (
    <span style={{ whiteSpace: 'nowrap' }}>
      {required && <Typography.Text strong>{t(TEXT.missing)} </Typography.Text>}
      {step !== undefined && <Button size="small" aria-label={t(TEXT.supplyOf, { point: title })} onClick={() => act(step)}>{t(TEXT.supply)}</Button>}
    </span>
  );
}

function Brought({ caseId, file }: { caseId: string; file: ImportedFile | undefined }) {
  const { t } = useSpeech();
  return file === undefined ? null : <FileVerdict file={file} caseId={caseId} title={t(file.verdictWords)} />;
}
