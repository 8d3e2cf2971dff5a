import { Link } from '@tanstack/react-router';
import { Button, Card, DatePicker, Empty, Flex, Form, Input, Tag, Typography } from 'antd';
import type { Dayjs } from 'dayjs';
import { useState } from 'react';
import { call } from '../../shared/api.ts';
import type { Routes } from '../../shared/api.gen.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { msOf } from '../../shared/moment.ts';
import { More, usePages } from '../../shared/pages.tsx';
import { Loaded, PageTitle } from '../../shared/room.tsx';
import { ProblemAlert, useMe } from '../../shared/sign-in.tsx';
import { formatTime } from '../../shared/tiers.ts';
import { ServiceCard } from '../cases/service/service-card.tsx';
import { useAct } from '../parts/act.tsx';
import { SheetTabs } from './sheet-tabs.tsx';

type TalkRow = Routes['GET /api/supervision/talks']['response']['items'][number];
type Act = 'summon' | 'hold' | 'cancel';

const TEXT = {
  title: { zh: '约谈', en: 'Regulatory talks' },
  basis: { zh: '多次未按要求反馈督办信息，按本地区的阶梯应当约谈的单位。约谈不是处罚。', en: 'Units that failed to answer so often that the ladder of the region calls them to a talk. A talk is no penalty.' },
  lapses: { zh: '涉及 {n} 次', en: '{n} failures' },
  summon: { zh: '通知约谈', en: 'Summon' },
  hold: { zh: '形成约谈记录', en: 'Record the talk' },
  cancel: { zh: '不再约谈', en: 'Cancel' },
  when: { zh: '约谈时间（北京时间）', en: 'When (China time)' },
  place: { zh: '地点', en: 'Place' },
  who: { zh: '请参加的人员', en: 'Who is asked to come' },
  topics: { zh: '约谈内容', en: 'Topics' },
  name: { zh: '单位参加人', en: 'Person of the unit' },
  post: { zh: '职务', en: 'Post' },
  recorder: { zh: '记录人', en: 'Recorder' },
  said: { zh: '指出的问题', en: 'What was pointed out' },
  answered: { zh: '单位说明', en: 'What the unit said' },
  commitments: { zh: '承诺措施', en: 'What it undertook' },
  reason: { zh: '理由', en: 'Reason' },
  notice: { zh: '通知书', en: 'Notice' },
  record: { zh: '记录', en: 'Record' },
  empty: { zh: '没有需要约谈的单位', en: 'Nobody to be called' },
} as const satisfies Record<string, Text>;

interface Values { when?: Dayjs; place?: string; attendees?: string; topics?: string; name?: string; post?: string; recorder?: string; said?: string; answered?: string; commitments?: string; reason?: string }

const FIELDS = {
  summon: [['place', TEXT.place], ['attendees', TEXT.who], ['topics', TEXT.topics]],
  hold: [['name', TEXT.name], ['post', TEXT.post], ['recorder', TEXT.recorder], ['said', TEXT.said], ['answered', TEXT.answered], ['commitments', TEXT.commitments]],
  cancel: [['reason', TEXT.reason]],
} as const satisfies Record<Act, readonly (readonly [keyof Values, Text])[]>;

function send(talkId: string, act: Act, v: Values) {
  const params = { talkId };
  const word = (key: Exclude<keyof Values, 'when'>) => v[key] ?? '';
  if (act === 'cancel') return call('POST /api/supervision/talks/:talkId/cancellation', { params, body: { reason: word('reason') } });
  if (act === 'summon') return call('POST /api/supervision/talks/:talkId/summons', { params, body: { meetAt: `${v.when?.format('YYYY-MM-DDTHH:mm:00') ?? ''}+08:00`, place: word('place'), attendees: word('attendees'), topics: word('topics') } });
  return call('POST /api/supervision/talks/:talkId/record', { params, body: { attendees: [{ name: word('name'), post: word('post') }], recorder: word('recorder'), said: word('said'), answered: word('answered'), commitments: word('commitments') } });
}

function ActForm({ talkId, act, done }: { talkId: string; act: Act; done: () => void }) {
  const { t } = useSpeech();
  const run = useAct(t(TEXT[act]), (values: Values) => send(talkId, act, values), done);
  return (
    <Form<Values> layout="vertical" onFinish={(values) => run.mutate(values)} style={{ maxWidth: 560, marginTop: 10 }}>
      {act === 'summon' && <Form.Item name="when" label={t(TEXT.when)} rules={[{ required: true }]}><DatePicker showTime={{ format: 'HH:mm' }} format="YYYY-MM-DD HH:mm" /></Form.Item>}
      {FIELDS[act].map(([name, label]) => <Form.Item key={name} name={name} label={t(label)} rules={[{ required: true }]}><Input maxLength={2000} /></Form.Item>)}
      <Button type="primary" htmlType="submit" loading={run.isPending}>{t(TEXT[act])}</Button>
      {run.isError && <ProblemAlert error={run.error} />}
    </Form>
  );
}

function Talk({ row }: { row: TalkRow }) {
  const { t } = useSpeech();
  const { data: me } = useMe();
  const [act, setAct] = useState<Act>();
  const mine = me?.actions.includes('supervision.talk') ?? false;
  const acts = (['summon', 'hold', 'cancel'] as const).filter((each) => row.acts.includes(each));
  const paper = (id: string | null, no: string | null, label: Text) => id !== null && <a href={`/api/documents/${id}/file`} target="_blank" rel="noreferrer">{t(label)} {no}</a>;
  return (
    <Card size="small">
      <Flex justify="space-between" wrap gap={8}>
        <div>
          <strong><Link to="/units/$unitId/file" params={{ unitId: row.unitId }}>{row.unitName}</Link></strong> <Tag>{t(row.stateText)}</Tag> {t(TEXT.lapses, { n: row.lapses })}
          <div><Typography.Text type="secondary">{formatTime(msOf(row.createdAt))}{row.meetAt !== null && ` · ${formatTime(msOf(row.meetAt))} ${row.place ?? ''}`}</Typography.Text></div>
          <Flex gap={12}>{paper(row.noticeId, row.noticeNo, TEXT.notice)}{paper(row.recordId, row.recordNo, TEXT.record)}</Flex>
        </div>
        {mine && <Flex gap={6}>{acts.map((each) => <Button key={each} size="small" type={each === 'cancel' ? 'default' : 'primary'} onClick={() => setAct(act === each ? undefined : each)}>{t(TEXT[each])}</Button>)}</Flex>}
      </Flex>
      {row.noticeId !== null && row.acts.length > 0 && <ServiceCard subjectId={row.talkId} stamp={row.acts.length} />}
      {act !== undefined && <ActForm key={act} talkId={row.talkId} act={act} done={() => setAct(undefined)} />}
    </Card>
  );
}

/** Units to be called to a talk, the summons, and the record afterwards. */
export function TalksPage() {
  const { t } = useSpeech();
  const list = usePages(['talks'], (at) => call('GET /api/supervision/talks', { query: at }), 30_000);
  return (
    <>
      <PageTitle extra={<SheetTabs at="/sheets/talks" />}>{t(TEXT.title)}</PageTitle>
      <p>{t(TEXT.basis)}</p>
      <Loaded query={list.query}>{() => (list.rows.length === 0 ? <Empty description={t(TEXT.empty)} /> : <Flex vertical gap={8}>{list.rows.map((row) => <Talk key={row.talkId} row={row} />)}<More list={list} /></Flex>)}</Loaded>
    </>
  );
}
