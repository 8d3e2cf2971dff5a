import { Alert, Button, DatePicker, Empty, Form, Input, Select, Tag } from 'antd';
import type { Dayjs } from 'dayjs';
import { useState } from 'react';
import { call } from '../../shared/api.ts';
import type { Routes } from '../../shared/api.gen.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { More, useParts } from '../../shared/pages.tsx';
import { Loaded, PageTitle } from '../../shared/room.tsx';
import { ProblemAlert } from '../../shared/sign-in.tsx';
import { formatDay, formatTime } from '../../shared/tiers.ts';
import { useAct } from '../parts/act.tsx';
import { chinaTime, msOf, useNow } from '../../shared/moment.ts';
import { Panel } from '../parts/panel.tsx';
import { useMarks, useMay, useOutfalls } from '../parts/queries.ts';
import type { Mark, Outfall } from '../shapes.ts';

const TEXT = {
  title: { zh: '数据标记', en: 'Marks on my data' },
  rule: { zh: '当日数据须在次日 12:00 前标记；逾期未标记的小时视为您对数据有效性没有异议。标记提交后不能修改，您对其真实性负责。', en: 'Data of a day are marked by 12:00 of the next; hours not marked in time stand as valid. A mark cannot be changed, and you answer for its truth.' },
  basis: { zh: '生态环境部公告 2022 年第 21 号', en: 'MEE announcement 2022 No. 21' },
  until: { zh: '{day} 的数据可标记至 {time}', en: 'Data of {day} may be marked until {time}' },
  add: { zh: '提交标记', en: 'Submit a mark' },
  mine: { zh: '已提交的标记', en: 'Marks submitted' },
  outfall: { zh: '排口', en: 'Outfall' },
  kind: { zh: '情形', en: 'What happened' },
  span: { zh: '起止时间', en: 'From and to' },
  reason: { zh: '说明', en: 'Explanation' },
  reasonHint: { zh: '例如：2 号炉 02:10 启炉，05:40 投运脱硝', en: 'e.g. boiler 2 started 02:10, denitration on at 05:40' },
  required: { zh: '请填写', en: 'Required' },
  none: { zh: '这个排口还没有标记', en: 'No marks on this outfall yet' },
  inTime: { zh: '✓ 按期 {n} 小时', en: '✓ {n} h in time' },
  late: { zh: '! 逾期 {n} 小时', en: '! {n} h late' },
  agent: { zh: '由代理人 {who} 代本单位标记', en: 'marked for the unit by its agent {who}' },
  submitted: { zh: '提交于 {time}', en: 'submitted {time}' },
} as const satisfies Record<string, Text>;

type MarkBody = NonNullable<Routes['POST /api/marks']['body']>;
interface Values { outfall: string; kind: MarkBody['kind']; span: [Dayjs, Dayjs]; reason: string }

function MarkForm({ outfalls, outfall, onOutfall }: { outfalls: readonly Outfall[]; outfall: string; onOutfall: (id: string) => void }) {
  const { t } = useSpeech();
  const [form] = Form.useForm<Values>();
  const { data } = useMarks(outfall);
  const send = useAct(t(TEXT.add), (v: Values) => call('POST /api/marks', { body: { outfall: v.outfall, kind: v.kind, from: chinaTime(v.span[0]), to: chinaTime(v.span[1]), reason: v.reason } }), () => form.resetFields(['kind', 'span', 'reason']));
  const rules = [{ required: true, message: t(TEXT.required) }];
  return (
    <Form form={form} layout="vertical" requiredMark={false} initialValues={{ outfall }} onFinish={(values) => send.mutate(values)}>
      <Form.Item name="outfall" label={t(TEXT.outfall)} rules={rules}>
        <Select aria-label={t(TEXT.outfall)} options={outfalls.map((each) => ({ value: each.outfall, label: each.name }))} onChange={(value: string) => onOutfall(value)} />
      </Form.Item>
      <Form.Item name="kind" label={t(TEXT.kind)} rules={rules}>
        <Select aria-label={t(TEXT.kind)} options={(data?.kinds ?? []).map((one) => ({ value: one.kind, label: t(one) }))} />
      </Form.Item>
      <Form.Item name="span" label={t(TEXT.span)} rules={rules}>
        <DatePicker.RangePicker showTime={{ format: 'HH:mm' }} format="YYYY-MM-DD HH:mm" style={{ width: '100%' }} />
      </Form.Item>
      <Form.Item name="reason" label={t(TEXT.reason)} rules={rules}><Input.TextArea rows={3} maxLength={500} showCount placeholder={t(TEXT.reasonHint)} /></Form.Item>
      {send.isError && <div style={{ marginBottom: 12 }}><ProblemAlert error={send.error} /></div>}
      <Button type="primary" htmlType="submit" loading={send.isPending}>{t(TEXT.add)}</Button>
    </Form>
  );
}

