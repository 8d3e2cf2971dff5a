import { AutoComplete, Button, Checkbox, DatePicker, Form, Input, Select } from 'antd';
import type { Dayjs } from 'dayjs';
import { call } from '../../shared/api.ts';
import type { Routes } from '../../shared/api.gen.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { useHold } from '../../shared/leaving.ts';
import { MaterialsItem } from '../../shared/materials.tsx';
import { ProblemAlert } from '../../shared/sign-in.tsx';
import { useAct } from '../parts/act.tsx';
import { chinaTime } from '../../shared/moment.ts';
import type { Material, Outfall } from '../shapes.ts';
import { useFactorName } from '../../shared/terms/article.ts';
import { TERM_LENGTH } from '../../shared/terms/term-length.ts';

const TEXT = {
  kind: { zh: '办理事项', en: 'What it is about' },
  outfall: { zh: '排口', en: 'Outfall' },
  device: { zh: '哪台设备', en: 'Which device' },
  deviceHint: { zh: '名称、型号或编号', en: 'name, model or number' },
  factors: { zh: '涉及的因子', en: 'Factors concerned' },
  meanwhile: { zh: '停运期间怎样监测', en: 'How you measure meanwhile' },
  meanwhileHint: { zh: '例如：委托某某公司手工监测，每 6 小时一次', en: 'e.g. a laboratory samples by hand every 6 hours' },
  files: { zh: '材料', en: 'Files' },
  send: { zh: '报送', en: 'Send' },
  required: { zh: '请填写', en: 'Required' },
  logger: { zh: '数采仪 {mn}', en: 'data logger {mn}' },
  door: { zh: '门禁 {mn}', en: 'door sensor {mn}' },
  power: { zh: '用电监控 {mn}', en: 'power meter {mn}' },
} as const satisfies Record<string, Text>;

type Body = NonNullable<Routes['POST /api/unit/device-matters']['body']>;
type Kind = Body['kind'];
type DeviceTerms = Routes['GET /api/register/device-matters']['response']['terms'];

/** What each kind is called, by when, and what has to be said with it. */
const KINDS = {
  FAULT: { zh: '报告故障', en: 'Report a fault', rule: { zh: '发现后 {report}内报告，{repair}内修复；停运期间手工监测并报送结果。', en: 'Report within {report}, repair within {repair}; measure by hand meanwhile and hand in the results.' }, since: { zh: '何时发现', en: 'When it was noticed' }, reason: { zh: '故障情况', en: 'What is wrong' } },
  STOP: { zh: '申请停用', en: 'Ask to stop', rule: { zh: '事先申请，同意后方可停用；机关 {answer}内答复，逾期不答复视为同意。', en: 'Ask beforehand; the authority answers within {answer}, silence is consent.' }, since: { zh: '拟从何时起停用', en: 'From when' }, reason: { zh: '停用理由', en: 'Why' } },
  REMOVAL: { zh: '申请拆除', en: 'Ask to remove', rule: { zh: '事先申请，同意后方可拆除；机关 {answer}内答复，逾期不答复视为同意。', en: 'Ask beforehand; the authority answers within {answer}, silence is consent.' }, since: { zh: '拟于何时拆除', en: 'When' }, reason: { zh: '拆除理由', en: 'Why' } },
  ACCEPTANCE: { zh: '验收后登记', en: 'Register after acceptance', rule: { zh: '验收合格后 {handIn}内报送，附验收材料。', en: 'Hand in within {handIn} after acceptance, with its record.' }, since: { zh: '验收合格日期', en: 'Day of acceptance' }, reason: { zh: '设备型号、用途和验收结论', en: 'Model, purpose and result of the acceptance' } },
} as const satisfies Record<Kind, Text & { rule: Text; since: Text; reason: Text }>;
const KIND_KEYS = Object.keys(KINDS) as Kind[];

interface Values { kind: Kind; outfall: string; device: string; factors: string[]; since: Dayjs; reason: string; meanwhile?: string; materials?: Material[] }

