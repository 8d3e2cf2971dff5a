import { Form, Modal, Typography } from 'antd';
import type { ReactNode } from 'react';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { useLeaving } from '../../shared/leaving.ts';
import { ProblemAlert } from '../../shared/sign-in.tsx';
import { useAct } from './act.tsx';

interface Props<V extends object, Out> {
  readonly title: Text;
  /** What the law says about the act, or what follows from it. */
  readonly about?: ReactNode;
  readonly initial?: Partial<V>;
  readonly children: ReactNode;
  send(values: V): Promise<Out>;
  close(): void;
  done?(out: Out): void;
}

/** One act asked for in a small form; a refusal stands above the button that was pressed. */
export function Asking<V extends object, Out = unknown>({ title, about, initial, children, send, close, done }: Props<V, Out>) {
  const { t } = useSpeech();
  const [form] = Form.useForm<V>();
  const leave = useLeaving(form, close);
  const act = useAct(t(title), send, (out: Out) => { close(); done?.(out); });
  return (
    <Modal open title={t(title)} onCancel={leave} onOk={() => form.submit()} confirmLoading={act.isPending}>
      {about !== undefined && <Typography.Paragraph type="secondary">{about}</Typography.Paragraph>}
      <Form<V> form={form} layout="vertical" initialValues={initial ?? {}} onFinish={(values) => act.mutate(values)} scrollToFirstError>{children}</Form>
      {act.isError && <ProblemAlert error={act.error} />}
    </Modal>
  );
}
