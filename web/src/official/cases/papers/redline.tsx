import { useQuery } from '@tanstack/react-query';
import { Modal, Typography } from 'antd';
import { useSpeech, type Text } from '../../../shared/i18n.tsx';
import { Loaded } from '../../../shared/room.tsx';
import { ask } from '../../shapes.ts';
import type { RedlineField } from './paper-shapes.ts';
import './redline.css';

const TEXT = {
  notFound: { zh: '原文书中没有找到所更正的文字，请核对更正通知书', en: 'The corrected words do not stand in the paper; look at the notice of correction' },
  same: { zh: '文字没有变化', en: 'The wording has not changed' },
  title: { zh: '{title}：{from} → {to}', en: '{title}: {from} → {to}' },
} as const satisfies Record<string, Text>;

/** What changed, field by field: struck out what went, underlined what came, the rest in grey for its context. */
export function Redline({ fields, corrects = false }: { fields: readonly RedlineField[]; corrects?: boolean }) {
  const { t } = useSpeech();
  if (fields.length === 0) return <Typography.Text type="secondary">{t(corrects ? TEXT.notFound : TEXT.same)}</Typography.Text>;
  return (
    <dl className="redline">
      {fields.map((field) => (
        <div key={field.field}>
          <dt>{t(field)}</dt>
          {field.paragraphs.map((parts, i) => (
            <dd key={i} className={parts.every((part) => part.change === 'SAME') ? 'same' : ''}>
              {parts.map((part, j) => part.change === 'REMOVED' ? <del key={j}>{part.text}</del> : part.change === 'ADDED' ? <ins key={j}>{part.text}</ins> : <span key={j}>{part.text}</span>)}
            </dd>
          ))}
        </div>
      ))}
    </dl>
  );
}

/** An issued paper against the one before it, or against the paper it corrects. */
export function PaperChangesDialog({ caseId, paperId, corrects, close }: { caseId: string; paperId: string; corrects: boolean; close(): void }) {
  const { t } = useSpeech();
  const query = useQuery({ queryKey: ['changes', caseId, paperId], queryFn: () => ask('GET /api/cases/:id/papers/:paper/changes', { params: { id: caseId, paper: paperId } }) });
  return (
    <Modal open onCancel={close} footer={null} width={860} title={query.data === undefined ? '…' : t(TEXT.title, { title: query.data.title, from: query.data.from, to: query.data.to })}>
      <Loaded query={query}>{(page) => <Redline fields={page.changes} corrects={corrects} />}</Loaded>
    </Modal>
  );
}
