import { Link, useNavigate } from '@tanstack/react-router';
import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { MaterialsItem, type Material } from '../../shared/materials.tsx';
import { useMe } from '../../shared/sign-in.tsx';
import { Asking } from '../parts/asking.tsx';
import { PeriodFields, periodBody, type Period } from '../parts/moment-input.tsx';
import { ask, type CluePage } from '../shapes.ts';

const TEXT = {
  title: { zh: '申请补充审核', en: 'Ask for a supplementary review' },
  about: { zh: '移送后补充收集的电子数据，审核通过后方可作为证据（行政处罚法 第四十一条）。平台调取该时段的数据，连同所附文件一并送审，另计期限。', en: 'Electronic data collected after the handover may be evidence only once a review passed (Penalty Law art. 41). The platform gathers the data of the period; they go to review with the files, under a clock of their own.' },
  files: { zh: '补充收集的文件', en: 'Files collected' },
  reason: { zh: '理由', en: 'Reason' },
  link: { zh: '办案中新取的电子数据：申请补充审核', en: 'Electronic data collected since: ask for a supplementary review' },
} as const satisfies Record<string, Text>;

interface Wanted extends Period { reason: string; materials?: Material[] }

function useMayAsk(): boolean {
  const { data: me } = useMe();
  return me?.actions.includes('review.request-supplement') ?? false;
}

/** Data collected after the handover go back to the review group; the clue stays with enforcement. */
export function AskSupplement({ clue }: { clue: CluePage }) {
  const { t } = useSpeech();
  const navigate = useNavigate();
  const [open, setOpen] = useState(false);
  const may = useMayAsk();
  if (!may || clue.state !== 'HANDED_OVER' || clue.reviews.some((review) => review.state === 'OPEN')) return null;
  const params = { clueId: clue.clueId };
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t(TEXT.title)}</Button>
      {open && (
        <Asking<Wanted, CluePage> title={TEXT.title} about={t(TEXT.about)} close={() => setOpen(false)} done={() => void navigate({ to: '/reviews/$clueId', params })}
          send={({ from, to, ...wanted }) => ask('POST /api/review/clues/:clueId/supplements', { params, body: { ...wanted, ...periodBody({ from, to }) } })}>
          <PeriodFields />
          <MaterialsItem to="POST /api/review/materials" label={t(TEXT.files)} />
          <Form.Item name="reason" label={t(TEXT.reason)} rules={[{ required: true }]}><Input.TextArea rows={3} maxLength={4000} /></Form.Item>
        </Asking>
      )}
    </>
  );
}

/** From the file of a case to where the review of later data is asked for. */
export function SupplementLink({ clueId }: { clueId: string }) {
  const { t } = useSpeech();
  return useMayAsk() ? <Link to="/reviews/$clueId" params={{ clueId }} style={{ textDecoration: 'underline' }}>{t(TEXT.link)} →</Link> : null;
}