function MarkItem({ mark }: { mark: Mark }) {
  const { t } = useSpeech();
  const late = mark.hours - mark.hoursInTime;
  return (
    <li className="quiet">
      <strong>{t(mark.kindText)}</strong>{' '}
      <span style={{ fontVariantNumeric: 'tabular-nums' }}>{formatTime(msOf(mark.from))} – {formatTime(msOf(mark.to))}</span>
      <div className="said">{mark.reason}</div>
      <div>
        {mark.hoursInTime > 0 && <Tag>{t(TEXT.inTime, { n: mark.hoursInTime })}</Tag>}
        {late > 0 && <Tag>{t(TEXT.late, { n: late })}</Tag>}
        <span style={{ fontSize: 12, opacity: 0.85 }}>{t(TEXT.submitted, { time: formatTime(msOf(mark.submittedAt)) })}{mark.agent !== null && ` · ${t(TEXT.agent, { who: `${mark.agent.name} ${mark.agent.company}`.trim() })}`}</span>
      </div>
      <div style={{ fontSize: 13, opacity: 0.9 }}>{t(mark.effect)}</div>
    </li>
  );
}

function MarkList({ outfall }: { outfall: string }) {
  const { t } = useSpeech();
  const query = useMarks(outfall);
  const list = useParts(query, query.data?.items ?? []);
  return (
    <Loaded query={query}>
      {() => (list.rows.length === 0 ? <Empty description={t(TEXT.none)} /> : <><ul className="todo">{list.rows.map((mark) => <MarkItem key={mark.mark} mark={mark} />)}</ul><More list={list} /></>)}
    </Loaded>
  );
}

const DAY = 24 * 3_600_000;

/** Before noon yesterday's data are still open; after noon only today's are. */
function Until() {
  const { t } = useSpeech();
  const now = useNow();
  const noon = Date.parse(`${formatDay(now)}T12:00:00+08:00`);
  const day = now < noon ? now - DAY : now;
  const end = now < noon ? noon : noon + DAY;
  return <Alert type="info" showIcon style={{ marginBottom: 14 }} title={t(TEXT.until, { day: formatDay(day), time: formatTime(end) })} description={`${t(TEXT.rule)}（${t(TEXT.basis)}）`} />;
}

export function MarksPage() {
  const { t } = useSpeech();
  const query = useOutfalls();
  const maySubmit = useMay('mark.submit');
  const [picked, pick] = useState(() => new URLSearchParams(location.search).get('outfall') ?? '');
  return (
    <>
      <PageTitle>{t(TEXT.title)}</PageTitle>
      <Until />
      <Loaded query={query} isEmpty={(outfalls) => outfalls.length === 0}>
        {(outfalls) => {
          const outfall = outfalls.some((each) => each.outfall === picked) ? picked : (outfalls[0]?.outfall ?? '');
          return (
            <div className="columns">
              <Panel title={t(TEXT.mine)}><MarkList outfall={outfall} /></Panel>
              {maySubmit && <Panel title={t(TEXT.add)}><MarkForm outfalls={outfalls} outfall={outfall} onOutfall={pick} /></Panel>}
            </div>
          );
        }}
      </Loaded>
    </>
  );
}
