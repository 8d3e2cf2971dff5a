import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { useSpeech, type Text } from '../../../shared/i18n.tsx';
import { ask } from '../../shapes.ts';
import { OtherWayForm, ProofForm } from './service-forms.tsx';
import type { DeliveryRow } from './service-shapes.ts';
import { useArticle } from '../../../shared/terms/article.ts';

const TEXT = {
  prove: { zh: '登记送达回证', en: 'Record the receipt' },
  otherWay: { zh: '改换送达方式', en: 'Serve another way' },
  of: { zh: '{act}：{paper}', en: '{act}: {paper}' },
} as const satisfies Record<string, Text>;

const FORMS = { prove: ProofForm, otherWay: OtherWayForm } as const;
type Act = keyof typeof FORMS;

/** The deliveries of a case or a clue; asked for again whenever something was done about it (`stamp`). */
export const useDeliveries = (subjectId: string, stamp: number, enabled = true) =>
  useQuery({ queryKey: ['deliveries', subjectId, stamp], enabled, queryFn: () => ask('GET /api/deliveries', { query: { subjectId, limit: 100 } }) });

export interface ServiceActs {
  /** What this person may do about a delivery now. */
  buttons(row: DeliveryRow, type?: 'primary' | 'default'): ReactNode;
  /** The form of the act he chose; it stands beside the rows, which are read again while he writes. */
  readonly form: ReactNode;
}

/** The acts of service with their forms, wherever a delivery is shown. */
export function useServiceActs(size: 'small' | 'middle' = 'small'): ServiceActs {
  const { t } = useSpeech();
  const article = useArticle();
  const [acting, setActing] = useState<{ act: Act; row: DeliveryRow }>();
  const formOf = (act: Act, row: DeliveryRow) => {
    const Form = FORMS[act];
    return <Form row={row} title={t(TEXT[act])} close={() => setActing(undefined)} />;
  };
  return {
    buttons: (row, type = 'default') => (Object.keys(FORMS) as Act[]).filter((act) => row.acts[act]).map((act, i) => (
      <Button key={act} size={size} type={i === 0 ? type : 'default'} aria-label={t(TEXT.of, { act: t(TEXT[act]), paper: article(row.documentTitle) })} onClick={() => setActing({ act, row })}>{t(TEXT[act])}</Button>
    )),
    form: acting && formOf(acting.act, acting.row),
  };
}
