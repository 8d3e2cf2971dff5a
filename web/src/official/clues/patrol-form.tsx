import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button, Form, Input, Select } from 'antd';
import { useState } from 'react';
import { call } from '../../shared/api.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { MaterialsItem, type Material } from '../../shared/materials.tsx';
import { useMe } from '../../shared/sign-in.tsx';
import { Asking } from '../parts/asking.tsx';
import { PeriodFields, periodBody, type Period } from '../parts/moment-input.tsx';
import { ask, type CluePage } from '../shapes.ts';
import { HOW_FOUND } from './how-found.ts';
import { useFactorName } from '../../shared/terms/article.ts';

const TEXT = {
  title: { zh: '登记巡查线索', en: 'Enter a patrol finding' },
  about: { zh: '日常巡查发现的涉嫌违法线索直送数据审核，不经研判；发现人不参加审核。', en: 'What a daily patrol finds goes straight to the data review, without the panel; who found it does not review it.' },
  unit: { zh: '排污单位', en: 'Unit' },
  find: { zh: '按名称查找', en: 'Find by name' },
  outfall: { zh: '排放口（可不选）', en: 'Outfall (optional)' },
  factors: { zh: '污染物（可不选）', en: 'Pollutants (optional)' },
  how: { zh: '发现方式', en: 'How it was found' },
  sentence: { zh: '发现的情况', en: 'What was seen' },
  sentenceEn: { zh: '发现的情况（英文，可不填）', en: 'What was seen (English, optional)' },
  files: { zh: '照片、影像、监测记录', en: 'Photos, images, measurements' },
} as const satisfies Record<string, Text>;

const must = [{ required: true }];

interface Found extends Period { unitId: string; outfall?: string; factors?: string[]; how: string; sentenceZh: string; sentenceEn?: string; materials?: Material[] }

/** Units by name as they are typed: a province has more than a list can hold. */
function UnitField({ picked, value, onChange, id }: { picked(): void; value?: string; onChange?: (unitId: string) => void; id?: string }) {
  const { t } = useSpeech();
  const [text, setText] = useState('');
  const units = useQuery({ queryKey: ['units', 'named', text], queryFn: () => call('GET /api/units', { query: { limit: 30, ...(text === '' ? {} : { text }) } }), placeholderData: keepPreviousData });
  return (
    <Select<string> {...(id === undefined ? {} : { id })} {...(value === undefined ? {} : { value })} onChange={(unitId) => { onChange?.(unitId); picked(); }}
      showSearch={{ filterOption: false, onSearch: setText }} placeholder={t(TEXT.find)} loading={units.isFetching}
      options={(units.data?.items ?? []).map((unit) => ({ value: unit.unitId, label: unit.name }))} />
  );
}

/** The unit, then outfalls and pollutants of the unit that was chosen. */
function PlaceFields() {
  const { t } = useSpeech();
  const factorName = useFactorName();
  const form = Form.useFormInstance<Found>();
  const unitId = Form.useWatch('unitId', form);
  const chosen = Form.useWatch('outfall', form);
  const unit = useQuery({ queryKey: ['unit', unitId], enabled: unitId !== undefined, queryFn: () => call('GET /api/units/:unitId', { params: { unitId: unitId ?? '' } }) });
  const outfalls = unitId === undefined ? [] : (unit.data?.outfallPages ?? []);
  const factors = outfalls.find(({ outfall }) => outfall === chosen)?.factors ?? [];
  return (
    <>
      <Form.Item name="unitId" label={t(TEXT.unit)} rules={must}><UnitField picked={() => form.resetFields(['outfall', 'factors'])} /></Form.Item>
      <Form.Item name="outfall" label={t(TEXT.outfall)}><Select allowClear disabled={outfalls.length === 0} onChange={() => form.resetFields(['factors'])} options={outfalls.map((one) => ({ value: one.outfall, label: one.name }))} /></Form.Item>
      {factors.length > 0 && <Form.Item name="factors" label={t(TEXT.factors)}><Select mode="multiple" options={factors.map((one) => ({ value: one.factor, label: factorName(one) }))} /></Form.Item>}
    </>
  );
}

function PatrolForm({ close }: { close(): void }) {
  const { t } = useSpeech();
  const navigate = useNavigate();
  const send = ({ from, to, ...found }: Found) => ask('POST /api/review/clues', { body: { ...found, ...periodBody({ from, to }), outfall: found.outfall ?? null } });
  return (
    <Asking<Found, CluePage> title={TEXT.title} about={t(TEXT.about)} close={close} send={send} done={({ clueId }) => void navigate({ to: '/clues/$clueId', params: { clueId } })}>
      <PlaceFields />
      <Form.Item name="how" label={t(TEXT.how)} rules={must}><Select options={HOW_FOUND.map((one) => ({ value: one.zh, label: t(one) }))} /></Form.Item>
      <PeriodFields />
      <Form.Item name="sentenceZh" label={t(TEXT.sentence)} rules={must}><Input.TextArea rows={3} maxLength={4000} /></Form.Item>
      <Form.Item name="sentenceEn" label={t(TEXT.sentenceEn)}><Input.TextArea rows={2} maxLength={4000} /></Form.Item>
      <MaterialsItem to="POST /api/review/materials" label={t(TEXT.files)} />
    </Asking>
  );
}

/** For departments that patrol: their finding becomes a clue before the review group (JS-10.5). */
export function EnterPatrol() {
  const { t } = useSpeech();
  const { data: me } = useMe();
  const [open, setOpen] = useState(false);
  if (!(me?.actions.includes('clue.report') ?? false)) return null;
  return (
    <>
      <Button type="primary" onClick={() => setOpen(true)}>{t(TEXT.title)}</Button>
      {open && <PatrolForm close={() => setOpen(false)} />}
    </>
  );
}
