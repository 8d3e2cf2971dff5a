import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Card, Flex } from 'antd';
import { call } from '../../shared/api.ts';
import { useSpeech } from '../../shared/i18n.tsx';
import { Loaded, PageTitle } from '../../shared/room.tsx';
import { EnterpriseCode, FILE_TITLE, FileEntries } from '../../shared/supervision/unit-file.tsx';

const route = getRouteApi('/units/$unitId/file');

/** The supervision file of one unit: its code, and everything that was sent, answered, left unanswered and held back. */
export function UnitFilePage() {
  const { unitId } = route.useParams();
  const { t } = useSpeech();
  const query = useQuery({ queryKey: ['unit-file', unitId], queryFn: () => call('GET /api/supervision/units/:unitId/file', { params: { unitId } }) });
  return (
    <Loaded query={query}>
      {(file) => (
        <>
          <PageTitle extra={<Link to="/units/$unitId" params={{ unitId }}>{file.unitName}</Link>}>{t(FILE_TITLE)} · {file.unitName}</PageTitle>
          <div className="grid-2">
            <Card size="small"><FileEntries file={file} sheetLink={(sheetId, text) => <Link to="/sheets/$sheetId" params={{ sheetId }}>{text}</Link>} /></Card>
            <Flex vertical gap={12}><Card size="small"><EnterpriseCode file={file} /></Card></Flex>
          </div>
        </>
      )}
    </Loaded>
  );
}
