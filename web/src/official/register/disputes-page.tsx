import { Link } from '@tanstack/react-router';
import { call } from '../../shared/api.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { More, usePages } from '../../shared/pages.tsx';
import { DisputeList } from '../../shared/register/dispute-list.tsx';
import { Loaded, PageTitle } from '../../shared/room.tsx';
import { AnswerDispute } from './answer-dispute.tsx';

export const DISPUTES_TITLE = { zh: '登记参数异议', en: 'Disputes of registered values' } as const satisfies Text;

/** Disputes of the authority's units, open ones first. */
export function DisputesPage() {
  const { t } = useSpeech();
  const list = usePages(['disputes'], (at) => call('GET /api/register/disputes', { query: at }));
  return (
    <>
      <PageTitle>{t(DISPUTES_TITLE)}</PageTitle>
      <Loaded query={list.query} isEmpty={() => list.rows.length === 0}>
        {() => <><DisputeList items={list.rows} about={(one) => <Link to="/units/$unitId" params={{ unitId: one.unitId }}>{one.unitName}</Link>} extra={(one) => <AnswerDispute dispute={one} />} /><More list={list} /></>}
      </Loaded>
    </>
  );
}
