import { useMutation, useQuery } from '@tanstack/react-query';
import { Alert, Button, Card, Flex, Form, Input, Tag } from 'antd';
import { call } from '../../shared/api.ts';
import type { Routes } from '../../shared/api.gen.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { useReread } from '../../shared/reread.ts';
import { Loaded } from '../../shared/room.tsx';
import { ProblemAlert } from '../../shared/sign-in.tsx';

type Office = Routes['GET /api/access/offices']['response']['items'][number];
type Values = NonNullable<Routes['POST /api/access/offices/:authorityId']['body']>;

const TEXT = {
  why: { zh: '文书和企业端照此印制。作出罚款决定的机关与收缴罚款的机构分离，不自行收缴（行政处罚法 第六十七条、第七十四条）；没有填写的，文书按法律用语写，并随决定书交付缴款通知书。', en: 'Papers and the unit’s pages print this. Who decides a fine does not collect it (Administrative Penalty Law art. 67, art. 74); what is not entered is said in the words of the law, and a payment notice is handed over with the decision.' },
  missing: { zh: '未填写：{what}', en: 'Not entered: {what}' },
  complete: { zh: '齐全', en: 'complete' },
  save: { zh: '保存', en: 'Save' },
  address: { zh: '地址', en: 'Address' },
  phone: { zh: '电话', en: 'Telephone' },
  reconsideration: { zh: '行政复议机关', en: 'Reconsideration body (Chinese)' },
  reconsiderationEn: { zh: '行政复议机关（英文）', en: 'Reconsideration body (English)' },
  court: { zh: '管辖法院', en: 'Court (Chinese)' },
  courtEn: { zh: '管辖法院（英文）', en: 'Court (English)' },
  bank: { zh: '代收罚款的银行', en: 'Collecting bank (Chinese)' },
  bankEn: { zh: '代收罚款的银行（英文）', en: 'Collecting bank (English)' },
  accountName: { zh: '户名', en: 'Account name (Chinese)' },
  accountNameEn: { zh: '户名（英文）', en: 'Account name (English)' },
  accountNo: { zh: '账号', en: 'Account number' },
} as const satisfies Record<string, Text>;

const FIELDS: readonly (readonly [name: readonly string[], label: Text])[] = [
  [['address'], TEXT.address], [['phone'], TEXT.phone], [['reconsideration', 'zh'], TEXT.reconsideration], [['reconsideration', 'en'], TEXT.reconsiderationEn],
  [['court', 'zh'], TEXT.court], [['court', 'en'], TEXT.courtEn], [['collection', 'bank', 'zh'], TEXT.bank], [['collection', 'bank', 'en'], TEXT.bankEn],
  [['collection', 'accountName', 'zh'], TEXT.accountName], [['collection', 'accountName', 'en'], TEXT.accountNameEn], [['collection', 'accountNo'], TEXT.accountNo],
];

function OfficeForm({ office }: { office: Office }) {
  const { t, language } = useSpeech();
  const reread = useReread();
  const save = useMutation({
    mutationFn: (body: Values) => call('POST /api/access/offices/:authorityId', { params: { authorityId: office.authorityId }, body }),
    onSuccess: () => reread(),
  });
  const { address, phone, reconsideration, court, collection, missing } = office;
  return (
    <Card size="small" title={t(office.authority)} style={{ marginBottom: 12 }} extra={missing.length === 0 ? <Tag>✓ {t(TEXT.complete)}</Tag> : null}>
      {missing.length > 0 && <Alert type="warning" showIcon style={{ marginBottom: 12 }} title={t(TEXT.missing, { what: missing.map((one) => t(one)).join(language === 'zh' ? '、' : '; ') })} />}
      <Form layout="vertical" initialValues={{ address, phone, reconsideration, court, collection }} onFinish={(values: Values) => save.mutate(values)}>
        <div style={{ display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(240px, 1fr))', columnGap: 16 }}>
          {FIELDS.map(([name, label]) => <Form.Item key={name.join('.')} name={[...name]} label={t(label)}><Input maxLength={200} /></Form.Item>)}
        </div>
        {save.isError && <ProblemAlert error={save.error} />}
        <Button type="primary" htmlType="submit" loading={save.isPending}>{t(TEXT.save)}</Button>
      </Form>
    </Card>
  );
}

/** What papers print of each authority of the area, and what nobody has entered yet. */
export function Offices() {
  const { t } = useSpeech();
  const query = useQuery({ queryKey: ['offices'], queryFn: () => call('GET /api/access/offices') });
  return (
    <Flex vertical>
      <p>{t(TEXT.why)}</p>
      <Loaded query={query}>{({ items }) => items.map((office) => <OfficeForm key={office.authorityId} office={office} />)}</Loaded>
    </Flex>
  );
}
