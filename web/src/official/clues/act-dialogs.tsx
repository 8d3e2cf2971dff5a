import { useQuery } from '@tanstack/react-query';
import { Form, Input, Select } from 'antd';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { MaterialsItem, type Material } from '../../shared/materials.tsx';
import { Asking } from '../parts/asking.tsx';
import { IssuedItem, withIssuer, type Issued } from '../reviews/issued.tsx';
import { ask, type CluePage, type NextAct } from '../shapes.ts';

const TEXT = {
  reason: { zh: '理由', en: 'Reason' },
  note: { zh: '说明', en: 'Explanation' },
  until: { zh: '暂缓至（年-月-日）', en: 'Deferred until (YYYY-MM-DD)' },
  files: { zh: '补充的材料', en: 'Files supplied' },
  defer: { zh: '暂缓告知', en: 'Defer the notice' },
} as const satisfies Record<string, Text>;

interface Props {
  readonly clue: CluePage;
  readonly step: NextAct;
  close(): void;
}

type Reason = 'explained-by-mark' | 'explained-by-maintenance' | 'process-change' | 'transport-fault' | 'model-error' | 'too-weak' | 'duplicate' | 'minor';

/** Setting a clue aside: a reason from the list, counted for the model's false alarms, and words of one's own. */
export function ReasonDialog({ clue, step, decision, close }: Props & { decision: 'dismiss' | 'downgrade' }) {
  const { t } = useSpeech();
  const reasons = useQuery({ queryKey: ['clue-reasons'], queryFn: () => ask('GET /api/review/reasons'), staleTime: 3_600_000 });
  return (
    <Asking<{ reason: Reason; note: string }> title={step} close={close} initial={{ note: '' }}
      send={(values) => ask('POST /api/review/clues/:clueId/triage', { params: { clueId: clue.clueId }, body: { decision, ...values } })}>
      <Form.Item name="reason" label={t(TEXT.reason)} rules={[{ required: true }]}>
        <Select options={Object.entries(reasons.data ?? {}).map(([value, words]) => ({ value, label: t(words) }))} />
      </Form.Item>
      <Form.Item name="note" label={t(TEXT.note)} rules={[{ required: true }]}><Input.TextArea rows={4} maxLength={4000} /></Form.Item>
    </Asking>
  );
}

/** Listing and reopening: the words of the panel go into the list and the record. */
export function NoteDialog({ clue, step, close }: Props) {
  const { t } = useSpeech();
  const params = { clueId: clue.clueId };
  const supplies = step.act === 'supply' || (step.act === 'list' && clue.state === 'RETURNED_FOR_MORE');
  const send = ({ note, materials = [], issued }: { note: string; materials?: Material[]; issued?: Issued }) => (step.act === 'list'
    ? ask('POST /api/review/clues/:clueId/triage', { params, body: { decision: 'list', note, materials: withIssuer(materials, issued) } })
    : step.act === 'supply' ? ask('POST /api/review/clues/:clueId/supply', { params, body: { text: note, materials: withIssuer(materials, issued) } })
    : ask('POST /api/review/clues/:clueId/reopen', { params, body: { note } }));
  return (
    <Asking title={step} about={step.basis} close={close} initial={step.act === 'list' ? { note: clue.sentence.zh } : {}} send={send}>
      <Form.Item name="note" label={t(TEXT.note)} rules={[{ required: true }]}><Input.TextArea rows={5} maxLength={4000} /></Form.Item>
      {supplies && <><MaterialsItem to={step.act === 'list' ? 'POST /api/review/list-files' : 'POST /api/review/materials'} label={t(TEXT.files)} /><IssuedItem within={['issued']} /></>}
    </Asking>
  );
}

/** The notice may wait while evidence is fixed first; the day and the reason are kept. */
export function DeferDialog({ clue, close }: { clue: CluePage; close(): void }) {
  const { t } = useSpeech();
  return (
    <Asking<{ until: string; reason: string }> title={TEXT.defer} close={close} send={(body) => ask('POST /api/review/clues/:clueId/notice/deferral', { params: { clueId: clue.clueId }, body })}>
      <Form.Item name="until" label={t(TEXT.until)} rules={[{ required: true }]}><Input type="date" /></Form.Item>
      <Form.Item name="reason" label={t(TEXT.reason)} rules={[{ required: true }]}><Input.TextArea rows={3} maxLength={4000} /></Form.Item>
    </Asking>
  );
}
