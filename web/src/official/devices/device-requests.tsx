import { Button, Form, Modal, Select, Tag } from 'antd';
import { useState } from 'react';
import { call } from '../../shared/api.ts';
import type { Routes } from '../../shared/api.gen.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { useLeaving } from '../../shared/leaving.ts';
import { msOf } from '../../shared/moment.ts';
import { ProblemAlert } from '../../shared/sign-in.tsx';
import { formatTime } from '../../shared/tiers.ts';
import type { Column } from '../list/columns.ts';
import { ListTable } from '../list/list-table.tsx';
import { usePages } from '../../shared/pages.tsx';
import { useAct } from '../parts/act.tsx';
import { periodBody, PeriodFields, type Period } from '../parts/moment-input.tsx';

type Body = Routes['POST /api/ingest/devices/:mn/commands']['body'];
type Request = Routes['GET /api/ingest/commands']['response']['items'][number];
type Code = Body['cn'];

const TEXT = {
  title: { zh: '下发指令', en: 'Requests' },
  ask: { zh: '补取数据', en: 'Ask for data' },
  send: { zh: '下发', en: 'Send' },
  what: { zh: '指令', en: 'Request' },
  mn: { zh: '设备编号 MN', en: 'MN' },
  period: { zh: '数据时段', en: 'Period of the data' },
  asked: { zh: '下发时间', en: 'Asked' },
  state: { zh: '进展', en: 'What became of it' },
  frames: { zh: '补到报文', en: 'Frames' },
  none: { zh: '没有下发过指令', en: 'Nothing was asked' },
  times: { zh: '第 {n} 次', en: 'sent {n} times' },
  code: { zh: '返回码 {code}', en: 'code {code}' },
} as const satisfies Record<string, Text>;

const CODES = {
  2051: { zh: '分钟数据 2051', en: 'Minute data (2051)' },
  2061: { zh: '小时数据 2061', en: 'Hourly data (2061)' },
  2031: { zh: '日数据 2031', en: 'Daily data (2031)' },
  2011: { zh: '启动实时数据上报 2011', en: 'Start real-time data (2011)' },
} as const satisfies Record<Code, Text>;

const STATES = {
  WAITING: { zh: '○ 等待设备连接', en: '○ waits for the device' },
  SENT: { zh: '→ 已下发', en: '→ sent' },
  ACCEPTED: { zh: '… 设备已接受，执行中', en: '… accepted, under way' },
  DONE: { zh: '✓ 执行完成', en: '✓ done' },
  FAILED: { zh: '! 执行失败', en: '! failed', color: 'error' },
  REFUSED: { zh: '! 设备拒绝', en: '! refused', color: 'error' },
  LINK_DOWN: { zh: '! 无应答，链路不通', en: '! no answer, link down', color: 'error' },
  TIMED_OUT: { zh: '! 已接受，超时无结果', en: '! accepted, no result in time', color: 'error' },
} as const satisfies Record<Request['state'], Text & { color?: 'error' }>;

/** The button beside a device and the form behind it: what is asked for, and of which period. */
export function AskDevice({ mn }: { mn: string }) {
  const { t } = useSpeech();
  const [open, show] = useState(false);
  const [form] = Form.useForm<Partial<Period> & { cn: Code }>();
  const leave = useLeaving(form, () => show(false));
  const cn = Form.useWatch('cn', form) ?? '2051';
  const send = useAct(t(TEXT.ask), ({ cn: code, from, to }: Partial<Period> & { cn: Code }) => {
    const period = from === undefined || to === undefined ? { from: null, to: null } : periodBody({ from, to });
    return call('POST /api/ingest/devices/:mn/commands', { params: { mn }, body: { cn: code, ...period } });
  }, () => { show(false); form.resetFields(); });
  return (
    <>
      <Button size="small" onClick={() => show(true)}>{t(TEXT.ask)}</Button>
      <Modal open={open} title={`${t(TEXT.ask)} · ${mn}`} onCancel={leave} onOk={() => form.submit()} okText={t(TEXT.send)} confirmLoading={send.isPending} destroyOnHidden>
        <Form form={form} layout="vertical" requiredMark={false} initialValues={{ cn: '2051' }} onFinish={(values) => send.mutate(values)}>
          <Form.Item name="cn" label={t(TEXT.what)}><Select options={(['2051', '2061', '2031', '2011'] as const).map((value) => ({ value, label: t(CODES[value]) }))} /></Form.Item>
          {cn !== '2011' && <PeriodFields />}
        </Form>
        {send.isError && <ProblemAlert error={send.error} />}
      </Modal>
    </>
  );
}

function State({ state }: { state: Request['state'] }) {
  const { t } = useSpeech();
  const shown: Text & { color?: 'error' } = STATES[state];
  return <Tag {...(shown.color === undefined ? {} : { color: shown.color })}>{t(shown)}</Tag>;
}

/** What was asked of devices, and how far it came. */
export function DeviceRequests() {
  const { t } = useSpeech();
  const list = usePages(['device-requests'], (at) => call('GET /api/ingest/commands', { query: at }), 5_000);
  const columns: readonly Column<Request>[] = [
    { key: 'asked', title: t(TEXT.asked), width: 150, num: true, text: (one) => formatTime(msOf(one.askedAt)) },
    { key: 'mn', title: t(TEXT.mn), width: 230, text: (one) => one.mn },
    { key: 'what', title: t(TEXT.what), width: 180, text: (one) => t(one) },
    { key: 'period', title: t(TEXT.period), width: 260, num: true, text: (one) => (one.from === null ? null : `${formatTime(msOf(one.from))} – ${formatTime(msOf(one.to))}`) },
    { key: 'state', title: t(TEXT.state), width: 260, text: (one) => t(STATES[one.state]), render: (one) => <><State state={one.state} />{one.sent > 1 && t(TEXT.times, { n: one.sent })} {one.result !== null && one.result !== '1' && t(TEXT.code, { code: one.result })}</> },
    { key: 'frames', title: t(TEXT.frames), width: 90, num: true, text: (one) => one.dataFrames },
  ];
  return <ListTable<Request> name="device-requests" title={t(TEXT.title)} list={list} rowKey={(one) => one.commandId} columns={columns} empty={t(TEXT.none)} />;
}
