import { useQuery } from '@tanstack/react-query';
import { Form, Select, Typography } from 'antd';
import { call } from './api.ts';
import { useSpeech, type Text } from './i18n.tsx';

const TEXT = {
  title: { zh: '演示人物', en: 'Demonstration person' },
  choose: { zh: '选一个人物直接登录', en: 'Choose somebody and sign in' },
  hint: { zh: '人物和单位均为虚构，密码都是 {password}', en: 'All people and units are invented; their password is {password}' },
} as const satisfies Record<string, Text>;

/** In a demonstration the cast can be chosen by what they do; elsewhere nothing is shown. */
export function DemoPeople({ side, onChoose }: { side: 'official' | 'unit'; onChoose: (login: string, password: string) => void }) {
  const { t } = useSpeech();
  const { data } = useQuery({ queryKey: ['demo-accounts'], queryFn: () => call('GET /api/demo/accounts'), refetchInterval: 5_000 });
  const password = data?.password;
  const people = data?.items.filter((person) => person.side === side) ?? [];
  if (password === null || password === undefined || people.length === 0) return null;
  return (
    <Form.Item label={t(TEXT.title)} style={{ margin: '20px 0 0' }} extra={<Typography.Text type="secondary" style={{ fontSize: 12 }}>{t(TEXT.hint, { password })}</Typography.Text>}>
      <Select
        aria-label={t(TEXT.title)} placeholder={t(TEXT.choose)} value={null} onChange={(login: string | null) => login !== null && onChoose(login, password)}
        options={people.map((person) => ({ value: person.login, label: side === 'unit' ? `${person.login} · ${person.name}` : `${person.roles.map((role) => t(role)).join('、')} · ${person.name}（${person.login}）` }))}
      />
    </Form.Item>
  );
}
