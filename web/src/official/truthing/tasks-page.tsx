import { Link } from '@tanstack/react-router';
import { call } from '../../shared/api.ts';
import { useSpeech } from '../../shared/i18n.tsx';
import { More, usePages } from '../../shared/pages.tsx';
import { Loaded, PageTitle } from '../../shared/room.tsx';
import { TaskList, TRUTHING_TITLE } from '../../shared/truthing/task-list.tsx';
import { CheckTask } from './check-task.tsx';

/** Tasks of the authority's units, running ones first, the nearest day first. */
export function TasksPage() {
  const { t } = useSpeech();
  const list = usePages(['truthing'], (at) => call('GET /api/quality/truthing', { query: at }));
  return (
    <>
      <PageTitle>{t(TRUTHING_TITLE)}</PageTitle>
      <Loaded query={list.query} isEmpty={() => list.rows.length === 0}>
        {() => (
          <><TaskList items={list.rows} extra={(one) => <CheckTask task={one} />}
            about={(one) => <><Link to="/units/$unitId" params={{ unitId: one.unitId }}>{one.unitName}</Link> · <Link to="/outfalls/$outfall" params={{ outfall: one.outfall }}>{one.outfallName}</Link></>} />
          <More list={list} /></>
        )}
      </Loaded>
    </>
  );
}
