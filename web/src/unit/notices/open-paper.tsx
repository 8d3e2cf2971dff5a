import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { useMay } from '../parts/queries.ts';
import { ask } from '../shapes.ts';

const TEXT = {
  open: { zh: '打开文书（PDF）', en: 'Open the paper (PDF)' },
  receipt: { zh: '打开我提交的材料和收件凭证（PDF）', en: 'Open what was handed in, with its receipt (PDF)' },
  elsewhere: { zh: '此文书以其他方式送达', en: 'served another way' },
} as const satisfies Record<string, Text>;

/** Opens the signed file. Opening is what "read" means; it does not confirm receipt. */
export function OpenPaper({ deliveryId, primary = false, label }: { deliveryId: string; primary?: boolean; label?: string }) {
  const { t } = useSpeech();
  const queries = useQueryClient();
  const refresh = () => setTimeout(() => void queries.invalidateQueries(), 1_500);
  return (
    <Button type={primary ? 'primary' : 'default'} href={`/api/unit/notices/${encodeURIComponent(deliveryId)}/file`} target="_blank" rel="noopener" onClick={refresh}>
      {label ?? t(TEXT.open)}
    </Button>
  );
}

/** What the unit handed in itself, as it was received. */
export function OwnPaper({ documentId }: { documentId: string }) {
  const { t } = useSpeech();
  return useMay('document.read-own') && <Button style={{ whiteSpace: 'normal', height: 'auto' }} href={`/api/unit/documents/${encodeURIComponent(documentId)}/file`} target="_blank" rel="noopener">{t(TEXT.receipt)}</Button>;
}

/** The paper with this document number's id, where it came through the portal. */
export function PaperOfDocument({ documentId, label }: { documentId: string | null; label?: string }) {
  const { t } = useSpeech();
  const may = useMay('delivery.read-own');
  const { data } = useQuery({ queryKey: ['notices', documentId], enabled: may && documentId !== null, queryFn: () => ask('GET /api/unit/notices', { query: { document: documentId ?? '', limit: 1 } }) });
  if (data === undefined) return null;
  const [found] = data.items;
  return found === undefined ? <span style={{ opacity: 0.8 }}>{t(TEXT.elsewhere)}</span> : <OpenPaper deliveryId={found.deliveryId} {...(label === undefined ? {} : { label })} />;
}
