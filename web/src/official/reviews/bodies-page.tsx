import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Card, Checkbox, DatePicker, Flex, Form, Modal, Select, Table, Tag, Typography, type TableColumnsType } from 'antd';
import type { Dayjs } from 'dayjs';
import { useState } from 'react';
import { call } from '../../shared/api.ts';
import type { Routes } from '../../shared/api.gen.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { useLeaving } from '../../shared/leaving.ts';
import { Loaded, PageTitle } from '../../shared/room.tsx';
import { ProblemAlert, useMe } from '../../shared/sign-in.tsx';
import { useAct } from '../parts/act.tsx';
import { colleagues } from '../parts/colleagues.ts';
import { SureButton } from '../parts/sure-button.tsx';
import { useArticle } from '../../shared/terms/article.ts';

const TEXT = {
  title: { zh: '研判与审核机构', en: 'Analysing and reviewing bodies' },
  rule: { zh: '只设在省、市两级；办理时按当日任期核对', en: 'At province and city only; every act is checked against the term of the day' },
  lead: { zh: '牵头人', en: 'lead' },
  ledBy: { zh: '由{department}部门牵头 · {basis}', en: 'led by {department} · {basis}' },
  name: { zh: '姓名', en: 'Name' },
  department: { zh: '部门', en: 'Department' },
  term: { zh: '任期', en: 'Term' },
  open: { zh: '至今', en: 'open' },
  former: { zh: '已届满', en: 'ended' },
  end: { zh: '任期至今日止', en: 'Let the term end today' },
  endAbout: { zh: '{name}（{department}）的任期今日届满，此后不能再参加本机构的办理。', en: 'The term of {name} ({department}) ends today; the person takes no further part in this body.' },
  add: { zh: '增加成员', en: 'Add a member' },
  missing: { zh: '人员构成不全，尚缺：{who}。补齐之前不能办理。', en: 'People are missing from: {who}. Nothing can be done before they sit.' },
  noLead: { zh: '今日没有牵头人：不能作出结论、移送和告知。', en: 'Nobody leads it today: nothing can be concluded, handed over or notified.' },
  from: { zh: '任期自', en: 'Term from' },
  to: { zh: '任期至（可不填）', en: 'Term to (may stay open)' },
  person: { zh: '人员', en: 'Person' },
  asLead: { zh: '任牵头人', en: 'leads the body' },
} as const satisfies Record<string, Text>;

type Answer = Routes['GET /api/review/groups']['response'];
type BodyView = Answer['items'][number];
type MemberView = BodyView['members'][number];
interface SeatForm { accountId: string; department: BodyView['members'][number]['department']; lead?: boolean; fromDay: Dayjs; toDay?: Dayjs | null }

function SeatDialog({ body, departments, close }: { body: BodyView; departments: Answer['departments']; close(): void }) {
  const { t } = useSpeech();
  const [form] = Form.useForm<SeatForm>();
  const leave = useLeaving(form, close);
  const people = useQuery({ queryKey: ['colleagues'], queryFn: colleagues, staleTime: 600_000 });
  const act = useAct(t(TEXT.add), (v: SeatForm) =>
    call('POST /api/review/groups/members', {
      body: {
        authorityId: body.authorityId, body: body.body, accountId: v.accountId, department: v.department as never, lead: v.lead ?? false,
        fromDay: v.fromDay.format('YYYY-MM-DD'), toDay: v.toDay ? v.toDay.format('YYYY-MM-DD') : null,
      },
    }), close);
  return (
    <Modal open title={`${t(TEXT.add)} · ${t(body)}`} onCancel={leave} onOk={() => form.submit()} confirmLoading={act.isPending}>
      <Form form={form} layout="vertical" onFinish={(values) => act.mutate(values)}>
        <Form.Item name="accountId" label={t(TEXT.person)} rules={[{ required: true }]}>
          <Select showSearch={{ optionFilterProp: 'label' }} options={(people.data?.items ?? []).map((one) => ({ value: one.accountId, label: one.name }))} />
        </Form.Item>
        <Form.Item name="department" label={t(TEXT.department)} rules={[{ required: true }]}><Select options={departments.map((one) => ({ value: one.key, label: t(one) }))} /></Form.Item>
        <Form.Item name="lead" valuePropName="checked"><Checkbox>{t(TEXT.asLead)}</Checkbox></Form.Item>
        <Form.Item name="fromDay" label={t(TEXT.from)} rules={[{ required: true }]}><DatePicker style={{ width: '100%' }} /></Form.Item>
        <Form.Item name="toDay" label={t(TEXT.to)}><DatePicker style={{ width: '100%' }} /></Form.Item>
      </Form>
      {act.isError && <ProblemAlert error={act.error} />}
    </Modal>
  );
}