/** What happened or is asked, to which device, since when, and how the unit measures meanwhile. */
export function DeviceForm({ outfalls, terms }: { outfalls: readonly Outfall[]; terms: DeviceTerms }) {
  const { t } = useSpeech();
  const [form] = Form.useForm<Values>();
  useHold(form);
  const kind = Form.useWatch('kind', form) ?? 'FAULT';
  const chosen = Form.useWatch('outfall', form);
  const outfall = outfalls.find((one) => one.outfall === chosen) ?? outfalls[0];
  const factorName = useFactorName();
  const send = useAct(t(KINDS[kind]), ({ since, meanwhile = '', materials = [], ...rest }: Values) => call('POST /api/unit/device-matters', {
    body: { ...rest, since: rest.kind === 'ACCEPTANCE' ? `${since.format('YYYY-MM-DD')}T00:00:00+08:00` : chinaTime(since), meanwhile, materials },
  }), () => form.resetFields(['device', 'factors', 'since', 'reason', 'meanwhile', 'materials']));
  const length = ({ n, dayKind }: DeviceTerms['report']): string => t(TERM_LENGTH[dayKind], { n });
  const lengths = { report: length(terms.report), repair: length(terms.repair), answer: length(terms.answer), handIn: length(terms.handIn) };
  const rules = [{ required: true, message: t(TEXT.required) }];
  // A group of boxes has no attribute "required" to carry.
  const some = { validator: (_: unknown, chosen?: string[]) => (chosen !== undefined && chosen.length > 0 ? Promise.resolve() : Promise.reject(new Error(t(TEXT.required)))) };
  const devices = ([[outfall?.mn, TEXT.logger], [outfall?.doorMn, TEXT.door], [outfall?.powerMn, TEXT.power]] as const).flatMap(([mn, text]) => (mn ? [{ value: t(text, { mn }) }] : []));
  return (
    <Form form={form} layout="vertical" requiredMark={false} initialValues={{ kind: 'FAULT', outfall: outfall?.outfall }} onFinish={(values: Values) => send.mutate(values)}>
      <Form.Item name="kind" label={t(TEXT.kind)} extra={t(KINDS[kind].rule, lengths)}><Select aria-label={t(TEXT.kind)} options={KIND_KEYS.map((value) => ({ value, label: t(KINDS[value]) }))} /></Form.Item>
      <Form.Item name="outfall" label={t(TEXT.outfall)} rules={rules}><Select aria-label={t(TEXT.outfall)} options={outfalls.map((one) => ({ value: one.outfall, label: one.name }))} onChange={() => form.resetFields(['factors', 'device'])} /></Form.Item>
      <Form.Item name="device" label={t(TEXT.device)} rules={rules}><AutoComplete options={devices} maxLength={200} placeholder={t(TEXT.deviceHint)} /></Form.Item>
      <Form.Item name="factors" label={t(TEXT.factors)} rules={[some]}><Checkbox.Group options={(outfall?.factors ?? []).map((one) => ({ value: one.factor, label: factorName(one) }))} /></Form.Item>
      <Form.Item name="since" label={t(KINDS[kind].since)} rules={rules}>
        {kind === 'ACCEPTANCE' ? <DatePicker style={{ width: '100%' }} /> : <DatePicker showTime={{ format: 'HH:mm' }} format="YYYY-MM-DD HH:mm" style={{ width: '100%' }} />}
      </Form.Item>
      <Form.Item name="reason" label={t(KINDS[kind].reason)} rules={rules}><Input.TextArea rows={3} maxLength={2000} /></Form.Item>
      {kind !== 'ACCEPTANCE' && <Form.Item name="meanwhile" label={t(TEXT.meanwhile)} rules={rules}><Input.TextArea rows={2} maxLength={2000} placeholder={t(TEXT.meanwhileHint)} /></Form.Item>}
      <MaterialsItem to="POST /api/unit/materials" label={t(TEXT.files)} required={kind === 'ACCEPTANCE'} />
      {send.isError && <div style={{ marginBottom: 12 }}><ProblemAlert error={send.error} /></div>}
      <Button type="primary" htmlType="submit" loading={send.isPending}>{t(TEXT.send)}</Button>
    </Form>
  );
}
