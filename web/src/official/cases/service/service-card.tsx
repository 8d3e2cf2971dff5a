import { useQuery } from '@tanstack/react-query';
import { Button, Card, Flex, Tag, Typography } from 'antd';
import { useState } from 'react';
import { call } from '../../../shared/api.ts';
import { useSpeech, type Text } from '../../../shared/i18n.tsx';
import { msOf } from '../../../shared/moment.ts';
import { Loaded } from '../../../shared/room.tsx';
import { formatTime } from '../../../shared/tiers.ts';
import { ask } from '../../shapes.ts';
import { OtherWayForm, ProofForm } from './service-forms.tsx';
import type { DeliveryRow } from './service-shapes.ts';
import { REASONS } from './service-words.ts';

const TEXT = {
  title: { zh: '送达', en: 'Deliveries' },
  none: { zh: '没有送达记录', en: 'No deliveries' },
  prove: { zh: '登记送达回证', en: 'Record the receipt' },
  otherWay: { zh: '改换送达方式', en: 'Serve another way' },
  of: { zh: '{act}：{paper}', en: '{act}: {paper}' },
  served: { zh: '{day} 送达，{receiver}', en: 'served {day}, {receiver}' },
  receipt: { zh: '回证', en: 'receipt' },
} as const satisfies Record<string, Text>;

type Act = 'prove' | 'otherWay';

function Line({ row, receipt, act }: { row: DeliveryRow; receipt: string | undefined; act: (act: Act) => void }) {
  const { t, language } = useSpeech();
  const why = REASONS[row.methodReason];
  const paper = row.documentTitle;
  const details = [
    language === 'zh' ? row.methodZh : row.methodEn, why && t(why), row.method === 'ELECTRONIC' ? '' : row.address,
    formatTime(msOf(row.arrivedAt ?? row.sentAt)), row.receiver === null ? '' : t(TEXT.served, { day: row.legalDay ?? '', receiver: row.receiver }), row.failure,
  ];
  return (
    <div style={{ overflowWrap: 'anywhere' }}>
      {paper} <Tag>{language === 'zh' ? row.stateZh : row.stateEn}</Tag>
      <br />
      <Typography.Text type="secondary" style={{ fontSize: 12 }}>{details.filter(Boolean).join(' · ')}</Typography.Text>
      {receipt !== undefined && <> <a href={receipt} download style={{ textDecoration: 'underline' }}>{t(TEXT.receipt)}</a></>}
      <Flex wrap gap={8}>
        {(['prove', 'otherWay'] as const).filter((one) => row.acts[one]).map((one) => (
          <Button key={one} size="small" aria-label={t(TEXT.of, { act: t(TEXT[one]), paper })} onClick={() => act(one)}>{t(TEXT[one])}</Button>
        ))}
      </Flex>
    </div>
  );
}

/** How each paper for the party reached it, and what remains to be done where it has not; of a case, or of a clue whose notice goes out before there is one. */
export function ServiceCard({ subjectId, caseId, stamp }: { subjectId: string; caseId?: string; stamp: number }) {
  const { t } = useSpeech();
  const [acting, setActing] = useState<{ act: Act; row: DeliveryRow }>();
  const deliveries = useQuery({ queryKey: ['deliveries', subjectId, stamp], queryFn: () => ask('GET /api/deliveries', { query: { subjectId, limit: 100 } }) });
  const files = useQuery({ queryKey: ['files', caseId, stamp], enabled: caseId !== undefined, queryFn: () => call('GET /api/cases/:id/files', { params: { id: caseId ?? '' } }) });
  const receiptOf = ({ proofSha256 }: DeliveryRow) => {
    const file = files.data?.items.find((one) => one.sha256 === proofSha256);
    return file === undefined ? undefined : `/api/cases/${caseId}/files/${file.importId}/file`;
  };
  const ActForm = acting?.act === 'prove' ? ProofForm : OtherWayForm;
  return (
    <Card size="small" title={t(TEXT.title)}>
      <Loaded query={deliveries}>
        {({ items }) => items.length === 0 ? <Typography.Text type="secondary">{t(TEXT.none)}</Typography.Text> : (
          <Flex vertical gap={8}>{items.map((row) => <Line key={row.deliveryId} row={row} receipt={receiptOf(row)} act={(act) => setActing({ act, row })} />)}</Flex>
        )}
      </Loaded>
      {acting !== undefined && <ActForm row={acting.row} title={t(TEXT[acting.act])} close={() => setActing(undefined)} />}
    </Card>
  );
}
