import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { call } from '../../shared/api.ts';
import { useSpeech } from '../../shared/i18n.tsx';
import { Loaded, PageTitle } from '../../shared/room.tsx';
import { TaskList, TRUTHING_TITLE } from '../../shared/truthing/task-list.tsx';
import { CheckTask } from './check-task.tsx';

/** Tasks of the authority's units, running ones first, the nearest day first. */
export function TasksPage() {
  const { t } = useSpeech();
  const query = useQuery({ queryKey: ['truthing'], queryFn: () => call('GET /api/quality/truthing', { query: { limit: 200 } }) });
  return (
    <>
      <PageTitle>{t(TRUTHING_TITLE)}</PageTitle>
      <Loaded query={query} isEmpty={({ items }) => items.length === 0}>
        {({ items }) => (
          <TaskList items={items} extra={(one) => <CheckTask task={one} />}
            about={(one) => <><Link to="/units/$unitId" params={{ unitId: one.unitId }}>{one.unitName}</Link> · <Link to="/outfalls/$outfall" params={{ outfall: one.outfall }}>{one.outfallName}</Link></>} />
        )}
      </Loaded>
    </>
  );
}
