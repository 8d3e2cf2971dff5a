import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Card, Checkbox, Flex, Form, Input, Radio, Typography } from 'antd';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { call } from '../../shared/api.ts';
import type { Routes } from '../../shared/api.gen.ts';
import { ProblemAlert, useMe } from '../../shared/sign-in.tsx';
import { useAct } from '../parts/act.tsx';
import { ask, type SheetPage } from '../shapes.ts';

const TEXT = {
  title: { zh: '核查企业反馈', en: 'Recheck the answer' },
  outcome: { zh: '核查结论', en: 'Finding' },
  explain: { zh: '✓ 核查排除', en: '✓ explained' },
  accept: { zh: '✓ 认定自行纠正', en: '✓ self-corrected' },
  'send-back': { zh: '↩ 退回补充', en: '↩ send back' },
  refer: { zh: '→ 转研判', en: '→ refer for analysis' },
  establish: { zh: '→ 复核属实，移交执法', en: '→ found true, to enforcement' },
  compare: { zh: '逐项比对（形成监控部门复核单）', en: 'Compare each source (becomes the recheck note)' },
  held: { zh: '平台记录：', en: 'On record: ' },
  follows: { zh: '据比对：', en: 'It follows: ' },
  note: { zh: '比对标记、运维记录和工况的情况', en: 'What marks, maintenance and plant condition showed' },
  against: { zh: '与平台记录不一致的认定理由（写入复核单）', en: 'Why you find otherwise than the record (printed on the note)' },
  falseAnswer: { zh: '反馈不实', en: 'the answer was untrue' },
  submit: { zh: '提交核查结论', en: 'Submit' },
  waits: { zh: '等待企业反馈；反馈后由监控人员核查', en: 'Waits for the unit; monitoring control rechecks the answer' },
  closed: { zh: '督办已结束', en: 'This sheet is closed' },
  toClue: { zh: '打开线索', en: 'Open the clue' },
  notYours: { zh: '由监控人员核查', en: 'Monitoring control rechecks' },
} as const satisfies Record<string, Text>;

/** Where a sheet went that leaves the recheck behind. */
const GONE: Readonly<Record<string, Text>> = {
  REFERRED: { zh: '督办已结束：已转研判，后续在线索中办理。', en: 'Referred for analysis: the recheck is over, it goes on in the clue.' },
  ESTABLISHED: { zh: '督办已结束：复核属实，已移交执法，后续在线索中办理。', en: 'Found true and passed to enforcement: it goes on in the clue.' },
};

type Body = Routes['POST /api/supervision/sheets/:sheetId/recheck']['body'];

/** Marks, maintenance and condition, each held against the answer: the region's gate rests on this note. */
function Sources({ shown }: { shown: SheetPage['comparisons'] }) {
  const { t } = useSpeech();
  const words = useQuery({ queryKey: ['comparisons'], queryFn: () => ask('GET /api/supervision/comparisons'), staleTime: 3_600_000 });
  if (words.data === undefined) return null;
  const results = Object.entries(words.data.results).map(([value, text]) => ({ value, label: t(text) }));
  return (
    <fieldset style={{ border: 0, padding: 0, margin: 0 }}>
      <legend>{t(TEXT.compare)}</legend>
      {Object.entries(words.data.sources).map(([key, text]) => (
        <Form.Item key={key} name={['compared', key]} label={t(text)} extra={shown?.[key] === undefined ? undefined : `${t(TEXT.held)}${t(shown[key])}`} rules={[{ required: true }]}><Radio.Group options={results} /></Form.Item>
      ))}
    </fieldset>
  );
}

/** The next lawful step of a sheet: comparing the answer with what the platform holds. */
export function Recheck({ sheet }: { sheet: SheetPage }) {
  const { t } = useSpeech();
  const { data: me } = useMe();
  const [form] = Form.useForm<Body>();
  const act = useAct(t(TEXT.title), (body: Body) => call('POST /api/supervision/sheets/:sheetId/recheck', { params: { sheetId: sheet.sheetId }, body }));
  const found = Form.useWatch('compared', form);
  const otherwise = Object.entries(sheet.comparisons ?? {}).some(([source, { result }]) => { const own = found?.[source as keyof typeof found]; return own !== undefined && own !== result; });
  const mine = me?.actions.includes('supervision.recheck') ?? false;
  const due = sheet.state === 'FEEDBACK_RECEIVED' || sheet.state === 'FEEDBACK_OVERDUE';
  if (!due || !mine) {
    // Whoever comes back to it after somebody else acted must read what happened and where it went on.
    const gone = GONE[sheet.state];
    const [clue] = sheet.clues;
    const clueId = typeof clue === 'string' ? clue : clue?.clueId;
    return (
      <Card size="small">
        <Typography.Text type="secondary">{t(gone ?? (!sheet.open ? TEXT.closed : due ? TEXT.notYours : TEXT.waits))}</Typography.Text>
        {gone !== undefined && clueId !== undefined && <> <Link to="/clues/$clueId" params={{ clueId }}>{t(TEXT.toClue)} →</Link></>}
      </Card>
    );
  }
  const { comparisons, suggested } = sheet;
  const compared = Object.fromEntries(Object.entries(comparisons ?? {}).map(([source, { result }]) => [source, result]));
  return (
    <Card size="small" title={t(TEXT.title)}>
      <Form<Body> form={form} layout="vertical" initialValues={{ outcome: suggested?.outcome ?? 'explain', note: '', falseAnswer: false, ...(sheet.compares ? { compared } : {}) }} onFinish={(body) => act.mutate(body)}>
        <Form.Item name="outcome" label={t(TEXT.outcome)} extra={suggested === null ? undefined : `${t(TEXT.follows)}${t(suggested)}`} rules={[{ required: true }]}>
          <Radio.Group options={sheet.outcomes.map((value) => ({ value, label: t(TEXT[value]) }))} />
        </Form.Item>
        {sheet.compares && <Sources shown={comparisons} />}
        <Form.Item name="note" label={t(TEXT.note)} rules={[{ required: true }]}><Input.TextArea rows={3} maxLength={4000} /></Form.Item>
        {otherwise && <Form.Item name="against" label={t(TEXT.against)} rules={[{ required: true, whitespace: true }]}><Input.TextArea rows={2} maxLength={4000} /></Form.Item>}
        <Flex justify="space-between" align="center" wrap gap={8}>
          <Form.Item name="falseAnswer" valuePropName="checked" style={{ margin: 0 }}><Checkbox>{t(TEXT.falseAnswer)}</Checkbox></Form.Item>
          <Button type="primary" htmlType="submit" loading={act.isPending}>{t(TEXT.submit)}</Button>
        </Flex>
      </Form>
      {act.isError && <ProblemAlert error={act.error} />}
    </Card>
  );
}
