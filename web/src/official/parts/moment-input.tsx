import { Form, Input } from 'antd';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { formatTime } from '../../shared/tiers.ts';

/** A moment in China time, to the minute, as milliseconds. */
export function MomentInput({ value, onChange, id }: { value?: number; onChange?: (ms: number | undefined) => void; id?: string }) {
  const shown = value === undefined ? '' : formatTime(value).replace(' ', 'T');
  return <Input {...(id === undefined ? {} : { id })} type="datetime-local" value={shown} onChange={(event) => onChange?.(event.target.value === '' ? undefined : Date.parse(`${event.target.value}:00+08:00`))} />;
}

const TEXT = {
  from: { zh: '时段起', en: 'Period from' },
  to: { zh: '时段止', en: 'Period to' },
} as const satisfies Record<string, Text>;

export interface Period {
  readonly from: number;
  readonly to: number;
}

/** The two ends of a period as fields of a form; the server says when they do not fit. */
export function PeriodFields() {
  const { t } = useSpeech();
  return (['from', 'to'] as const).map((name) => <Form.Item key={name} name={name} label={t(TEXT[name])} rules={[{ required: true }]}><MomentInput /></Form.Item>);
}

/** As routes take it. */
export const periodBody = ({ from, to }: Period) => ({ from: new Date(from).toISOString(), to: new Date(to).toISOString() });
