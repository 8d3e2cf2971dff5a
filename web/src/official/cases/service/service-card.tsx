import { useQuery } from '@tanstack/react-query';
import { Card, Flex, Tag, Typography } from 'antd';
import { call } from '../../../shared/api.ts';
import { useSpeech, type Text } from '../../../shared/i18n.tsx';
import { msOf } from '../../../shared/moment.ts';
import { Loaded } from '../../../shared/room.tsx';
import { formatTime } from '../../../shared/tiers.ts';
import { useDeliveries, useServiceActs, type ServiceActs } from './service-acts.tsx';
import type { DeliveryRow } from './service-shapes.ts';
import { REASONS } from './service-words.ts';
import { useArticle } from '../../../shared/terms/article.ts';

const TEXT = {
  title: { zh: '送达', en: 'Deliveries' },
  none: { zh: '没有送达记录', en: 'No deliveries' },
  served: { zh: '{day} 送达，{receiver}', en: 'served {day}, {receiver}' },
  receipt: { zh: '回证', en: 'receipt' },
} as const satisfies Record<string, Text>;

function Line({ row, receipt, acts }: { row: DeliveryRow; receipt: string | undefined; acts: ServiceActs }) {
  const { t, language } = useSpeech();
  const article = useArticle();
  const why = REASONS[row.methodReason];
  const details = [
    language === 'zh' ? row.methodZh : row.methodEn, why && t(why), row.method === 'ELECTRONIC' ? '' : row.address,
    formatTime(msOf(row.arrivedAt ?? row.sentAt)), row.receiver === null ? '' : t(TEXT.served, { day: row.legalDay ?? '', receiver: row.receiver }), row.failure,
  ];
  return (
    <div style={{ overflowWrap: 'anywhere' }}>
      {article(row.documentTitle)} <Tag>{language === 'zh' ? row.stateZh : row.stateEn}</Tag>
      <br />
      <Typography.Text type="secondary" style={{ fontSize: 12 }}>{details.filter(Boolean).join(' · ')}</Typography.Text>
      {receipt !== undefined && <> <a href={receipt} download style={{ textDecoration: 'underline' }}>{t(TEXT.receipt)}</a></>}
      <Flex wrap gap={8}>{acts.buttons(row)}</Flex>
    </div>
  );
}

/** How each paper for the party reached it, and what remains to be done where it has not; of a case, or of a clue whose notice goes out before there is one. */
export function ServiceCard({ subjectId, caseId, stamp }: { subjectId: string; caseId?: string; stamp: number }) {
  const { t } = useSpeech();
  const acts = useServiceActs();
  const deliveries = useDeliveries(subjectId, stamp);
  const files = useQuery({ queryKey: ['files', caseId, stamp], enabled: caseId !== undefined, queryFn: () => call('GET /api/cases/:id/files', { params: { id: caseId ?? '' } }) });
  const receiptOf = ({ proofSha256 }: DeliveryRow) => {
    const file = files.data?.items.find((one) => one.sha256 === proofSha256);
    return file === undefined ? undefined : `/api/cases/${caseId}/files/${file.importId}/file`;
  };
  return (
    <Card size="small" title={t(TEXT.title)}>
      <Loaded query={deliveries}>
        {({ items }) => items.length === 0 ? <Typography.Text type="secondary">{t(TEXT.none)}</Typography.Text> : (
          <Flex vertical gap={8}>{items.map((row) => <Line key={row.deliveryId} row={row} receipt={receiptOf(row)} acts={acts} />)}</Flex>
        )}
      </Loaded>
      {acts.form}
    </Card>
  );
}
