import { Button, Flex, Form, Input, Modal, Typography } from 'antd';
import { useState } from 'react';
import { call } from '../../shared/api.ts';
import type { Routes } from '../../shared/api.gen.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { useLeaving } from '../../shared/leaving.ts';
import { msOf } from '../../shared/moment.ts';
import { REPORT_STATES } from '../../shared/report-states.ts';
import { PageTitle } from '../../shared/room.tsx';
import { ProblemAlert } from '../../shared/sign-in.tsx';
import { formatTime } from '../../shared/tiers.ts';
import type { Column } from '../list/columns.ts';
import { ListTable } from '../list/list-table.tsx';
import { usePages } from '../../shared/pages.tsx';
import { useAct } from '../parts/act.tsx';

const TEXT = {
  title: { zh: '公众举报', en: 'Reports of the public' },
  rule: { zh: '点名单位、排放口、县区的归其主管机关，其余归省级；联系方式只供办理使用', en: 'A report goes to the authority of the unit, outfall or county it names, else to the province; contacts are for handling only' },
  at: { zh: '反映时间', en: 'Reported' },
  state: { zh: '状态', en: 'State' },
  text: { zh: '反映的情况', en: 'What happened' },
  place: { zh: '地点', en: 'Place' },
  contact: { zh: '联系方式', en: 'Contact' },
  answer: { zh: '答复', en: 'Answer' },
  answerHint: { zh: '答复（举报人凭查询码看到）', en: 'Answer (read by the reporter with the query code)' },
  take: { zh: '接办', en: 'Take in hand' },
  act: { zh: '办理', en: 'Handle' },
  required: { zh: '请填写', en: 'Required' },
  empty: { zh: '没有公众举报', en: 'No reports of the public' },
} as const satisfies Record<string, Text>;

type Report = Routes['GET /api/disclosure/reports']['response']['items'][number];

/** A report answered keeps the way to another answer: what was found may change. */
function Acts({ report }: { report: Report }) {
  const { t } = useSpeech();
  const [open, setOpen] = useState(false);
  const [form] = Form.useForm<{ answer: string }>();
  const leave = useLeaving(form, () => setOpen(false));
  const send = (answer: string) => call('POST /api/disclosure/reports/:id', { params: { id: report.reportId }, body: { answer } });
  const take = useAct(t(TEXT.take), () => send(''));
  const answer = useAct(t(TEXT.answer), ({ answer: words }: { answer: string }) => send(words), () => setOpen(false));
  return (
    <Flex vertical gap={6}>
      {report.state === 'RECEIVED' && <Button size="small" loading={take.isPending} onClick={() => take.mutate(undefined)}>{t(TEXT.take)}</Button>}
      <Button size="small" type={report.state === 'ANSWERED' ? 'default' : 'primary'} onClick={() => setOpen(true)}>{t(TEXT.answer)}</Button>
      {take.isError && <ProblemAlert error={take.error} />}
      <Modal open={open} title={t(TEXT.answer)} onCancel={leave} onOk={() => form.submit()} confirmLoading={answer.isPending}>
        <p className="said">{report.text}</p>
        <Form form={form} layout="vertical" requiredMark={false} initialValues={{ answer: report.answer ?? '' }} onFinish={(values) => answer.mutate(values)}>
          <Form.Item name="answer" label={t(TEXT.answerHint)} rules={[{ required: true, whitespace: true, message: t(TEXT.required) }]}><Input.TextArea rows={5} maxLength={4000} /></Form.Item>
        </Form>
        {answer.isError && <ProblemAlert error={answer.error} />}
      </Modal>
    </Flex>
  );
}

/** What the public told this authority, or those below it: taken in hand, answered; the reporter reads the answer with his code. */
export function ReportsPage() {
  const { t } = useSpeech();
  const list = usePages<Report>(['public-reports'], (at) => call('GET /api/disclosure/reports', { query: at }), 30_000);
  const columns: readonly Column<Report>[] = [
    { key: 'at', title: t(TEXT.at), width: 146, num: true, text: (report) => formatTime(msOf(report.at)) },
    { key: 'state', title: t(TEXT.state), width: 100, text: (report) => t(REPORT_STATES[report.state]) },
    { key: 'text', title: t(TEXT.text), width: 360, text: (report) => report.text },
    { key: 'place', title: t(TEXT.place), width: 160, text: (report) => report.place || '—' },
    { key: 'contact', title: t(TEXT.contact), width: 140, text: (report) => report.contact || '—' },
    { key: 'answer', title: t(TEXT.answer), width: 260, text: (report) => report.answer ?? '—' },
    { key: 'act', title: t(TEXT.act), width: 110, render: (report) => <Acts report={report} /> },
  ];
  return (
    <>
      <PageTitle>{t(TEXT.title)}</PageTitle>
      <ListTable<Report> name="public-reports" title={t(TEXT.title)} list={list} rowKey={(report) => report.reportId} columns={columns} empty={t(TEXT.empty)} filters={<Typography.Text type="secondary">{t(TEXT.rule)}</Typography.Text>} />
    </>
  );
}
