import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Form, Input, Result, Tag, Typography } from 'antd';
import { call } from '../../shared/api.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { REPORT_STATES } from '../../shared/report-states.ts';
import { PageTitle } from '../../shared/room.tsx';
import { ProblemAlert } from '../../shared/sign-in.tsx';
import { formatTime } from '../../shared/tiers.ts';
import { Fact, Panel } from '../panel.tsx';

const TEXT = {
  title: { zh: '反映问题', en: 'Report a problem' },
  form: { zh: '告诉我们您看到的', en: 'Tell us what you saw' },
  text: { zh: '发生了什么', en: 'What happened' },
  textHint: { zh: '时间、现象，例如：昨晚十点后河面有大量泡沫（至少 5 个字）', en: 'When and what, e.g. foam on the river after ten last night (at least 5 characters)' },
  place: { zh: '地点、单位（可不填；写明单位或县区，便于由主管机关办理）', en: 'Place, unit (optional; naming the unit or county brings it to the authority in charge)' },
  contact: { zh: '联系方式（可不填，只有执法人员可见）', en: 'Contact (optional, seen by enforcement only)' },
  send: { zh: '提交', en: 'Send' },
  anonymous: { zh: '不需要登录，可以匿名。', en: 'No sign-in; you may stay anonymous.' },
  required: { zh: '请填写', en: 'Required' },
  short: { zh: '至少 5 个字', en: 'at least 5 characters' },
  done: { zh: '已收到', en: 'Received' },
  code: { zh: '您的查询码', en: 'Your query code' },
  keep: { zh: '请记下它：只显示这一次，凭它查看办理情况。', en: 'Keep it: it is shown only once and opens the answer.' },
  again: { zh: '再反映一个', en: 'Report another' },
  look: { zh: '查询办理情况', en: 'See the answer' },
  lookUp: { zh: '查询', en: 'Look up' },
  codeField: { zh: '查询码', en: 'Query code' },
  at: { zh: '反映时间', en: 'Reported' },
  changed: { zh: '最近更新', en: 'Last change' },
  answer: { zh: '答复', en: 'Answer' },
  notYet: { zh: '还没有答复', en: 'No answer yet' },
} as const satisfies Record<string, Text>;

interface Values { text: string; place?: string; contact?: string }

function ReportForm() {
  const { t } = useSpeech();
  const send = useMutation({ mutationFn: ({ text, place = '', contact = '' }: Values) => call('POST /api/public/reports', { body: { text, place, contact } }) });
  if (send.data !== undefined) {
    return (
      <Result status="success" style={{ padding: 12 }} title={t(TEXT.done)} subTitle={<span style={{ color: 'inherit' }}>{t(TEXT.keep)}</span>}
        extra={<><div style={{ marginBottom: 12 }}>{t(TEXT.code)}：<Typography.Text copyable strong style={{ fontSize: 18 }}>{send.data.code}</Typography.Text></div><Button onClick={() => send.reset()}>{t(TEXT.again)}</Button></>} />
    );
  }
  return (
    <Form layout="vertical" requiredMark={false} onFinish={(values: Values) => send.mutate(values)}>
      <Form.Item name="text" label={t(TEXT.text)} rules={[{ required: true, message: t(TEXT.required) }, { min: 5, message: t(TEXT.short) }]}><Input.TextArea rows={5} maxLength={4000} placeholder={t(TEXT.textHint)} /></Form.Item>
      <Form.Item name="place" label={t(TEXT.place)}><Input maxLength={200} /></Form.Item>
      <Form.Item name="contact" label={t(TEXT.contact)}><Input maxLength={200} /></Form.Item>
      {send.isError && <div style={{ marginBottom: 12 }}><ProblemAlert error={send.error} /></div>}
      <Button type="primary" size="large" htmlType="submit" loading={send.isPending}>{t(TEXT.send)}</Button>
      <p style={{ marginBottom: 0, fontSize: 13 }}>{t(TEXT.anonymous)}</p>
    </Form>
  );
}

function LookUp() {
  const { t } = useSpeech();
  const find = useMutation({ mutationFn: ({ code }: { code: string }) => call('POST /api/public/reports/look-up', { body: { code: code.trim() } }) });
  const found = find.data;
  return (
    <>
      <Form layout="vertical" requiredMark={false} onFinish={(values: { code: string }) => find.mutate(values)}>
        <Form.Item name="code" label={t(TEXT.codeField)} rules={[{ required: true, message: t(TEXT.required) }]}><Input maxLength={64} autoComplete="off" /></Form.Item>
        <Button htmlType="submit" loading={find.isPending}>{t(TEXT.lookUp)}</Button>
      </Form>
      {find.isError && <div style={{ marginTop: 12 }}><ProblemAlert error={find.error} /></div>}
      {found !== undefined && (
        <div style={{ marginTop: 14 }} aria-live="polite">
          <Tag>{t(REPORT_STATES[found.state])}</Tag>
          <p className="said">{found.text}</p>
          <div className="facts"><Fact label={t(TEXT.at)}>{formatTime(Date.parse(found.at))}</Fact><Fact label={t(TEXT.changed)}>{formatTime(Date.parse(found.changedAt))}</Fact></div>
          <Alert style={{ marginTop: 10 }} type="info" title={t(TEXT.answer)} description={found.answer ?? t(TEXT.notYet)} />
        </div>
      )}
    </>
  );
}

export function ReportPage() {
  const { t } = useSpeech();
  return (
    <>
      <PageTitle>{t(TEXT.title)}</PageTitle>
      <div className="pair"><Panel title={t(TEXT.form)}><ReportForm /></Panel><Panel title={t(TEXT.look)}><LookUp /></Panel></div>
    </>
  );
}
