import { Alert, Button, Drawer, Flex, Form, Typography } from 'antd';
import { useState, type ComponentType } from 'react';
import type { Routes } from '../../shared/api.gen.ts';
import { draftUnder } from '../../shared/drafts.ts';
import { useArticle } from '../../shared/terms/article.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { useLeaving } from '../../shared/leaving.ts';
import { Loaded } from '../../shared/room.tsx';
import { ProblemAlert, useMe } from '../../shared/sign-in.tsx';
import { Problem } from '../../shared/api.ts';
import { useAct } from '../parts/act.tsx';
import { useNow } from '../../shared/moment.ts';
import { SupplementLink } from '../reviews/supplement.tsx';
import { ask, type CasePage, type NextStep } from '../shapes.ts';
import { useChoices } from './choices.ts';
import { useCommandSchemas } from './command-schema.ts';
import { DiscretionForm } from './discretion/discretion-form.tsx';
import { DossierView } from './evidence/dossier-card.tsx';
import { PaperPreviews } from './papers/paper-preview.tsx';
import { draftOf, type Values } from './prefill.ts';
import { phrasesOf } from './phrases.ts';
import { Fields, Phrases } from './schema-field.tsx';

type Command = Routes['POST /api/cases/:id/acts']['body'];

const TEXT = {
  send: { zh: '办理：{act}', en: 'Do: {act}' },
  papers: { zh: '将生成文书：{papers}', en: 'Papers drawn up: {papers}' },
  missing: { zh: '还缺', en: 'Still missing' },
  none: { zh: '这一步不需要填写内容', en: 'Nothing needs to be filled in' },
  preview: { zh: '预览文书', en: 'Preview the paper' },
  hide: { zh: '收起预览', en: 'Hide the preview' },
  kept: { zh: '这是您上次填写、尚未提交的内容', en: 'This is what you filled in before and have not sent' },
  anew: { zh: '重新填写', en: 'Begin anew' },
} as const satisfies Record<string, Text>;

/** Steps that another module takes at a door of its own, on what the file holds: nothing is filled in, what will be done is shown. */
const DOORS: Readonly<Record<string, { readonly send: (caseId: string) => Promise<unknown>; readonly Shown: ComponentType<{ caseId: string }> }>> = {
  ARCHIVE: { send: (id) => ask('POST /api/archive/:id', { params: { id } }), Shown: DossierView },
};
/** Electronic data that no review passed: they go to a supplementary review first. */
const UNREVIEWED = 'CASE-004';

/** Empty optional objects and lists are left out, so that the server's defaults hold. */
function cleaned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(cleaned);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined && one !== null).map(([key, one]) => [key, cleaned(one)]));
}

interface Props { readonly page: CasePage; readonly step: NextStep; readonly point?: string | undefined; close(): void }

/** One act on the case as a form drawn from the command itself, prefilled from the file, or as it was left. */
export function ActDrawer(props: Props) {
  const [attempt, begin] = useState(0);
  return <ActForm key={attempt} {...props} anew={() => begin(attempt + 1)} />;
}

function ActForm({ page, step, point, close, anew }: Props & { anew(): void }) {
  const { t } = useSpeech();
  const article = useArticle();
  const schemas = useCommandSchemas();
  const { data: me } = useMe();
  const now = useNow();
  const choices = useChoices(step.command, page);
  const [form] = Form.useForm<Values>();
  const kept = draftUnder(me?.accountId ?? '', page.state.caseId, step.command, point ?? '');
  const [left] = useState(kept.read);
  const [draft] = useState(() => left ?? (me === undefined ? {} : draftOf(step.command, { page, now, me, point })));
  const leave = useLeaving(form, close, kept.forget);
  const written = (values: unknown) => cleaned({ kind: step.command, ...(values as Values) }) as Command & object;
  const door = DOORS[step.command];
  const act = useAct(t(step), (values: Values): Promise<unknown> => door !== undefined ? door.send(page.state.caseId)
    : ask('POST /api/cases/:id/acts', { params: { id: page.state.caseId }, body: written(values) }), () => { kept.forget(); close(); });
  const schema = schemas.data?.get(step.command);
  const [previewing, preview] = useState(false);
  return (
    <Drawer open onClose={leave} size={Math.min(previewing ? 1320 : 720, window.innerWidth)} title={t(step)}
      extra={door === undefined && step.papers.length > 0 && <Button aria-pressed={previewing} onClick={() => preview(!previewing)}>{t(previewing ? TEXT.hide : TEXT.preview)}</Button>}
      footer={<Flex vertical gap={8}>{act.isError && <ProblemAlert error={act.error} />}{act.error instanceof Problem && act.error.code === UNREVIEWED && <SupplementLink clueId={page.state.clueId} />}<Button type="primary" block loading={act.isPending} onClick={() => form.submit()}>{t(TEXT.send, { act: t(step) })}</Button></Flex>}>
      <div className={previewing ? 'act-with-paper' : ''}>
        <Flex vertical gap={12}>
          <Typography.Text type="secondary">{article(step.article)}</Typography.Text>
          {step.missing.length > 0 && <Alert type="warning" showIcon title={t(TEXT.missing)} description={<ul style={{ margin: 0, paddingInlineStart: 18 }}>{step.missing.map((line) => <li key={line}>{article(line)}</li>)}</ul>} />}
          {left !== undefined && <Alert type="info" showIcon title={t(TEXT.kept)} action={<Button size="small" onClick={() => { kept.forget(); anew(); }}>{t(TEXT.anew)}</Button>} />}
          <Loaded query={schemas}>
            {() => (
              <Form form={form} layout="vertical" initialValues={draft} onValuesChange={() => kept.keep(form.getFieldsValue(true))} onFinish={(values: Values) => act.mutate(values)} scrollToFirstError>
                {door !== undefined ? <door.Shown caseId={page.state.caseId} />
                  : step.command === 'SET_DISCRETION' ? <DiscretionForm page={page} />
                  : schema === undefined || Object.keys(schema.properties ?? {}).length <= 1 ? <Typography.Text>{t(TEXT.none)}</Typography.Text>
                  : <Phrases value={phrasesOf(step.command, page)}><Fields command={step.command} schema={schema} path={[]} name={[]} choices={choices} /></Phrases>}
              </Form>
            )}
          </Loaded>
        </Flex>
        {previewing && <div className="paper"><PaperPreviews caseId={page.state.caseId} command={written} form={form} /></div>}
      </div>
    </Drawer>
  );
}
