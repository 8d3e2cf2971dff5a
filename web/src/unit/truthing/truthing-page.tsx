import { Button, Empty, Form, Input } from 'antd';
import { call } from '../../shared/api.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { useHold } from '../../shared/leaving.ts';
import { MaterialsItem } from '../../shared/materials.tsx';
import { More, usePages } from '../../shared/pages.tsx';
import { Loaded, PageTitle } from '../../shared/room.tsx';
import { ProblemAlert } from '../../shared/sign-in.tsx';
import { TaskList, TRUTHING_TITLE, type Task } from '../../shared/truthing/task-list.tsx';
import { useAct } from '../parts/act.tsx';
import { ANEW_MS } from '../parts/queries.ts';
import type { Material } from '../shapes.ts';

const TEXT = {
  intro: { zh: '监控部门认为下列数据需要核实、更正或补传。办理后在这里答复并附上材料，由交办人员核查；退回的按新的日期重办。', en: 'The authority asks for these data to be checked, corrected or sent again. Answer here with files when it is done; what is sent back has another day.' },
  none: { zh: '没有数据归真任务', en: 'Nothing was asked' },
  text: { zh: '怎样归真的', en: 'What was put right, and how' },
  hint: { zh: '例如：已按 9月10日 校准结果修约 4 个小时并补传，附校准记录', en: 'e.g. four hours corrected by the calibration of 10 September and sent again, record attached' },
  files: { zh: '材料', en: 'Files' },
  send: { zh: '提交答复', en: 'Send the answer' },
  required: { zh: '请填写', en: 'Required' },
} as const satisfies Record<string, Text>;

interface Values { text: string; materials?: Material[] }

function AnswerTask({ task }: { task: Task }) {
  const { t } = useSpeech();
  const [form] = Form.useForm<Values>();
  useHold(form);
  const send = useAct(t(TEXT.send), ({ text, materials = [] }: Values) => call('POST /api/unit/truthing/:taskId/answer', { params: { taskId: task.taskId }, body: { text, materials } }));
  if (!task.mayAnswer) return null;
  return (
    <Form form={form} layout="vertical" requiredMark={false} onFinish={(values: Values) => send.mutate(values)} style={{ marginTop: 10 }}>
      <Form.Item name="text" label={t(TEXT.text)} rules={[{ required: true, whitespace: true, message: t(TEXT.required) }]}><Input.TextArea rows={3} maxLength={2000} placeholder={t(TEXT.hint)} /></Form.Item>
      <MaterialsItem to="POST /api/unit/materials" label={t(TEXT.files)} />
      {send.isError && <div style={{ marginBottom: 12 }}><ProblemAlert error={send.error} /></div>}
      <Button type="primary" htmlType="submit" loading={send.isPending}>{t(TEXT.send)}</Button>
    </Form>
  );
}

/** What the unit, or its operator, is asked to put right, with the answers and what the check said. */
export function TruthingPage() {
  const { t } = useSpeech();
  const list = usePages(['truthing'], (at) => call('GET /api/quality/truthing', { query: at }), ANEW_MS);
  return (
    <>
      <PageTitle>{t(TRUTHING_TITLE)}</PageTitle>
      <Loaded query={list.query}>
        {() => (
          <section className="panel">
            <p style={{ marginTop: 0 }}>{t(TEXT.intro)}</p>
            {list.rows.length === 0 ? <Empty description={t(TEXT.none)} /> : <><TaskList items={list.rows} extra={(one) => <AnswerTask task={one} />} /><More list={list} /></>}
          </section>
        )}
      </Loaded>
    </>
  );
}