function EndTerm({ member }: { member: MemberView }) {
  const { t } = useSpeech();
  return <SureButton size="small" title={TEXT.end} about={t(TEXT.endAbout, { name: member.name, department: t(member.departmentName) })} send={() => call('POST /api/review/groups/members/:memberId/end', { params: { memberId: member.memberId }, body: {} })} />;
}

function BodyCard({ body, departments, keeps }: { body: BodyView; departments: Answer['departments']; keeps: boolean }) {
  const { t } = useSpeech();
  const [adding, add] = useState(false);
  const article = useArticle();
  const department = departments.find((one) => one.key === body.leadDepartment);
  const columns: TableColumnsType<MemberView> = [
    { title: t(TEXT.name), key: 'name', render: (_, one) => <>{one.name} {one.lead && <Tag>{t(TEXT.lead)}</Tag>}{!one.sits && <Typography.Text type="secondary">{t(TEXT.former)}</Typography.Text>}</> },
    { title: t(TEXT.department), key: 'department', render: (_, one) => t(one.departmentName) },
    { title: t(TEXT.term), key: 'term', className: 'num', render: (_, one) => `${one.fromDay} – ${one.toDay ?? t(TEXT.open)}` },
    ...(keeps ? [{ key: 'end', width: 150, render: (_: unknown, one: MemberView) => (one.sits ? <EndTerm member={one} /> : null) }] : []),
  ];
  return (
    <Card size="small" title={`${t(body.authority)} · ${t(body)}`} extra={keeps && <Button size="small" onClick={() => add(true)}>{t(TEXT.add)}</Button>}>
      <Typography.Paragraph type="secondary">{t(TEXT.ledBy, { department: department === undefined ? body.leadDepartment : t(department), basis: article(body.basis) })}</Typography.Paragraph>
      {body.missing.length > 0 && <Alert type="warning" showIcon style={{ marginBottom: 8 }} title={t(TEXT.missing, { who: body.missing.map((one) => t(one)).join('、') })} />}
      {!body.hasLead && <Alert type="warning" showIcon style={{ marginBottom: 8 }} title={t(TEXT.noLead)} />}
      <Table<MemberView> size="small" rowKey="memberId" pagination={false} dataSource={body.members} columns={columns} scroll={{ x: 520 }} />
      {adding && <SeatDialog body={body} departments={departments} close={() => add(false)} />}
    </Card>
  );
}

/** Who sits in the panel and in the bodies that review, by department and term; the head of the authority keeps it. */
export function BodiesPage() {
  const { t } = useSpeech();
  const { data: me } = useMe();
  const keeps = me?.actions.includes('group.keep') ?? false;
  const query = useQuery({ queryKey: ['bodies'], queryFn: () => call('GET /api/review/groups') });
  return (
    <>
      <PageTitle extra={<Typography.Text type="secondary">{t(TEXT.rule)}</Typography.Text>}>{t(TEXT.title)}</PageTitle>
      <Loaded query={query}>
        {(data) => (
          <Flex vertical gap={12}>
            {data.items.map((body) => <BodyCard key={`${body.authorityId} ${body.body}`} body={body} departments={data.departments} keeps={keeps} />)}
          </Flex>
        )}
      </Loaded>
    </>
  );
}
