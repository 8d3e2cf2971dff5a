import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Flex, Form, Input, Modal, Table, Typography, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { call } from '../../shared/api.ts';
import type { Routes } from '../../shared/api.gen.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { useLeaving } from '../../shared/leaving.ts';
import { Loaded } from '../../shared/room.tsx';
import { ProblemAlert } from '../../shared/sign-in.tsx';
import { useAct } from '../parts/act.tsx';
import type { AccountRow } from './accounts.tsx';

const TEXT = {
  rule: { zh: '必须使用第二重验证的岗位', en: 'Roles that must have a second factor' },
  about: { zh: '勾选后，该岗位人员下次登录须先绑定，之后每次登录都要验证（GB/T 22239-2019 8.1.4.1）。', en: 'People of a ticked role enrol at their next sign-in and are asked at every one after it (GB/T 22239-2019 8.1.4.1).' },
  save: { zh: '保存规定', en: 'Save the rule' },
  people: { zh: '人员的第二重验证', en: 'Factors people hold' },
  name: { zh: '姓名', en: 'Name' },
  login: { zh: '登录名', en: 'Sign-in name' },
  totp: { zh: '身份验证器', en: 'Authenticator' },
  passkeys: { zh: '通行密钥', en: 'Passkeys' },
  yes: { zh: '✓ 已绑定', en: '✓ enrolled' },
  reset: { zh: '重置', en: 'Reset' },
  resetOf: { zh: '重置 {name} 的第二重验证', en: 'Reset the second factor of {name}' },
  consequence: { zh: '其身份验证器、通行密钥和恢复码全部失效；重置与理由留存备查，并记入存证日志。', en: 'Authenticator, passkeys and recovery codes all become void; the reset and its reason are kept, and fixed in the evidence log.' },
  reason: { zh: '理由（如：手机遗失，已当面核实本人）', en: 'Reason, e.g. phone lost, person seen' },
  nobody: { zh: '无人绑定', en: 'Nobody has one' },
} as const satisfies Record<string, Text>;

type Rule = Routes['GET /api/access/factor-rule']['response'];
interface Holder extends AccountRow { readonly totp: boolean; readonly passkeys: number }

function RuleForm({ rule }: { rule: Rule }) {
  const { t } = useSpeech();
  const grid = useQuery({ queryKey: ['matrix'], queryFn: () => call('GET /api/access/matrix'), staleTime: 3_600_000 });
  const [chosen, choose] = useState<Rule['roles']>(rule.roles);
  const act = useAct(t(TEXT.rule), () => call('POST /api/access/factor-rule', { body: { roles: chosen } }));
  return (
    <section style={{ marginBottom: 24 }}>
      <Typography.Title level={2} style={{ fontSize: 16 }}>{t(TEXT.rule)}</Typography.Title>
      <Typography.Paragraph type="secondary">{t(TEXT.about)}</Typography.Paragraph>
      <Loaded query={grid}>{({ roles }) => (
        <Checkbox.Group value={chosen} onChange={(values) => choose(values as Rule['roles'])} style={{ display: 'grid', gridTemplateColumns: 'repeat(auto-fill, minmax(180px, 1fr))', gap: 6, marginBottom: 12 }}
          options={roles.filter(({ side }) => side !== 'public').map((role) => ({ value: role.role, label: t(role) }))} />
      )}</Loaded>
      {act.isError && <ProblemAlert error={act.error} />}
      <Button type="primary" loading={act.isPending} onClick={() => act.mutate(undefined)}>{t(TEXT.save)}</Button>
    </section>
  );
}

function ResetDialog({ holder, close }: { holder: Holder; close(): void }) {
  const { t } = useSpeech();
  const [form] = Form.useForm<{ reason: string }>();
  const leave = useLeaving(form, close);
  const act = useAct(t(TEXT.reset), (body: { reason: string }) => call('POST /api/access/accounts/:accountId/factor-reset', { params: { accountId: holder.accountId }, body }), close);
  return (
    <Modal open title={t(TEXT.resetOf, { name: holder.name })} onCancel={leave} onOk={() => form.submit()} confirmLoading={act.isPending} okButtonProps={{ danger: true }} okText={t(TEXT.reset)}>
      <Typography.Paragraph>{t(TEXT.consequence)}</Typography.Paragraph>
      <Form form={form} layout="vertical" onFinish={(values) => act.mutate(values)}>
        <Form.Item name="reason" label={t(TEXT.reason)} rules={[{ required: true }]}><Input.TextArea rows={2} maxLength={500} /></Form.Item>
      </Form>
      {act.isError && <ProblemAlert error={act.error} />}
    </Modal>
  );
}

/** People with a factor, named. */
async function holders(): Promise<Holder[]> {
  const [{ items }, accounts] = await Promise.all([call('GET /api/access/factor-holders'), call('GET /api/access/accounts')]);
  return items.flatMap((one) => accounts.items.filter(({ accountId }) => accountId === one.accountId).map((account) => ({ ...account, ...one })));
}

function Holders() {
  const { t } = useSpeech();
  const [chosen, choose] = useState<Holder>();
  const query = useQuery({ queryKey: ['factor-holders'], queryFn: holders });
  const columns: TableColumnsType<Holder> = [
    { title: t(TEXT.name), dataIndex: 'name', width: 160 },
    { title: t(TEXT.login), dataIndex: 'login', width: 150 },
    { title: t(TEXT.totp), key: 'totp', width: 120, render: (_, row) => (row.totp ? t(TEXT.yes) : '—') },
    { title: t(TEXT.passkeys), dataIndex: 'passkeys', width: 100, className: 'num' },
    { key: 'reset', render: (_, row) => <Button size="small" danger onClick={() => choose(row)}>{t(TEXT.reset)}</Button> },
  ];
  return (
    <section>
      <Typography.Title level={2} style={{ fontSize: 16 }}>{t(TEXT.people)}</Typography.Title>
      <Loaded query={query}>{(items) => (items.length === 0 ? <Typography.Text type="secondary">{t(TEXT.nobody)}</Typography.Text> : <Table<Holder> size="small" rowKey="accountId" pagination={{ defaultPageSize: 50, hideOnSinglePage: true }} dataSource={items} columns={columns} scroll={{ x: 620 }} />)}</Loaded>
      {chosen !== undefined && <ResetDialog holder={chosen} close={() => choose(undefined)} />}
    </section>
  );
}

/** Which roles must have a second factor, who has one, and help for who lost it. */
export function FactorRule() {
  const query = useQuery({ queryKey: ['factor-rule'], queryFn: () => call('GET /api/access/factor-rule') });
  return <Flex vertical><Loaded query={query}>{(rule) => <RuleForm key={rule.roles.join()} rule={rule} />}</Loaded><Holders /></Flex>;
}
