import { Alert, Button, Checkbox, Form, Input, Popconfirm } from 'antd';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { Loaded, PageTitle } from '../../shared/room.tsx';
import { ProblemAlert } from '../../shared/sign-in.tsx';
import { msOf } from '../../shared/moment.ts';
import { formatTime } from '../../shared/tiers.ts';
import { useAct } from '../parts/act.tsx';
import { Fact, Panel } from '../parts/panel.tsx';
import { useConsent, useUnit } from '../parts/queries.ts';
import { ask, type Consent } from '../shapes.ts';

const TEXT = {
  title: { zh: '电子送达', en: 'Electronic service' },
  what: { zh: '同意之前请了解', en: 'Before you agree' },
  told: { zh: '电子送达与纸质送达效力相同。文书到达本账号之日就是送达之日，是否打开都从这天起算期限。您可以索取纸质文书，也可以随时撤回同意；撤回不影响此前已完成的送达。不同意也完全可以，文书将以直接、邮寄等方式送达。', en: 'Electronic service has the force of paper. The day a paper reaches this account is the day of service, opened or not, and terms run from it. You may ask for paper copies and may withdraw at any time; what was served stays served. You need not agree: papers are then served by hand or by post.' },
  basis: { zh: '行政处罚法 第六十一条', en: 'Administrative Penalty Law art. 61' },
  form: { zh: '送达地址确认书', en: 'Confirmation of the address for service' },
  signerName: { zh: '签署人姓名', en: 'Name of the signer' },
  signerRole: { zh: '签署人职务', en: 'Post of the signer' },
  recipient: { zh: '收件人', en: 'Recipient' },
  phone: { zh: '联系电话', en: 'Phone' },
  paperAddress: { zh: '纸质文书地址（需要纸质时）', en: 'Address for paper copies' },
  agree: { zh: '我已了解上述内容，代表本单位同意电子送达', en: 'I have read this and agree to electronic service for the unit' },
  send: { zh: '签署并同意', en: 'Sign and agree' },
  required: { zh: '请填写', en: 'Required' },
  tick: { zh: '请先确认已了解', en: 'Please confirm that you have read it' },
  given: { zh: '已同意电子送达', en: 'Electronic service is agreed' },
  withdrawn: { zh: '已于 {time} 撤回同意', en: 'Consent withdrawn {time}' },
  since: { zh: '自', en: 'Since' },
  account: { zh: '接收账号', en: 'Account' },
  covered: { zh: '适用文书', en: 'Papers covered' },
  number: { zh: '确认书文号', en: 'Number of the confirmation' },
  signer: { zh: '签署人', en: 'Signer' },
  withdraw: { zh: '撤回同意', en: 'Withdraw the consent' },
  sure: { zh: '撤回后，今后的文书将以其他方式送达。', en: 'Papers will then be served another way.' },
} as const satisfies Record<string, Text>;

interface Values { signerName: string; signerRole: string; recipient: string; phone?: string; paperAddress?: string }

function ConsentForm() {
  const { t } = useSpeech();
  const unit = useUnit();
  const give = useAct(t(TEXT.send), (v: Values) => ask('POST /api/unit/consent', { body: { signerName: v.signerName, signerRole: v.signerRole, recipient: v.recipient, phone: v.phone ?? '', paperAddress: v.paperAddress ?? '' } }));
  const rules = [{ required: true, whitespace: true, message: t(TEXT.required) }];
  const known = { phone: unit.data?.phone ?? '', paperAddress: unit.data?.address ?? '', signerName: unit.data?.legalRepresentative ?? '' };
  return (
    <Loaded query={unit}>
      {() => (
        <Form layout="vertical" requiredMark={false} initialValues={known} onFinish={(values: Values) => give.mutate(values)}>
          <Form.Item name="signerName" label={t(TEXT.signerName)} rules={rules}><Input maxLength={200} autoComplete="name" /></Form.Item>
          <Form.Item name="signerRole" label={t(TEXT.signerRole)} rules={rules}><Input maxLength={200} /></Form.Item>
          <Form.Item name="recipient" label={t(TEXT.recipient)} rules={rules}><Input maxLength={200} /></Form.Item>
          <Form.Item name="phone" label={t(TEXT.phone)}><Input maxLength={40} autoComplete="tel" inputMode="tel" /></Form.Item>
          <Form.Item name="paperAddress" label={t(TEXT.paperAddress)}><Input maxLength={200} autoComplete="street-address" /></Form.Item>
          <Form.Item name="agree" valuePropName="checked" rules={[{ validator: (_, value) => (value === true ? Promise.resolve() : Promise.reject(new Error(t(TEXT.tick)))) }]}><Checkbox>{t(TEXT.agree)}</Checkbox></Form.Item>
          {give.isError && <div style={{ marginBottom: 12 }}><ProblemAlert error={give.error} /></div>}
          <Button type="primary" size="large" htmlType="submit" loading={give.isPending}>{t(TEXT.send)}</Button>
        </Form>
      )}
    </Loaded>
  );
}

function Given({ consent }: { consent: Consent }) {
  const { t } = useSpeech();
  const withdraw = useAct(t(TEXT.withdraw), () => ask('POST /api/unit/consent/withdraw'));
  return (
    <Panel title={`✓ ${t(TEXT.given)}`}>
      <div className="facts" style={{ marginBottom: 12 }}>
        <Fact label={t(TEXT.since)}>{formatTime(msOf(consent.at))}</Fact>
        <Fact label={t(TEXT.account)}>{consent.account}</Fact>
        <Fact label={t(TEXT.covered)}>{consent.documentsCovered}</Fact>
        <Fact label={t(TEXT.number)}>{consent.documentNumber ?? '—'}</Fact>
        <Fact label={t(TEXT.signer)}>{consent.signerName} · {consent.signerRole}</Fact>
      </div>
      <Popconfirm title={t(TEXT.withdraw)} description={t(TEXT.sure)} onConfirm={() => withdraw.mutate(undefined)}><Button loading={withdraw.isPending}>{t(TEXT.withdraw)}</Button></Popconfirm>
      {withdraw.isError && <ProblemAlert error={withdraw.error} />}
    </Panel>
  );
}

/** Consent to electronic service: told first, signed, and taken back as easily. */
export function ConsentPage() {
  const { t } = useSpeech();
  const query = useConsent();
  return (
    <>
      <PageTitle>{t(TEXT.title)}</PageTitle>
      <Loaded query={query}>
        {({ consent }) => (
          <div className="columns">
            <Panel title={t(TEXT.what)}><p style={{ marginTop: 0, lineHeight: 1.7 }}>{t(TEXT.told)}</p><div style={{ fontSize: 12, opacity: 0.85 }}>{t(TEXT.basis)}</div></Panel>
            <div>
              {consent?.act === 'GIVEN' ? <Given consent={consent} /> : (
                <>
                  {consent?.act === 'WITHDRAWN' && <Alert type="info" showIcon style={{ marginBottom: 14 }} title={t(TEXT.withdrawn, { time: formatTime(msOf(consent.at)) })} />}
                  <Panel title={t(TEXT.form)}><ConsentForm /></Panel>
                </>
              )}
            </div>
          </div>
        )}
      </Loaded>
    </>
  );
}
