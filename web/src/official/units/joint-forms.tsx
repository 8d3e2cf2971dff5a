import { useQuery } from '@tanstack/react-query';
import { Button, DatePicker, Flex, Form, Input, Select, Switch } from 'antd';
import type { Dayjs } from 'dayjs';
import { call } from '../../shared/api.ts';
import type { Routes } from '../../shared/api.gen.ts';
import { chinaTime } from '../../shared/moment.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { Asking } from '../parts/asking.tsx';
import { colleagues } from '../parts/colleagues.ts';
import type { UnitPage } from '../shapes.ts';

const TEXT = {
  convene: { zh: '召集联合事项', en: 'Call departments together' },
  kind: { zh: '形式', en: 'Form' },
  subject: { zh: '检查对象（联合检查）', en: 'What is looked at (inspection)' },
  question: { zh: '需要共同研究的问题', en: 'The question' },
  person: { zh: '人员', en: 'Person' },
  department: { zh: '部门', en: 'Department' },
  add: { zh: '＋ 部门', en: '+ department' },
  remove: { zh: '去掉', en: 'Remove' },
  speak: { zh: '发表意见', en: 'Speak' },
  outcome: { zh: '看法', en: 'Finding' },
  NOTHING: { zh: '未发现问题', en: 'found nothing' },
  SUSPECTED: { zh: '涉嫌违法', en: 'suspects a breach' },
  excuse: { zh: '记明不能参加', en: 'Note why not heard' },
  words: { zh: '意见', en: 'Words' },
  conclude: { zh: '作出结论', en: 'Conclude' },
  conclusion: { zh: '结论与后续安排', en: 'Conclusion and what follows' },
  report: { zh: '作为线索直送审核', en: 'Send to review as a clue' },
  sentence: { zh: '涉嫌事实', en: 'What is suspected' },
  outfall: { zh: '排放口', en: 'Outfall' },
  period: { zh: '时段', en: 'Period' },
} as const satisfies Record<string, Text>;

const must = [{ required: true }];

type Convening = Routes['POST /api/joint-matters']['body'];
type Word = Routes['POST /api/joint-matters/:matterId/words']['body'];

/** Who comes from which department, and on what question. */
export function ConveneForm({ unitId, close }: { unitId: string; close(): void }) {
  const { t } = useSpeech();
  const words = useQuery({ queryKey: ['joint-words'], queryFn: () => call('GET /api/joint-matters/words'), staleTime: 3_600_000 }).data;
  const people = useQuery({ queryKey: ['colleagues'], queryFn: colleagues, staleTime: 600_000 }).data?.items ?? [];
  const options = (table: Readonly<Record<string, Text>> | undefined) => Object.entries(table ?? {}).map(([value, text]) => ({ value, label: t(text) }));
  return (
    <Asking<Convening> title={TEXT.convene} close={close} initial={{ kind: 'CONSULTATION' }} send={(values) => call('POST /api/joint-matters', { body: { ...values, subject: values.subject ?? null, seats: values.seats ?? [], unitId } })}>
      <Form.Item name="kind" label={t(TEXT.kind)} rules={must}><Select options={options(words?.kinds)} /></Form.Item>
      <Form.Item name="subject" label={t(TEXT.subject)}><Select allowClear options={options(words?.subjects)} /></Form.Item>
      <Form.Item name="question" label={t(TEXT.question)} rules={must}><Input.TextArea rows={3} maxLength={4000} /></Form.Item>
      <Form.List name="seats" initialValue={[{}, {}]}>
        {(fields, { add, remove }) => (
          <>
            {fields.map(({ key, name }) => (
              <Flex key={key} gap={8} align="start">
                <Form.Item name={[name, 'department']} rules={must} style={{ flex: 1 }}><Select aria-label={t(TEXT.department)} placeholder={t(TEXT.department)} options={options(words?.departments)} /></Form.Item>
                <Form.Item name={[name, 'accountId']} rules={must} style={{ flex: 1 }}><Select aria-label={t(TEXT.person)} placeholder={t(TEXT.person)} showSearch={{ optionFilterProp: 'label' }} options={people.map((one) => ({ value: one.accountId, label: one.name }))} /></Form.Item>
                <Button onClick={() => remove(name)}>{t(TEXT.remove)}</Button>
              </Flex>
            ))}
            <Button size="small" onClick={() => add({})}>{t(TEXT.add)}</Button>
          </>
        )}
      </Form.List>
    </Asking>
  );
}

/** The own word of a department, or why it could not be heard. */
export function WordForm({ matterId, accountId, excuse, close }: { matterId: string; accountId: string; excuse: boolean; close(): void }) {
  const { t } = useSpeech();
  return (
    <Asking<Word> title={excuse ? TEXT.excuse : TEXT.speak} close={close} send={(values) => call('POST /api/joint-matters/:matterId/words', { params: { matterId }, body: { ...values, outcome: excuse ? 'EXCUSED' : values.outcome, accountId } })}>
      {!excuse && <Form.Item name="outcome" label={t(TEXT.outcome)} rules={must}><Select options={(['NOTHING', 'SUSPECTED'] as const).map((value) => ({ value, label: t(TEXT[value]) }))} /></Form.Item>}
      <Form.Item name="text" label={t(TEXT.words)} rules={must}><Input.TextArea rows={4} maxLength={4000} /></Form.Item>
    </Asking>
  );
}

interface Concluding { text: string; reports?: boolean; sentenceZh?: string; outfall?: string; period?: [Dayjs, Dayjs] }

/** The end of the matter; a suspicion may go on as a clue. */
export function ConcludeForm({ matterId, unit, close }: { matterId: string; unit: UnitPage; close(): void }) {
  const { t } = useSpeech();
  const send = ({ text, reports, sentenceZh = '', outfall, period }: Concluding) => {
    const report = reports !== true || period === undefined ? null : { sentenceZh, outfall: outfall ?? null, from: chinaTime(period[0]), to: chinaTime(period[1]) };
    return call('POST /api/joint-matters/:matterId/conclusion', { params: { matterId }, body: { text, report } });
  };
  return (
    <Asking<Concluding> title={TEXT.conclude} close={close} send={send}>
      <Form.Item name="text" label={t(TEXT.conclusion)} rules={must}><Input.TextArea rows={4} maxLength={4000} /></Form.Item>
      <Form.Item name="reports" label={t(TEXT.report)}><Switch /></Form.Item>
      <Form.Item noStyle dependencies={['reports']}>
        {({ getFieldValue }) => getFieldValue('reports') !== true ? null : (
          <>
            <Form.Item name="sentenceZh" label={t(TEXT.sentence)} rules={must}><Input maxLength={1000} /></Form.Item>
            <Form.Item name="outfall" label={t(TEXT.outfall)}><Select allowClear options={unit.outfallPages.map((one) => ({ value: one.outfall, label: one.name }))} /></Form.Item>
            <Form.Item name="period" label={t(TEXT.period)} rules={must}><DatePicker.RangePicker showTime={{ format: 'HH:mm' }} format="YYYY-MM-DD HH:mm" style={{ width: '100%' }} /></Form.Item>
          </>
        )}
      </Form.Item>
    </Asking>
  );
}
