import { useQuery } from '@tanstack/react-query';
import { call } from '../../shared/api.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { Loaded, PageTitle } from '../../shared/room.tsx';
import { EnterpriseCode, FILE_TITLE, FileEntries } from '../../shared/supervision/unit-file.tsx';
import { Go } from '../parts/go.tsx';
import { Panel } from '../parts/panel.tsx';

const TEXT = {
  code: { zh: '企业码', en: 'Your code' },
  registered: { zh: '登记参数与异议', en: 'What is registered, and disputes' },
  entries: { zh: '按时间的全部记录', en: 'Everything in time order' },
} as const satisfies Record<string, Text>;

/** The unit's own file: what it was told, what it answered, what it missed, and the colour that follows. */
export function FilePage() {
  const { t } = useSpeech();
  const query = useQuery({ queryKey: ['file'], queryFn: () => call('GET /api/unit/file') });
  return (
    <>
      <PageTitle extra={<Go to="/registered">{t(TEXT.registered)} →</Go>}>{t(FILE_TITLE)}</PageTitle>
      <Loaded query={query}>
        {(file) => (
          <>
            <Panel title={t(TEXT.code)}><EnterpriseCode file={file} /></Panel>
            <Panel title={t(TEXT.entries)}><FileEntries file={file} sheetLink={(sheetId, text) => <Go to={`/sheets/${sheetId}`}>{text}</Go>} /></Panel>
          </>
        )}
      </Loaded>
    </>
  );
}
